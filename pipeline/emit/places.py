"""Where a source offset is: page, line, column, box.  Ids and keys of all outputs are made from these."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter

import regex

from pipeline.document import Document, Span

_IN_KEY = regex.compile(r"[\p{L}\p{N}]")
_KEY_LETTERS = 8


class Places:
    """Places in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._pages = [page.span.start for page in document.layout.pages]
        self._seen: Counter[tuple[str, ...]] = Counter()

    def page(self, offset: int) -> int:
        """The page of a source offset, from 1."""
        return max(1, bisect_right(self._pages, offset))

    def place(self, offset: int) -> tuple[int, int, int]:
        """Page, line and column of a source offset, each from 1; the end of a line is the column after its last.

        An offset on a page without lines has line and column 0.
        """
        page = self.page(offset)
        line = self.document.layout.line_at(offset)
        if line.page != page:
            return page, 0, 0
        return line.page, line.number, offset - line.span.start + 1

    def boxes(self, span: Span) -> list[tuple[int, float, float, float, float]]:
        """Page and box (points, origin at the top left of the page as shown) of a span on each line it touches; none without coordinates."""
        layout = self.document.layout
        if not layout.measured or self.place(span.start)[1] == 0:
            return []
        found = []
        for line in layout.lines_of(span):
            start, end = max(span.start, line.span.start), min(max(span.end, span.start + 1), line.span.end)
            if start >= end:  # a line end: the last character before it
                start, end = line.span.end - 1, line.span.end
            box = (
                min(layout.x0[start:end]),
                min(layout.y0[start:end]),
                max(layout.x1[start:end]),
                max(layout.y1[start:end]),
            )
            x0, y0, x1, y1 = layout.pages[line.page - 1].shown(box)
            found.append((line.page, round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))
        return found

    def context(self, span: Span, reach: int = 12) -> str:
        """The reading around a span, line breaks left out."""
        start, end = self.document.text_range(span)
        text = self.document.text[max(0, start - reach) : end + reach]
        return regex.sub(r"[\n\f]+", "", text)

    def key(self, rule: str, before: str, after: str, span: Span) -> str:
        """The identity of a change or query for decisions: rule, before, after, 8 letters each side and an ordinal, hashed.

        Keys must be asked for in source order, since the ordinal counts equal ones.
        """
        source = self.document.source
        left = "".join(_IN_KEY.findall(source[max(0, span.start - 40) : span.start])[-_KEY_LETTERS:])
        right = "".join(_IN_KEY.findall(source[span.end : span.end + 40])[:_KEY_LETTERS])
        identity = (rule, before, after, left, right)
        self._seen[identity] += 1
        text = "\0".join((*identity, str(self._seen[identity])))
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
