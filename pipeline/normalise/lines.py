"""Line breaks that the marks around them forbid (GB/T 15834-2011 5.1): plain text only, on pages the layout has decided."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from pipeline.document import Change, Shown
from pipeline.fold import HAN, SPACES
from pipeline.normalise.characters import FORMS, wide_figures
from pipeline.normalise.guard import by_pattern
from pipeline.normalise.sides import BLANKS
from pipeline.rule import CERTAIN, Rule

_KINDS = frozenset({"p", "title", "heading", "addressees", "cc", "note", "date", "attachment-note", "subtitle"})
_B = f"[{SPACES}\\r]*+"
_NO_START = "，。、；：！？”’）》〉】〕」』］｝％%,;:!?)〞〟"
_START = regex.compile(
    rf"(?<=[^\n\r{SPACES}]){_B}\n{_B}(?=[{regex.escape(_NO_START)}])|(?<=[A-Za-z0-9{HAN}]){_B}\n{_B}(?=[/／～][A-Za-z0-9{HAN}])|(?<=[{HAN}]){_B}\n{_B}(?=·[{HAN}])"
    rf"|(?<=[\d年月日]){_B}\n{_B}(?=[—～]\d)"
)
_END = regex.compile(
    rf"(?<=[“‘（《〈【〔「『［｛(〝]){_B}\n{_B}(?=[^\n])|(?<=[{HAN}A-Za-z0-9][/／]){_B}\n{_B}(?=[{HAN}A-Za-z0-9])"
)
_SPLIT = regex.compile("(?<![—…])(?:—\n—|…\n…)(?![—…])")
_G = f"[{SPACES}\\r\\n]{{0,4}}+"
_DIGITS = rf"(?:1{_G}9|2{_G}0){_G}\d{_G}\d"
_NUMERAL = "[一二三四五六七八九十]"
_DATE = regex.compile(
    rf"(?<![\d\n]){_DIGITS}{_G}年{_G}\d(?:{_G}\d)?{_G}月(?:{_G}\d(?:{_G}\d)?{_G}日)?"
    rf"|[一二〇○]{_G}[〇○零一二三四五六七八九]{_G}[〇○零一二三四五六七八九]{_G}[〇○零一二三四五六七八九]{_G}年"
    rf"{_G}{_NUMERAL}(?:{_G}{_NUMERAL})?{_G}月(?:{_G}{_NUMERAL}(?:{_G}{_NUMERAL}){{0,2}}{_G}日)?"
)


def _dates(shown: Shown) -> Iterator[Change]:
    for match in _DATE.finditer(shown.text):
        for broken in regex.finditer("\r?\n", match.group()):
            yield Change(match.start() + broken.start(), match.start() + broken.end(), "")


O01 = Rule(
    id="O01",
    name="line-begins-with-mark",
    title="行首出现不得居行首的标点",
    clause="GB/T 15834-2011 5.1.1–5.1.3, 5.1.6, 5.1.7, 5.1.9",
    certainty=CERTAIN,
    kinds=_KINDS,
    needs=frozenset("\n"),
    find=by_pattern(_START, ""),
    examples=(
        ("各级工会\n，要提升政治站位", "各级工会，要提升政治站位"),
        ("13\n/14次特别快车", "13/14次特别快车"),
        ("各级工会，\n要提升政治站位",) * 2,
        ("画家开始娓娓道来\n——数年前的一个寒冬",) * 2,
    ),
)
O02 = Rule(
    id="O02",
    name="line-ends-with-opening-mark",
    title="行末出现不得居行末的标点",
    clause="GB/T 15834-2011 5.1.3, 5.1.9",
    certainty=CERTAIN,
    kinds=_KINDS,
    needs=frozenset("\n"),
    find=by_pattern(_END, ""),
    examples=(
        ("根据《\n工会法》", "根据《工会法》"),
        ("工匠人才（\n职工）", "工匠人才（职工）"),
        ("宾语和/\n或补语", "宾语和/或补语"),
        ("技能强国——\n全国",) * 2,
    ),
)
F02 = Rule(
    id="F02",
    name="date-cut-by-line",
    title="日期被换行断开",
    clause="GB/T 15835-2011 5.1.7（条款待核）",
    certainty=CERTAIN,
    kinds=_KINDS,
    needs=frozenset("\n"),
    find=_dates,
    examples=(
        ("2022年5月\n6日", "2022年5月6日"),
        ("20\n22年5月6日", "2022年5月6日"),
        ("2022年\n总体要求",) * 2,
    ),
)


def belong_together(line: str, after: str) -> bool:
    """Do two lines of a plain text belong to one paragraph, by the marks or the date around the break?"""
    line, after = (part.translate(_unseen()) for part in (line[-40:], after[:40]))
    around = f"{line[-14:]}\n{after[:14]}".translate(_usual_forms())
    at = min(len(line), 14)
    if _START.match(around, at) or _END.match(around, at) or _SPLIT.match(around, at - 1 if at else 0):
        return True
    return any(match.start() < at < match.end() for match in _DATE.finditer(around))


@cache
def _unseen() -> dict[int, None]:
    return dict.fromkeys(map(ord, BLANKS + "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@cache
def _usual_forms() -> dict[int, str]:
    """What the characters become that another rule gives their usual form before lines are looked at."""
    return str.maketrans(FORMS | wide_figures())
