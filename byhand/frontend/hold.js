/** Hold: the one rule by which arrow keys and a pointer move a number that the reader has taken hold of, by its field,
 * by a handle, or by a mark on a chart.
 *
 * @typedef {import("./state.js").State} State
 *
 * @typedef {object} Held   a number in the reader's hand
 * @property {() => import("./domain.js").Domain} domain
 * @property {() => number} now
 * @property {(value: number) => void} put
 *
 * @typedef {object} Drag
 * @property {AbortSignal} signal   says when the elements are gone
 * @property {(event: PointerEvent) => void} move   called at each move, once the drag has begun
 * @property {number} [slack]   how many pixels sideways it begins from; a step, if not given
 * @property {() => void} [begin]
 * @property {() => void} [end]   called if it had begun
 */

import { stepped, walked } from "./domain.js";

const PIXELS_A_STEP = 12;
/** Where a handle has a track, such as an axis, what a pointer puts in there; null where nothing.
 * @type {WeakMap<Element, (event: {clientX: number, clientY: number}) => import("./state.js").Inputs | null>} */
export const TRACKS = new WeakMap();
const SMALL = 0.1; // of a step

/** The number `name` of a state; what is put in goes through `change`, as hosts have it.
 * @param {State} state
 * @param {string} name
 * @param {(inputs: import("./state.js").Inputs, state: State) => void} change
 * @returns {Held} */
export function held(state, name, change) {
  return {
    domain: () => state.domain(name),
    now: () => state.values[state.position(name)],
    put: (value) => { if (value !== state.values[state.position(name)]) change(state.changed(name, value), state); },
  };
}

/** How many steps an arrow key goes: 10 with Shift, a tenth with Alt; 0 for other keys. On a track ← and → are steps
 *  too.
 * @param {KeyboardEvent} event */
export function stepsOf({ key, altKey, ctrlKey, metaKey, shiftKey }, isOnTrack = false) {
  const sideways = isOnTrack ? { ArrowRight: 1, ArrowLeft: -1 }[key] : 0;
  const direction = { ArrowUp: 1, ArrowDown: -1 }[key] ?? sideways ?? 0;
  return ctrlKey || metaKey ? 0 : direction * (altKey ? SMALL : shiftKey ? 10 : 1);
}

/** A function that takes a number so many steps further, by the arrow keys: back to exactly where it set out.
 * @param {Held} number */
export function walker({ domain, now, put }) {
  let walk = /** @type {import("./domain.js").Walk | undefined} */ (undefined);
  return (/** @type {number} */ steps) => {
    walk = walked(domain(), walk, now(), steps);
    put(walk.value);
  };
}

/** What a drag sideways makes of a number: a step every few pixels from where the pointer was.
 * @param {Held} number
 * @param {number} x   of the pointer at first */
export function sideways({ domain, now, put }, x) {
  const start = now();
  return (/** @type {{clientX: number}} */ { clientX }) =>
    put(stepped(domain(), start, Math.trunc((clientX - x) / PIXELS_A_STEP)));
}

/** Follows a pointer that was put down until it is lifted. From where the drag begins, `catcher` has the pointer's
 *  events, and the document says that something is held (see rest.js).
 * @param {PointerEvent} down
 * @param {Element} catcher
 * @param {Drag} drag */
export function followPointer(down, catcher, { signal, move, slack = PIXELS_A_STEP, begin, end }) {
  const done = new AbortController();
  const during = { signal: done.signal };
  let isBegun = false;
  signal.addEventListener("abort", () => done.abort(), during);
  const document = catcher.ownerDocument; // hears of moves beside the handle too, before the drag has begun
  const { dataset } = document.documentElement;
  done.signal.addEventListener("abort", () => { if (isBegun) delete dataset.dragging; });
  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== down.pointerId) return;
    if (!isBegun && Math.abs(event.clientX - down.clientX) < slack) return;
    if (!isBegun) {
      isBegun = true;
      dataset.dragging = "";
      catcher.setPointerCapture(down.pointerId);
      begin?.();
    }
    move(event);
  }, during);
  const finish = (/** @type {PointerEvent} */ { pointerId }) => {
    if (pointerId !== down.pointerId) return;
    done.abort();
    if (isBegun) end?.();
  };
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
    document.addEventListener(type, finish, during);
}
