"""Dashes and connectors (GB/T 15834-2011 4.10, 4.13)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from pipeline.document import Change, Shown
from pipeline.facts import facts
from pipeline.fold import CJK_MARKS, DASHES, HAN, SPACES
from pipeline.normalise.guard import KEPT, guarded
from pipeline.normalise.sides import BLANKS, IS_HAN
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_RUN = regex.compile(f"[{DASHES}]{{2,}}+")
_BESIDE = regex.compile(f"[{HAN}{regex.escape(CJK_MARKS)}()]")
_SINGLE = regex.compile(f"(?<=[{HAN}”》）])(?<![{DASHES}])—(?![{DASHES}])(?=[{HAN}“《（])")
_SPLIT = regex.compile(f"(?<![…{DASHES}])(?:—[ \u3000\u00a0\n]+—|…[ \u3000\u00a0\n]+…)(?![…{DASHES}])")
_HYPHENS = "-－‐‑–−"
_BLANK = "".join(BLANKS)
_YEAR, _B = r"(?:19|20)\d{2}", f"[{SPACES}]{{0,2}}+"
_CALENDAR = regex.compile(
    rf"""(?<![\d.\-－/])(?:
        (?:{_YEAR}{_B}年|{_YEAR}|\d{{1,2}}{_B}月(?:{_B}\d{{1,2}}{_B}日?)?|\d{{1,2}}{_B}日)
        {_B}(?P<mark>[{_HYPHENS}]{{1,2}}){_B}
        (?=(?P<right>{_YEAR}{_B}(?P<year>年|学年|财年)|(?:{_YEAR}{_B}年{_B})?\d{{1,2}}{_B}月|\d{{1,2}}{_B}日))
    )""",
    regex.VERBOSE,
)
_UNIT = r"(?:[%‰℃°]|[\p{Han}]{1,2})"
_NOT_A_UNIT = "号室栋幢楼座班型路弄版式系款层单元卷册图表届"
_AMOUNT = regex.compile(
    rf"""(?<![A-Za-z0-9.\-－—–/:图表式例附件号第款编]|[图表式附件]\ )
        (?P<a>\d+(?:\.\d+)?)(?P<unit>%|万|亿|)(?P<mark>[{_HYPHENS}]|~)
        (?P<b>\d+(?:\.\d+)?)(?![\d.\-－/:A-Za-z])(?P<right>%|‰|℃|[\p{{Han}}]?)""",
    regex.VERBOSE,
)
_ORDINALS = regex.compile(
    rf"第?[一二三四五六七八九十百]{{1,4}}+(?P<mark>[{_HYPHENS}])[一二三四五六七八九十百]{{1,4}}+(?=[条章款项节编页届期名年个次册])"
)
_WIDE_HYPHEN = regex.compile("[－‐‑]")
_HYPHENATED = (
    regex.compile(r"(?:(?:附?图|附?表|式|例)[ ]?[（(]?\d{1,3})$"),
    regex.compile(r"[A-Za-z]$"),
    regex.compile(r"(?<!\d)0\d{2,3}$"),
    regex.compile(r"(?<!\d)(?:400|800)(?:[-－]\d{3})?$"),
    regex.compile(r"(?<!\d)\d{4}(?:[-－]\d{1,2})?$"),
    regex.compile(r"(?:[歼运轰直强武苏米京沪]|[A-Z])[A-Z]?$"),
)
_HYPHENATED_NEXT = (
    regex.compile(r"\d"),
    regex.compile(r"[A-Za-z0-9]"),
    regex.compile(r"\d{7,8}(?!\d)"),
    regex.compile(r"\d{3,4}(?!\d)"),
    regex.compile(r"\d{1,2}(?:(?=[-－]\d{1,2}(?!\d))|(?![\d年月日]))"),
    regex.compile(r"\d"),
)
_TITLES = regex.compile(f"关于[{HAN}“”]{{2,60}}(?:通知|意见|决定|通报|报告|请示|批复|函)$")
_DOUBLE_ONE = regex.compile(
    f"(?<=[{HAN}]{{2}})(?<![十百千一二三四五六七八九])一一(?=[{HAN}]{{2}})(?![一二三四五六七八九十百千])"
)
_ENCLOSED = regex.compile(r"“[^“”\n]{2,80}”|《[^《》\n]{2,80}》")


def _dash_runs(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _RUN.finditer(text):
        start, end = match.span()
        left, right = text[max(0, start - 4) : start].rstrip(_BLANK)[-1:], text[end : end + 4].lstrip(_BLANK)[:1]
        if match.group() == "——" or not (left or right) or any(c and not _BESIDE.match(c) for c in (left, right)):
            continue
        if end - start > 3:
            yield Change(start, end, None, ASK)
        else:
            yield Change(start, end, "——", CERTAIN if left and right else LIKELY)


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


def _short(word: str) -> bool:
    """Is what stands beside the bar a single ideograph (任—洛二氏, 硅—铝)?"""
    return len(word) < 2 or not IS_HAN.match(word[1])


def _single(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _SINGLE.finditer(text):
        if not _connects(text, match.start()):
            yield Change(match.start(), match.end(), "——")


def _calendar_range(shown: Shown) -> Iterator[Change]:
    for match in _CALENDAR.finditer(shown.text):
        left = shown.text[match.start() : match.start("mark")].rstrip()
        if left.isdigit() and not match["year"]:
            continue
        yield Change(match.start("mark"), match.end("mark"), "—")


def _amount_range(shown: Shown) -> Iterator[Change]:
    text = shown.text
    taken = {change.start for change in (*_calendar_range(shown), *_wide_hyphens(shown))}
    for match in _AMOUNT.finditer(text):
        at = match.start("mark")
        if match.group("mark") == "~":
            yield Change(at, at + 1, "～", LIKELY)
            continue
        right = match.group("right")
        if (
            at in taken
            or guarded(shown)[at] in KEPT
            or not right
            or right in _NOT_A_UNIT
            or float(match.group("a")) >= float(match.group("b"))
        ):
            continue
        if right in "%万亿" and not match.group("unit"):
            continue  # the unit is left out: another rule asks
        yield Change(match.start(), match.end(), f"{text[match.start() : at]}～{text[at + 1 : match.end()]}")
    for match in _ORDINALS.finditer(text):
        at = match.start("mark")
        yield Change(match.start(), match.end(), f"{text[match.start() : at]}～{text[at + 1 : match.end()]}")


def _wide_hyphens(shown: Shown) -> Iterator[Change]:
    text = shown.text
    dates = {change.start for change in _calendar_range(shown)}
    for match in _WIDE_HYPHEN.finditer(text):
        at = match.start()
        if at in dates:
            continue
        before = text[max(0, at - 12) : at]
        if any(
            left.search(before) and right.match(text, at + 1)
            for left, right in zip(_HYPHENATED, _HYPHENATED_NEXT, strict=True)
        ):
            yield Change(at, at + 1, "-")


def _double_one(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    verbs: list[str] = facts("adverbs")["after_yiyi"]
    for match in _DOUBLE_ONE.finditer(text):
        start, end = match.span()
        if text.startswith(tuple(verbs), end) or text.startswith(("地", "道来"), end):
            continue
        enclosed = any(low < start and end < high for low, high in shown.view(_enclosed))
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
    needs=frozenset("—―─━－–−﹘⸺-"),
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
D03 = Rule(
    id="D03",
    name="hyphen-in-date-range",
    title="起止时间用一字线",
    clause="GB/T 15834-2011 4.13.2, 4.13.3.2",
    certainty=LIKELY,
    needs=frozenset(_HYPHENS),
    severity="warning",
    find=_calendar_range,
    message="起止时间之间用一字线“—”，请核对原件。",
    examples=(
        ("2021-2025年", "2021—2025年"),
        ("2022年4月-5月", "2022年4月—5月"),
        ("5月6日--10日", "5月6日—10日"),
        ("2022-05-06",) * 2,
        ("010-68591234",) * 2,
        ("2021年至2025年",) * 2,
    ),
)
D04 = Rule(
    id="D04",
    name="hyphen-in-number-range",
    title="数值范围用“～”或一字线",
    clause="GB/T 15834-2011 4.13.3.2; GB/T 15835-2011 5.1.3（条款待核）",
    certainty=ASK,
    needs=frozenset(_HYPHENS + "~"),
    severity="info",
    find=_amount_range,
    message="数值范围用浪纹线“～”或一字线，不用短横线，请核对原件。",
    examples=(
        ("3-5年内建成", "3-5年".replace("-", "～")),
        ("增长10%-15%", "10%～15%"),
        ("25~30人", "25～30人"),
        ("图1-2",) * 2,
        ("G20-15班",) * 2,
        ("25～30人",) * 2,
    ),
)
D05 = Rule(
    id="D05",
    name="wide-hyphen",
    title="编号、型号、电话中的短横线",
    clause="GB/T 15834-2011 4.13.3.1, 5.1.6",
    certainty=LIKELY,
    needs=frozenset("－‐‑"),
    find=_wide_hyphens,
    examples=(
        ("图1－2", "图1-2"),
        ("COVID－19", "COVID-19"),
        ("010－68591234", "010-68591234"),
        ("2022－05－06", "2022-05-06"),
        ("歼-20",) * 2,
        ("任-洛二氏溶液",) * 2,
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
