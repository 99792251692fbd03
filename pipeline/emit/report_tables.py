"""Ruled tables of the report: the pieces in their cells, as the page has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import Block, Cell, Document, Table
from pipeline.emit.report_pieces import Piece


class Box(NamedTuple):
    """A cell as drawn: the rows and columns it takes, what is in it; ``hole`` where the table has no cell."""

    rows: int
    columns: int
    pieces: Sequence[Piece] = ()
    hole: bool = False


class Grid(NamedTuple):
    """The part of a table on one page; ``first`` where it begins, ``header`` whether its first row names the columns.

    ``widths`` are those of the columns in hundredths of the table.
    """

    block: Block
    first: bool
    header: bool
    widths: Sequence[float]
    rows: Sequence[Sequence[Box]]


class _Place(NamedTuple):
    block: Block
    table: int
    cell: int


class Ruled:
    """The tables of a document."""

    def __init__(self, document: Document) -> None:
        self.layout = document.layout
        self._places: dict[int, _Place] = {}  # of the lines
        for block in document.blocks:
            for table in _numbers(block):
                for n, cell in enumerate(self.layout.tables[table].cells):
                    self._places |= dict.fromkeys(range(*cell.lines), _Place(block, table, n))

    def drawn(self, pieces: Sequence[Piece]) -> Iterator[Piece | Grid]:
        """The pieces of a page, those of a table as one; what stands between two of its cells belongs to the first."""
        places = [self._place(piece) for piece in pieces] if self._places else [None] * len(pieces)
        last = {place.table: n for n, place in enumerate(places) if place}
        done = -1
        for n, place in enumerate(places):
            if n <= done:
                continue
            if place is None:
                yield pieces[n]
                continue
            done, at = last[place.table], place.cell
            held: dict[int, list[Piece]] = defaultdict(list)
            for piece, other in zip(pieces[n : done + 1], places[n : done + 1], strict=True):
                at = other.cell if other and other.table == place.table else at
                held[at].append(piece)
            yield _grid(place.block, place.table, self.layout.tables[place.table], held)

    def _place(self, piece: Piece) -> _Place | None:
        return self._places.get(self.layout.line_index(max(piece.start, piece.block.span.start)))


def _numbers(block: Block) -> list[int]:
    return [int(n) for n in block.attributes["tables"].split()] if block.kind == "table" else []


def _grid(block: Block, number: int, table: Table, held: Mapping[int, Sequence[Piece]]) -> Grid:
    first = number == _numbers(block)[0]
    top = [held.get(n, ()) for n, cell in enumerate(table.cells) if cell.row == 0]
    named = all(top) and (first or all(piece.block.kind == "furniture" for mine in top for piece in mine))
    return Grid(block, first, named and table.rows > 1, _widths(table), list(_rows(table, held)))


def _rows(table: Table, held: Mapping[int, Sequence[Piece]]) -> Iterator[list[Box]]:
    rows: dict[int, list[tuple[Cell, int]]] = defaultdict(list)
    for n, cell in enumerate(table.cells):
        for row in range(cell.row, cell.row + cell.rows):
            rows[row].append((cell, n))
    for row in range(table.rows):
        boxes, at = [], 0
        for cell, n in sorted(rows[row], key=lambda pair: pair[0].column):
            if cell.column > at:
                boxes.append(Box(1, cell.column - at, hole=True))
            if cell.row == row:
                boxes.append(Box(cell.rows, cell.columns, held.get(n, ())))
            at = max(at, cell.column + cell.columns)
        if at < table.columns:
            boxes.append(Box(1, table.columns - at, hole=True))
        yield boxes


def _widths(table: Table) -> list[float]:
    edges = {cell.column + cell.columns: cell.box[2] for cell in table.cells}
    edges |= {cell.column: cell.box[0] for cell in table.cells}
    marks = [edges.get(n, -1.0) for n in range(table.columns + 1)]
    if marks[0] < 0 or any(a >= b for a, b in pairwise(marks)):
        return []
    return [round((b - a) / (marks[-1] - marks[0]) * 100, 1) for a, b in pairwise(marks)]
