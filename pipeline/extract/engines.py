"""Which engine reads a PDF, and what the other one adds: characters the first does not know, and a second opinion.

No engine is imported and no file opened a second time before a page needs it: pdfplumber costs 0.18 s.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from pipeline.document import Finding, Span
from pipeline.errors import InputError
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.rules import LAY_10
from pipeline.extract.units import enlarge, user_units

_SAME_PLACE = 0.3  # em between the origins of one character in the two engines
_MEANINGLESS = frozenset({"Co", "Cc", "Cs", "Cn"})
_NAMED = 5  # characters a message names of each engine


class Engine(Protocol):
    """What each of the engine modules has."""

    def open_pdf(self, data: bytes) -> Any:
        """The file, its length the number of pages; raises InputError."""

    def read_page(self, document: Any, number: int) -> Glyphs | None:
        """The characters of a page, counted from 1; None where it cannot be read."""


class Disagreement(NamedTuple):
    """What only one engine reads on a page, and how often; ``second`` is None where the second cannot read the page."""

    first: Counter[str]
    second: Counter[str] | None


class PdfFile:
    """A PDF read by one engine, ``pdfium`` or ``pdfplumber``, with the other one at hand.

    Raises:
        InputError: the engine cannot open it.

    """

    def __init__(self, data: bytes, engine: str = "pdfium", *, verify: bool = False) -> None:
        self.engines = (engine, "pdfium" if engine == "pdfplumber" else "pdfplumber")
        self._data, self._verify = data, verify
        self._first = _Reader(data, engine)
        self._disagreements: list[Disagreement | None] = []

    def __len__(self) -> int:
        return len(self._first)

    def close(self) -> None:
        self._first.close()
        if "_second" in self.__dict__ and self._second:
            self._second.close()

    def pages(self) -> Iterator[Glyphs | None]:
        """The characters of each page; None for a page that the engine cannot read."""
        for number in range(1, len(self) + 1):
            page = self._first.read(number)
            if self._verify or (page and page.unmapped):
                other = self._second.read(number) if self._second else None
                if page and other:
                    complete(page, other)
                self._disagreements.append(compare(page, other) if self._verify else None)
            yield page

    @cached_property
    def _second(self) -> _Reader | None:
        try:
            return _Reader(self._data, self.engines[1])
        except InputError:
            return None

    def findings(self, pages: Sequence[Span]) -> Iterator[Finding]:
        """Where the engines disagree on the pages read; ``pages`` are the source spans of their text."""
        if self._verify:
            if self._second and len(self._second) != len(self):
                counts = [
                    f"{engine} 读出{len(reader)}页"
                    for engine, reader in zip(self.engines, (self._first, self._second), strict=True)
                ]
                yield LAY_10.finding(None, f"{'，'.join(counts)}，请核对原件页数。", found="；".join(counts))
            for number, (found, span) in enumerate(zip(self._disagreements, pages, strict=True), 1):
                if found:
                    yield _finding(number, span, found, self.engines)


class _Reader:
    """A file one engine has open."""

    def __init__(self, data: bytes, engine: str) -> None:
        self._engine = _module(engine)
        self._document = self._engine.open_pdf(data)
        self._pages = len(self._document)  # asked for after it is closed, too
        self._units = user_units(data) if engine == "pdfium" else {}

    def __len__(self) -> int:
        return self._pages

    def close(self) -> None:
        self._document.close()

    def read(self, number: int) -> Glyphs | None:
        page = self._engine.read_page(self._document, number) if number <= len(self) else None
        if page and number in self._units:
            enlarge(page, self._units[number])
        return page


def _module(engine: str) -> Engine:
    if engine == "pdfplumber":
        from pipeline.extract import plumber

        return plumber
    from pipeline.extract import pdfium  # 55 ms of start-up that a text file need not pay

    return pdfium


def complete(page: Glyphs, other: Glyphs) -> None:
    """Give the unmapped characters of a page what the other engine reads in their places, where it reads anything."""
    known = sorted((i for i in range(len(other.text)) if _is_known(other, i)), key=other.x.__getitem__)
    places = [other.x[i] for i in known]
    left = set(page.unmapped)
    for i in sorted(page.unmapped):
        near = _SAME_PLACE * page.styles[page.style[i]].size
        x, y = page.x[i], page.y[i]
        candidates = known[bisect_left(places, x - near) : bisect_right(places, x + near)]
        close = [j for j in candidates if abs(other.y[j] - y) <= near]
        if not close:
            continue
        best = min(close, key=lambda j: math.hypot(other.x[j] - x, other.y[j] - y))
        text = [other.text[j] for j in sorted(close) if (other.x[j], other.y[j]) == (other.x[best], other.y[best])]
        page.text[i] = text[0]
        left.discard(i)
        for c in text[1:]:  # a ligature: the rest of it stands in the same place
            _repeat(page, i, c)
    page.unmapped = frozenset(left)


def _is_known(page: Glyphs, i: int) -> bool:
    return (
        page.text[i] != "\ufffd" and unicodedata.category(page.text[i]) not in _MEANINGLESS and page.x[i] == page.x[i]
    )


def _repeat(page: Glyphs, i: int, c: str) -> None:
    """Add a character in the place of another."""
    page.text.append(c)
    page.style.append(page.style[i])
    for values in (page.x, page.y, page.x0, page.y0, page.x1, page.y1):
        values.append(values[i])


def compare(page: Glyphs | None, other: Glyphs | None) -> Disagreement | None:
    """How what two engines read on a page differs, spaces apart; None where it does not."""
    if other is None:
        return Disagreement(Counter(), None) if page else None
    first, second = _characters(page), _characters(other)
    return None if first == second else Disagreement(first - second, second - first)


def _characters(page: Glyphs | None) -> Counter[str]:
    """The characters that count; pdfium makes one of the two hyphens at the end of a line."""
    return Counter("-" if c == "\xad" else c for c in page.text if not c.isspace()) if page else Counter()


def _finding(number: int, span: Span, found: Disagreement, engines: tuple[str, str]) -> Finding:
    first, second = engines
    if found.second is None:
        message = f"第{number}页只有 {first} 能读取，未能与 {second} 核对，请对照原件核对。"
        return LAY_10.finding(span, message, found="unreadable")
    more = "；".join(
        f"{engine} 多出{_named(counts)}" for engine, counts in ((first, found.first), (second, found.second)) if counts
    )
    return LAY_10.finding(span, f"第{number}页两种引擎读出的字符不一致，{more}。请对照原件核对。", found=more)


def _named(counts: Counter[str]) -> str:
    """The characters that differ most often, and how often."""
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = "、".join(f"“{_visible(c)}”{n}次" for c, n in most[:_NAMED])
    return shown + f"等{len(most)}种" * (len(most) > _NAMED)


def _visible(c: str) -> str:
    return c if c.isprintable() else f"U+{ord(c):04X}"
