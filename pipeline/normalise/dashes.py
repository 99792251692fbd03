"""Dashes: two U+2014 (GB/T 15834-2011 4.10)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.fold import CJK_MARKS, CLOSING, DASHES, HAN, OPENING
from pipeline.normalise.guard import guarded
from pipeline.normalise.sides import BLANKS, IS_HAN
from pipeline.rule import ASK, CERTAIN, Rule

_RUN = regex.compile(f"[{DASHES}]{{2,}}+")
_BESIDE = regex.compile(f"[{HAN}{regex.escape(CJK_MARKS)}().．⋯]")
_SINGLE = regex.compile(f"(?<=[{HAN}”》）])(?<![{DASHES}])—(?![{DASHES}])(?=[{HAN}“《（])")
_SPLIT = regex.compile(f"(?<![…{DASHES}])(?:—[ \u3000\u00a0\r\n]+—|…[ \u3000\u00a0\r\n]+…)(?![…{DASHES}])")
_TITLES = regex.compile(f"关于[{HAN}“”]{{2,60}}(?:通知|意见|决定|通报|报告|请示|批复|函)$")
_DOUBLE_ONE = regex.compile(
    f"(?<=[{HAN}]{{2}})(?<![十百千一二三四五六七八九])一一(?=[{HAN}]{{2}})(?![一二三四五六七八九十百千])"
)
_TITLE_KINDS = frozenset({"title", "subtitle", "heading", "attachment-title"})
_SCIENCE = regex.compile(f"[{HAN}]{{1,6}}?(?:定律|定理|效应|方程|公式|模型|检验|综合征|反应|曲线|指数|系数|分布|算法)")
_ENCLOSED = regex.compile(r"“[^“”\n]{2,80}”|《[^《》\n]{2,80}》")


def _dash_runs(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _RUN.finditer(text):
        start, end = match.span()
        left, right = text[max(0, start - 4) : start].rstrip(BLANKS)[-1:], text[end : end + 4].lstrip(BLANKS)[:1]
        if match.group() == "——" or not all(c and _BESIDE.match(c) for c in (left, right)):
            continue
        if (left == "：" and text[end] in BLANKS) or (left in OPENING and right in CLOSING):
            continue  # a field left empty
        if end - start > 3:
            yield Change(start, end, None, ASK)
        else:
            yield Change(start, end, "——")


def _split(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _SPLIT.finditer(text):
        if "\n" in match.group() and shown.kind in ("cell", "toc"):
            continue
        yield Change(match.start() + 1, match.end() - 1, "")


_NUMERALS = "第?[一二三四五六七八九十百]{1,4}[年月日号周期届级]?"
_ENDS = regex.compile(f"(?:[{HAN}]{{1,6}}(?:[省市县区州盟镇乡村站港江河湖山路街桥段]|机场|口岸)|{_NUMERALS})$")
_BEGINS = regex.compile(
    f"[{HAN}]{{1,6}}?(?:省|市|县|区|自治州|镇|乡|村|街道|站|机场|口岸|港|高速|高铁|铁路|公路|航线|城际|沿线|段)|{_NUMERALS}(?![{HAN}])"
)


@cache
def _places() -> frozenset[str]:
    """Names of places and words of time."""
    known = facts("places")
    return frozenset(known["names"].split()) | frozenset(known["times"])


def _connects(text: str, at: int) -> bool:
    """Does a single bar join two places or times, or two names of one character?"""
    names = _places()
    left, right = text[max(0, at - 8) : at], text[at + 1 : at + 9]
    left, right = left.rstrip("”》）"), right.lstrip("“《（")
    here = any(left.endswith(left[-n:]) and left[-n:] in names for n in range(2, 7)) or _ENDS.search(left)
    there = any(right[:n] in names for n in range(2, 7)) or _BEGINS.match(right)
    if here or there:
        return True
    return _short(left[::-1]) or _short(right)


def _is_chain(text: str, at: int) -> bool:
    """Is a bar one of several in a row (设置—通用—关于), or does it join the names in a law of science?"""
    near = text[max(0, at - 12) : at] + text[at + 1 : at + 13]
    return "—" in near or _SCIENCE.match(text, at + 1) is not None


def _short(word: str) -> bool:
    """Is what stands beside the bar a single ideograph (任—洛二氏, 硅—铝)?"""
    return len(word) < 2 or not IS_HAN.match(word[1])


def _single(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _SINGLE.finditer(text):
        if not _connects(text, match.start()) and not _is_chain(text, match.start()):
            yield Change(match.start(), match.end(), "——")


def _double_one(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    verbs: list[str] = facts("adverbs")["after_yiyi"]
    for match in _DOUBLE_ONE.finditer(text):
        start, end = match.span()
        if text.startswith(tuple(verbs), end) or text.startswith(("地", "道来"), end):
            continue
        enclosed = shown.kind in _TITLE_KINDS or any(low < start and end < high for low, high in shown.view(_enclosed))
        if enclosed or shown.view(_names_a_document):
            yield Change(start, end, "——")


def _names_a_document(shown: Shown) -> bool:
    return _TITLES.search(shown.text) is not None


def _enclosed(shown: Shown) -> list[tuple[int, int]]:
    return [match.span() for match in _ENCLOSED.finditer(shown.text)]


D01 = Rule(
    id="D01",
    name="overlong-dash",
    title="破折号为两个 U+2014",
    clause="GB/T 15834-2011 4.10.2, 5.1.4",
    certainty=CERTAIN,
    alias="PHRA-015",
    needs=frozenset(DASHES),
    find=_dash_runs,
    severity="warning",
    message="连用四个以上的横线，可能是破折号，也可能是留空或引导线，请核对原件。",
    examples=(
        ("“技能强国———全国产业工人学习社区”", "“技能强国——全国产业工人学习社区”"),
        ("奋进新征程──建功新时代", "奋进新征程——建功新时代"),
        ("奋进新征程--建功新时代", "奋进新征程——建功新时代"),
        ("奋进新征程————建功新时代", None),
        ("奋进新征程——建功新时代",) * 2,
        ("2021—2025年",) * 2,
        ("--help",) * 2,
    ),
)
D02 = Rule(
    id="D02",
    name="single-dash",
    title="一字线可能是破折号",
    clause="GB/T 15834-2011 4.10.2, 4.13.3.2",
    certainty=ASK,
    needs=frozenset("—"),
    severity="warning",
    find=_single,
    message="“—”若为破折号，应占两个字的位置，请核对原件。",
    examples=(
        ("劳模精神—时代的旗帜", "——"),
        ("北京—上海高速铁路",) * 2,
        ("周一—周五",) * 2,
        ("2021—2025年",) * 2,
        ("任—洛二氏溶液",) * 2,
    ),
)
D06 = Rule(
    id="D06",
    name="ideographs-for-dash",
    title="“一一”可能是破折号",
    clause="GB/T 15834-2011 4.10.2",
    certainty=ASK,
    needs=frozenset("一"),
    severity="warning",
    find=_double_one,
    message="“一一”可能是破折号“——”之误，请核对原件。",
    examples=(
        ("“技能强国一一全国产业工人学习社区”", "——"),
        ("关于中国梦一一劳动美活动的通知", "——"),
        ("逐条一一对应",) * 2,
        ("“同与会代表一一握手”",) * 2,
        ("十一一十二月",) * 2,
    ),
)
D07 = Rule(
    id="D07",
    name="split-dash",
    title="破折号、省略号被断开",
    clause="GB/T 15834-2011 5.1.4, 5.1.5",
    certainty=CERTAIN,
    needs=frozenset("—…"),
    find=_split,
    examples=(
        ("技能强国— —全国产业工人学习社区", "技能强国——全国产业工人学习社区"),
        ("工程、项目、产业… …", "工程、项目、产业……"),
        ("技能强国——\n全国产业工人学习社区",) * 2,
    ),
)
