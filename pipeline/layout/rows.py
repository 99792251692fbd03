"""What recognition looks at: each source line with its place in the type area, measured in em of the body text.

A text file has no coordinates; its lines are measured in full-width cells instead, so that the same questions can be asked:
is the line set in, is it full?
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from pipeline.config import LayoutPolicy
from pipeline.document import Document, Layout, Line
from pipeline.fold import CLOSING, HAN, OPENING, POINTS, fold

_DISPLAY = 1.15  # of the body size: larger type is display type
_OTHER_SIZE = 0.05
_HAN = regex.compile(f"[{HAN}]")
_INDENT_CELLS = 2  # white space this wide at a line's start is an indent and no accident


class Area(NamedTuple):
    """The type area: left and right edge and the em, in points (in cells for a text file)."""

    left: float
    right: float
    em: float
    indented: bool  # first lines of paragraphs are set in
    font: str = ""  # most of the body is set in
    flush_items: bool = False  # the items of lists begin at the left edge
    short: float = 2.0  # em; a line with more slack than this cannot be full, even if it has lost its indent


class Row(NamedTuple):
    """One line as recognition sees it.

    ``text`` is folded and without outer white space, ``indent`` and ``slack`` are the distances to the left and right edge
    in em; ``indent`` is None where it cannot be known.  ``scale`` is the type size in em.
    """

    line: Line
    text: str
    indent: float | None
    slack: float
    scale: float = 1.0
    centred: bool = False
    page_top: bool = False
    face: str = ""  # the font of most of its ideographs
    whole: bool = False  # all its ideographs are set in it
    table: int = -1  # index of the table it stands in

    @property
    def display(self) -> bool:
        """Is the line set apart as titles are: in large type or on the centre line?"""
        return self.scale >= _DISPLAY or self.centred

    @property
    def starts_flush(self) -> bool:
        return self.indent is None or abs(self.indent) < 1.0

    def needs(self) -> float:
        """The room in em that the first unbreakable piece of this line would need on the line above."""
        head = self.text[:1]
        if head.isascii() and not head.isspace():
            return len(self.text.split(maxsplit=1)[0]) / 2 if self.text.isascii() else self._latin() / 2
        return 2.0 if self.text[1:2] and self.text[1] in CLOSING + POINTS else 1.0

    def _latin(self) -> int:
        return next((n for n, c in enumerate(self.text) if not c.isascii() or c.isspace()), len(self.text))


def rows_of(document: Document, lines: Sequence[Line], policy: LayoutPolicy) -> tuple[list[Row], Area]:
    """The rows of a document's text lines (furniture left out) and the type area they stand in."""
    if document.layout.measured:
        tables = {
            n: t for t, table in enumerate(document.layout.tables) for cell in table.cells for n in range(*cell.lines)
        }
        held = {document.layout.lines[n].span.start: t for n, t in tables.items()}
        free = [line for line in lines if line.span.start not in held]
        area = _measured_area(free or lines, document, policy)
        rows = [_measured_row(document, line, area, policy, top) for line, top in _with_page_top(lines)]
        return [row._replace(table=held.get(row.line.span.start, -1)) for row in rows], area
    area = _text_area(document, lines, policy)
    return [_text_row(document, line, area, top) for line, top in _with_page_top(lines)], area


def _with_page_top(lines: Sequence[Line]) -> Iterable[tuple[Line, bool]]:
    page = 0
    for line in lines:
        yield line, line.page != page
        page = line.page


def _measured_area(lines: Sequence[Line], document: Document, policy: LayoutPolicy) -> Area:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += line.span.end - line.span.start
    em = max(sizes.most_common(1)[0][0] if sizes else 0.0, 1.0)
    body = [line for line in lines if abs(line.size - em) < 0.1 * em]
    few = max(1, len(body) // 12)
    left = _edge([line.x0 for line in body], em, few)
    right = -_edge([-line.x1 for line in body], em, few)
    full = sum(abs(line.x1 - right) < em / 2 for line in body)
    if lines and full < max(3, len(body) // 8):  # too few to be full lines: the page is symmetrical, more or less
        width = document.layout.pages[lines[0].page - 1].across
        right = max(right, min(width - left - 2 * em, width))
    indents = sum(policy.indent[0] <= (line.x0 - left) / em <= policy.indent[1] for line in body)
    fonts = Counter(line.font for line in body)
    return Area(left, right, em, indents > 0, fonts.most_common(1)[0][0] if fonts else "")


def _edge(values: Iterable[float], em: float, few: int) -> float:
    """The outermost place where at least ``few`` lines begin, within half an em."""
    ordered = sorted(values)
    for start, value in enumerate(ordered):
        near = [v for v in ordered[start : start + few] if v - value <= em / 2]
        if len(near) >= few:
            return value
    return ordered[0] if ordered else 0.0


def _measured_row(document: Document, line: Line, area: Area, policy: LayoutPolicy, top: bool) -> Row:
    text = fold(document.source[line.span.start : line.span.end]).strip()
    indent, slack = (line.x0 - area.left) / area.em, (area.right - line.x1) / area.em
    width = document.layout.pages[line.page - 1].across
    middle = (line.x0 + line.x1) / 2
    off = min(abs(middle - (area.left + area.right) / 2), abs(middle - width / 2)) / area.em
    set_apart = line.font != area.font or abs(line.size - area.em) > _OTHER_SIZE * area.em
    least = policy.aligned if set_apart else policy.indent[1]  # a first line may chance to end as far from the edge
    centred = off < policy.aligned and indent > least and slack > policy.aligned
    whole = {document.layout.faces[face] for face in han_faces(document, line)} <= {line.font}
    return Row(line, text, indent, slack, line.size / area.em, centred, top, line.font, whole)


def han_faces(document: Document, line: Line, start: int = 0, end: int = sys.maxsize) -> set[int]:
    """The fonts, as numbers, of the ideographs of a line that stand between two source offsets."""
    face = document.layout.face
    start, end = max(start, line.span.start), min(end, line.span.end)
    if len(found := set(face[start:end])) > 1:
        return {face[han.start()] for han in _HAN.finditer(document.source, start, end)}
    return found if _HAN.search(document.source, start, end) else set()


def cells(text: str) -> float:
    """The width of a folded line in full-width cells; white space beside a full-width mark takes none."""
    width = 0.0
    for at, c in enumerate(text):
        if c == " ":
            beside = text[at + 1 : at + 2] in tuple(OPENING) or text[at - 1 : at] in tuple(CLOSING + POINTS)
            width += 0.0 if beside else 0.5
        else:
            width += 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5
    return width


def _text_area(document: Document, lines: Sequence[Line], policy: LayoutPolicy) -> Area:
    texts = [fold(document.source[line.span.start : line.span.end]) for line in lines]
    widths = Counter(round(cells(text.strip())) for text in texts)
    long = Counter({width: n for width, n in widths.items() if width >= 10}) or widths
    often = max(long.values(), default=0)
    usual = max((width for width, n in long.items() if n * 2 > often), default=0)
    indented = sum(_leading(text) >= _INDENT_CELLS for text in texts) >= 2
    short = usual * (1 - policy.text.full_line) + (0.0 if indented else _INDENT_CELLS)
    return Area(0.0, float(usual), 1.0, indented, short=short)


def _leading(text: str) -> float:
    """The width of the white space a source line begins with, in cells of the folded text."""
    return float(len(text) - len(text.lstrip()))


def _text_row(document: Document, line: Line, area: Area, top: bool) -> Row:
    source = document.source[line.span.start : line.span.end]
    text = fold(source).strip()
    indent = _leading(source) if area.indented else None
    return Row(line, text, indent, area.right - cells(text) - (indent or 0.0), page_top=top)


def joined(rows: Iterable[Row]) -> str:
    """The folded text of several rows as one, without white space."""
    return "".join("".join(row.text.split()) for row in rows)


def layout_lines(layout: Layout, left_out: frozenset[int]) -> list[Line]:
    """The lines of a layout without those whose source offset is in ``left_out``."""
    return [line for line in layout.lines if line.span.start not in left_out]
