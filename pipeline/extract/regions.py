"""The reading order of a page: table cells, columns and the word 文件 beside the organs of a joint letterhead.

Fixed here, once, because every source offset depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import Box
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.grids import Grid, find_grids, looks_ruled
from pipeline.extract.lines import Row, build_lines, layers
from pipeline.fold import fold

_RIVER_ROWS = 6  # consecutive lines a river must part to be the gap between columns
_RIVER = 1.0  # em; narrower gaps stand inside lines
_APART = 1.8  # line pitches; further down another part of the page begins
_COLUMN = 8  # characters on either side, on average, where there are columns
_MARK = "文件"


class Placed(NamedTuple):
    """A line of a page, with the table and cell it stands in (indices), if any."""

    row: Row
    cell: tuple[int, int] | None = None


@dataclass
class Order:
    """The lines of a page in reading order and the tables they stand in.

    ``unsure``: columns are in doubt; ``unreadable``: there are rules as of a table, but no cells.
    """

    lines: list[Placed] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    unsure: bool = False
    unreadable: bool = False


def reading_order(page: Glyphs) -> Order:
    """The lines of a page from top to bottom, the cells of each table in its place, column after column."""
    by_layer = layers(page)
    grids = find_grids(page.strokes)
    inside: dict[tuple[int, int], list[int]] = {}
    body: list[int] = []
    for i in by_layer.pop(""):
        cell = _cell_of(page, i, grids) if grids else None
        (body if cell is None else inside.setdefault(cell, [])).append(i)
    order = Order(grids=grids)
    rows, order.unsure = _columns(page, build_lines(page, body))
    rows = _joint_mark(page, rows)
    places = [Placed(row) for row in rows]
    for table in sorted(range(len(grids)), key=lambda t: grids[t].box[1], reverse=True):
        at = next(
            (n for n, placed in enumerate(places) if _baseline(page, placed.row) > grids[table].box[1]), len(places)
        )
        cells = [
            Placed(row, (table, cell))
            for cell in range(len(grids[table].cells))
            for row in build_lines(page, inside.get((table, cell), []))
        ]
        places[at:at] = cells
    order.unreadable = not grids and looks_ruled(page.strokes)
    rest = [Placed(row) for layer, indices in by_layer.items() for row in build_lines(page, indices, layer)]
    order.lines = places + rest
    return order


def _baseline(page: Glyphs, row: Row) -> float:
    return page.y[row.glyphs[0]]


def _cell_of(page: Glyphs, i: int, grids: Sequence[Grid]) -> tuple[int, int] | None:
    """The table and cell a character stands in, by its middle."""
    x, y = (page.x0[i] + page.x1[i]) / 2, (page.y0[i] + page.y1[i]) / 2
    for table, grid in enumerate(grids):
        if _holds(grid.box, x, y):
            for n, cell in enumerate(grid.cells):
                if _holds(cell.box, x, y):
                    return table, n
    return None


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


# -- columns -----------------------------------------------------------------------------------------------------------


def _columns(page: Glyphs, rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows with those of two columns taken apart: first all of the left one, then all of the right one."""
    ordered: list[Row] = []
    unsure = False
    at = 0
    while at < len(rows):
        stop, left, right = _river(page, rows, at)
        if stop - at < _RIVER_ROWS:
            ordered.append(rows[at])
            at += 1
            continue
        band = rows[at:stop]
        cuts = [_cut(page, row, left, right) for row in band]
        evidence = _two_columns(band, cuts)
        if evidence >= 1:
            ordered += [Row(row.glyphs[:cut]) for cut, row in zip(cuts, band, strict=True) if cut]
            ordered += [Row(row.glyphs[cut:]) for cut, row in zip(cuts, band, strict=True) if cut < len(row.glyphs)]
            at = stop
        else:
            unsure = unsure or evidence > 0.5
            ordered.append(rows[at])
            at += 1
    return ordered, unsure


def _two_columns(band: Sequence[Row], cuts: Sequence[int]) -> float:
    """How much text stands on both sides of a gap, as a share of what columns need; 0 where few lines have both."""
    both = [(cut, len(row.glyphs) - cut) for cut, row in zip(cuts, band, strict=True) if 0 < cut < len(row.glyphs)]
    if len(both) < _RIVER_ROWS:
        return 0.0
    return min(sum(a for a, _ in both), sum(b for _, b in both)) / (_COLUMN * len(both))


def _river(page: Glyphs, rows: list[Row], at: int) -> tuple[int, float, float]:
    """How far down a gap reaches that begins in a row, and where it stands."""
    gaps = _gaps(page, rows[at])
    if not gaps:
        return at + 1, 0.0, 0.0
    left, right = max(gaps, key=lambda gap: gap[1] - gap[0])
    stop = at + 1
    pitch = 0.0
    while stop < len(rows):
        step = _baseline(page, rows[stop]) - _baseline(page, rows[stop - 1])
        if pitch and step > _APART * pitch:
            break  # a page number, a heading: no line of the columns
        pitch = max(pitch, step)
        em = page.styles[page.style[rows[stop].glyphs[0]]].size
        crossing = [
            i
            for i in rows[stop].glyphs
            if page.x0[i] < right - em / 4 and page.x1[i] > left + em / 4 and not page.text[i].isspace()
        ]
        if crossing:
            narrowed = _narrowed(page, rows[stop], left, right)
            if narrowed is None:
                break
            left, right = narrowed
        stop += 1
    return stop, left, right


def _narrowed(page: Glyphs, row: Row, left: float, right: float) -> tuple[float, float] | None:
    """The part of a gap that a row leaves open, if it is still wide enough."""
    em = page.styles[page.style[row.glyphs[0]]].size
    for a, b in _gaps(page, row):
        low, high = max(a, left), min(b, right)
        if high - low >= _RIVER * em:
            return low, high
    return None


def _gaps(page: Glyphs, row: Row) -> list[tuple[float, float]]:
    seen = [i for i in row.glyphs if not page.text[i].isspace()]
    em = page.styles[page.style[seen[0]]].size
    return [(page.x1[i], page.x0[j]) for i, j in pairwise(seen) if page.x0[j] - page.x1[i] >= _RIVER * em]


def _cut(page: Glyphs, row: Row, left: float, right: float) -> int:
    """How many of a row's glyphs stand left of a gap."""
    middle = (left + right) / 2
    return sum((page.x0[i] + page.x1[i]) / 2 < middle for i in row.glyphs)


# -- letterhead --------------------------------------------------------------------------------------------------------


def _joint_mark(page: Glyphs, rows: list[Row]) -> list[Row]:
    """文件 at the right of the names of several organs is read after the last of them (GB/T 9704-2012 7.2.4)."""
    red = [n for n, row in enumerate(rows) if _is_red(page, row)]
    if len(red) < 2:
        return rows
    for n in red:
        text = fold("".join(page.text[i] for i in rows[n].glyphs)).rstrip()
        if not text.endswith(_MARK):
            continue
        cut = len(text) - len(_MARK)
        start = page.x0[rows[n].glyphs[cut]]
        others = [m for m in red if m != n and _end(page, rows[m]) <= start + 1]
        if not others or (cut and max(others) < n):
            continue
        names = [Row(rows[n].glyphs[:cut])] if cut else []
        last = max(*others, n)
        return [*rows[:n], *names, *rows[n + 1 : last + 1], Row(rows[n].glyphs[cut:]), *rows[last + 1 :]]
    return rows


def _is_red(page: Glyphs, row: Row) -> bool:
    return page.styles[page.style[row.glyphs[0]]].colour == "red"


def _end(page: Glyphs, row: Row) -> float:
    return max(page.x1[i] for i in row.glyphs)
