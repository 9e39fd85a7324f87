/** Iterate: results fed back into inputs, step by step, such as gradient descent. No page's script has it until a kind
 * of view imports it.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Sheet} Sheet
 * @typedef {{input: string, place: number, value: number}} Stray   a number that an input cannot be
 * @typedef {{values: Record<string, Float64Array>, taken: number, stray: Stray | null}} Iteration
 * @typedef {Stray & {cell: number, from: number, domain: import("./domain.js").Domain}} Pair   a cell of an input, and
 *          where from its next value comes
 */

import { allows } from "./domain.js";
import { elementNames } from "./name.js";
import { formatNumber } from "./number.js";
import { cellsOf, compile, leadingTo } from "./program.js";

/** A function of a number of steps from a state's present values: what becomes of inputs and of `watch` where results
 *  are fed back, {input: result} (see `compileIteration`), and why it `stopped` early, in a sentence, or "".
 * @param {State} state
 * @param {Record<string, string>} feed
 * @param {string[]} watch
 * @returns {(steps: number) => Iteration & {stopped: string}} */
export function iterate(state, feed, watch = []) {
  const { sheet } = state;
  const walk = compileIteration(sheet, feed, watch);
  return (steps) => {
    const found = walk(state.values, steps);
    return { ...found, stopped: found.stray ? strayed(sheet, found.taken, found.stray) : "" };
  };
}

/** As `_stray` in byhand/sheet.py.
 * @param {Sheet} sheet
 * @param {number} taken
 * @param {Stray} stray */
export function strayed({ program, domains }, taken, { input, place, value }) {
  const name = elementNames(input, program.names[input].shape)[place];
  return `step ${taken + 1} would make ${name} ${formatNumber(value)}: it must be ${domains[input].words}`;
}

/** A function of all values and a number of steps that feeds results back into inputs, as `iterate` in byhand/sheet.py:
 *  a step after the other, all inputs of `feed`, {input: result}, at once, until one cannot be what it would get. It
 *  gives an `Iteration`: the values of each input that is fed and of each name of `watch`, before the first step and
 *  after each, row by row; how many steps were taken; and what stopped it.
 * @param {Sheet} sheet
 * @param {Record<string, string>} feed
 * @param {string[]} watch
 * @returns {(start: Float64Array, steps: number) => Iteration} */
export function compileIteration(sheet, feed, watch) {
  const { program } = sheet;
  const kept = [...Object.keys(feed), ...watch].map((name) => ({ name, cells: cellsOf(program, name) }));
  const pairs = Object.entries(feed).flatMap(([input, result]) => feedPairs(sheet, input, result));
  const wanted = [...kept.flatMap(({ cells }) => cells), ...pairs.map(({ from }) => from)];
  const evaluate = compile(program, leadingTo(program, wanted), false, wanted);
  return (start, steps) => {
    const now = start.slice();
    const rows = kept.map((each) => ({ ...each, values: new Float64Array((steps + 1) * each.cells.length) }));
    for (let taken = 0; ; taken++) {
      evaluate(now);
      for (const { cells, values } of rows)
        for (let i = 0; i < cells.length; i++) values[taken * cells.length + i] = now[cells[i]];
      const stray = taken < steps ? feedBack(pairs, now) : null;
      if (taken < steps && !stray) continue;
      const parts = rows.map(({ name, cells, values }) => [name, values.subarray(0, (taken + 1) * cells.length)]);
      return { values: Object.fromEntries(parts), taken, stray };
    }
  };
}

/** For each cell of an input where in it a result goes.
 * @param {Sheet} sheet
 * @param {string} input
 * @param {string} result
 * @returns {Pair[]} */
function feedPairs({ program, domains }, input, result) {
  const [cells, sources] = [input, result].map((name) => cellsOf(program, name));
  if (cells.length !== sources.length)
    throw new Error(`${result} cannot be fed back into ${input}: ${sources.length} numbers for ${cells.length}`);
  const domain = domains[input];
  return cells.map((cell, i) => ({ input, place: i, cell, from: sources[i], domain, value: NaN }));
}

/** Puts results into their inputs, all or none: what one of these cannot be is given back, else null.
 * @param {Pair[]} pairs
 * @param {Float64Array} values
 * @returns {Stray | null} */
function feedBack(pairs, values) {
  for (const pair of pairs) {
    pair.value = values[pair.from];
    if (!allows(pair.domain, pair.value)) return { ...pair };
  }
  for (const { cell, value } of pairs) values[cell] = value;
  return null;
}
