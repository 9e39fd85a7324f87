/** A problem's numbers from its seed, as byhand/practice/seed.py draws them. */

/** Whole numbers from 0 to 2^32 − 1, one at each call: mulberry32.
 * @param {number} seed */
export function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** One number for each list of `choices`.
 * @param {() => number} next
 * @param {number[][]} choices */
export const draw = (next, choices) => choices.map((each) => each[next() % each.length]);
