"""What the layout stage took each block for, and why, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from pipeline.config import load
from pipeline.document import Block, Document, Figure, Layout, Table
from pipeline.emit.reading import block_text, visible
from pipeline.layout.rows import Area, layout_lines, rows_of
from pipeline.rule import table as rules

_SHOWN = 20  # characters of a reading
_HEAD = ("页:行", "类型", "部分", "级", "开头", "依据")
_NUMBERED = ("attached", "attachment")  # parts there may be several of


def explain(document: Document) -> str:
    """A line a block in source order, then the tables, seals and the type area; columns are aligned in terminal cells.

    A block shows page and line (from 1), kind, part, level (row and column of a cell), the beginning of its reading (of
    its source, where it is no part of the reading) and the evidence it was recognised by.  Lengths are in points.
    """
    rows = [_HEAD, *_rows(document)]
    return "\n".join([*_aligned(rows), "", *_tables(document), *_seals(document.layout), _area_line(document)])


def type_area(document: Document) -> Area:
    """The type area the lines of a laid-out document were measured in: points, or cells for a text file."""
    furniture = frozenset(block.span.start for block in document.blocks if block.kind == "furniture")
    # only whether first lines are set in depends on the policy, and nobody asks for that here
    return rows_of(document, layout_lines(document.layout, furniture), load().layout)[1]


def _rows(document: Document) -> Iterator[tuple[str, ...]]:
    layout = document.layout
    cells = {n: cell for table in layout.tables for cell in table.cells for n in range(*cell.lines)}
    ends: list[int] = []  # of the blocks around the one at hand
    for block in document.blocks:
        while ends and ends[-1] <= block.span.start:
            ends.pop()
        index = layout.line_index((block.label or block.span).start)
        line = layout.lines[index]
        level = str(block.level) if block.level else "-"
        if block.kind == "cell" and index in cells:
            level = f"r{cells[index].row + 1}c{cells[index].column + 1}"
        number = f" {block.part.number}" if block.part.kind in _NUMBERED else ""
        yield (
            f"{line.page}:{line.number}",
            "  " * len(ends) + block.kind,
            block.part.kind + number,
            level,
            beginning(block_text(document, block) or visible(document.source[slice(*block.span)])),
            _why(block),
        )
        ends.append(block.span.end)


def beginning(text: str) -> str:
    """The first 20 characters of a text in one line; white space is one space, what cannot be printed is escaped."""
    text = " ".join(text.split())
    cut = text[:_SHOWN] + "…" * (len(text) > _SHOWN)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)


def _why(block: Block) -> str:
    """The evidence; of furniture the rule that takes it out, with its type and place."""
    rule = rules().get(block.why)
    why = f"{rule.id} {rule.title}" if rule else block.why
    return why + (f"（{'，'.join(block.attributes.values())}）" if block.kind == "furniture" else "")


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for *cells, last in rows:
        padded = [set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=False)]
        yield "  ".join([*padded, last]).rstrip()


def _tables(document: Document) -> Iterator[str]:
    held = " ".join(block.attributes.get("tables", "") for block in document.blocks).split()
    for n, table in enumerate(document.layout.tables):
        empty = sum(cell.lines[0] == cell.lines[1] for cell in table.cells)
        loose = "" if str(n) in held else "，不在任何表格中"
        yield (
            f"表格  第{table.page}页  {table.rows} 行 × {table.columns} 列，{len(table.cells)} 格，空 {empty} 格{loose}  {_box(table)}"
        )
    if not document.layout.tables:
        yield "表格  无"


def _seals(layout: Layout) -> Iterator[str]:
    seals = [figure for figure in layout.figures if figure.kind == "seal"]
    for seal in seals:
        yield f"印章  第{seal.page}页  直径 {seal.box[2] - seal.box[0]:.1f} pt  {_box(seal)}"
    if not seals:
        yield "印章  无"


def _box(thing: Table | Figure) -> str:
    x0, y0, x1, y1 = thing.box
    return f"({x0:.1f}, {y0:.1f})-({x1:.1f}, {y1:.1f}) pt"


def _area_line(document: Document) -> str:
    area = type_area(document)
    if not document.layout.measured:
        return f"版心  每行 {area.right:g} 字（文本文件，没有坐标）"
    wide = area.right - area.left
    if wide <= 0:
        return "版心  无"
    return (
        f"版心  左 {area.left:.1f} 右 {area.right:.1f} pt，宽 {wide:.1f} pt（{wide / area.em:.1f} 字），"
        f"正文 {area.em:g} pt {beginning(area.font)}"
    ).rstrip()
