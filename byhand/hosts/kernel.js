/* An anywidget: a sheet tied to a kernel, and all its views, which move together. */

import { bringToLife } from "../frontend/life.js";
import { traitName } from "../frontend/name.js";
import { createState } from "../frontend/state.js";

/** One widget: `show(el, view, signal)` keeps in `el` what the model of a view of its numbers has as `html`. */
export default () => {
  let explorer;
  return {
    initialize({ model }) {
      explorer = createExplorer(model);
      return { show: explorer.show };
    },
    render({ model, el, signal }) {
      explorer.show(el, model, signal);
      if (model.get("panel_wanted")) return;
      model.set("panel_wanted", true); // inside another widget the kernel is not asked to show it
      model.save_changes();
    },
  };
};

function createExplorer(model) {
  const state = createState(model.get("sheet"));
  const views = new Set();
  const send = tieToKernel(model, state, () => views.forEach(({ write }) => write()));
  const place = {
    hasKernel: true, change: send, reset: () => send(state.bookInputs()), isGiven: () => state.isBook(), copies: {},
    answer: (answers) => keepAnswers(model, answers),
  };
  return { show };

  function show(el, view, signal) {
    let stop = draw(el, view.get("html"));
    const again = () => { stop(); stop = draw(el, view.get("html")); };
    view.on("change:html", again);
    signal.addEventListener("abort", () => { view.off("change:html", again); stop(); });
  }

  function draw(el, html) {
    el.innerHTML = html;
    el.classList.add("byhand-view");
    const view = bringToLife(el, [state], place, (name) => views.forEach(({ light }) => light(name)));
    views.add(view);
    view.write();
    return () => { views.delete(view); view.stop(); };
  }
}

/** Lets the kernel hear of the reader's answers. */
function keepAnswers(model, answers) {
  if (JSON.stringify(model.get("answers")) === JSON.stringify(answers)) return;
  model.set("answers", answers);
  model.save_changes();
}

/** Ties a state to the model's traits, both ways; `write()` is called when it has changed. Returns `send(inputs)`,
 *  which moves the page at once, and lets the kernel hear of it. */
function tieToKernel(model, state, write) {
  const traits = Object.entries(state.inputNames())
    .map(([name, cells]) => [name, cells.map((cell) => traitName(cell))]);
  let sending = false;
  for (const name of traits.flatMap(([, cells]) => cells)) model.on(`change:${name}`, read);
  model.on("change:sheet", () => { // another explorer is followed, and its numbers are the given ones
    state.rebase(createState(model.get("sheet")).bookInputs());
    read();
  });
  read();
  return (inputs) => {
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

  function put(inputs) {
    state.set(inputs);
    write();
  }
}
