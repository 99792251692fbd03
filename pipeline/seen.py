"""What the layout stage saw on each page: where blocks stand and what became of the line ends.  Lengths are in points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from pipeline.document import Block, Box, Certainty, Document, Edit, Line, Span

T = TypeVar("T")
_JOIN, _PAGE_JOIN = "LAY-01", "LAY-02"


class Strip(NamedTuple):
    """What one block has of one line."""

    line: Line
    box: Box


class Region(NamedTuple):
    """The place of a block on one page, or in one column of it; ``again`` where the block began before."""

    block: Block
    page: int
    box: Box
    again: bool


class End(NamedTuple):
    """What became of the end of a line.

    ``kind`` is join, page (a join with the next page), end (of a block) or kept (a line break within a block).
    """

    strip: Strip
    kind: str
    sure: bool = True


def by_page(things: Iterable[T], page: Callable[[T], int]) -> dict[int, list[T]]:
    """Things by the page they are on."""
    found: dict[int, list[T]] = {}
    for thing in things:
        found.setdefault(page(thing), []).append(thing)
    return found


def strips(document: Document, spans: Iterable[Span]) -> list[Strip]:
    """The lines some spans have ink on, each with the box of that ink."""
    layout = document.layout
    found: list[Strip] = []
    for span in spans:
        for line in layout.lines_of(span):
            start, end = max(span.start, line.span.start), min(span.end, line.span.end)
            inked = [n for n in range(start, end) if not document.source[n].isspace()]
            if inked:
                box = (
                    min(layout.x0[n] for n in inked),
                    min(layout.y0[n] for n in inked),
                    max(layout.x1[n] for n in inked),
                    max(layout.y1[n] for n in inked),
                )
                same = bool(found) and found[-1].line is line
                found.append(Strip(line, union(found.pop().box, box) if same else box))
    return found


def regions(document: Document, block: Block) -> list[Region]:
    """Where a block stands: a table where its rules are, any other where its lines are."""
    held = [document.layout.tables[int(n)] for n in block.attributes.get("tables", "").split()]
    places = [(table.page, table.box) for table in held]
    for line, box in [] if held else strips(document, _spans(document, block)):
        if places and places[-1][0] == line.page and box[3] > places[-1][1][3] - (box[3] - box[1]):
            places[-1] = (line.page, union(places[-1][1], box))
        else:  # on another page, or back at the head of the next column
            places.append((line.page, box))
    return [Region(block, page, box, n > 0) for n, (page, box) in enumerate(places)]


def line_ends(document: Document) -> list[End]:
    """What became of each line end inside a block and of its last one, that of a cell left out."""
    edits = sorted((edit for edit in document.edits if edit.rule in (_JOIN, _PAGE_JOIN)), key=lambda edit: edit.span)
    starts = [edit.span.start for edit in edits]
    doubts = {finding.span.start for finding in document.findings if finding.rule == _JOIN and finding.span}
    found = []
    for block in document.blocks:
        if block.kind in ("furniture", "table"):
            continue
        spans = _spans(document, block)
        own = strips(document, spans)
        for here, after in pairwise(own):
            between = edits[bisect_left(starts, here.line.span.end) : bisect_left(starts, after.line.span.start)]
            found.append(_end(here, [edit for edit in between if _lies_in(edit, spans)]))
        if own and block.kind != "cell":
            found.append(End(own[-1], "end", own[-1].line.span.end not in doubts))
    return found


def _end(strip: Strip, joins: Sequence[Edit]) -> End:
    if not joins:
        return End(strip, "kept")
    sure = all(edit.certainty is Certainty.CERTAIN for edit in joins)
    return End(strip, "page" if any(edit.rule == _PAGE_JOIN for edit in joins) else "join", sure)


def _lies_in(edit: Edit, spans: Sequence[Span]) -> bool:
    return any(span.start <= edit.span.start < span.end for span in spans)


def _spans(document: Document, block: Block) -> list[Span]:
    """The spans of a block without the blocks inside it, its printed label included."""
    return ([block.label] if block.label else []) + document.own_spans(block)


def union(a: Box, b: Box) -> Box:
    """The smallest box around two."""
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
