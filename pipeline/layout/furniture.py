"""Page furniture: what belongs to the page and not to the text (GB/T 9704-2012 7.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from pipeline.config import LayoutPolicy
from pipeline.document import Document, Finding, Line, Page
from pipeline.facts import facts
from pipeline.fold import fold
from pipeline.layout.rules import LAY_14

_DASHES = r"[-—–−─－‐]"
_NUMBER = regex.compile(
    rf"{_DASHES}{{0,2}}\s*\d{{1,4}}\s*{_DASHES}{{0,2}}|第\s*\d+\s*页(?:\s*[，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+"
)
_OUTER_NUMBER = regex.compile(r"^\d{1,4}(?=[^\d.．、，）])|(?<=\D)\d{1,4}$")  # no item of a list
_DIGITS = regex.compile(r"\d+")
_LAYERS = {
    "hidden": ("other", "overlay", "LAY-04"),
    "overlay": ("watermark", "overlay", "LAY-03"),
    "seal": ("seal", "overlay", "LAY-03"),
    "copy": ("other", "overlay", "LAY-15"),
}
_BINDING = frozenset("装訂订裝线線")
_DASHED = regex.compile(rf"{_DASHES}{{1,2}}\s*\d{{1,4}}\s*{_DASHES}{{1,2}}")


class Furniture(NamedTuple):
    """A line that is no text: ``type`` and ``place`` as in the TEI profile, and the rule that takes it out."""

    line: Line
    type: str
    place: str
    rule: str


def find_furniture(document: Document, policy: LayoutPolicy) -> list[Furniture]:
    """The page furniture of a document, in source order.

    Page numbers stand alone on the first or last line of a page, in its outer band where coordinates are known; without
    coordinates only a number between dashes is taken for one.  Running heads are told by coming again, or by the page
    number they carry; binding marks, watermarks and what a web page prints around a text by their looks and words.  Lines
    nobody can see are furniture too, by their own rule.
    """
    layout = document.layout
    cells = [cell for table in layout.tables for cell in table.cells]
    in_tables = {line.span.start for cell in cells for line in layout.lines[slice(*cell.lines)]}
    outer = [_Outer(document, policy, page, in_tables) for page in layout.pages]
    running = _running(outer)
    found = []
    for page in outer:
        for line in page.lines:
            if line.span.start in in_tables:
                continue  # a table is text to its last cell
            text = page.text(line)
            if line.colour in _LAYERS:
                found.append(Furniture(line, *_LAYERS[line.colour]))
            elif line in page.edges and page.is_number(line, text):
                found.append(Furniture(line, "pageNum", page.place(line), "LAY-03"))
            elif line.span.start in running:
                place = page.place(line)
                found.append(Furniture(line, "header" if place == "top" else "footer", place, "LAY-03"))
            elif page.is_binding(line, text):
                found.append(Furniture(line, "binding", "margin", "LAY-03"))
            elif _is_boilerplate(text):
                found.append(Furniture(line, "other", "top" if line is page.lines[0] else "bottom", "LAY-03"))
    return found


class _Outer:
    """The lines of one page, and those at its outer edges that may be furniture: no cells of a table.

    ``in_tables`` are the source offsets at which lines begin that stand in tables.
    """

    def __init__(self, document: Document, policy: LayoutPolicy, page: Page, in_tables: set[int]) -> None:
        self.source, self.height = document.source, page.down
        self.band = policy.page_number_band * page.down
        self.lines = [line for line in document.layout.lines_of(page.span) if line.page == page.number]
        self.shown = [line for line in self.lines if line.colour not in _LAYERS]
        ends = (self.shown[0], self.shown[-1]) if len(self.shown) > 1 else ()
        self.edges = [line for line in ends if line.span.start not in in_tables]
        self.number = page.number
        self.left = min((line.x0 for line in self.shown if len(self.text(line)) > 3), default=0.0)

    def text(self, line: Line) -> str:
        return fold(self.source[line.span.start : line.span.end]).strip()

    def place(self, line: Line) -> str:
        return "top" if line is self.shown[0] else "bottom"

    def in_band(self, line: Line) -> bool:
        return bool(self.height) and (line.y1 < self.band or line.y0 > self.height - self.band)

    def is_number(self, line: Line, text: str) -> bool:
        if not self.height:
            return _DASHED.fullmatch(text) is not None
        return _NUMBER.fullmatch(text) is not None and self.in_band(line)

    def is_binding(self, line: Line, text: str) -> bool:
        """Is a line a mark of the binding edge?"""
        return bool(self.height) and text in _BINDING and line.x1 < self.left


def _running(pages: Sequence[_Outer]) -> set[int]:
    """Where the running heads and feet begin: lines in the outer band that come again, or carry the page's number."""
    texts: Counter[str] = Counter()
    steps: Counter[int] = Counter()
    candidates: list[tuple[_Outer, Line, str, set[int]]] = []
    for page in pages:
        for line in page.edges:
            if page.in_band(line):
                text = page.text(line)
                numbers = {int(n) - page.number for n in _OUTER_NUMBER.findall(text)}
                candidates.append((page, line, _DIGITS.sub("", text), numbers))
    for _, _, bare, numbers in candidates:
        texts[bare] += 1
        steps.update(numbers)
    counted = {step for step, n in steps.items() if n > 1 and n * 2 > len(pages)}
    return {
        line.span.start
        for _, line, bare, numbers in candidates
        if (bare and texts[bare] > 1 and texts[bare] * 3 >= len(pages) and len(bare) > 1) or numbers & counted
    }


def _is_boilerplate(text: str) -> bool:
    words: dict[str, list[str]] = facts("boilerplate")
    if text.startswith(tuple(words["beginnings"])):
        return True
    return sum(f"{label}：" in text for label in words["labels"]) > 1


def missing_pages(document: Document, furniture: Sequence[Furniture]) -> Iterator[Finding]:
    """Where the printed page numbers skip; a carried document or an attachment may start anew from 1."""
    before: tuple[int, int] | None = None
    for item in furniture:
        digits = _DIGITS.search(fold(document.source[slice(*item.line.span)]))
        if item.type != "pageNum" or not digits:
            continue
        here = item.line.page, int(digits.group())
        if before is not None and here[1] - before[1] > here[0] - before[0]:
            yield LAY_14.finding(
                item.line.span,
                f"页码由{before[1]}变为{here[1]}，可能缺页，请核对原件。",
                found=str(here[1]),
                expected=str(before[1] + here[0] - before[0]),
            )
        before = here
