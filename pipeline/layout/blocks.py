"""Recognised pieces as blocks of the document, with the cells of tables and the heads that run in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.document import CIRCULAR, Block, Document, Mark, Span, Table
from pipeline.fold import fold
from pipeline.layout.furniture import Furniture
from pipeline.layout.headings import NUMBERED, Levels, mark_of, run_in, set_apart
from pipeline.layout.pieces import Piece
from pipeline.layout.rows import Area
from pipeline.layout.structure import FOOTNOTE_MARK


def blocks_of(document: Document, pieces: Sequence[Piece], furniture: Sequence[Furniture]) -> tuple[Block, ...]:
    """The blocks of a document in source order, outer ones before those inside them."""
    blocks: list[Block] = []
    before: Piece | None = None
    for piece in pieces:
        captioned = piece.tables and before is not None and before.kind == "caption" and before.part == piece.part
        start = before.start if captioned and before else piece.start
        blocks += _blocks(document, piece, furniture, start)
        before = piece
    blocks += _furniture(pieces, furniture)
    return tuple(sorted(blocks, key=lambda block: (block.span.start, -block.span.end, block.kind == "cell")))


def _blocks(document: Document, piece: Piece, furniture: Sequence[Furniture], start: int) -> Iterator[Block]:
    """The block of a piece and the cells in it; a table begins with its caption."""
    label = None
    if piece.label:
        source = document.source[start : piece.end]
        start += len(source) - len(source.lstrip()) + piece.label
        label = Span(piece.start, start)
    attributes = {"tables": " ".join(map(str, piece.tables))} if piece.tables else {}
    yield Block(piece.kind, Span(start, piece.end), piece.part, piece.level, attributes, label, piece.why)
    left_out = {item.line.span.start for item in furniture}
    for table in piece.tables:
        yield from _cells(document, document.layout.tables[table], piece, left_out)


def _cells(document: Document, table: Table, piece: Piece, left_out: set[int]) -> Iterator[Block]:
    for cell in table.cells:
        lines = [document.layout.lines[n] for n in range(*cell.lines)]
        lines = [line for line in lines if line.span.start not in left_out]
        if lines:
            yield Block("cell", Span(lines[0].span.start, lines[-1].span.end), piece.part, why="表格线")


def _furniture(pieces: Sequence[Piece], furniture: Sequence[Furniture]) -> Iterator[Block]:
    """Furniture belongs to the part of the block it follows, at the top of a page to that of the block it precedes."""
    starts = [piece.start for piece in pieces]
    for item in furniture:
        at = bisect_left(starts, item.line.span.start)
        at = at if item.place == "top" else at - 1
        part = pieces[min(max(at, 0), len(pieces) - 1)].part if pieces else CIRCULAR
        attributes = {"type": item.type, "place": item.place}
        yield Block("furniture", item.line.span, part, attributes=attributes, why=item.rule)


def repeated_headers(document: Document, pieces: Sequence[Piece]) -> list[Furniture]:
    """The lines of a table's header row that is printed again on a later page."""
    found = []
    for piece in pieces:
        first = [_row_text(document, document.layout.tables[t], 0) for t in piece.tables]
        for table, text in zip(piece.tables[1:], first[1:], strict=True):
            if text == first[0] and any(text):
                cells = [cell for cell in document.layout.tables[table].cells if cell.row == 0]
                lines = [document.layout.lines[n] for cell in cells for n in range(*cell.lines)]
                found += [Furniture(line, "header", "top", "LAY-03") for line in lines]
    return found


def _row_text(document: Document, table: Table, row: int) -> list[str]:
    lines = document.layout.lines
    return [
        "".join(document.source[slice(*lines[n].span)].strip() for n in range(*cell.lines))
        for cell in table.cells
        if cell.row == row
    ]


def run_in_headings(document: Document, pieces: Sequence[Piece], area: Area) -> tuple[Mark, ...]:
    """The headings that run into their paragraphs: by their face where a numbered heading is set apart by it."""
    found = [(piece, run_in(document, piece.rows, faces_differ=True)) for piece in pieces if piece.kind == "p"]
    told = [piece.rows[0] for piece, span in found if span]
    told += [piece.rows[0] for piece in pieces if piece.kind == "heading" and set_apart(piece.rows[0], area)]
    if not any(mark_of(row.text) in NUMBERED for row in told):
        found = [(piece, run_in(document, piece.rows, faces_differ=False)) for piece in pieces if piece.kind == "p"]
    levels: dict[object, Levels] = {}
    marks = []
    spans = {piece.start: span for piece, span in found}
    for piece in pieces:
        scale = levels.setdefault(piece.part, Levels())
        kind = mark_of(piece.rows[0].text)
        if piece.kind == "heading" and kind:
            scale.level(kind)
        span = spans.get(piece.start)
        if span:
            marks.append(Mark("run-in", span, {"subtype": f"level-{scale.level(kind)}"}))
    return tuple(marks)


def note_references(document: Document, pieces: Sequence[Piece]) -> tuple[Mark, ...]:
    """Where the text of a page refers to a footnote: the same mark, before the note."""
    marks = []
    for note in pieces:
        mark = FOOTNOTE_MARK.match(note.rows[0].text) if note.kind == "footnote" else None
        if mark is None:
            continue
        line = note.rows[0].line
        page = document.layout.pages[line.page - 1]
        at = fold(document.source).rfind(mark.group(), page.span.start, line.span.start)
        if at >= 0:
            marks.append(Mark("note", Span(at, at + len(mark.group())), {"target": f"b.{line.page}.{line.number}"}))
    return tuple(marks)
