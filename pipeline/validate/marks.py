"""Names and dates inside blocks, as the TEI profile and the header want them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.document import Attributes, Block, Change, Document, Mark, Span
from pipeline.validate.calendar import mentions
from pipeline.validate.recipients import names

_DATE_TYPES = {"date": "issued", "speech-date": "delivered", "imprint": "printed"}


def find_marks(document: Document) -> tuple[Mark, ...]:
    """The names and dates of all blocks, in source order."""
    found = [mark for block in document.blocks for mark in _marks(document, block)]
    return tuple(sorted(found, key=lambda mark: mark.span))


def _marks(document: Document, block: Block) -> Iterator[Mark]:
    shown, locate = document.shown(block)
    text = shown.text
    after_label = len(document.read(block.label)) if block.label else 0

    def mark(kind: str, start: int, end: int, attributes: Attributes | None = None) -> Mark:
        places = list(locate(Change(start, end, None)))
        span = document.source_span(places[0].start, places[0].end)
        last = document.source_span(places[-1].start, places[-1].end)
        return Mark(kind, Span(span.start, last.end), attributes or {})

    if block.kind in ("addressees", "cc"):
        for name in names(text[after_label:]):
            yield mark("orgName", after_label + name.start, after_label + name.end)
    elif block.kind in ("signature", "byline") and text.strip():
        start = len(text) - len(text.lstrip())
        yield mark("orgName" if block.kind == "signature" else "docAuthor", start, len(text.rstrip()))
    if block.kind in _DATE_TYPES:
        dates = list(mentions(text))
        if block.kind == "imprint" and dates and text[: dates[0].start].strip():
            before = text[: dates[0].start]
            yield mark("orgName", len(before) - len(before.lstrip()), len(before.rstrip()))
        for date in dates[-1:] if block.kind == "imprint" else dates[:1]:
            attributes = {"type": _DATE_TYPES[block.kind]}
            if date.date:
                attributes["when"] = date.date.isoformat()
            yield mark("date", date.start, date.end, attributes)
