"""The model: an immutable source and everything that was said about it.

All offsets are code points.  A *source* offset counts in ``Document.source`` and is valid for ever; a *text* offset counts
in the reading so far and is valid only for the document it was taken from.  This is the only module that knows how the
two relate.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from pipeline.pages import Box, Cell, Figure, Layout, Line, Page, Span, Table

__all__ = [
    "CIRCULAR",
    "Attributes",
    "Block",
    "Box",
    "Cell",
    "Certainty",
    "Change",
    "Document",
    "Edit",
    "Figure",
    "Finding",
    "Hunk",
    "Layout",
    "Line",
    "Locate",
    "Mark",
    "Page",
    "Part",
    "Shown",
    "Source",
    "Span",
    "Table",
]

Attributes = Mapping[str, str]


class Certainty(Enum):
    """How sure a rule is: certain is applied, likely is applied and shown open, ask is only reported."""

    CERTAIN = "certain"
    LIKELY = "likely"
    ASK = "ask"


class Change(NamedTuple):
    """What a rule proposes, in offsets of the text it was shown.

    ``after`` is the text to stand there instead, or None where the rule only asks and has nothing to suggest.
    ``certainty`` None means the rule's own; ``message`` replaces the rule's own in a finding.
    """

    start: int
    end: int
    after: str | None
    certainty: Certainty | None = None
    message: str | None = None


class Edit(NamedTuple):
    """A change that was made: ``span`` in source offsets, ``before`` as the rule saw it."""

    span: Span
    before: str
    after: str
    rule: str
    certainty: Certainty


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


class Shown(NamedTuple):
    """What a rule bound to blocks is shown: the text of one block, its label included, and where its source lines begin.

    ``measured`` says whether the source has coordinates.
    """

    text: str
    kind: str
    breaks: tuple[int, ...] = (0,)
    measured: bool = False


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
    text: str
    first: array[int] = field(repr=False)
    last: array[int] = field(repr=False)
    edits: tuple[Edit, ...] = ()
    blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, source: str, layout: Layout, file: Source) -> Document:
        """A document nothing has been said about: its reading is its source."""
        return cls(source, layout, file, source, array("i", range(len(source))), array("i", range(1, len(source) + 1)))

    # -- offsets ---------------------------------------------------------------------------------------------------

    def source_span(self, start: int, end: int) -> Span:
        """The source span that a range of text offsets stands for.

        An empty range lies before the next character; inside the text of one edit it stands for what the edit replaced.
        """
        if start == end:
            at = self.first[start] if start < len(self.text) else len(self.source)
            return Span(at, max(at, self.last[start - 1]) if start else at)
        return Span(self.first[start], max(self.first[start], self.last[end - 1]))

    def text_range(self, span: Span) -> tuple[int, int]:
        """The text offsets of the characters that stand for a source span; characters inserted at its start belong to it."""
        start = bisect_left(self.first, span.start)
        return start, max(start, bisect_left(self.first, span.end))

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

    def shown(self, block: Block) -> tuple[Shown, Locate]:
        """What a rule sees of a block, and a function from its offsets to text offsets of the document."""
        spans = [*([block.label] if block.label else []), *self.own_spans(block)]
        pieces = [self.text_range(span) for span in spans]
        text = "".join(self.text[start:end] for start, end in pieces)
        locate = Locate(pieces)
        breaks = [0]
        for span, (start, end) in zip(spans, pieces, strict=True):
            for line in self.layout.lines_of(span):
                at = bisect_left(self.first, line.span.start, start, end)
                if line.span.start > block.span.start and start < at < end:
                    breaks.append(locate.back(at))
        return Shown(text, block.kind, tuple(breaks), self.layout.measured), locate

    # -- changes ---------------------------------------------------------------------------------------------------

    def apply(self, changes: Iterable[Change], rule: str, certainty: Certainty) -> Document:
        """The document after the changes, given in text offsets.

        Changes must not overlap and each must have an ``after``; one that changes nothing is left out.

        Raises:
            ValueError: two changes overlap, or one lies outside the text.

        """
        pieces: list[str] = []
        first, last = array("i"), array("i")
        edits: list[Edit] = []
        at = 0
        for change in sorted(changes, key=itemgetter(0, 1)):
            start, end, after = change.start, change.end, change.after
            before = self.text[start:end]
            if after is None or before == after:
                continue
            if start < at or end < start or end > len(self.text):
                raise ValueError(f"{rule}: change {start}-{end} overlaps another or lies outside the text")
            span = self.source_span(start, end)
            edits.append(Edit(span, before, after, rule, change.certainty or certainty))
            pieces += (self.text[at:start], after)
            first.extend(self.first[at:start])
            last.extend(self.last[at:start])
            first.extend([span.start] * len(after))
            last.extend([span.end] * len(after))
            at = end
        if not edits:
            return self
        pieces.append(self.text[at:])
        first.extend(self.first[at:])
        last.extend(self.last[at:])
        merged = tuple(sorted(self.edits + tuple(edits), key=itemgetter(0)))
        return replace(self, text="".join(pieces), first=first, last=last, edits=merged)

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


class Locate:
    """Maps offsets of a block's own text, made of several pieces of the document's text, to text offsets and back."""

    def __init__(self, pieces: Sequence[tuple[int, int]]) -> None:
        self._pieces = pieces
        self._offsets: list[int] = []
        at = 0
        for start, end in pieces:
            self._offsets.append(at)
            at += end - start

    def __call__(self, change: Change) -> Iterator[Change]:
        """The change in text offsets; one that runs over the border of two pieces is cut there, its text going first."""
        after = change.after
        for offset, (start, end) in zip(self._offsets, self._pieces, strict=True):
            low, high = max(change.start, offset), min(change.end, offset + end - start)
            inside = low < high or (change.start == change.end and offset <= change.start <= offset + end - start)
            if inside:
                yield change._replace(start=start + low - offset, end=start + high - offset, after=after)
                if change.start == change.end:
                    return
                after = None if after is None else ""

    def back(self, at: int) -> int:
        """The offset in the block's own text of a text offset of the document that lies in one of the pieces."""
        for offset, (start, end) in zip(self._offsets, self._pieces, strict=True):
            if start <= at <= end:
                return offset + at - start
        raise ValueError(f"{at} lies in none of the pieces")
