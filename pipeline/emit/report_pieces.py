"""The text of the report: the source in pieces, one for each part of a block on one page, with all that was said of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from pipeline.document import Block, Document, Hunk, Span

Item = Mapping[str, Any]  # an entry of findings.json, with what its place on the page is called

_JOINS = frozenset({"LAY-01", "LAY-02"})
_BREAKS = "\n\f"


class Token(NamedTuple):
    """Text left alone, or (part of) a change; ``anchor`` where the ids of its edits stand, not ``drawn`` a sure join."""

    text: str = ""
    edits: tuple[Item, ...] = ()
    anchor: bool = False
    drawn: bool = False
    before: str = ""
    after: str = ""
    run_in: str = ""  # the level of the heading it belongs to, which runs into its paragraph


class Piece(NamedTuple):
    """The part of a block on one page; ``first`` where the block begins, ``notes`` the queries explained under it.

    ``start`` is a source offset, ``page`` the index of a page.
    ``stretches`` are runs under the same queries: their tokens, these queries, those that begin and those that end here.
    """

    start: int
    page: int
    block: Block
    first: bool
    stretches: Sequence[tuple[Sequence[Token], Sequence[Item], Sequence[Item], Sequence[Item]]]
    notes: Sequence[Item]


class _Leaf(NamedTuple):
    """Where a piece begins in the source, the index of its page, its block, and whether it is the start of this."""

    start: int
    page: int
    block: Block
    first: bool


def _leaves(document: Document) -> list[_Leaf]:
    """The source in parts of one block on one page, at least one for each page; what is in no block joins the one before."""
    source, starts = document.source, [page.span.start for page in document.layout.pages]
    spans: list[tuple[Span, Block]] = []
    for block in document.blocks:
        first, *others = document.own_spans(block)
        first = Span(block.label.start if block.label else first.start, first.end)
        spans += [(span, block) for span in (first, *others)]
    pages: list[dict[int, _Leaf]] = [{} for _ in starts]  # by where they begin: of a table of one cell the cell is kept
    for span, block in sorted(spans, key=itemgetter(0)):
        for start, end in pairwise(_cut(span, starts)):
            if source[start:end].strip():
                number = bisect_right(starts, start) - 1
                begins = not source[block.span.start : start].strip()
                start = start if pages[number] else starts[number]
                pages[number][start] = _Leaf(start, number, block, begins)
    nothing = [_Leaf(start, number, Block("", Span(start, start)), False) for number, start in enumerate(starts)]
    return [leaf for number, mine in enumerate(pages) for leaf in mine.values() or [nothing[number]]]


def _cut(span: Span, points: Sequence[int]) -> list[int]:
    return [span.start, *points[bisect_right(points, span.start) : bisect_left(points, span.end)], span.end]


def pieces(document: Document, items: Sequence[Item]) -> Iterator[Piece]:
    """All of the source in order."""
    leaves, source = _leaves(document), document.source
    starts = [leaf.start for leaf in leaves]
    atoms = _atoms(document, items, starts)
    begins = [span.start for span, _ in atoms]
    owner = [bisect_right(starts, start) - 1 for start in begins]
    over, opened, closed = (defaultdict[int, list[Item]](list) for _ in range(3))
    for item in items:
        if item["query"] and item["page"]:
            low = bisect_left(begins, item["span"][0])
            low -= low > 0 and atoms[low - 1][0].end > item["span"][0]  # it begins inside a change
            high = max(low + 1, bisect_left(begins, item["span"][1]))
            for n in range(low, high):
                over[n].append(item)
            opened[low].append(item)
            closed[bisect_right(owner, owner[low], low, high) - 1].append(item)
    for number, (leaf, end) in enumerate(zip(leaves, [*starts[1:], len(source)], strict=True)):
        start = leaf.start
        mine = range(bisect_left(owner, number), bisect_right(owner, number))
        body = source[start:end]  # shown without the line ends around it
        start, end = end - len(body.lstrip(_BREAKS)), start + len(body.rstrip(_BREAKS))
        stretches = []
        for _, run in groupby(mine, key=lambda n: [item["id"] for item in over[n]]):
            numbers = list(run)
            parts = (atoms[n] for n in numbers)
            tokens = [
                token if token.edits else token._replace(text=source[max(a, start) : min(b, end)])
                for (a, b), token in parts
            ]
            begun, ended = ([item for n in numbers for item in found[n]] for found in (opened, closed))
            stretches.append((tokens, over[numbers[0]], begun, ended))
        yield Piece(*leaf, stretches, [item for n in mine for item in opened[n]])


def _atoms(document: Document, items: Sequence[Item], starts: Sequence[int]) -> list[tuple[Span, Token]]:
    """The source in the smallest parts that are drawn: a change is cut by pieces only, other text by queries and marks too."""
    asked = [Span(*item["span"]) for item in items if item["query"] and item["page"]]
    heads = sorted((mark.span, mark.attributes["subtype"]) for mark in document.marks if mark.kind == "run-in")
    cuts = sorted({*starts, *chain.from_iterable(asked), *chain.from_iterable(span for span, _ in heads)})
    edits: dict[tuple[object, ...], deque[Item]] = defaultdict(deque)
    for item in items:
        if not item["query"]:
            edits[item["rule"], *item["span"]].append(item)
    atoms = [(span, Token()) for span in set(asked) if span.start == span.end]
    for hunk in document.hunks():
        mine = tuple(edits[edit.rule, *edit.span].popleft() for edit in hunk.edits)
        spans = [Span(*pair) for pair in pairwise(_cut(hunk.span, starts if mine else cuts))]
        parts = [_change(document, hunk, mine, span) for span in spans] if mine else [Token()] * len(spans)
        shown = next((n for n, token in enumerate(parts) if token.drawn), 0)
        parts[shown] = parts[shown]._replace(anchor=True)
        atoms += zip(spans, parts, strict=True)
    atoms.sort(key=itemgetter(0))
    at = 0
    for span, level in heads:
        at = bisect_left(atoms, span.start, at, key=lambda atom: atom[0].start)
        while at < len(atoms) and atoms[at][0].start < span.end:
            atoms[at] = atoms[at][0], atoms[at][1]._replace(run_in=level)
            at += 1
    return atoms


def _change(document: Document, hunk: Hunk, edits: tuple[Item, ...], span: Span) -> Token:
    """The part of a change on one piece; sure joins, and line ends that go with something else, are not drawn."""
    first, (begin, end) = document.first, hunk.text
    low = bisect_left(first, span.start, begin, end) if span.start > hunk.span.start else begin
    high = bisect_left(first, span.end, begin, end) if span.end < hunk.span.end else end
    before, after = document.source[span.start : span.end], document.text[low:high]
    inked = before.strip(_BREAKS)
    joined = all(item["rule"] in _JOINS and not item["open"] for item in edits)
    drawn = not joined and (bool(inked or after) or span == hunk.span)
    return Token("", edits, False, drawn, inked or before, after)
