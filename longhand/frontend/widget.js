/* An anywidget: one view of a sheet, tied to a kernel. */

import { bind } from "./bind.js";
import { takeInput } from "./fields.js";
import { createState } from "./state.js";
import { showReasons } from "./tips.js";
import { showTrails, walkSteps } from "./trail.js";

export default {
  render({ model, el }) {
    el.innerHTML = model.get("html");
    const state = createState(model.get("sheet"));
    const write = bind(el, [state]);
    const trails = showTrails(el, [state]);
    const cleanUps = [takeInput(el, [state], send), showReasons(el, [state]), trails.stop, walkSteps(el, trails.light)];
    for (const button of el.querySelectorAll(".longhand-reset")) button.addEventListener("click", () => send(state.bookInputs()));
    for (const hint of el.querySelectorAll(".longhand-hint")) delete hint.dataset.waiting;
    model.on("change:inputs", read);
    read();
    return () => { model.off("change:inputs", read); cleanUps.forEach((cleanUp) => cleanUp()); };

    function send(inputs) {
      model.set("inputs", { ...model.get("inputs"), ...inputs });
      model.save_changes();
    }

    function read() {
      state.set(model.get("inputs"));
      write();
      for (const button of el.querySelectorAll(".longhand-reset")) button.toggleAttribute("data-waiting", state.isBook());
    }
  },
};
