"""Names and dates inside blocks, as the TEI profile and the header want them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.document import Attributes, Block, Document, Mark
from pipeline.fold import fold
from pipeline.validate.calendar import mentions
from pipeline.validate.recipients import names

_DATE_TYPES = {"date": "issued", "speech-date": "delivered", "imprint": "printed"}


_SIGNER_NAME = regex.compile(r"\p{Han}(?:[ \u3000]?\p{Han}){1,3}")
_MARK_TAIL = regex.compile(r"(?:文件|会议纪要|纪要|命令|令)$")
_NOTE_HEAD = regex.compile(r"\s*附\s*件\s*：\s*")
_NOTE_NUMBER = regex.compile(r"(?<![\d.．])\d{1,2}\s*[.．、](?!\d{1,2}(?!\d))")


def attachments(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The attachments an attachment note names: offsets of each item and of the name in it."""
    folded = fold(text)
    head = _NOTE_HEAD.match(folded)
    if not head:
        return []
    starts, want = [], 1
    for match in _NOTE_NUMBER.finditer(folded, head.end()):
        if int(regex.match(r"\d+", match.group()).group()) == want:  # type: ignore[union-attr]
            starts.append(match)
            want += 1
    if not starts:
        end = len(folded.rstrip())
        return [((head.end(), len(text)), (head.end(), end))] if end > head.end() else []
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for n, match in enumerate(starts):
        begin = head.end() if n == 0 else found[-1][0][1]
        stop = starts[n + 1].start() if n + 1 < len(starts) else len(text)
        name = folded[match.end() : stop]
        lead = len(name) - len(name.lstrip())
        end = match.end() + len(name.rstrip())
        item_end = end if n + 1 < len(starts) else len(text)
        found.append(((begin, item_end), (match.end() + lead, end)))
    return found


def _mark_names(document: Document, block: Block, text: str) -> Iterator[tuple[int, int]]:
    """The organs of an issuer mark: one a line, without 文件."""
    breaks = [*document.passage(block).shown.breaks, len(text)]
    for start, end in pairwise(breaks):
        name = _MARK_TAIL.sub("", text[start:end].rstrip())
        lead = len(name) - len(name.lstrip())
        if name.strip():
            yield start + lead, start + len(name.rstrip())


def find_marks(document: Document) -> tuple[Mark, ...]:
    """The names and dates of all blocks, in source order."""
    found = [mark for block in document.blocks for mark in _marks(document, block)]
    return tuple(sorted(found, key=lambda mark: mark.span))


def _marks(document: Document, block: Block) -> Iterator[Mark]:
    passage = document.passage(block)
    text = passage.text
    after_label = len(document.read(block.label)) if block.label else 0

    def mark(kind: str, start: int, end: int, attributes: Attributes | None = None) -> Mark:
        return Mark(kind, passage.reading.source_span(start, end), attributes or {})

    if block.kind in ("addressees", "cc"):
        for name in names(text[after_label:]):
            yield mark("orgName", after_label + name.start, after_label + name.end)
    elif block.kind in ("signature", "byline") and text.strip():
        start = len(text) - len(text.lstrip())
        yield mark("orgName" if block.kind == "signature" else "docAuthor", start, len(text.rstrip()))
    elif block.kind == "signer":
        for match in _SIGNER_NAME.finditer(text, after_label):
            yield mark("persName", match.start(), match.end())
    elif block.kind == "issuer-mark":
        yield from (mark("orgName", start, end) for start, end in _mark_names(document, block, text))
    elif block.kind == "attachment-note":
        for item, title in attachments(text):
            yield mark("item", item[0], item[1])
            yield mark("attachment", title[0], title[1])
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
