"""Taking line breaks, furniture and gaps out of the reading, each as a signed edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.config import LayoutPolicy
from pipeline.document import Certainty, Change, Document, Finding, Line, Span
from pipeline.fold import SPACES
from pipeline.layout.furniture import Furniture
from pipeline.layout.pieces import Piece
from pipeline.layout.rules import LAY_01, LAY_02, LAY_05, LAY_06, LAY_08
from pipeline.rule import CERTAIN, LIKELY

_GAP = regex.compile(rf"[{SPACES}]+(?=(?:[0-9０-９〇○零一二三四五六七八九十][{SPACES}]*){{4}}年|印[{SPACES}]*发$)")
_LATIN_PAIR = regex.compile(r"[A-Za-z][,;.)]?(?=[A-Za-z(])|[0-9][,;)]?(?=[A-Za-z]{2})")
_ADDRESS = regex.compile(r"[!-~]*(?:@|://|www\.|[A-Za-z0-9]\.[A-Za-z])[!-~]*")
_ASCII_PAIR = regex.compile(r"[!-~](?=[!-~])")
_WORD_GAP = 0.15  # em; word spaces are a quarter to a third of an em, kerning a few hundredths
_PADDING = 8.0  # points between the text of a cell and its rule
_LATIN_WORD = regex.compile(r"(?<![A-Za-z0-9@:/._-])[A-Za-z][A-Za-z'’]*[,;)]?$|(?<=[A-Za-z] )[A-Za-z'’]+$")


def take_out(document: Document, furniture: Sequence[Furniture]) -> Document:
    """Furniture leaves the reading with the line break it stood on."""
    for rule, certainty in (("LAY-03", CERTAIN), ("LAY-04", LIKELY), ("LAY-15", CERTAIN)):
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


def join_lines(document: Document, pieces: Sequence[Piece], policy: LayoutPolicy) -> Document:
    """Take out the line and page breaks inside blocks; where Latin words meet, a space goes in their place."""
    joins: dict[str, list[tuple[Span, Certainty]]] = {LAY_01.id: [], LAY_02.id: []}
    words: list[int] = []
    for piece in pieces:
        for here, after, certainty in _breaks(document, piece, policy):
            rule = LAY_01 if here.page == after.page else LAY_02
            joins[rule.id] += [(span, certainty) for span in _between(document, here, after)]
            if _words_meet(document.source[here.span.start : here.span.end], document.source[after.span.start]):
                words.append(after.span.start)
    for rule_id, breaks in joins.items():
        ranges = [(document.text_range(span), certainty) for span, certainty in breaks]
        changes = [Change(start, end, "", certainty) for (start, end), certainty in ranges if start < end]
        document = document.apply(changes, rule_id, CERTAIN)
    words += _word_gaps(document)
    places = [document.text_range(Span(offset, offset))[0] for offset in sorted(words)]
    return document.apply([Change(at, at, " ") for at in places], LAY_05.id, CERTAIN)


def _between(document: Document, here: Line, after: Line) -> Iterator[Span]:
    """The line and page breaks from one line of a block to another, but those inside a table or a footnote between them."""
    layout = document.layout
    first, last = layout.line_index(here.span.start), layout.line_index(after.span.start)
    inside: list[Span] = []
    if last > first + 1:
        inside = [b.span for b in document.blocks if here.span.end < b.span.start and b.span.end < after.span.start]
    for n in range(first, last):
        span = Span(layout.lines[n].span.end, layout.lines[n + 1].span.start)
        if not any(outer.start < span.start and span.end < outer.end for outer in inside):
            yield span


def _breaks(document: Document, piece: Piece, policy: LayoutPolicy) -> Iterator[tuple[Line, Line, Certainty]]:
    """The pairs of lines of a piece that are joined; in a table those of a cell whose line reaches its right edge."""
    if piece.kind == "toc":
        return
    if not piece.tables:
        for n in range(1, len(piece.rows)):
            yield piece.rows[n - 1].line, piece.rows[n].line, LIKELY if n in piece.doubtful else CERTAIN
        return
    lines = document.layout.lines
    for table in piece.tables:
        for cell in document.layout.tables[table].cells:
            inner = cell.box[2] - max((lines[n].x0 for n in range(*cell.lines)), default=0.0)
            for n in range(cell.lines[0] + 1, cell.lines[1]):
                here = lines[n - 1]
                room = cell.box[2] - here.x1
                if room < policy.full_line * here.size + _PADDING and inner > here.size:
                    yield here, lines[n], CERTAIN


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
        step = _middle(steps)
        in_cells = sum(abs(other - step) < 0.06 * step for other in steps) > 0.6 * len(steps)
        usual = max(0.0, _middle([layout.x0[at] - layout.x1[at - 1] for at in pairs]))
        for at in found:
            gap = layout.x0[at] - layout.x1[at - 1]
            if gap > _WORD_GAP * line.size + usual and (not in_cells or layout.x0[at] - layout.x0[at - 1] > 1.4 * step):
                yield at


def _middle(values: list[float]) -> float:
    """The upper median; the standard library's costs ten milliseconds of start-up."""
    return sorted(values)[len(values) // 2]


def _words_meet(line: str, after: str) -> bool:
    """Do a Latin word at the end of a line and a letter on the next need a space?  The parts of an address do not."""
    return after.isascii() and after.isalpha() and _LATIN_WORD.search(line) is not None


def close_imprint_gap(document: Document) -> Document:
    changes = []
    for block in document.blocks:
        if block.kind == "imprint":
            start, _ = document.text_range(block.span)
            text = document.own_text(block)
            lead = len(text) - len(text.lstrip())
            changes += [Change(start + m.start(), start + m.end(), "") for m in _GAP.finditer(text, lead)]
    return document.apply(changes, LAY_06.id, CERTAIN)


def doubts(document: Document, pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Paragraph ends the program is not sure of, and a document that is no circular."""
    for piece in pieces:
        if piece.open_end:
            end = piece.rows[-1].line.span.end
            after = document.layout.lines[document.layout.line_index(end) + 1]
            yield LAY_01.finding(
                Span(end, after.span.start), "此处按另起一段处理，但依据不足，请核对原件。", cert="low"
            )
    if {piece.kind for piece in pieces} == {"p"}:
        yield LAY_08.finding(None)
