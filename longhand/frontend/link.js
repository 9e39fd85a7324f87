/* Links: a reader's numbers in an address. */

import { parseNumber } from "./number.js";

/** The inputs as the query of an address, other queries kept: "?x=1,0&y=1". */
export function writeLink(search, inputs) {
  const others = withoutInputs(search, inputs);
  const ours = Object.entries(inputs).map(([name, numbers]) => `${name}=${numbers.join(",")}`).join("&");
  return `${others || "?"}${others && "&"}${ours}`;
}

/** What else the query holds: of a search, say. */
export function withoutInputs(search, inputs) {
  const others = search.replace(/^\?/, "").split("&").filter((pair) => pair && !(pair.split("=")[0] in inputs));
  return others.length ? `?${others.join("&")}` : "";
}

/** The inputs as lines of numpy: `W1 = np.array([[0.1, 0.2], [0.3, 0.4]])`. */
export function writeNumpy(inputs, shapes) {
  return Object.entries(inputs).map(([name, numbers]) => {
    const text = nested(numbers, shapes[name]);
    return `${name} = ${text.startsWith("[") ? `np.array(${text})` : text}\n`;
  }).join("");
}

function nested(numbers, [length, ...rest]) {
  if (length === undefined) return Number.isInteger(numbers[0]) ? `${numbers[0]}.0` : String(numbers[0]);
  const size = numbers.length / length;
  return `[${Array.from({ length }, (_, i) => nested(numbers.slice(i * size, (i + 1) * size), rest)).join(", ")}]`;
}

/** The inputs in a query: `{inputs}`, or `{error}`, a sentence. `book` has every input's own numbers. */
export function readLink(search, book) {
  const inputs = {};
  for (const pair of search.replace(/^\?/, "").split("&")) {
    const [name, text = ""] = decode(pair).split("=");
    if (!(name in book)) continue;
    const numbers = text.split(",").map(parseNumber);
    if (numbers.length !== book[name].length)
      return { error: `The link is damaged: ${name} has ${numbers.length} of the ${book[name].length} numbers it needs. These are the book’s numbers.` };
    if (numbers.includes(null))
      return { error: `The link is damaged: ${name} = “${text}” is not a list of numbers. These are the book’s numbers.` };
    inputs[name] = numbers;
  }
  return { inputs };
}

function decode(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", "%2B"));
  } catch {
    return text; // a broken %-sequence: what it names is refused as no number
  }
}
