"""Page furniture: what belongs to the page and not to the text (GB/T 9704-2012 7.5)."""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.config import LayoutPolicy
from pipeline.document import Document, Line
from pipeline.fold import fold

_DASHES = r"[-—–−─－‐]"
_NUMBER = regex.compile(
    rf"{_DASHES}{{0,2}}\s*\d{{1,4}}\s*{_DASHES}{{0,2}}|第\s*\d+\s*页(?:\s*[，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+"
)
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
    coordinates only a number between dashes is taken for one.  Lines nobody can see are furniture too, by their own rule.
    """
    found = []
    for page in document.layout.pages:
        lines = [line for line in document.layout.lines_of(page.span) if line.page == page.number]
        shown = [line for line in lines if line.colour != "hidden"]
        for line in lines:
            text = fold(document.source[line.span.start : line.span.end]).strip()
            if line.colour == "hidden":
                found.append(Furniture(line, "other", "overlay", "LAY-04"))
            elif line in (shown[0], shown[-1]) and len(shown) > 1 and _is_page_number(text, line, page.height, policy):
                at_top = line is shown[0]
                found.append(Furniture(line, "pageNum", "top" if at_top else "bottom", "LAY-03"))
    return found


def _is_page_number(text: str, line: Line, height: float, policy: LayoutPolicy) -> bool:
    if not height:
        return _DASHED.fullmatch(text) is not None
    band = policy.page_number_band * height
    return _NUMBER.fullmatch(text) is not None and (line.y1 < band or line.y0 > height - band)
