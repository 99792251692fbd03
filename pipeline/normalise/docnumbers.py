"""Document numbers, 总工发〔2022〕12号, in their place and in citations (GB/T 9704-2012 7.2.5)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import HAN
from pipeline.normalise.sides import is_full_cell, lost_marks
from pipeline.rule import ASK, LIKELY, Rule

_OPEN, _CLOSE = "[(\\[（［【〔﹝❲{｛「〈《〖<]", "[)\\]）］】〕﹞❳}｝」〉》〗>]"
_SHAPE = regex.compile(
    rf"(?<=[{HAN}] ?)(?P<open>{_OPEN})[ ]?(?P<year>(?:19|20)\d{{2}}|\d{{2}})[ ]?(?P<close>{_CLOSE})"
    r"[ ]?(?P<nth>第?)[ ]?(?P<number>\d{1,5})(?P<hao>[ ]?号)?(?!\d)"
)
_ORGAN = regex.compile(rf"[{HAN}]{{1,12}} ?$")
_SERIES = regex.compile(r"(?:编号|项目|合同|档案|登记|证书|批准文号|案号|终|初|执|备案?|证|字样)$")
_MANY = regex.compile(r"[ ]?[、和及至—～-][ ]?\d")
_CASE = regex.compile(rf"[ ]?\d{{1,5}}[{HAN}]{{1,3}}\d")
_OLD = 1999  # 国发（1987）12号: citations of the time before 六角括号


def _numbers(shown: Shown) -> Iterator[regex.Match[str]]:
    """What has the shape of a document number; not the number of a case, a project or a certificate."""
    for match in shown.view(_shapes):
        organ = _ORGAN.search(shown.text[max(0, match.start() - 13) : match.start()])
        if organ and not _SERIES.search(organ.group()):
            yield match


def _shapes(shown: Shown) -> list[regex.Match[str]]:
    return list(_SHAPE.finditer(shown.text)) if any(c in shown.text for c in "〔([（［【﹝❲{｛「〈《〖<") else []


def _year_brackets(shown: Shown) -> Iterator[Change]:
    for match in _numbers(shown):
        marks = match["open"] + match["close"]
        short = len(match["year"]) == 2
        if marks == "〔〕" or not match["hao"] or (short and marks in ("（）", "()")):
            continue
        if marks in ("（）", "()") and not short and int(match["year"]) < _OLD:
            continue
        if "〔" in marks or "〕" in marks:
            continue  # of two kinds: another rule's
        start, end = match.start("open"), match.end("close")
        geometry = marks == "()" and (is_full_cell(shown, start) or "(" in shown.whole.view(lost_marks))
        if geometry:
            yield Change(start, start + 1, "〔", LIKELY)
            yield Change(end - 1, end, "〕", LIKELY)
        else:
            yield Change(start, end, f"〔{match['year']}〕", ASK)


def _number_form(shown: Shown) -> Iterator[Change]:
    text = shown.text
    for match in _numbers(shown):
        start, end = match.start("open"), match.end()
        several = _MANY.match(text, match.end("number")) or (match["hao"] and _MANY.match(text, match.end()))
        year, number = match["year"], match["number"]
        missing = not match["hao"] and (
            shown.kind == "doc-number" or text[end : end + 1] in ("", "，", "。", "；", "）", "》")
        )
        right = match["open"] + match["close"] == "〔〕"
        if not match["hao"] and not right:
            continue
        if (len(year) == 4 or not right) and not match["nth"] and not number.startswith("0") and not missing:
            continue
        if several:
            continue
        full = year if len(year) == 4 else ("20" if int(year) < 50 else "19") + year
        yield Change(start, end, f"〔{full}〕{int(number)}号")


B01 = Rule(
    id="B01",
    name="year-bracket",
    title="发文字号的年份用六角括号",
    clause="GB/T 15834-2011 4.9.3.4; GB/T 9704-2012 7.2.5",
    certainty=ASK,
    alias="NUM-001",
    severity="error",
    cert="high",
    strength="规定",
    needs=frozenset("([（［【﹝❲{｛「〈《〖<"),
    paired=True,
    find=_year_brackets,
    message="发文字号的年份用六角括号“〔〕”括入，请核对原件。",
    examples=(
        ("总工发[2022]12号", "〔2022〕"),
        ("教办［2004］5号", "〔2004〕"),
        ("总工发〔2022〕12号",) * 2,
        ("规划（2021—2025年）",) * 2,
        ("京ICP备05012345号",) * 2,
        ("（2023）江民终456号",) * 2,
        ("根据国发（1987）12号",) * 2,
    ),
)
B02 = Rule(
    id="B02",
    name="document-number-form",
    title="发文字号的序号、年份",
    clause="GB/T 9704-2012 7.2.5",
    certainty=ASK,
    alias="NUM-003",
    severity="error",
    cert="high",
    strength="规定",
    needs=frozenset("〔([（［【﹝❲{｛「〈《〖<"),
    find=_number_form,
    message="年份标全称，序号不加“第”、不编虚位、后加“号”，请核对原件。",
    examples=(
        ("总工发〔2022〕05号", "〔2022〕5号"),
        ("总工发〔2022〕第12号", "〔2022〕12号"),
        ((("doc-number", "总工发〔2022〕12"),), (("doc-number", "〔2022〕12号"),)),
        ("总工发〔2022〕12号",) * 2,
        ("国务院令第709号",) * 2,
        ("财税〔2018〕32、33号",) * 2,
        ("项目编号〔2023〕001号",) * 2,
    ),
)
