"""Lines become paragraphs and blocks; furniture leaves the reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from statistics import median

import regex

from pipeline.config import LayoutPolicy
from pipeline.document import CIRCULAR, Block, Certainty, Change, Document, Finding, Span
from pipeline.fold import SPACES
from pipeline.layout.furniture import Furniture, find_furniture
from pipeline.layout.reflow import decide
from pipeline.layout.rows import layout_lines, rows_of
from pipeline.layout.rules import LAY_01, LAY_02, LAY_05, LAY_06, LAY_08
from pipeline.layout.structure import Piece, find_pieces
from pipeline.rule import CERTAIN, LIKELY

_GAP = regex.compile(rf"[{SPACES}]+(?=(?:[0-9０-９〇○零一二三四五六七八九十][{SPACES}]*){{4}}年|印[{SPACES}]*发$)")
_LATIN_PAIR = regex.compile(r"[A-Za-z][,;.)]?(?=[A-Za-z(])|[0-9][,;)]?(?=[A-Za-z]{2})")
_ADDRESS = regex.compile(r"[!-~]*(?:@|://|www\.|[A-Za-z0-9]\.[A-Za-z])[!-~]*")
_ASCII_PAIR = regex.compile(r"[!-~](?=[!-~])")
_WORD_GAP = 0.15  # em; word spaces are a quarter to a third of an em, kerning a few hundredths
_LATIN_WORD = regex.compile(r"(?<![A-Za-z0-9@:/._-])[A-Za-z][A-Za-z'’]*[,;)]?$|(?<=[A-Za-z] )[A-Za-z'’]+$")


def layout(document: Document, policy: LayoutPolicy) -> Document:
    """The document with its blocks; its reading has whole paragraphs and no furniture.

    A document that has blocks already has been laid out and is returned as it is.
    """
    if document.blocks:
        return document
    furniture = find_furniture(document, policy)
    lines = layout_lines(document.layout, frozenset(piece.line.span.start for piece in furniture))
    rows, area = rows_of(document, lines, policy)
    pieces = find_pieces(rows, partial(decide, area=area, policy=policy))
    blocks = [_block(document, piece) for piece in pieces] + _furniture_blocks(furniture, pieces)
    document = replace(document, blocks=tuple(sorted(blocks, key=lambda b: (b.span.start, -b.span.end))))
    document = _take_out(document, furniture)
    document = _join(document, pieces)
    document = _close_imprint_gap(document)
    return document.with_findings(_doubts(pieces))


def _block(document: Document, piece: Piece) -> Block:
    first, last = piece.rows[0].line.span, piece.rows[-1].line.span
    label = None
    start = first.start
    if piece.label:
        source = document.source[first.start : first.end]
        start += len(source) - len(source.lstrip()) + piece.label
        label = Span(first.start, start)
    return Block(piece.kind, Span(start, last.end), piece.part, label=label, why=piece.why)


def _furniture_blocks(furniture: Sequence[Furniture], pieces: Sequence[Piece]) -> list[Block]:
    """Furniture belongs to the part of the block it follows, at the top of a page to that of the block it precedes."""
    starts = [piece.rows[0].line.span.start for piece in pieces]
    blocks = []
    for item in furniture:
        at = bisect_left(starts, item.line.span.start)
        at = at if item.place == "top" else at - 1
        part = pieces[min(max(at, 0), len(pieces) - 1)].part if pieces else CIRCULAR
        attributes = {"type": item.type, "place": item.place}
        blocks.append(Block("furniture", item.line.span, part, attributes=attributes, why=item.rule))
    return blocks


def _take_out(document: Document, furniture: Sequence[Furniture]) -> Document:
    """Furniture leaves the reading with the line break it stood on."""
    for rule, certainty in (("LAY-03", CERTAIN), ("LAY-04", LIKELY)):
        changes: list[Change] = []
        done = 0
        for item in furniture:
            if item.rule == rule:
                start, end = document.text_range(item.line.span)
                if start > done and document.text[start - 1] == "\n":
                    start -= 1
                elif document.text[end : end + 1] == "\n":
                    end += 1
                changes.append(Change(start, end, ""))
                done = end
        document = document.apply(changes, rule, certainty)
    return document


def _join(document: Document, pieces: Sequence[Piece]) -> Document:
    """Take out the line and page breaks inside blocks; where Latin words meet, a space goes in their place."""
    joins: dict[str, list[tuple[Span, Certainty]]] = {LAY_01.id: [], LAY_02.id: []}
    words: list[int] = []
    for piece in pieces:
        for n in range(1, len(piece.rows)):
            here, after = piece.rows[n - 1].line, piece.rows[n].line
            rule = LAY_01 if here.page == after.page else LAY_02
            certainty = LIKELY if n in piece.doubtful else CERTAIN
            joins[rule.id].append((Span(here.span.end, after.span.start), certainty))
            if _words_meet(document.source[here.span.start : here.span.end], document.source[after.span.start]):
                words.append(after.span.start)
    for rule_id, breaks in joins.items():
        changes = [Change(*document.text_range(span), "", certainty) for span, certainty in breaks]
        document = document.apply(changes, rule_id, CERTAIN)
    words += _word_gaps(document)
    places = [document.text_range(Span(offset, offset))[0] for offset in sorted(words)]
    return document.apply([Change(at, at, " ") for at in places], LAY_05.id, CERTAIN)


def _word_gaps(document: Document) -> Iterator[int]:
    """Where a Latin word begins after a gap no character stands in.

    A gap counts when it is wider than the usual one between Latin letters of its line by a fair part of an em; where the
    letters stand in cells of one width, when the next letter has left its cell.
    """
    layout = document.layout
    if not layout.measured:
        return
    for line in layout.lines:
        text = document.source[line.span.start : line.span.end]
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        found = [
            line.span.start + match.end()
            for match in _LATIN_PAIR.finditer(text, overlapped=True)
            if not any(start < match.end() < end for start, end in addresses)
        ]
        if not found:
            continue
        pairs = [line.span.start + match.end() for match in _ASCII_PAIR.finditer(text, overlapped=True)]
        steps = [layout.x0[at] - layout.x0[at - 1] for at in pairs]
        step = median(steps)
        in_cells = sum(abs(other - step) < 0.06 * step for other in steps) > 0.6 * len(steps)
        usual = max(0.0, median(layout.x0[at] - layout.x1[at - 1] for at in pairs))
        for at in found:
            gap = layout.x0[at] - layout.x1[at - 1]
            if gap > _WORD_GAP * line.size + usual and (not in_cells or layout.x0[at] - layout.x0[at - 1] > 1.4 * step):
                yield at


def _words_meet(line: str, after: str) -> bool:
    """Do a Latin word at the end of a line and a letter on the next need a space?  The parts of an address do not."""
    return after.isascii() and after.isalpha() and _LATIN_WORD.search(line) is not None


def _close_imprint_gap(document: Document) -> Document:
    changes = []
    for block in document.blocks:
        if block.kind == "imprint":
            start, _ = document.text_range(block.span)
            text = document.own_text(block)
            lead = len(text) - len(text.lstrip())
            changes += [Change(start + m.start(), start + m.end(), "") for m in _GAP.finditer(text, lead)]
    return document.apply(changes, LAY_06.id, CERTAIN)


def _doubts(pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Paragraph ends the program is not sure of, and a document that is no circular."""
    for piece, after in pairwise(pieces):
        if piece.open_end:
            span = Span(piece.rows[-1].line.span.end, after.rows[0].line.span.start)
            yield LAY_01.finding(span, "此处按另起一段处理，但依据不足，请核对原件。", cert="low")
    if {piece.kind for piece in pieces} == {"p"}:
        yield LAY_08.finding(None)
