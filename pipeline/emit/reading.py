"""The reading text: one block a line, as the reading walk of the TEI file gives it (spec: tei, 9)."""

from __future__ import annotations

from pipeline.document import Block, Document
from pipeline.emit.tables import note_text, table_text
from pipeline.fold import FORBIDDEN

UNMAPPED = "〓"  # stands for a glyph without a character


def block_text(document: Document, block: Block) -> str:
    """The reading of a block with its printed label; of a table a row a line, cells parted by tabs."""
    if block.kind == "table":
        furniture = [
            b for b in document.blocks if b.kind == "furniture" and block.span.start <= b.span.start < block.span.end
        ]
        return visible(table_text(document, block, furniture))
    if block.kind == "attachment-note":
        return visible(note_text(document, block))
    if block.kind == "toc":
        return visible(document.own_text(block).replace("\f", "\n"))
    label = document.read(block.label) if block.label else ""
    return visible(label + document.own_text(block))


def visible(text: str) -> str:
    """A reading as outputs show it: unmapped glyphs as 〓, without what no output may hold."""
    return FORBIDDEN.sub("", text).replace("\ufffd", UNMAPPED)


def reading(document: Document) -> bytes:
    """The reading text of a document, UTF-8 with a final line feed."""
    blocks = [block for block in document.blocks if block.kind not in ("furniture", "cell")]
    blocks.sort(key=lambda block: document.own_spans(block)[0])  # a caption stands before its table
    return "".join(block_text(document, block) + "\n" for block in blocks).encode("utf-8")
