"""A text that rules change, with the source each of its characters stands for.

The only module that knows how offsets shift: ``Reading`` is a text with its offsets, ``Passage`` the reading of one block
while rules work on it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from pipeline.pages import Span
from pipeline.shown import Shown, Whole

_COUNT = array("i", range(4096))  # a slice of it is much cheaper than counting again


class Certainty(Enum):
    """How sure a rule is: certain is applied, likely is applied and shown open, ask is only reported."""

    CERTAIN = "certain"
    LIKELY = "likely"
    ASK = "ask"


LIKELY = Certainty.LIKELY


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


class Changed(NamedTuple):
    """What became of a stretch of the source: ``before`` is the source itself, ``edits`` the changes in the order made."""

    span: Span
    before: str
    after: str
    edits: tuple[Edit, ...]

    @property
    def certainty(self) -> Certainty:
        """Likely where one of its edits is."""
        return LIKELY if any(edit.certainty is LIKELY for edit in self.edits) else Certainty.CERTAIN


@dataclass(frozen=True)
class Reading:
    """A text and the source spans its characters stand for: ``text[i]`` for ``first[i]`` to ``last[i]``.

    ``end`` is the source offset where it ends; characters inserted there stand for an empty span.
    """

    text: str
    first: array[int] = field(repr=False)
    last: array[int] = field(repr=False)
    end: int

    @classmethod
    def of(cls, text: str) -> Reading:
        """The reading of a source nothing was changed in."""
        length = len(text)
        if length < len(_COUNT):
            return cls(text, _COUNT[:length], _COUNT[1 : length + 1], length)
        return cls(text, array("i", range(length)), array("i", range(1, length + 1)), length)

    def source_span(self, start: int, end: int) -> Span:
        """The source span that a range of text offsets stands for.

        An empty range lies before the next character; inside the text of one edit it stands for what the edit replaced.
        """
        if start == end:
            at = self.first[start] if start < len(self.text) else self.end
            return Span(at, max(at, self.last[start - 1]) if start else at)
        return Span(self.first[start], max(self.first[start], self.last[end - 1]))

    def text_range(self, span: Span) -> tuple[int, int]:
        """The text offsets of the characters that stand for a source span; characters inserted at its start belong to it."""
        start = bisect_left(self.first, span.start)
        return start, max(start, bisect_left(self.first, span.end))

    def apply(
        self, changes: Iterable[Change], rule: str, certainty: Certainty, borders: Sequence[int] = ()
    ) -> tuple[Reading, list[Edit]]:
        """The reading after the changes, given in its own offsets, and the edits made.

        Changes must not overlap and each must have an ``after``; one that changes nothing is left out.  A change that runs
        over one of the ``borders``, source offsets in ascending order, is cut there, its text going first.

        Raises:
            ValueError: two changes overlap, or one lies outside the text.

        """
        pieces: list[str] = []
        first, last = array("i"), array("i")
        edits: list[Edit] = []
        at = 0
        for change in sorted(changes, key=itemgetter(0, 1)):
            for start, end, after in self._cut(change, borders):
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
            return self, edits
        pieces.append(self.text[at:])
        first.extend(self.first[at:])
        last.extend(self.last[at:])
        return Reading("".join(pieces), first, last, self.end), edits

    def _cut(self, change: Change, borders: Sequence[int]) -> Iterator[tuple[int, int, str | None]]:
        start, end, after = change.start, change.end, change.after
        for border in borders:
            if start < end and self.first[start] < border <= self.first[end - 1]:
                cut = bisect_left(self.first, border, start, end)
                yield start, cut, after
                start, after = cut, None if after is None else ""
        yield start, end, after


class Passage:
    """The text of one block while rules work on it.

    ``pieces`` are the ranges of the document's text it is made of (a block without the blocks inside it); ``edits`` what
    was changed; ``reading`` what it says now.
    """

    __slots__ = ("_breaks", "_shown", "beside", "borders", "edits", "kind", "names", "pieces", "reading", "whole")

    def __init__(
        self,
        reading: Reading,
        kind: str,
        whole: Whole,
        *,
        pieces: Sequence[tuple[int, int]] = (),
        breaks: Sequence[int] = (),
        names: bool = False,
        beside: tuple[str, str] = ("", ""),
    ) -> None:
        self.reading, self.kind, self.whole, self.pieces = reading, kind, whole, pieces
        offset, self.borders = 0, []
        for start, end in pieces[:-1]:
            offset += end - start
            self.borders.append(reading.first[offset])
        self.names, self.beside, self._breaks = names, beside, breaks
        self.edits: list[Edit] = []
        self._shown: Shown | None = None

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def shown(self) -> Shown:
        """What the next rule is shown."""
        if self._shown is None:
            reading = self.reading
            self._shown = Shown(
                reading.text, self.kind, self.whole, reading, self._breaks, names=self.names, beside=self.beside
            )
        return self._shown

    def apply(self, changes: Iterable[Change], rule: str, certainty: Certainty) -> None:
        """Make changes, given in offsets of the text as it is now."""
        reading, edits = self.reading.apply(changes, rule, certainty, self.borders)
        if edits:
            self.reading, self._shown = reading, None
            self.edits += edits

    def changed(self, source: str) -> Iterator[Changed]:
        """The stretches of the source that were changed, in order, none touching two edits of which one touches another."""
        edits = self.edits
        group: list[int] = []
        end = 0
        for n in [*sorted(range(len(edits)), key=lambda n: edits[n].span), -1]:
            if n >= 0 and group and edits[n].span.start < end:
                group.append(n)
                end = max(end, edits[n].span.end)
                continue
            if group:
                span = Span(edits[group[0]].span.start, end)
                low, high = self.reading.text_range(span)
                made = tuple(edits[n] for n in sorted(group))
                before, after = source[span.start : end], self.reading.text[low:high]
                if before != after:  # one rule may take back what another did
                    yield Changed(span, before, after, made)
            if n >= 0:
                group, end = [n], edits[n].span.end

    def parts(self) -> Iterator[tuple[tuple[int, int], Reading]]:
        """Each of its pieces and what stands there now."""
        reading = self.reading
        cuts = [0, *(bisect_left(reading.first, border) for border in self.borders), len(reading.text)]
        for n, piece in enumerate(self.pieces):
            start, end = (cuts[n], cuts[n + 1]) if n + 1 < len(cuts) else (len(reading.text), len(reading.text))
            yield (
                piece,
                Reading(reading.text[start:end], reading.first[start:end], reading.last[start:end], reading.end),
            )
