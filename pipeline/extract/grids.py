"""Ruled tables: from the rules drawn on a page to a grid of cells, by pdfplumber's table finder fed with our strokes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.document import Box
from pipeline.extract.glyphs import Stroke

_TABLE_RULES = 3
_TOLERANCE = 3.0  # points; edges closer than this are one


class GridCell(NamedTuple):
    """A cell: its place in the grid (from 0), the rows and columns it takes, its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


class Grid(NamedTuple):
    """A table: how many rows and columns, its cells row by row, its box."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    box: Box


def find_grids(strokes: Sequence[Stroke]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom; a box around one text is none."""
    across = [s for s in strokes if s.x1 - s.x0 >= s.y1 - s.y0]
    down = [s for s in strokes if s.x1 - s.x0 < s.y1 - s.y0]
    if len(across) < 2 or len(down) < 2:
        return []
    from pdfplumber import table  # 0.18 s of start-up: only for pages with enough rules

    edges = [_edge(s, "h") for s in across] + [_edge(s, "v") for s in down]
    edges = table.merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = table.edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    grids = [_grid(cells) for cells in table.cells_to_tables(table.intersections_to_cells(crossings)) if len(cells) > 1]
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def looks_ruled(strokes: Sequence[Stroke]) -> bool:
    """Are there as many rules both ways as a table has?"""
    across = sum(s.x1 - s.x0 >= s.y1 - s.y0 for s in strokes)
    return across >= _TABLE_RULES and len(strokes) - across >= _TABLE_RULES


def _edge(stroke: Stroke, orientation: str) -> dict[str, Any]:
    """A stroke as pdfplumber's functions want it: a line without width."""
    x0, y0, x1, y1, _ = stroke
    if orientation == "h":
        y0 = y1 = (y0 + y1) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": y0,
        "bottom": y1,
        "width": x1 - x0,
        "height": y1 - y0,
        "orientation": orientation,
        "object_type": "line",
    }


def _grid(boxes: Sequence[Box]) -> Grid:
    xs = _marks([x for box in boxes for x in (box[0], box[2])])
    ys = _marks([y for box in boxes for y in (box[1], box[3])])
    cells = []
    for box in boxes:
        column, row = _index(xs, box[0]), _index(ys, box[1])
        cells.append(GridCell(row, column, _index(ys, box[3]) - row, _index(xs, box[2]) - column, box))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(len(ys) - 1, len(xs) - 1, tuple(cells), (xs[0], ys[0], xs[-1], ys[-1]))


def _marks(values: Sequence[float]) -> list[float]:
    """The places of grid lines, near ones taken for one."""
    marks: list[float] = []
    for value in sorted(values):
        if not marks or value - marks[-1] > _TOLERANCE:
            marks.append(value)
    return marks


def _index(marks: Sequence[float], value: float) -> int:
    at = bisect_left(marks, value)
    if at == len(marks) or (at and value - marks[at - 1] < marks[at] - value):
        at -= 1
    return at
