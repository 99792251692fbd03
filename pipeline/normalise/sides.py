"""What stands beside a mark: the question every rule on widths asks.

Answers are given in the folded, guarded view, so that one decision never depends on another.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from pipeline.document import Shown, Whole
from pipeline.fold import CJK_MARKS, DASHES, HAN, fold
from pipeline.normalise.guard import KEPT_ADDRESS, KEPT_CODE, KEPT_NUMBER, KEPT_RUN, guarded

HAN_SIDE, LATIN_SIDE, NUMBER_SIDE, EDGE = "han", "latin", "number", "edge"
REACH = 60  # characters looked at on each side
IS_HAN = regex.compile(f"[{HAN}]")

_BLANKS = frozenset(map(chr, (0x20, 0x09, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
_THROUGH = frozenset(DASHES + "\"'“”‘’…·～") | _BLANKS
_MARKS = frozenset(CJK_MARKS + "«»≪≫〝〞〟") - _THROUGH
_NUMBER = frozenset("0123456789%‰℃°" + KEPT_NUMBER)
_HALF = frozenset(",;:!?().")
_WIDTHS = dict(zip(",;:!?(", "，；：！？（", strict=True))
_ENOUGH = 3  # sites that tell what became of a mark in the whole document


def folded(shown: Shown) -> str:
    """The folded view of the guarded text, the same length."""
    return shown.view(_folded)


def _folded(shown: Shown) -> str:
    return fold(guarded(shown))


def side(letters: Iterable[str]) -> str:
    """What the nearest letter, figure or full-width mark is, looking over spaces, quotes and half-width marks.

    ``letters`` come from the guarded text, the nearest first; a line end is an edge.
    """
    for c in letters:
        if c in _THROUGH or c in _HALF:
            continue
        if c == "\n":
            return EDGE
        if IS_HAN.match(c) or c in _MARKS:
            return HAN_SIDE
        return NUMBER_SIDE if c in _NUMBER else LATIN_SIDE
    return EDGE


def sides(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands left and right of a stretch of a guarded text."""
    return side(text[max(0, start - REACH) : start][::-1]), side(text[end : end + REACH])


def after_word(text: str, at: int) -> str:
    """What Latin stands directly before an offset: ``word`` after an ideograph or mark, ``address``, ``run``, or ""."""
    if at and text[at - 1] == KEPT_ADDRESS:
        return "address"
    if at and text[at - 1] in (KEPT_RUN, KEPT_CODE):
        return "run"
    return "word" if _WORD.search(text, max(0, at - 40), at) else ""


_WORD = regex.compile(
    rf"[{HAN}{regex.escape(CJK_MARKS)}](?:[A-Za-z0-9.+{KEPT_NUMBER}-]+|[\d～~—.{KEPT_NUMBER}-]* [A-Za-z/²³]+)$"
)


def lost_marks(whole: Whole) -> frozenset[str]:
    """The half-width marks that stand for a full-width one at every place of the document: one cause took their width."""
    text, found = whole.text, []
    for half, full in _WIDTHS.items():
        if full not in text and half in text:
            sites = regex.finditer(rf"(?<=[{HAN}]){regex.escape(half)}|{regex.escape(half)}(?=[{HAN}])", text)
            if sum(1 for _ in zip(range(_ENOUGH), sites, strict=False)) == _ENOUGH:
                found.append(half)
    return frozenset(found)


def is_full_cell(shown: Shown, at: int) -> bool:
    """Does a mark take the cell of an ideograph on its page, whatever its code point?"""
    room = shown.room(at)
    return room is not None and 0.85 <= room < 1.6
