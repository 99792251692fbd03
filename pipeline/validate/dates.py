"""Dates: each must exist, and together they must make sense."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import regex

from pipeline.document import Change, Document, Finding, Mark, Shown
from pipeline.fold import fold
from pipeline.rule import ASK, Rule
from pipeline.validate.calendar import mentions, printed

_WEEKDAYS = "一二三四五六日"
_WEEKDAY = regex.compile(
    r"\s*[（(]?\s*(?:星期|礼拜|周)([一二三四五六日天])(?=[）)，,。；;、\s]|$|[上下]午|晚|召|举|开)"
)


def _not_in_calendar(shown: Shown) -> Iterator[Change]:
    for mention in mentions(shown.text):
        if mention.date is None:
            yield Change(
                mention.start,
                mention.end,
                None,
                message=f"“{shown.text[mention.start : mention.end]}”不是有效的公历日期",
            )


def _wrong_weekday(shown: Shown) -> Iterator[Change]:
    for mention in mentions(shown.text):
        match = _WEEKDAY.match(shown.text, mention.end)
        if mention.date is None or match is None:
            continue
        right, wrong = _WEEKDAYS[mention.date.weekday()], match.group(1).replace("天", "日")
        if right != wrong:
            date, said = shown.text[mention.start : mention.end], match.end(1)
            end = said + (
                shown.text[said : said + 1] in tuple("）)")
                and "（" in shown.text[mention.end : said].replace("(", "（")
            )
            yield Change(
                mention.start,
                end,
                shown.text[mention.start : said - 1] + right + shown.text[said:end],
                message=f"“{date}”是星期{right}，文中写星期{match.group(1)}",
            )


def _dated(document: Document, kind: str, part: str = "") -> list[tuple[Mark, datetime.date]]:
    """The dates of all blocks of a kind that exist in the calendar, with their marks."""
    spans = [block.span for block in document.blocks if block.kind == kind and part in ("", block.part.kind)]
    return [
        (mark, datetime.date.fromisoformat(mark.attributes["when"]))
        for mark in document.marks
        if mark.kind == "date" and "when" in mark.attributes and any(s.start <= mark.span.start < s.end for s in spans)
    ]


def _not_in_full(shown: Shown) -> Iterator[Change]:
    """Dates of issue and printing in Chinese figures, right before 2012-07, or in hyphens."""
    for mention in mentions(shown.text):
        chinese = not any(c.isdigit() and c.isascii() for c in fold(shown.text[mention.start : mention.end]))
        if chinese and (mention.year, mention.month) >= _ARABIC_SINCE:
            yield Change(mention.start, mention.end, printed(mention.date) if mention.date else None)
    for match in _NUMERIC.finditer(shown.text):
        year, month, day = (int(part) for part in match.groups())
        yield Change(match.start(), match.end(), f"{year}年{month}月{day}日")


_ARABIC_SINCE = (2012, 7)  # GB/T 9704-2012
_NUMERIC = regex.compile(r"(?<!\d)((?:19|20)\d{2})[-./](1[0-2]|0?[1-9])[-./](3[01]|[12]\d|0?[1-9])(?!\d)")


def _issued_after_printed(document: Document) -> Iterator[Finding]:
    for issued, first in _dated(document, "date", "circular")[:1]:
        for made, second in _dated(document, "imprint"):
            if first > second:
                message = f"成文日期{printed(first)}晚于印发日期{printed(second)}"
                yield DATE_008.finding(
                    made.span, message, places=(issued.span,), found=printed(second), expected=f"不早于{printed(first)}"
                )


def _carried_after_issued(document: Document) -> Iterator[Finding]:
    for issued, first in _dated(document, "date", "circular")[:1]:
        for carried, second in _dated(document, "speech-date", "attached"):
            if second > first:
                message = f"被印发件日期{printed(second)}晚于通知成文日期{printed(first)}"
                yield DATE_011.finding(
                    carried.span,
                    message,
                    places=(issued.span,),
                    found=printed(second),
                    expected=f"不晚于{printed(first)}",
                )


def _timeline(issued: str, made: str) -> tuple[tuple[str, str], ...]:
    return (("title", "总工会关于做好工作的通知"), ("date", issued), ("imprint", f"总工会办公厅{made}印发"))


def _carrier(delivered: str, issued: str) -> tuple[tuple[str, str], ...]:
    return (("title", "总工会关于印发讲话的通知"), ("date", issued), ("speech-date", f"（{delivered}）"))


DATE_001 = Rule(
    id="DATE-001",
    name="impossible-date",
    title="日期不存在",
    clause="GB/T 7408.1—2023 历法日期（条款待核）",
    certainty=ASK,
    severity="error",
    cert="high",
    strength="推断",
    needs=frozenset("月"),
    find=_not_in_calendar,
    examples=(
        ("2022年2月29日", None),
        ("2021年4月31日", None),
        ("2022年13月1日", None),
        ("二〇二二年二月三十日", None),
        ("2024年2月29日",) * 2,
        ("2022年5月6日",) * 2,
    ),
)
DATE_003 = Rule(
    id="DATE-003",
    name="date-of-issue-not-in-full",
    title="成文日期、印发日期不是阿拉伯数字全称",
    clause="GB/T 9704-2012 7.3.5.4, 7.4.3",
    certainty=ASK,
    alias="F03",
    severity="error",
    cert="high",
    strength="规定",
    kinds=frozenset({"date", "imprint"}),
    find=_not_in_full,
    message="日期应当用阿拉伯数字将年、月、日标全，请核对原件。",
    examples=(
        ((("date", "二〇二二年五月六日"),), (("date", "2022年5月6日"),)),
        ((("date", "2022-05-06"),), (("date", "2022年5月6日"),)),
        ((("date", "2022年5月6日"),),) * 2,
        ((("date", "一九九九年五月六日"),),) * 2,
    ),
)
DATE_007 = Rule(
    id="DATE-007",
    name="wrong-weekday",
    title="日期与星期不符",
    clause="逻辑",
    certainty=ASK,
    severity="error",
    cert="high",
    strength="推断",
    needs=frozenset("月"),
    find=_wrong_weekday,
    examples=(
        ("2022年5月6日（星期四）", "2022年5月6日（星期五）"),
        ("2022年4月27日（周二）", "2022年4月27日（周三）"),
        ("2022年5月6日（星期五）",) * 2,
        ("2022年5月6日，周一至周五",) * 2,
    ),
)
DATE_008 = Rule(
    id="DATE-008",
    name="issued-after-printed",
    title="成文日期晚于印发日期",
    clause="《党政机关公文处理工作条例》(2012) 第九条（十二）（十七）",
    certainty=ASK,
    severity="error",
    cert="high",
    strength="推断",
    check=_issued_after_printed,
    examples=(
        (_timeline("2022年5月8日", "2022年5月7日"), None),
        (_timeline("2022年5月6日", "2022年5月7日"),) * 2,
        (_timeline("2022年5月6日", "2022年5月6日"),) * 2,
    ),
)
DATE_011 = Rule(
    id="DATE-011",
    name="carried-after-issued",
    title="所印发讲话（文件）的日期晚于成文日期",
    clause="逻辑：先有讲话，后有印发",
    certainty=ASK,
    severity="error",
    cert="high",
    strength="推断",
    check=_carried_after_issued,
    examples=(
        (_carrier("2022年5月27日", "2022年5月6日"), None),
        (_carrier("2022年4月27日", "2022年5月6日"),) * 2,
    ),
)

RULES = (DATE_001, DATE_003, DATE_007, DATE_008, DATE_011)
