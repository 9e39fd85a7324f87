/* Works the controls of a page as a reader would, and tells what of all that they are about is in view then.
 *
 * A word of `data-about` names
 *   z1[0]        the number, the text that it chooses, the row that it lights, or the mark of its answer
 *   curve:loss   a chart, course or landscape that draws it, whole
 *   part:now     all that bears `data-now` in the control's own view, as far as there is anything in it
 *   itself       what the control holds, wherever else that stands; of a button its own words
 *   lit          all that is lit in the control's own picture
 */

const CONTROLS = "input, select, textarea, button, [data-handle]";
const LAYERS = "[data-dock], [data-notice], .bd-header"; // what may cover something
const SHOWS = ["cell", "choose", "lit", "markOf"];

const plain = (name) => (name ?? "").replaceAll(" ", "");
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const held = ({ dataset }) => plain(dataset.handle ?? dataset.input ?? dataset.answer ?? dataset.worked);
const aboutOf = (control) => control.closest("[data-about]");
const isDrawn = (element) => element.checkVisibility({ checkVisibilityCSS: true })
  && element.getBoundingClientRect().height > 0;

/* Gives a list of {control, about: [[word, whether it is in view], …]}; `about` is null where a control names nothing.
 * Controls that share what they are about are many: one of each kind is worked, the first or the `last`. Questions are
 * worked closed first; then everything is shown, and what has appeared is worked too. */
async function workPage({ others, last }) {
  const done = new Set();
  const told = await workAll(others, last, done);
  const everything = document.querySelector("[data-everything]");
  everything?.checked === false && everything.click();
  return [...told, ...await workAll(others, last, done)];
}

async function workAll(others, last, done) {
  const told = [];
  for (const [kind, controls] of kinds(others)) {
    if (done.has(kind)) continue;
    done.add(kind);
    const unpicked = controls.filter((each) => each.type !== "radio" || !each.checked);
    const control = unpicked.at(last ? -1 : 0) ?? controls[0];
    if (isDrawn(control)) told.push(await worked(control));
  }
  return told;
}

/* The controls that work, by kind: those of one sort that share what they are about. */
function kinds(others) {
  const found = new Map();
  for (const control of all(CONTROLS)) {
    const isLive = control.closest("article, [data-dock]") && !control.disabled && !control.readOnly;
    if (!isLive || control.matches(others) || !isDrawn(control)) continue;
    const kind = kindOf(control);
    found.set(kind, [...(found.get(kind) ?? []), control]);
  }
  return found;
}

function kindOf(control) {
  const holder = aboutOf(control);
  if (!holder) return control.outerHTML;
  const shared = holder.matches("tr, [data-step], [data-print]") ? holder.parentElement : holder;
  shared.aboutKey ??= `${Math.random()}`;
  const sort = control.matches("button, [type=radio]") ? control.className : "";
  return [shared.aboutKey, control.localName, control.type ?? "", sort].join();
}

async function worked(control) {
  const holder = aboutOf(control);
  const name = control.outerHTML.slice(0, 300);
  if (!holder) return { control: name, about: null };
  (control.closest("svg") ?? control).scrollIntoView({ block: "center", behavior: "instant" });
  work(control);
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  const about = holder.dataset.about.split(" ").flatMap((word, i) => seen(word, i === 0, control, holder));
  leave(control);
  return { control: name, about };
}

function work(control) {
  const fire = (type, more) => control.dispatchEvent(
    Object.assign(new Event(type, { bubbles: true, cancelable: true }), more));
  control.focus({ preventScroll: true });
  if (control.matches("button, [type=checkbox], [type=radio]")) control.click();
  else if (control.matches("select")) {
    control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
    fire("input");
    fire("change");
  } else if (control.matches("input, textarea")) {
    control.value = control.type === "range" ? Number(control.value) + 2 * Number(control.step) : "0.7";
    fire("input");
    if (control.dataset.answer) fire("change");
  } else fire("keydown", { key: "ArrowUp" });
  if (control.getAttribute("aria-expanded") === "false") control.click();
  if (control.dataset.answer) control.closest("[data-question]")?.querySelector("[data-judge]").click();
}

function leave(control) {
  if (control.matches("[data-play]")) control.click();
  if (control.matches("[data-go]")) control.parentElement.querySelector("[data-go=end]")?.click();
  control.blur();
}

/* What a word names, each with whether it is in view; the direct result is always one. */
function seen(word, isDirect, control, holder) {
  const [, kind, name] = /^(?:(curve|part):)?(.*)$/.exec(word);
  if (kind === "curve") return [[word, curves(name).some(isSeen)]];
  if (kind === "part" || word === "lit") {
    const found = kind ? parts(name, holder) : lit(holder);
    return found.length || !isDirect ? found.map((each) => [word, isSeen(each)]) : [[word, false]];
  }
  const own = word === "itself" ? held(control) : name;
  return [[word, own ? showing(own).some(isSeen) : isSeen(control)]];
}

function curves(name) {
  return all("[data-chart], [data-course], [data-landscape]").filter(({ dataset }) => {
    const { cell, curves: lines = [] } = JSON.parse(dataset.chart ?? dataset.course ?? dataset.landscape);
    return [cell, ...lines.map((line) => line.cell)].some((each) => plain(each) === name);
  });
}

function parts(part, holder) {
  let view = holder;
  while (view && !view.querySelector(`[data-${part}]`)) view = view.parentElement;
  return view ? all(`[data-${part}]`, view).filter((each) => isDrawn(each) && each.textContent.trim()) : [];
}

function lit(holder) {
  return all("svg :is(.byhand-here, .byhand-source)", holder.closest("[data-show]")).filter(isDrawn);
}

function showing(name) {
  return all("[data-cell], [data-choose], [data-lit], [data-mark-of]").filter((element) =>
    !element.matches("input, select") && SHOWS.some((key) => plain(element.dataset[key]) === name));
}

function isSeen(element) {
  const { left, right, top, bottom, width } = element.getBoundingClientRect();
  if (!isDrawn(element) || !width || top < 0 || bottom > innerHeight || left < 0 || right > innerWidth) return false;
  const scroller = element.parentElement.closest("[data-scrolls]")?.getBoundingClientRect();
  if (scroller && (left < scroller.left - 1 || right > scroller.right + 1)) return false;
  const layer = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest(LAYERS);
  return !layer || layer.contains(element);
}
