/* Trails: what a number was made from and what uses it, lit up wherever it is drawn, and its line of numpy. */

const MARKS = ["longhand-here", "longhand-source", "longhand-use"];

/** For every named cell the nearest named cells it is made from; `usersOf` is the same the other way round. */
export function createTrails(state) {
  const { cells } = state.program;
  const sources = new Map();
  const users = new Map();
  for (let i = 0; i < cells.length; i++) {
    const near = new Set();
    if (!["input", "const"].includes(cells[i][0]))
      for (const arg of cells[i].slice(1)) {
        if (state.nameOf(arg)) near.add(arg);
        else for (const source of sources.get(arg) ?? []) near.add(source);
      }
    sources.set(i, near);
    if (state.nameOf(i)) for (const source of near) users.set(source, [...(users.get(source) ?? []), i]);
  }
  return { sourcesOf: (cell) => [...sources.get(cell)], usersOf: (cell) => users.get(cell) ?? [] };
}

/** Lights trails under `root` as the reader points at numbers and fields, or focuses them: calls `lightAll`, where other
 *  roots are to be lit too. Returns `light(name)`, which lights that of one number (null: none), and `stop()`. */
export function showTrails(root, states, lightAll = null) {
  const drawn = [...root.querySelectorAll("[data-cell], [data-value-of], [data-input]")];
  const lines = [...root.querySelectorAll("[data-line]")];
  const nameOf = (element) => element.dataset.cell ?? element.dataset.valueOf ?? element.dataset.input;
  const trails = new Map(); // made when the first number of a sheet is pointed at
  let lit = [];
  const stop = new AbortController();
  for (const type of ["pointerover", "focusin"])
    root.addEventListener(type, (event) => {
      const element = event.target.closest?.("[data-cell], [data-value-of], [data-input]");
      if (element) (lightAll ?? light)(nameOf(element));
    }, { signal: stop.signal });
  for (const type of ["pointerout", "focusout"]) root.addEventListener(type, () => (lightAll ?? light)(null), { signal: stop.signal });
  return { light, stop: () => stop.abort() };

  function light(name) {
    for (const element of lit) element.classList.remove(...MARKS);
    const state = name && states.find((each) => each.position(name) !== undefined);
    lit = state ? marked(state, name) : [];
  }

  function marked(state, name) {
    if (!trails.has(state)) trails.set(state, createTrails(state));
    const { sourcesOf, usersOf } = trails.get(state);
    const cell = state.position(name);
    const roles = new Map([...usersOf(cell).map((user) => [user, MARKS[2]]), ...sourcesOf(cell).map((source) => [source, MARKS[1]]), [cell, MARKS[0]]]);
    const shown = drawn.filter((element) => roles.has(state.position(nameOf(element))));
    for (const element of shown) element.classList.add(roles.get(state.position(nameOf(element))));
    const ownLines = lines.filter((line) => state.allNames(cell).some((own) => line.dataset.line.split(" ").includes(own.split("[")[0])));
    for (const line of ownLines) line.classList.add(MARKS[0]);
    return [...shown, ...ownLines];
  }
}

/** Walks the steps of each stepper under `root`, one operation at a time. Returns its own clean-up. */
export function walkSteps(root, light) {
  const stop = new AbortController();
  for (const stepper of root.querySelectorAll(".longhand-stepper")) walk(stepper, light, stop.signal);
  return () => stop.abort();
}

function walk(stepper, light, signal) {
  const rows = [...stepper.parentElement.querySelectorAll(".longhand-step")];
  const [start, back, next, end] = stepper.querySelectorAll("button");
  const note = stepper.querySelector(".longhand-note");
  let at = -1; // no step: everything is shown
  delete stepper.dataset.waiting;
  start.addEventListener("click", () => go(0), { signal });
  back.addEventListener("click", () => go(at - 1), { signal });
  next.addEventListener("click", () => go(at + 1), { signal });
  end.addEventListener("click", () => go(-1), { signal });
  stepper.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || at < 0) return;
    event.preventDefault();
    go(at + step);
  }, { signal });

  function go(to) {
    at = Math.max(-1, Math.min(to, rows.length - 1));
    const walking = at >= 0;
    const wasStarting = !start.hidden;
    rows.forEach((row, i) => {
      row.classList.toggle("longhand-now", i === at);
      row.classList.toggle("longhand-later", walking && i > at);
    });
    start.hidden = walking;
    for (const button of [back, next, end]) button.hidden = !walking;
    back.disabled = at === 0;
    next.disabled = at === rows.length - 1;
    note.textContent = walking ? `Step ${at + 1} of ${rows.length}. ${rows[at].dataset.note}` : "";
    light(walking ? rows[at].dataset.step : null);
    if (!walking) start.focus();
    else if (wasStarting) next.focus();
  }
}
