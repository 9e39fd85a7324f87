"""Names beside what they name: where in a chart's box each label goes, to lie on nothing. As in chart_labels.js.

Places are units of the drawing, downwards from its top left corner; a box is [left, top, width, height], a rectangle
[left, top, right, bottom]. A label stands above or below its curve, or beside its mark, where it costs least: most for
what it would cover, a little for each unit that it is away.
"""

import math
from itertools import pairwise

SIZE = 11      # of letters, about: a page has them a little larger
_LETTER = 0.58 * SIZE
_LINE = 1.2 * SIZE
_GAP = 3
_COLUMNS = 48  # of the box: what a curve covers is known for each
_COVERED = 100
_COVERED_LABEL = 2000
_POINT = 4     # half a point's width


def place_labels(box, curves, marks):
    """The middle of each label's line of letters, (x, y), for curves first, then marks; None where one has no place.

    curves    (label, [(x, y), …]) each; y is not a number where nothing is drawn
    marks     (label, x, y) each; y is None for an upright line, x for what is not shown
    """
    covered = [columns(box, points) for _, points in curves]
    uprights = [x for _, x, y in marks if x is not None and y is None]
    taken = [[x - _POINT, y - _POINT, x + _POINT, y + _POINT] for _, x, y in marks if x is not None and y is not None]
    room = box, covered, uprights, taken
    beside = [_best(room, _beside(box, label, x, y)) if label and x is not None else None for label, x, y in marks]
    along = [_best(room, _along(box, label, own)) if label else None for (label, _), own in zip(curves, covered)]
    return along + beside


def columns(box, points):
    """For each column of the box the highest and the lowest place that a curve has in it, or None."""
    left, top, width, height = box
    found = [None] * _COLUMNS
    for (x0, y0), (x1, y1) in pairwise(points):
        low, high = min(y0, y1), max(y0, y1)
        if math.isnan(y0 + y1) or high < top or low >= top + height:
            continue
        first, last = (math.floor((x - left) / width * _COLUMNS) for x in (min(x0, x1), max(x0, x1)))
        for column in range(max(0, first), min(_COLUMNS - 1, last) + 1):
            was = found[column] or [math.inf, -math.inf]
            found[column] = [max(top, min(was[0], low)), min(top + height, max(was[1], high))]
    return found


def _span(box, left, right):
    """The columns from `left` to `right`."""
    first, last = (math.floor((x - box[0]) / box[2] * _COLUMNS) for x in (left, right))
    return range(max(0, first), min(_COLUMNS - 1, last) + 1)


def _along(box, label, own):
    """Rectangles above and below a curve, with what each is away from it and from the right end."""
    left, _, width, _ = box
    wide = len(label) * _LETTER
    for column, at in enumerate(own):
        middle = left + (column + 0.5) / _COLUMNS * width
        if at is None:
            continue
        near = [own[each] for each in _span(box, middle - wide / 2, middle + wide / 2) if own[each]]
        above, below = min(low for low, _ in near) - _GAP, max(high for _, high in near) + _GAP
        farther = (left + width - middle) * 0.05
        yield [middle - wide / 2, above - _LINE, middle + wide / 2, above], at[0] - above + farther
        yield [middle - wide / 2, below, middle + wide / 2, below + _LINE], below - at[1] + farther


def _beside(box, label, x, y):
    """Rectangles beside an upright line, from the top down, or about a point."""
    _, top, _, height = box
    wide = len(label) * _LETTER
    rows = range(int(height / _LINE)) if y is None else range(2)
    for row in rows:
        upper = top + row * _LINE if y is None else y - _LINE + row * _LINE
        yield [x + _GAP, upper, x + _GAP + wide, upper + _LINE], row
        yield [x - _GAP - wide, upper, x - _GAP, upper + _LINE], row + 0.5


def _best(room, candidates):
    """The middle of the cheapest rectangle within the box, which is taken from then on."""
    (left, top, width, height), *_, taken = room
    inside = [(_cost(each, *room) + away, each) for each, away in candidates
              if each[0] >= left and each[2] <= left + width and each[1] >= top and each[3] <= top + height]
    if not inside:
        return None
    _, best = min(inside, key=lambda pair: pair[0])
    taken.append(best)
    return (best[0] + best[2]) / 2, best[3] - 0.3 * SIZE


def _cost(rectangle, box, covered, uprights, taken):
    left, top, right, bottom = rectangle
    span = _span(box, left, right)
    crossed = sum(1 for own in covered for each in span if own[each] and own[each][0] <= bottom and own[each][1] >= top)
    crossed += sum(1 for x in uprights if left <= x <= right)
    labels = sum(1 for x0, y0, x1, y1 in taken if x0 < right and x1 > left and y0 < bottom and y1 > top)
    return crossed * _COVERED + labels * _COVERED_LABEL
