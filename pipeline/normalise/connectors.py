"""Hyphens and ranges (GB/T 15834-2011 4.13)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import SPACES
from pipeline.normalise.guard import KEPT, guarded
from pipeline.normalise.sides import is_full_cell
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_HYPHENS = "-－‐‑–−"
_YEAR, _B = r"(?:1\d|20)\d{2}", f"[{SPACES}]{{0,2}}+"
_CALENDAR = regex.compile(
    rf"""(?<![\d./])(?:
        (?:{_YEAR}{_B}年|{_YEAR}|\d{{1,2}}{_B}月(?:{_B}\d{{1,2}}{_B}日?)?|\d{{1,2}}{_B}日)
        {_B}(?P<mark>[{_HYPHENS}]{{1,2}}){_B}
        (?=(?P<right>{_YEAR}{_B}(?P<year>年|学年|财年)|(?:{_YEAR}{_B}年{_B})?\d{{1,2}}{_B}月|\d{{1,2}}{_B}日))
    )""",
    regex.VERBOSE,
)
_NOT_A_UNIT = ("单元", *"号室栋幢楼座班型路弄版式系层卷册图表届")
_COUNTED_PARTS = frozenset("条款项目章节编页期次名位个")
_FIGURE = r"\d+(?:,\d{3})*+(?:\.\d+)?"
_AMOUNT = regex.compile(
    rf"""(?<![A-Za-z0-9.,\-－—–/:图表式例附件号款编]|[图表式附件]\ )
        (?P<a>{_FIGURE})(?P<unit>%|万|亿|)(?P<mark>[{_HYPHENS}])
        (?P<b>{_FIGURE})(?![\d.,\-－/:])(?P<right>%|‰|℃|[kcm]?m[²³]?(?![A-Za-z])|k?g(?![A-Za-z])|[MGT]B(?![A-Za-z])|[\p{{Han}}]?)""",
    regex.VERBOSE,
)
_LABEL, _YEARS = 100, 1900  # a label before a year: 1-2022年
_TILDE = regex.compile(r"(?<=\d[%％‰万亿℃°]?)~(?=\d)")
_ORDINALS = regex.compile(
    rf"第?[一二三四五六七八九十百]{{1,4}}+(?P<mark>[{_HYPHENS}])[一二三四五六七八九十百]{{1,4}}+(?=[条章款项节编页届期名年月个次册])"
)
_WIDE_HYPHEN = regex.compile("[－‐‑]")
_HYPHENATED = (
    regex.compile(r"(?:(?:附?图|附?表|式|例)[ ]?[（(]?\d{1,3})$"),
    regex.compile(r"(?:[A-Za-z]{2,}|[A-Z]\d{0,3})$"),
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


def _calendar_range(shown: Shown) -> Iterator[Change]:
    masked = guarded(shown)
    for match in _CALENDAR.finditer(shown.text):
        if masked[match.start("mark")] in KEPT:
            continue
        left = shown.text[match.start() : match.start("mark")].rstrip()
        if left.isdigit() and not match["year"]:
            continue
        start, end = match.span("mark")
        proven = end - start == 1 and is_full_cell(shown, start)  # printed as wide as a dash
        yield Change(start, end, "—", CERTAIN if proven else LIKELY)


def _amount_range(shown: Shown) -> Iterator[Change]:
    text = shown.text
    for match in _TILDE.finditer(text):
        yield Change(match.start(), match.end(), "～", LIKELY)
    taken = {change.start for change in (*_calendar_range(shown), *_wide_hyphens(shown))}
    for match in _AMOUNT.finditer(text):
        at = match.start("mark")
        right = match.group("right")
        low, high = (float(match.group(name).replace(",", "")) for name in "ab")
        ordinal = text[match.start() - 1 : match.start()] == "第"
        if (
            at in taken
            or guarded(shown)[at] in KEPT
            or not right
            or (right not in _COUNTED_PARTS if ordinal else text.startswith(_NOT_A_UNIT, match.start("right")))
            or not low < high
            or (low < _LABEL and high > _YEARS)
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
