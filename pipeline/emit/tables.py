"""Tables, lists of contents and attachment notes: blocks with parts of their own (spec: tei, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.document import Block, Cell, Document, Line, Span, Table
from pipeline.emit.inline import Inline
from pipeline.emit.xml import attributes


def tables_of(document: Document, block: Block) -> list[Table]:
    """The ruled tables, one a page, that are one block."""
    return [document.layout.tables[int(n)] for n in block.attributes["tables"].split()]


def rows_of(document: Document, block: Block, furniture: Sequence[Block]) -> Iterator[tuple[Table, list[Cell]]]:
    """The rows of a table block in order, each with its cells; a header row printed again is left out."""
    left_out = {item.span.start for item in furniture}
    lines = document.layout.lines
    for table in tables_of(document, block):
        for row in range(table.rows):
            cells = [cell for cell in table.cells if cell.row == row]
            held = [n for cell in cells for n in range(*cell.lines)]
            if cells and not (held and all(lines[n].span.start in left_out for n in held)):
                yield table, cells


def paragraphs(document: Document, cell: Cell) -> list[list[Line]]:
    """The lines of a cell in paragraphs: where the reading keeps the line break, another begins."""
    found: list[list[Line]] = []
    for n in range(*cell.lines):
        line = document.layout.lines[n]
        if n > cell.lines[0] and not document.read(Span(line.span.start - 1, line.span.start)):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def cell_text(document: Document, cell: Cell) -> str:
    """The reading of a cell, its paragraphs parted by spaces."""
    texts = [document.read(Span(lines[0].span.start, lines[-1].span.end)) for lines in paragraphs(document, cell)]
    return " ".join(texts)


def table_text(document: Document, block: Block, furniture: Sequence[Block]) -> str:
    """The reading of a table: a row a line, cells parted by tabs."""
    return "\n".join(
        "\t".join(cell_text(document, cell) for cell in cells) for _, cells in rows_of(document, block, furniture)
    )


def write_table(document: Document, inline: Inline, block: Block, nested: Sequence[Block]) -> str:
    """The ``table`` element."""
    furniture = [item for item in nested if item.kind == "furniture"]
    rows = list(rows_of(document, block, furniture))
    first = tables_of(document, block)[0]
    held = [document.layout.lines[n].span.start for cell in first.cells for n in range(*cell.lines)]
    name = inline.block_id(block, held[0])
    tag = attributes(rows=str(len(rows)), cols=str(first.columns), ana="#el.table", xml_id=name)
    number = [t for t in document.layout.tables if t.page == first.page].index(first) + 1
    out = [f"<table{tag}{attributes(facs=f'#z.{first.page}.t{number}')}>"]
    for caption in (item for item in nested if item.kind == "caption"):
        head = attributes(ana="#el.caption", xml_id=inline.block_id(caption))
        out.append(f"<head{head}>{inline.content(caption.span)}</head>")
    waiting = [item for item in nested if item.kind not in ("caption", "cell")]  # furniture, and notes of its pages
    header = len(rows) > 1 and all(cell_text(document, cell) for cell in rows[0][1])
    for n, (_, cells) in enumerate(rows):
        lines = [document.layout.lines[i].span.start for cell in cells for i in range(*cell.lines)]
        while waiting and lines and waiting[0].span.start < lines[0]:
            out.append(inline.inner(waiting.pop(0)))
        pages = inline.pages_before(lines[0]) if lines else ""
        content = "".join(_cell(document, inline, cell) for cell in cells)
        out.append(f'{pages}<row role="{"label" if header and n == 0 else "data"}">{content}</row>')
    out += [inline.inner(item) for item in waiting]
    return "\n".join([*out, "</table>"])


def _cell(document: Document, inline: Inline, cell: Cell) -> str:
    tag = attributes(
        cols=str(cell.columns) if cell.columns > 1 else None, rows=str(cell.rows) if cell.rows > 1 else None
    )
    parts = [inline.content(Span(lines[0].span.start, lines[-1].span.end)) for lines in paragraphs(document, cell)]
    if not parts:
        return f"<cell{tag}/>"
    content = parts[0] if len(parts) == 1 else "".join(f"<p>{part}</p>" for part in parts)
    return f"<cell{tag}>{content}</cell>"


def write_contents(document: Document, inline: Inline, block: Block, nested: Sequence[Block]) -> str:
    """The items of a list of contents, one for each line, and the blocks that stand among them."""
    inner = {item.span.start: item for item in nested}
    out = []
    for n, line in enumerate(document.layout.lines_of(block.span)):
        if line.span.start in inner:
            out.append(inline.inner(inner[line.span.start]))
        elif not any(item.span.start < line.span.start < item.span.end for item in nested):
            out.append(f"<item>{inline.content(line.span, first_line=n == 0)}</item>")
    return "".join(out)


def write_note(document: Document, inline: Inline, block: Block, nested: Sequence[Block]) -> str:
    """The content of an attachment note: each attachment an ``item``, its name a ``ref``."""
    refs = [m for m in document.marks if m.kind == "attachment" and block.span.start <= m.span.start < block.span.end]
    if not refs:
        return inline.content(block.span, nested)

    def within(start: int, end: int, *, first_line: bool = False) -> str:
        inner = [item for item in nested if start <= item.span.start and item.span.end <= end]
        return inline.content(Span(start, end), inner, first_line=first_line)

    known = {b.part.number for b in document.blocks if b.part.kind == "attachment"}
    items = [m for m in document.marks if m.kind == "item" and block.span.start <= m.span.start < block.span.end]
    out = [within(block.span.start, items[0].span.start, first_line=True), '<list type="attachments">']
    done = items[0].span.start
    for number, (item, ref) in enumerate(zip(items, refs, strict=True), 1):
        target = f"#a.{number}" if number in known else None
        before = within(done, ref.span.start)  # with the line break and indent before it
        name = within(*ref.span)
        after = within(ref.span.end, item.span.end)
        out.append(
            f"<item{attributes(n=str(number))}>{before}<ref{attributes(target=target)}>{name}</ref>{after}</item>"
        )
        done = item.span.end
    return "".join([*out, "</list>"])


def note_text(document: Document, block: Block) -> str:
    """The reading of an attachment note: an item a line, the first after 附件：."""
    items = [m for m in document.marks if m.kind == "item" and block.span.start <= m.span.start < block.span.end]
    starts = [block.span.start, *(item.span.start for item in items[1:]), block.span.end]
    return "\n".join(document.read(Span(start, end)) for start, end in pairwise(starts))
