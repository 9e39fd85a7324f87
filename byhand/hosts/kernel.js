/** An anywidget: a sheet tied to a kernel, and all its views, which move together.
 *
 * @typedef {import("../frontend/state.js").State} State
 * @typedef {import("../frontend/state.js").Inputs} Inputs
 */

import { bringToLife } from "../frontend/life.js";
import { traitName } from "../frontend/name.js";
import { ownPoint } from "../frontend/points.js";
import { createState } from "../frontend/state.js";

/** One widget: `show(el, view, signal)` keeps in `el` what the model of a view of its numbers has as `html`. */
export default () => {
  let explorer = /** @type {ReturnType<typeof createExplorer> | undefined} */ (undefined);
  return {
    initialize(/** @type {any} */ { model }) {
      explorer = createExplorer(model);
      return { show: explorer.show };
    },
    render(/** @type {any} */ { model, el, signal }) {
      explorer?.show(el, model, signal);
      if (model.get("panel_wanted")) return;
      model.set("panel_wanted", true); // inside another widget the kernel is not asked to show it
      model.save_changes();
    },
  };
};

/** @param {any} model */
function createExplorer(model) {
  const state = createState(model.get("sheet"));
  const views = /** @type {Set<ReturnType<typeof bringToLife>>} */ (new Set());
  const send = tieToKernel(model, state, () => views.forEach(({ write }) => write()));
  let mine = /** @type {Inputs | null} */ (null);
  const change = (/** @type {Inputs} */ inputs) => {
    send(inputs);
    mine = ownPoint(state, mine);
  };
  const place = {
    hasKernel: true, change, reset: () => change(state.bookInputs()), isGiven: () => state.isBook(), mine: () => mine,
    copies: {},
    answer: (/** @type {Record<string, number>} */ answers) => keepAnswers(model, answers),
  };
  return { show };

  /** @param {HTMLElement} el @param {any} view @param {AbortSignal} signal */
  function show(el, view, signal) {
    let stop = draw(el, view.get("html"));
    const again = () => { stop(); stop = draw(el, view.get("html")); };
    view.on("change:html", again);
    signal.addEventListener("abort", () => { view.off("change:html", again); stop(); });
  }

  /** @param {HTMLElement} el @param {string} html */
  function draw(el, html) {
    el.innerHTML = html;
    el.dataset.lmSuppressShortcuts = "true"; // JupyterLab's arrow keys would leave the cell
    el.classList.add("byhand-view");
    const view = bringToLife(el, [state], place, (name) => views.forEach(({ light }) => light(name)));
    views.add(view);
    view.write();
    return () => { views.delete(view); view.stop(); };
  }
}

/** Lets the kernel hear of the reader's answers.
 * @param {any} model
 * @param {Record<string, number>} answers */
function keepAnswers(model, answers) {
  if (JSON.stringify(model.get("answers")) === JSON.stringify(answers)) return;
  model.set("answers", answers);
  model.save_changes();
}

/** Ties a state to the model's traits, both ways; `write()` is called when it has changed. Returns `send(inputs)`,
 *  which moves the page at once, and lets the kernel hear of it.
 * @param {any} model
 * @param {State} state
 * @param {() => void} write */
function tieToKernel(model, state, write) {
  const traits = Object.entries(state.inputNames())
    .map(([name, cells]) => /** @type {[string, string[]]} */ ([name, cells.map((cell) => traitName(cell))]));
  let sending = false;
  for (const name of traits.flatMap(([, cells]) => cells)) model.on(`change:${name}`, read);
  model.on("change:sheet", () => { // another explorer is followed, and its numbers are the given ones
    state.rebase(createState(model.get("sheet")).bookInputs());
    read();
  });
  read();
  return (/** @type {Inputs} */ inputs) => {
    put(inputs);
    sending = true; // each number set is told of at once, when the others are not in yet
    for (const [name, cells] of traits) inputs[name]?.forEach((number, i) => model.set(cells[i], number));
    sending = false;
    model.save_changes();
  };

  /** Takes what the kernel or a linked widget has put into the model. */
  function read() {
    if (sending) return;
    const inputs = Object.fromEntries(traits.map(([name, cells]) => [name, cells.map((cell) => model.get(cell))]));
    const now = state.inputs();
    if (traits.some(([name]) => inputs[name].some((number, i) => number !== now[name][i]))) put(inputs);
  }

  /** @param {Inputs} inputs */
  function put(inputs) {
    state.set(inputs);
    write();
  }
}
