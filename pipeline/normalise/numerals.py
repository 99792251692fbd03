"""Figures in years, dates, times and ranges (GB/T 15835-2011; GB/T 9704-2012 7.3.5.4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.normalise.sides import is_full_cell
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_HAN_DIGITS = "〇一二三四五六七八九"
_YEAR_LETTERS = "一二三四五六七八九〇○◯OoＯｏ0０零"
_HAN_YEAR = regex.compile(rf"(?<![{_YEAR_LETTERS}十百千万亿第])[{_YEAR_LETTERS}]{{4}}(?=年)")
_POINT_IN_NUMBER = regex.compile(r"(?<=\d)．(?=\d)")
_LABEL_AND_YEAR = regex.compile(
    r"(?:^|[：:\n \u3000])\d{1,2}．(?:19|20)\d{2}年|，\d{1,4}．(?:19|20)\d{2}(?![\d年])"
)  # 1．2024年…
_COMMA_IN_NUMBER = regex.compile(r"(?<![A-Za-z\d，.])\d{1,3}(?:，\d{3})+(?![\d，.年月日])")
_PADDED = regex.compile(r"(?:(?<=年)|(?<=月))0(?=[1-9][月日])")
_HAN_PART = r"[一二三四五六七八九十]{1,3}"
_FULL_DATE = regex.compile(
    rf"(?<!\d)(?P<y>[{_HAN_DIGITS}○零]{{4}}|(?:19|20)\d{{2}})年(?P<m>\d{{1,2}}|{_HAN_PART})月(?:(?P<d>\d{{1,2}}|{_HAN_PART})日)?"
)
_SHORT_DATE = regex.compile(r"(?<![\d.—～-])(?P<y>\d{2})年(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日")
_TIME = regex.compile(r"(?<!\d)(?<!\d[：:])(?:(?P<two>[01]\d|2[0-4])|(?P<one>\d))：[0-5]\d(?:：[0-5]\d)?(?![\d：:])")
_SCORE = regex.compile(
    r"[^。；，]{0,2}(?:战胜|击败|险胜|大胜|完胜|惜败|逼平)|的?(?:比例|比率|配比)"
)  # no time, or a ratio
_HALF_CELL = 0.7  # em
_RATIO = regex.compile(r"(?:比|第)[ 为是约达]{0,3}$|(?:比分|比例|比率|比值|配比|赔率|之比)[^。；]{0,20}$")
_CLOCK_BEFORE = regex.compile(
    r"(?:上午|下午|晚上?|凌晨|早上?|中午|时间|每日|每天|当日|日|星期.|周.|）|[—～~－-]|至|到|于|在|：)[ ]?$"
)
_CLOCK_AFTER = regex.compile(
    r"[ ]?(?:[—～~－-]|至|到)[ ]?(?:次日)?\d{1,2}：[0-5]\d|[ ]?(?:前|后|起|开始|开会|报到|截止|整|召开|举行|集合|出发)"
)
_RANGE = regex.compile(
    r"(?<![\d.%％万亿A-Za-z〔（(-])(?P<a>\d+(?:\.\d+)?)(?P<mark>[～~—–-]|至)(?P<b>\d+(?:\.\d+)?)(?P<unit>[%％‰万亿])"
)


def _han_years(shown: Shown) -> Iterator[Change]:
    for match in _HAN_YEAR.finditer(shown.text):
        year = match.group()
        if sum(c in _HAN_DIGITS[1:] for c in year) < 2:
            continue
        for at, c in enumerate(year, match.start()):
            if c in "○◯":
                yield Change(at, at + 1, "〇", CERTAIN)
            elif c not in _HAN_DIGITS:
                yield Change(at, at + 1, "〇", LIKELY)


def _wide_in_number(shown: Shown) -> Iterator[Change]:
    for match in _POINT_IN_NUMBER.finditer(shown.text):
        label = _LABEL_AND_YEAR.search(shown.text, max(0, match.start() - 5), match.end() + 6)
        if not label and not (is_full_cell(shown, match.start()) and not is_full_cell(shown, match.start() - 1)):
            yield Change(match.start(), match.end(), ".", CERTAIN)
    for match in _COMMA_IN_NUMBER.finditer(shown.text):
        yield Change(match.start(), match.end(), match.group().replace("，", ","), ASK)


def _padded(shown: Shown) -> Iterator[Change]:
    for match in _PADDED.finditer(shown.text):
        yield Change(match.start(), match.end(), "")


def _mixed_dates(shown: Shown) -> Iterator[Change]:
    for match in _FULL_DATE.finditer(shown.text):
        parts = [part for part in match.groups() if part]
        if len({part.isdigit() and part.isascii() for part in parts}) > 1:
            year = int(parts[0]) if parts[0].isascii() else _year(parts[0])
            month, day = (int(part) if part.isascii() else _value(part) for part in (*parts[1:], "0")[:2])
            yield Change(match.start(), match.end(), _in_full(year, month, day))
    for match in _SHORT_DATE.finditer(shown.text):
        short = int(match["y"])
        year = short + (2000 if short < 50 else 1900)
        yield Change(match.start(), match.end(), _in_full(year, int(match["m"]), int(match["d"])))


def _year(numeral: str) -> int:
    """The year four Chinese figures write."""
    return int("".join(str(max(0, _HAN_DIGITS.find(c))) for c in numeral))


def _value(numeral: str) -> int:
    """What a numeral up to 99 counts."""
    tens, ten, ones = numeral.rpartition("十")
    digit = _HAN_DIGITS.find
    return (digit(tens) if tens else 1) * 10 * bool(ten) + (digit(ones) if ones else 0)


def _in_full(year: int, month: int, day: int) -> str | None:
    """A date as circulars write it (day 0: none); None where there is no such day."""
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year}年{month}月" + (f"{day}日" if day else "")


def _times(shown: Shown) -> Iterator[Change]:
    text = shown.text
    for match in _TIME.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        clock = _CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(text, match.end())
        alone = match.start() == 0 and match.end() == len(text)
        if _RATIO.search(before) or _SCORE.match(text, match.end()) or (match["one"] and not (clock or alone)):
            continue
        for at in range(match.start(), match.end()):
            if text[at] == "：":
                room = shown.room(at)
                yield Change(at, at + 1, ":", CERTAIN if room is not None and room < _HALF_CELL else LIKELY)


def _dropped_units(shown: Shown) -> Iterator[Change]:
    for match in _RANGE.finditer(shown.text):
        mark = match["mark"] if match["mark"] in "～—至" else "～"
        unit = match["unit"]
        yield Change(match.start(), match.end(), f"{match['a']}{unit}{mark}{match['b']}{unit}")


U06 = Rule(
    id="U06",
    name="wrong-zero-in-year",
    title="汉字年份中的“〇”",
    clause="GB/T 15835-2011 5.2.2, 5.2.5（条款待核）",
    certainty=LIKELY,
    alias="DATE-005",
    needs=frozenset("○◯OoＯｏ0０零"),
    find=_han_years,
    examples=(
        ("二○二二年五月六日", "二〇二二年五月六日"),
        ("二0二二年", "二〇二二年"),
        ("二零二二年", "二〇二二年"),
        ("二〇二二年五月六日",) * 2,
        ("2022年",) * 2,
        ("某○○",) * 2,
        ("一百零二年",) * 2,
        ("O型血",) * 2,
    ),
)
P08 = Rule(
    id="P08",
    name="wide-mark-in-number",
    title="数字中的全角点、逗号",
    clause="GB/T 15835-2011 5.1（条款待核）; GB/T 15834-2011 2.1",
    certainty=LIKELY,
    needs=frozenset("．，"),
    find=_wide_in_number,
    message="“，”可能是千分号，也可能是逗号，请核对原件。",
    examples=(
        ("增长3．5%", "增长3.5%"),
        ("共1，200人", "1,200"),
        ("1．总体要求",) * 2,
        ("2022年，200人",) * 2,
    ),
)
F01 = Rule(
    id="F01",
    name="padded-date",
    title="月、日编虚位",
    clause="GB/T 9704-2012 7.3.5.4, 7.4.3",
    certainty=ASK,
    alias="DATE-002",
    severity="error",
    cert="high",
    strength="规定",
    kinds=frozenset({"date", "imprint"}),
    needs=frozenset("0"),
    find=_padded,
    message="月、日不编虚位，请核对原件。",
    examples=(
        ((("date", "2022年5月06日"),), (("date", ""),)),
        ((("date", "2022年5月6日"),),) * 2,
        ((("date", "2022年10月20日"),),) * 2,
    ),
)
F03 = Rule(
    id="F03",
    name="mixed-date",
    title="日期数字体例混用或年份简写",
    clause="GB/T 15835-2011 4.3, 5.1.4, 5.2.2（条款待核）; GB/T 9704-2012 7.3.5.4",
    certainty=ASK,
    alias="DATE-004",
    severity="warning",
    strength="规定",
    needs=frozenset("月"),
    find=_mixed_dates,
    message="一个日期用一种数字，年份不简写，请核对原件。",
    examples=(
        ("二〇二二年5月6日", "2022年5月6日"),
        ("2022年五月六日", "2022年5月6日"),
        ("22年5月6日", "2022年5月6日"),
        ("2022年二月三十日", None),
        ("二〇二二年五月六日",) * 2,
        ("2022年5月6日",) * 2,
        ("12年来",) * 2,
    ),
)
F04 = Rule(
    id="F04",
    name="wide-colon-in-time",
    title="时间中的全角冒号",
    clause="GB/T 15835-2011 5.1.5; GB/T 7408（条款待核）",
    certainty=LIKELY,
    severity="warning",
    needs=frozenset("："),
    find=_times,
    message="时、分、秒之间用半角冒号，请核对原件。",
    examples=(
        ("14：00—16：00", "14:00—16:00"),
        ("23：59：59", "23:59:59"),
        ("上午9：30报到", "上午9:30报到"),
        ("9:30",) * 2,
        ("师生比1：20",) * 2,
        ("一是：12人",) * 2,
    ),
)
F05 = Rule(
    id="F05",
    name="range-without-unit",
    title="范围前一数值缺单位",
    clause="GB/T 15835-2011 5.1.3（条款待核）; GB/T 15834-2011 A.11",
    certainty=ASK,
    alias="PHRA-022",
    severity="warning",
    strength="规定",
    needs=frozenset("～~—–-至"),
    find=_dropped_units,
    message="百分号、“万”“亿”省略会引起歧义，前一数值后也应标出，请核对原件。",
    examples=(
        ("10～15%", "10%～15%"),
        ("3～5万元", "3万～5万"),
        ("2—3亿", "2亿—3亿"),
        ("10%～15%",) * 2,
        ("25～30人",) * 2,
    ),
)
