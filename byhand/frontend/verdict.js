/** Verdicts: what is said of a line's answers, in sentences, and what they are worth.
 *
 * @typedef {import("./marking.js").Mark} Mark
 * @typedef {import("./marking.js").Mistake} Mistake
 * @typedef {{symbol: (name: string) => string, exact: (name: string) => string, mistakes: Mistake[]}} Words
 */

const SLIPS = /** @type {Record<string, string>} */ ({
  sign: "the right number with the other sign.",
  product: "a product, where there is a sum.",
  sum: "a sum, where there is a product.",
  neighbour: "this is the neighbour’s number.",
  power: "the digits are right, the decimal point is not where it belongs.",
  rounding: "close, but off by more than one unit of the fourth decimal. Was something rounded too early?",
  unreadable: "that is no number. Write 0.525, 0,525, 5.25e-1 or 21/40.",
  "": "not recognised.",
});
const UNCARRIED = /** @type {Record<string, string>} */ ({
  zero: "It is not carried on: with it later numbers are 0, and a 0 shows no method.",
  infinite: "It is not carried on: with it later numbers are infinite.",
  given: "It is not carried on: it is one of the given numbers.",
});

/** The sentences about the answers of one line; what holds for several is said once.
 * @param {Record<string, Mark>} marks   of its numbers
 * @param {Words} words
 * @returns {string[]} */
export function verdicts(marks, words) {
  const groups = /** @type {Map<string, string[]>} */ (new Map());
  for (const [name, mark] of Object.entries(marks)) {
    if (mark.mark === "empty") continue;
    const key = JSON.stringify({ ...mark, since: [] });
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].map((names) => {
    const since = [...new Set(names.flatMap((name) => marks[name].since ?? []))];
    return verdict({ ...marks[names[0]], since }, names, words);
  });
}

/** @param {Mark} mark @param {string[]} names @param {Words} words */
function verdict(mark, names, { symbol, exact, mistakes }) {
  const who = listed(names.map(symbol));
  const since = listed((mark.since ?? []).map((name) => `your ${symbol(name)}`));
  const why = mark.uncarried ? ` ${UNCARRIED[mark.uncarried]}` : "";
  const known = mistakes[(mark.mistake ?? 0) - 1];
  if (mark.mark === "right") return `${who}: right (${names.map(exact).join(", ")}).${why}`;
  if (mark.mark === "carried") {
    const alike = mistakes[(mark.alike ?? 0) - 1];
    const doubt = alike ? ` On your numbers ${alike.wrong} gives the same; which line it was cannot be told.` : "";
    return `${who}: right method, carried on from ${since}. No mark is lost here.${doubt}${why}`;
  }
  if (known) {
    const earlier = mark.mark === "mistake-carried" ? ` It stands on ${since}, which is wrong as well.` : "";
    return `${who}: this is the mistake “${known.name}”. It comes from the line ${known.wrong}, where it should be `
      + `${known.right}. ${known.clue}${earlier}${why}`;
  }
  return `${who}: ${SLIPS[mark.slip ?? ""]}${why}${mark.slip ? "" : " The line, with your numbers and one gap:"}`;
}

/** What a line is worth, [method, accuracy]: a slip costs accuracy where it happened, a mistake method; what is carried
 *  costs nothing.
 * @param {Mark[]} marks   of the numbers asked in it
 * @returns {[method: number, accuracy: number]} */
export function worth(marks) {
  const isExact = (/** @type {Mark} */ { mark }) => mark !== "empty" && mark !== "unknown";
  const isMethod = (/** @type {Mark} */ { mark, slip = "" }) =>
    mark === "right" || mark === "carried" || (mark === "unknown" && !/^(|product|sum|unreadable)$/.test(slip));
  return [Number(marks.every(isMethod)), Number(marks.every(isExact))];
}

/** @param {string[]} words */
export function listed(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : (words[0] ?? "");
}
