"""Where a source stands on its pages: pages, lines, boxes, tables, figures.

Lengths are PDF points, the origin is at the top left; offsets are code points of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in points, origin at the top left


class Span(NamedTuple):
    """A half-open run of source characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """One page: ``number`` from 1, size in points as shown (after rotation), source span of its lines.

    ``turned`` is by how many degrees, clockwise, the page as shown is turned until its text stands upright; the layout
    measures it upright, ``shown`` gives a box back as it lies on the page.
    """

    number: int
    width: float
    height: float
    span: Span
    turned: int = 0

    @property
    def across(self) -> float:
        """The width of the upright page."""
        return self.height if self.turned in (90, 270) else self.width

    @property
    def down(self) -> float:
        """The height of the upright page."""
        return self.width if self.turned in (90, 270) else self.height

    def shown(self, box: Box) -> Box:
        """A box of the upright page on the page as shown."""
        x0, y0, x1, y1 = box
        if self.turned == 90:
            return y0, self.height - x1, y1, self.height - x0
        if self.turned == 180:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if self.turned == 270:
            return self.width - y1, x0, self.width - y0, x1
        return box


class Line(NamedTuple):
    """One source line: ``number`` from 1 on its page, ``page`` from 1, box in points, origin top left of the upright page.

    Without coordinates (a text file) all figures are 0.
    """

    page: int
    number: int
    span: Span
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    font: str = ""
    colour: str = "black"

    @property
    def box(self) -> Box:
        return self.x0, self.y0, self.x1, self.y1


class Cell(NamedTuple):
    """A cell of a ruled table: its place in the grid (from 0), how many rows and columns it takes, its lines.

    ``lines`` is a half-open range of indices into ``Layout.lines``.
    """

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[int, int]
    box: Box


class Table(NamedTuple):
    """A ruled table on one page; ``cells`` in source order, empty ones included."""

    page: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    box: Box


class Figure(NamedTuple):
    """Something drawn on a page: ``kind`` image, seal or rule; ``red`` of rules."""

    page: int
    kind: str
    box: Box
    red: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the source stands on its pages.

    ``x0 y0 x1 y1`` are arrays indexed by source offset (points, origin at the top left of the upright page; 0 for line
    and page separators), ``face`` one of indices into ``faces``, the names of the fonts; all are empty when the source has
    no coordinates.
    """

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    x0: Sequence[float] = ()
    y0: Sequence[float] = ()
    x1: Sequence[float] = ()
    y1: Sequence[float] = ()
    face: Sequence[int] = ()
    faces: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def measured(self) -> bool:
        return len(self.x0) > 0

    @cached_property
    def _starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def line_index(self, offset: int) -> int:
        """Index into ``lines`` of the line that holds a source offset (a separator belongs to the line it ends)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_at(self, offset: int) -> Line:
        return self.lines[self.line_index(offset)]

    def lines_of(self, span: Span) -> Sequence[Line]:
        """The lines a span has characters in."""
        if not self.lines:
            return ()
        return self.lines[self.line_index(span.start) : self.line_index(max(span.start, span.end - 1)) + 1]
