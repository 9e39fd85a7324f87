/** Names beside what they name: where in a chart's box each label goes, so that it lies on nothing. The rule is that of
 * chart_labels.py, which tells of it.
 *
 * @typedef {([highest: number, lowest: number] | null)[]} Columns   what a curve covers of each column of the box
 * @typedef {{label?: string, covered: Columns}} NamedCurve
 * @typedef {{label?: string, x: number | null, y: number | null}} NamedMark
 * @typedef {number[]} Rectangle   left, top, right, bottom
 * @typedef {[Rectangle, away: number]} Candidate
 * @typedef {{box: number[], covered: Columns[], uprights: number[], taken: Rectangle[]}} Room
 */

const SIZE = 11; // of letters, about
const LETTER = 0.58 * SIZE;
const LINE = 1.2 * SIZE;
const GAP = 3;
const COLUMNS = 48; // of the box: what a curve covers is known for each
const COVERED = 100;
const COVERED_LABEL = 2000;
const POINT = 4; // half a point's width

/** The middle of each label's line of letters, [x, y], for `curves` first, then for `marks`; null where one has no
 *  place.
 * @param {number[]} box
 * @param {NamedCurve[]} curves
 * @param {NamedMark[]} marks */
export function placeLabels(box, curves, marks) {
  const shown = marks.flatMap(({ x, y }) => (x === null ? [] : [{ x, y }]));
  const points = shown.flatMap(({ x, y }) => (y === null ? [] : [{ x, y }]));
  const room = {
    box,
    covered: curves.map(({ covered }) => covered),
    uprights: shown.filter(({ y }) => y === null).map(({ x }) => x),
    taken: points.map(({ x, y }) => [x - POINT, y - POINT, x + POINT, y + POINT]),
  };
  const beside = marks.map(({ label, x, y }) =>
    (label && x !== null ? best(room, besideMark(box, label, x, y)) : null));
  const along = curves.map(({ label, covered }) => (label ? best(room, alongCurve(box, label, covered)) : null));
  return [...along, ...beside];
}

/** For each column of the box the highest and the lowest place that a curve has in it, or null.
 * @param {number[]} box
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys */
export function columns(box, xs, ys) {
  const [, top, , height] = box;
  const found = /** @type {Columns} */ (Array(COLUMNS).fill(null));
  for (let i = 1; i < xs.length; i++) {
    const low = Math.min(ys[i - 1], ys[i]);
    const high = Math.max(ys[i - 1], ys[i]);
    if (Number.isNaN(low) || high < top || low >= top + height) continue;
    const [first, last] = span(box, Math.min(xs[i - 1], xs[i]), Math.max(xs[i - 1], xs[i]));
    for (let column = first; column <= last; column++) {
      const was = found[column] ?? [Infinity, -Infinity];
      found[column] = [Math.max(top, Math.min(was[0], low)), Math.min(top + height, Math.max(was[1], high))];
    }
  }
  return found;
}

/** The first and the last of the columns from `left` to `right`.
 * @param {number[]} box
 * @param {number} left
 * @param {number} right */
function span(box, left, right) {
  const column = (/** @type {number} */ x) => Math.floor(((x - box[0]) / box[2]) * COLUMNS);
  return [Math.max(0, column(left)), Math.min(COLUMNS - 1, column(right))];
}

/** @param {number[]} box @param {string} label @param {Columns} own @returns {Candidate[]} */
function alongCurve(box, label, own) {
  const wide = label.length * LETTER;
  return own.flatMap((at, column) => {
    if (!at) return [];
    const middle = box[0] + ((column + 0.5) / COLUMNS) * box[2];
    const [left, right] = [middle - wide / 2, middle + wide / 2];
    const [first, last] = span(box, left, right);
    let [above, below] = at;
    for (let near = first; near <= last; near++) {
      above = Math.min(above, own[near]?.[0] ?? above);
      below = Math.max(below, own[near]?.[1] ?? below);
    }
    above -= GAP;
    below += GAP;
    const farther = (box[0] + box[2] - middle) * 0.05;
    return [[[left, above - LINE, right, above], at[0] - above + farther],
      [[left, below, right, below + LINE], below - at[1] + farther]];
  });
}

/** @param {number[]} box
 * @param {string} label
 * @param {number} x
 * @param {number | null} y
 * @returns {Candidate[]} */
function besideMark([, top, , height], label, x, y) {
  const wide = label.length * LETTER;
  return Array.from({ length: y === null ? Math.floor(height / LINE) : 2 }).flatMap((_, row) => {
    const upper = y === null ? top + row * LINE : y - LINE + row * LINE;
    return [[[x + GAP, upper, x + GAP + wide, upper + LINE], row],
      [[x - GAP - wide, upper, x - GAP, upper + LINE], row + 0.5]];
  });
}

/** The middle of the cheapest rectangle within the box, which is taken from then on.
 * @param {Room} room
 * @param {Candidate[]} candidates */
function best(room, candidates) {
  const [left, top, width, height] = room.box;
  let least = Infinity;
  let found = /** @type {Rectangle | null} */ (null);
  for (const [each, away] of candidates) {
    if (!(each[0] >= left && each[2] <= left + width && each[1] >= top && each[3] <= top + height)) continue;
    if (away >= least) continue;
    const cost = costOf(room, each) + away;
    if (cost < least) [least, found] = [cost, each];
  }
  if (!found) return null;
  room.taken.push(found);
  return [(found[0] + found[2]) / 2, found[3] - 0.3 * SIZE];
}

/** @param {Room} room @param {Rectangle} place */
function costOf({ box, covered, uprights, taken }, [left, top, right, bottom]) {
  const [first, last] = span(box, left, right);
  let crossed = uprights.filter((x) => left <= x && x <= right).length;
  for (const own of covered)
    for (let column = first; column <= last; column++) {
      const at = own[column];
      if (at && at[0] <= bottom && at[1] >= top) crossed += 1;
    }
  const labels = taken.filter(([x0, y0, x1, y1]) => x0 < right && x1 > left && y0 < bottom && y1 > top).length;
  return crossed * COVERED + labels * COVERED_LABEL;
}
