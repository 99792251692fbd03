"""The model: an immutable source and everything that was said about it.

All offsets are code points.  A *source* offset counts in ``Document.source`` and is valid for ever; a *text* offset counts
in the reading so far and is valid only for the document it was taken from.  How the two relate is known here and in
``pipeline.passage``, nowhere else.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from pipeline.pages import Box, Cell, Figure, Layout, Line, Page, Span, Table
from pipeline.passage import Certainty, Change, Changed, Edit, Passage, Reading
from pipeline.shown import Shown, Whole

__all__ = [
    "CIRCULAR",
    "Attributes",
    "Block",
    "Box",
    "Cell",
    "Certainty",
    "Change",
    "Changed",
    "Document",
    "Edit",
    "Figure",
    "Finding",
    "Hunk",
    "Layout",
    "Line",
    "Mark",
    "Page",
    "Part",
    "Passage",
    "Reading",
    "Shown",
    "Source",
    "Span",
    "Table",
    "Whole",
]

Attributes = Mapping[str, str]


class Finding(NamedTuple):
    """A query: something to look at, nothing changed.  ``span`` None means the whole document."""

    span: Span | None
    rule: str
    message: str
    severity: str  # error, warning, info: how grave the fault is
    cert: str  # high, medium, low: how sure the check is
    suggestion: str | None = None
    places: tuple[Span, ...] = ()  # further places it was compared with
    found: str | None = None
    expected: str | None = None


class Part(NamedTuple):
    """The printed document a block belongs to: front, circular, attached, attachment or imprint; ``number`` from 1."""

    kind: str
    number: int = 1
    type: str = ""


CIRCULAR = Part("circular")


@dataclass(frozen=True, slots=True)
class Block:
    """A logical unit of the circular; ``kind`` as in the TEI profile (title, addressees, p, heading, cc …).

    ``why`` says which evidence it was recognised by.  Blocks may nest: the text of a block is its span without the
    blocks inside it.
    """

    kind: str
    span: Span
    part: Part = CIRCULAR
    level: int = 0
    attributes: Attributes = field(default_factory=dict)
    label: Span | None = None  # a printed label before the block that is not part of it (抄送：)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline part of a block: ``kind`` orgName, date, persName, docAuthor."""

    kind: str
    span: Span
    attributes: Attributes = field(default_factory=dict)


class Hunk(NamedTuple):
    """A run of the source and what the reading has in its place.

    ``text`` is a half-open range of text offsets; ``edits`` is empty where nothing was changed.
    """

    span: Span
    text: tuple[int, int]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Which file was read."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Document:
    """A source, the reading so far and all that was said about them.  Frozen: every stage returns a new one."""

    source: str
    layout: Layout
    file: Source
    reading: Reading = field(repr=False)
    edits: tuple[Edit, ...] = ()
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, source: str, layout: Layout, file: Source) -> Document:
        """A document nothing has been said about: its reading is its source."""
        return cls(source, layout, file, Reading.of(source))

    # -- offsets ---------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The reading so far."""
        return self.reading.text

    @property
    def first(self) -> array[int]:
        """For each character of the text where the source it stands for begins."""
        return self.reading.first

    @property
    def last(self) -> array[int]:
        """For each character of the text where the source it stands for ends."""
        return self.reading.last

    def source_span(self, start: int, end: int) -> Span:
        """The source span that a range of text offsets stands for."""
        return self.reading.source_span(start, end)

    def text_range(self, span: Span) -> tuple[int, int]:
        """The text offsets of the characters that stand for a source span."""
        return self.reading.text_range(span)

    def read(self, span: Span) -> str:
        """The reading of a source span."""
        start, end = self.text_range(span)
        return self.text[start:end]

    # -- blocks ----------------------------------------------------------------------------------------------------

    @cached_property
    def _nested(self) -> dict[Span, list[Span]]:
        """For each block span the spans of the blocks directly inside it."""
        inside: dict[Span, list[Span]] = {}
        open_: list[Span] = []
        for span in sorted({block.span for block in self.blocks}, key=lambda s: (s.start, -s.end)):
            while open_ and open_[-1].end <= span.start:
                open_.pop()
            if open_:
                inside.setdefault(open_[-1], []).append(span)
            open_.append(span)
        return inside

    def own_spans(self, block: Block) -> list[Span]:
        """The source spans of a block without the blocks inside it."""
        spans, at = [], block.span.start
        for inner in self._nested.get(block.span, ()):
            if inner.start > at:
                spans.append(Span(at, inner.start))
            at = inner.end
        if at < block.span.end or not spans:
            spans.append(Span(at, block.span.end))
        return spans

    def own_text(self, block: Block) -> str:
        """The reading of a block without the blocks inside it."""
        return "".join(self.read(span) for span in self.own_spans(block))

    def passage(self, block: Block, whole: Whole | None = None) -> Passage:
        """The text of a block, its label first, for rules to look at and to change."""
        spans = [*([block.label] if block.label else []), *self.own_spans(block)]
        pieces = [self.text_range(span) for span in spans]
        pieces = [piece for piece in pieces if piece[0] < piece[1]] or pieces[:1]
        reading = self.reading
        first, last = array("i"), array("i")
        for start, end in pieces:
            first.extend(reading.first[start:end])
            last.extend(reading.last[start:end])
        text = "".join(reading.text[start:end] for start, end in pieces)
        starts = [line.span.start for span in spans for line in self.layout.lines_of(span)]
        return Passage(
            Reading(text, first, last, spans[-1].end),
            block.kind,
            whole or Whole(self.text, self.layout),
            pieces=pieces,
            breaks=[start for start in starts if start > block.span.start],
        )

    # -- changes ---------------------------------------------------------------------------------------------------

    def apply(self, changes: Iterable[Change], rule: str, certainty: Certainty) -> Document:
        """The document after changes that do not overlap, given in text offsets.

        Raises:
            ValueError: two changes overlap, or one lies outside the text.

        """
        reading, edits = self.reading.apply(changes, rule, certainty)
        return replace(self, reading=reading, edits=self._with(edits)) if edits else self

    def revised(self, passages: Iterable[Passage]) -> Document:
        """The document with what rules made of the text of its blocks."""
        changed = [passage for passage in passages if passage.edits]
        if not changed:
            return self
        old = self.reading
        texts: list[str] = []
        first, last = array("i"), array("i")
        at = 0
        for (start, end), new in sorted((part for passage in changed for part in passage.parts()), key=itemgetter(0)):
            texts += (old.text[at:start], new.text)
            for ours, before, after in ((first, old.first, new.first), (last, old.last, new.last)):
                ours.extend(before[at:start])
                ours.extend(after)
            at = end
        texts.append(old.text[at:])
        first.extend(old.first[at:])
        last.extend(old.last[at:])
        reading = Reading("".join(texts), first, last, old.end)
        return replace(self, reading=reading, edits=self._with(e for passage in changed for e in passage.edits))

    def _with(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        return tuple(sorted((*self.edits, *edits), key=itemgetter(0)))

    def with_findings(self, findings: Iterable[Finding]) -> Document:
        """The document with further findings; one it has already is not added again."""
        known = set(self.findings)
        more = tuple(finding for finding in dict.fromkeys(findings) if finding not in known)
        return replace(self, findings=self.findings + more) if more else self

    def hunks(self) -> Iterator[Hunk]:
        """The source in runs left alone and runs changed, in order; they tile the source and their texts the reading.

        Edits that share source characters, or insert at one place, are one hunk.
        """
        at, done = 0, 0
        for start, end, edits in self._groups():
            begin = bisect_left(self.first, start, done)
            if at < start:
                yield Hunk(Span(at, start), (done, begin), ())
            stop = bisect_left(self.first, end, begin)
            if start == end:
                while stop < len(self.text) and self.first[stop] == self.last[stop] == end:
                    stop += 1
            yield Hunk(Span(start, end), (begin, stop), edits)
            at, done = end, stop
        if at < len(self.source):
            yield Hunk(Span(at, len(self.source)), (done, len(self.text)), ())

    def _groups(self) -> Iterator[tuple[int, int, tuple[Edit, ...]]]:
        """The edits in groups that belong together, each with the source span it covers."""
        group: list[Edit] = []
        start = end = 0
        for edit in self.edits:
            if group and (edit.span.start < end or edit.span == (start, end)):
                end = max(end, edit.span.end)
                group.append(edit)
                continue
            if group:
                yield start, end, tuple(group)
            group, (start, end) = [edit], edit.span
        if group:
            yield start, end, tuple(group)
