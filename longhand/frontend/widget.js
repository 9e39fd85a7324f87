/* An anywidget: a sheet tied to a kernel, and all its views, which move together. */

import { bind } from "./bind.js";
import { takeInput } from "./fields.js";
import { createState } from "./state.js";
import { showReasons } from "./tips.js";
import { showTrails, walkSteps } from "./trail.js";

/** One widget: `show(el, html)` draws a view of its numbers into `el` and returns that view's clean-up. */
export default () => {
  let explorer;
  return {
    initialize({ model }) {
      explorer = createExplorer(model);
      return { show: explorer.show };
    },
    render({ model, el, signal }) {
      signal.addEventListener("abort", explorer.show(el, model.get("html")));
    },
  };
};

function createExplorer(model) {
  const state = createState(model.get("sheet"));
  const views = new Set();
  let sending = false;
  const traits = Object.entries(state.inputNames()).map(([name, cells]) => [name, cells.map((cell) => cell.replaceAll(" ", ""))]);
  for (const name of traits.flatMap(([, cells]) => cells)) model.on(`change:${name}`, read);
  read();
  return { show };

  function show(el, html) {
    el.innerHTML = html;
    el.classList.add("longhand-view");
    const trails = showTrails(el, [state], (name) => views.forEach((view) => view.light(name)));
    const view = { write: bind(el, [state]), light: trails.light, resets: el.querySelectorAll(".longhand-reset") };
    const cleanUps = [takeInput(el, [state], send), showReasons(el, [state]), trails.stop, walkSteps(el, trails.light)];
    for (const button of view.resets) button.addEventListener("click", () => send(state.bookInputs()));
    for (const hint of el.querySelectorAll(".longhand-hint")) delete hint.dataset.waiting;
    views.add(view);
    write(view);
    return () => { views.delete(view); cleanUps.forEach((cleanUp) => cleanUp()); };
  }

  /** Moves the page at once; the kernel hears of it. */
  function send(inputs) {
    put(inputs);
    sending = true; // each number set is told of at once, when the others are not in yet
    for (const [name, cells] of traits) inputs[name]?.forEach((number, i) => model.set(cells[i], number));
    sending = false;
    model.save_changes();
  }

  /** Takes what the kernel or a linked widget has put into the model. */
  function read() {
    if (sending) return;
    const inputs = Object.fromEntries(traits.map(([name, cells]) => [name, cells.map((cell) => model.get(cell))]));
    const now = state.inputs();
    if (traits.some(([name]) => inputs[name].some((number, i) => number !== now[name][i]))) put(inputs);
  }

  function put(inputs) {
    state.set(inputs);
    views.forEach(write);
  }

  function write(view) {
    view.write();
    for (const button of view.resets) button.toggleAttribute("data-waiting", state.isBook());
  }
}
