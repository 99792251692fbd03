"""What stands beside a mark: the question every rule on widths asks.

Marks of both widths are looked over alike, so that one decision does not depend on another.
"""

from __future__ import annotations

import regex

from pipeline.document import Shown, Whole
from pipeline.fold import CJK_MARKS, DASHES, HALF_TO_FULL, HAN
from pipeline.normalise.guard import KEPT_ADDRESS, KEPT_CODE, KEPT_NUMBER, KEPT_RUN

HAN_SIDE, LATIN_SIDE, NUMBER_SIDE, EDGE = "han", "latin", "number", "edge"
REACH = 60  # characters looked at on each side
IS_HAN = regex.compile(f"[{HAN}]")

BLANKS = "".join(map(chr, (0x20, 0x09, 0x0D, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
_BRACKETS = frozenset("【】〔〕［］")  # no half-width form becomes one of them
_B = f"[{BLANKS}]{{0,2}}"
_ANGLES = "<>‹›＜＞«»≪≫"
_THROUGH = frozenset(BLANKS + CJK_MARKS + DASHES + ",;:!?().．·⋯…～\"'〝〞〟„" + _ANGLES) - _BRACKETS
_TITLES = "《〈<‹＜«≪"
_PAIRED = {")": "(（", "）": "（(", "”": '“"', '"': '"“', **dict.fromkeys("》〉>›＞»≫", _TITLES)}
_SYMBOL = regex.compile(r"[\p{So}\p{No}\p{Nl}\p{Sc}]")  # ㎡ ² ① Ⅲ ￥
_NUMBER = frozenset("0123456789%‰℃°" + KEPT_NUMBER)
_WORD = regex.compile(
    rf"[{HAN}{regex.escape(CJK_MARKS + _ANGLES)},;:!?(]{_B}(?:[A-Za-z0-9.+{KEPT_NUMBER}-]+|[\d～~—.{KEPT_NUMBER}-]*{_B}[A-Za-z/²³]+)$"
)
_ENOUGH = 3  # sites that tell what became of a mark in the whole document


def _side(c: str) -> str:
    if IS_HAN.match(c) or c in _BRACKETS:
        return HAN_SIDE
    return NUMBER_SIDE if c in _NUMBER or _SYMBOL.match(c) else LATIN_SIDE


def right_side(text: str, at: int) -> str:
    """What the nearest letter, figure or bracket from an offset on is; marks, quotes and spaces are looked over.

    The text is guarded; the end of a line is an edge.
    """
    for c in text[at : at + REACH]:
        if c == "\n":
            return EDGE
        if c not in _THROUGH:
            return _side(c)
    return EDGE


def left_side(text: str, at: int) -> str:
    """The same before an offset; brackets and quotes are looked over with what is in them (总值（GDP）,) unless it is Chinese."""
    low = max(0, at - REACH)
    while at > low:
        at -= 1
        c = text[at]
        if c == "\n":
            return EDGE
        opening = _PAIRED.get(c)
        if opening is not None:
            inside = max(text.rfind(mark, low, at) for mark in opening)
            if inside > text.rfind("\n", low, at):
                if IS_HAN.search(text, inside, at):
                    return HAN_SIDE
                at = inside
        elif c not in _THROUGH:
            return _side(c)
    return EDGE


def sides(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands left and right of a stretch of a guarded text."""
    return left_side(text, start), right_side(text, end)


def after_word(text: str, at: int) -> str:
    """What Latin stands directly before an offset: ``word`` after an ideograph or mark, ``address``, ``run``, or ""."""
    if at and text[at - 1] == KEPT_ADDRESS:
        return "address"
    if at and text[at - 1] in (KEPT_RUN, KEPT_CODE):
        return "run"
    return "word" if _WORD.search(text, max(0, at - 40), at) else ""


def lost_marks(whole: Whole) -> frozenset[str]:
    """The half-width marks that stand for a full-width one at every place of the document: one cause took their width."""
    text, found = whole.text, []
    for half, full in HALF_TO_FULL.items():
        if full not in text and half in text:
            sites = regex.finditer(rf"(?<=[{HAN}]){regex.escape(half)}|{regex.escape(half)}(?=[{HAN}])", text)
            if sum(1 for _ in zip(range(_ENOUGH), sites, strict=False)) == _ENOUGH:
                found.append(half)
    return frozenset(found)


def is_full_cell(shown: Shown, at: int) -> bool:
    """Does a mark take the cell of an ideograph on its page, whatever its code point?"""
    room = shown.room(at)
    return room is not None and 0.85 <= room < 1.6
