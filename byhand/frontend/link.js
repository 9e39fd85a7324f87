/** Links: a reader's numbers in an address, "?x=1,0&y=1"; those of a page's second scope as "?x=1,0&other-1.w=3".
 *
 * @typedef {import("./state.js").Inputs} Inputs
 * @typedef {import("./scope.js").Scope} Scope
 * @typedef {{scope: Scope, sentence: string, input?: string}} Problem   something that a link cannot put in
 */

import { quoted } from "./domain.js";
import { splitName } from "./name.js";
import { parseNumber } from "./number.js";

/** The names and texts in a query, in order.
 * @param {string} search
 * @returns {[name: string, text: string][]} */
export function pairsOf(search) {
  return search.replace(/^\?/, "").split("&").filter(Boolean).map((pair) => {
    const [name, ...text] = pair.split("=");
    return [decode(name), text.join("=")];
  });
}

/** The query with the numbers that each scope's address names; other queries are kept.
 * @param {string} search
 * @param {Scope[]} scopes */
export function writeLink(search, scopes) {
  const others = search.replace(/^\?/, "").split("&").filter((pair) => pair && !ownerOf(pairsOf(pair)[0][0], scopes));
  const ours = scopes.flatMap((scope) =>
    Object.entries(scope.named()).map(([name, numbers]) => `${scope.prefix}${name}=${numbers.join(",")}`));
  const all = [...others, ...ours].join("&");
  return all && `?${all}`;
}

/** What a query puts in: `inputsOf(scope)`, and `problems`, a sentence for each thing that it cannot.
 * @param {string} search
 * @param {Scope[]} scopes
 * @param {string[]} elsewhere   inputs that another page has */
export function readLink(search, scopes, elsewhere = []) {
  const found = /** @type {Map<Scope, Inputs>} */ (new Map());
  const inputsOf = (/** @type {Scope} */ scope) => found.get(scope) ?? {};
  const problems = /** @type {Problem[]} */ ([]);
  for (const [name, text] of pairsOf(search)) {
    const scope = ownerOf(name, scopes);
    if (!scope) {
      const sentence = `The link names ${quoted(name)}, which is no input of this page.`;
      if (!elsewhere.includes(name) && isMeant(name, text, scopes)) problems.push({ scope: scopes[0], sentence });
      continue;
    }
    const input = name.slice(scope.prefix.length);
    const numbers = numbersIn(text);
    const refusal = scope.refusal(input, numbers);
    const shown = numbers.length === scope.given[input].length ? `${name} = ${quoted(decode(text))}` : name;
    if (refusal) problems.push({ scope, input, sentence: `The link is damaged: ${shown} ${refusal}.` });
    else if (Object.hasOwn(inputsOf(scope), input))
      problems.push({ scope, sentence: `The link has ${name} twice: the last one counts.` });
    if (!refusal) found.set(scope, { ...inputsOf(scope), [input]: /** @type {number[]} */ (numbers) });
  }
  return { inputsOf, problems };
}

/** The scope with the input that a link calls `name`.
 * @param {string} name
 * @param {Scope[]} scopes */
function ownerOf(name, scopes) {
  return scopes.find(({ prefix, given }) => name.startsWith(prefix) && name.slice(prefix.length) in given);
}

/** Whether a name that is no input was likely meant as one: a number that is worked out, another case, or any name with
 *  numbers.
 * @param {string} name
 * @param {string} text
 * @param {Scope[]} scopes */
function isMeant(name, text, scopes) {
  const base = splitName(name)[0];
  const isAlike = (/** @type {string} */ input) => input.toLowerCase() === base.toLowerCase();
  const isNear = (/** @type {Scope} */ { given, hasName }) => hasName(base) || Object.keys(given).some(isAlike);
  return scopes.some(isNear) || (!/^(utm_.*|seed|level)$/.test(name) && !numbersIn(text).includes(null));
}

/** The numbers in a link's text, null for each that is none. A plus at an end was a blank: scripts rewrite addresses
 *  so.
 * @param {string} text */
export function numbersIn(text) {
  return decode(text).split(",").map((part) => parseNumber(part.replace(/^[\s+]+|[\s+]+$/g, "")));
}

/** The inputs as lines of numpy: `W1 = np.array([[0.1, 0.2], [0.3, 0.4]])`.
 * @param {Inputs} inputs
 * @param {Record<string, number[]>} shapes */
export function writeNumpy(inputs, shapes) {
  return Object.entries(inputs).map(([name, numbers]) => {
    const text = nested(numbers, shapes[name]);
    return `${name} = ${text.startsWith("[") ? `np.array(${text})` : text}\n`;
  }).join("");
}

/** @param {number[]} numbers @param {number[]} shape @returns {string} */
function nested(numbers, [length, ...rest]) {
  if (length === undefined) return Number.isInteger(numbers[0]) ? `${numbers[0]}.0` : String(numbers[0]);
  const size = numbers.length / length;
  return `[${Array.from({ length }, (_, i) => nested(numbers.slice(i * size, (i + 1) * size), rest)).join(", ")}]`;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a broken %-sequence: what it names is refused as no number
  }
}
