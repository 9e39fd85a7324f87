/** Life: all that makes drawn views move and take what the reader does.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./kinds.js").Host} Host
 */

import { bind } from "./bind.js";
import { keepFocus, reachScrollers } from "./focus.js";
import { KINDS, forEachOf } from "./kinds.js";
import { splitName } from "./name.js";
import { Pins } from "./pin.js";
import { showReasons } from "./tips.js";
import { showTrails } from "./trail.js";
import { createTurns } from "./turn.js";

/** Brings what is drawn under `root` to life at a `place`, which is all of a host (see kinds.js) but what is made here.
 *  Where other roots are to be lit too, `lightAll(name)` does it. Returns `write()`, `light(name)` and `stop()`.
 * @param {any} root
 * @param {State[]} states
 * @param {Omit<Host, "light" | "offers" | "signal">} place
 * @param {Host["light"]} [lightAll] */
export function bringToLife(root, states, place, lightAll) {
  const stop = new AbortController();
  const trails = showTrails(root, states, lightAll);
  const host = { ...place, offers: offersOf(root, states), light: trails.light, signal: stop.signal };
  const writeDrawn = bind(root, states, host);
  for (const kind of KINDS) {
    kind.attend?.(root, states, host);
    if (kind.take) forEachOf(kind, root, states, (element, state) => kind.take?.(element, state, host));
  }
  const pins = new Pins(root, states, trails.hold, stop.signal); // after the kinds: a drag ends in no pin
  const tellTurns = createTurns(root, states, stop.signal);
  const write = () => { writeDrawn(); pins.write(); tellTurns(); };
  const cleanUps = [showReasons(root, states), trails.stop, keepFocus(root), reachScrollers(root), () => stop.abort()];
  return { write, light: trails.light, stop: () => cleanUps.forEach((cleanUp) => cleanUp()) };
}

/** Whether the reader may change an input: some sheet of its scope has fields for it, or one is drawn here.
 * @param {ParentNode} root
 * @param {State[]} states
 * @returns {Host["offers"]} */
function offersOf(root, states) {
  const key = (/** @type {State} */ { sheet }, /** @type {string} */ name) => `${sheet.scope} ${splitName(name)[0]}`;
  const drawn = { selector: "[data-input]:not([type=radio])", key: "input" };
  const offered = new Set(states.flatMap((state) => state.sheet.fields.map((name) => key(state, name))));
  forEachOf(drawn, root, states, (_, state, name) => offered.add(key(state, name)));
  return (state, name) => offered.has(key(state, name));
}
