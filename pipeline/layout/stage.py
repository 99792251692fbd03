"""Lines become paragraphs and blocks; furniture leaves the reading."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pipeline.config import LayoutPolicy
from pipeline.document import Document
from pipeline.layout.blocks import blocks_of, note_references, repeated_headers, run_in_headings
from pipeline.layout.furniture import find_furniture, missing_pages
from pipeline.layout.joins import close_imprint_gap, doubts, join_lines, take_out
from pipeline.layout.reflow import decide, has_flush_items
from pipeline.layout.rows import layout_lines, rows_of
from pipeline.layout.structure import find_pieces


def layout(document: Document, policy: LayoutPolicy) -> Document:
    """The document with its blocks; its reading has whole paragraphs and no furniture.

    A document that has blocks already has been laid out and is returned as it is.
    """
    if document.blocks:
        return document
    furniture = find_furniture(document, policy)
    lines = layout_lines(document.layout, frozenset(item.line.span.start for item in furniture))
    rows, area = rows_of(document, lines, policy)
    area = area._replace(flush_items=has_flush_items(rows, policy))
    pieces = find_pieces(rows, area, partial(decide, area=area, policy=policy))
    again = repeated_headers(document, pieces)
    furniture = sorted([*furniture, *again], key=lambda item: item.line.span)
    marks = tuple(
        sorted(
            (*run_in_headings(document, pieces, area), *note_references(document, pieces)), key=lambda mark: mark.span
        )
    )
    document = replace(document, blocks=blocks_of(document, pieces, furniture), marks=marks)
    document = take_out(document, furniture)
    document = join_lines(document, pieces, policy)
    document = close_imprint_gap(document)
    return document.with_findings([*doubts(document, pieces), *missing_pages(document, furniture)])
