"""Dates as circulars write them: 2022年5月6日, 二〇二二年五月六日, with full-width digits or stray spaces."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

import regex

from pipeline.fold import fold

_HAN_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "◯": 0}
_NUMERAL = "[0-9〇零一二三四五六七八九十]"
_DATE = regex.compile(
    rf"(?<!{_NUMERAL})((?:{_NUMERAL} *){{4}})年 *((?:{_NUMERAL} *){{1,3}})月 *((?:{_NUMERAL} *){{1,3}})日"
)


class Mention(NamedTuple):
    """A full date in a text: offsets, its figures, and the day it means (None when the calendar has no such day)."""

    start: int
    end: int
    year: int
    month: int
    day: int
    date: datetime.date | None


def mentions(text: str) -> Iterator[Mention]:
    """The full dates in a text, in order."""
    for match in _DATE.finditer(fold(text)):
        year, month, day = (number(part) for part in match.groups())
        if year is None or month is None or day is None or year == 0:
            continue
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            date = None
        yield Mention(match.start(), match.end(), year, month, day, date)


def number(text: str) -> int | None:
    """The value of Arabic digits, of Chinese digits in a row (二〇二二) or of a Chinese numeral under 100 (三十一)."""
    text = text.replace(" ", "")
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or not all(c in _HAN_DIGITS for c in tens + ones):
            return None
        return 10 * (_HAN_DIGITS[tens] if tens else 1) + (_HAN_DIGITS[ones] if ones else 0)
    digits = [_HAN_DIGITS[c] if c in _HAN_DIGITS else int(c) for c in text]
    return int("".join(map(str, digits)))


def printed(date: datetime.date) -> str:
    """A date as a message names it."""
    return f"{date.year}年{date.month}月{date.day}日"
