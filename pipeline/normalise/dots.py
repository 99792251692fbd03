"""Ellipses and middle dots (GB/T 15834-2011 4.11, 4.14)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Certainty, Change, Shown
from pipeline.fold import CJK_MARKS, HAN
from pipeline.normalise.guard import guarded
from pipeline.normalise.sides import BLANKS, IS_HAN
from pipeline.normalise.words import in_name, is_longer_word
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_DOTS = regex.compile(r"…++|⋯++|。{3,}+|·{3,}+|・{3,}+|\.{2,}+|．{2,}+")
_ANY_DOT = frozenset("…⋯。·・.．")
_LEADER = regex.compile(r"[ \u3000\t]*(?:[（(]|第)?[ \u3000\t]*(?:\d|[ivxIVXⅠ-Ⅻⅰ-ⅻ])")
_LONGEST = 6
_CHINESE = regex.compile(f"[{HAN}{regex.escape(CJK_MARKS)}]")
_BESIDE_DENG = regex.compile(r"(?:等等?|什么的)[ ]?…{2}|…{2}[ ]?(?:等等|等)")
_MIDDLE = regex.compile(rf"(?<=[{HAN}])[‧•・･∙⋅●▪᛫](?=[{HAN}])|(?<=“\d{{1,2}})[‧•・･∙⋅](?=\d{{1,2}}”)")
_POINT = regex.compile(rf"(?<=[{HAN}])[.．](?=[{HAN}])")
_HAN_DATE = regex.compile(r"“([二三四五六七八九十])·([一二三四五六七八九十]{1,3})”")
_EVENT = r"(?=[^“”\n]{0,8}(?:节|日|事件|运动|地震|事变|惨案|活动|讲话|晚会|起义|空难))"
_FIGURE_DATE = regex.compile(rf"“(1[0-2]|0?[1-9])[.．\-－—–](3[01]|[12]\d|0?[1-9])”{_EVENT}")
_KNOWN_HAN = {"一二九": "一二·九", "一二八": "一·二八", "一二一": "一二·一"}
_KNOWN_FIGURES = {"911": "9·11", "315": "3·15", "512": "5·12", "918": "9·18"}
_KNOWN = regex.compile(f"“({'|'.join(_KNOWN_HAN)})”|“({'|'.join(_KNOWN_FIGURES)})”{_EVENT}")


def _ellipses(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    if shown.kind == "toc":
        return
    for match in _DOTS.finditer(text):
        start, end = match.span()
        mark, length = text[start], end - start
        before, after = text[start - 1 : start], text[end : end + 1]
        alone = before in ("", "\n") and after in ("", "\n")
        mixed = before in _ANY_DOT or after in _ANY_DOT
        if match.group() == "……" or alone or mixed or (mark != "。" and _LEADER.match(text, end)):
            continue
        if not _is_chinese(text, start, end):
            continue
        certainty = _certainty(mark, length, before)
        if certainty is not None:
            yield Change(start, end, "……", certainty)


def _is_chinese(text: str, start: int, end: int) -> bool:
    """Does a stretch stand in Chinese text: beside an ideograph or a mark that follows one?"""
    left = "".join(c for c in text[max(0, start - 6) : start] if c not in BLANKS)[-2:]
    right = text[end : end + 4].lstrip(BLANKS)[:1]
    return bool(IS_HAN.search(left + right)) and any(_CHINESE.match(c) for c in (left[-1:], right) if c)


def _certainty(mark: str, length: int, before: str) -> Certainty | None:
    """What is done about so many dots of one kind; None for leaders."""
    if length > _LONGEST:
        return None
    if mark == "…":
        return LIKELY if length in (1, 3) else ASK
    if mark == "⋯":
        return {1: LIKELY, 2: CERTAIN, 3: LIKELY}.get(length, ASK)
    if not (before and IS_HAN.match(before)) and not (before and before in "，、；：”》）%‰℃"):
        return None
    if mark == "。":
        return CERTAIN
    return CERTAIN if length == _LONGEST or (mark in ".．" and length > 4) else LIKELY


def _beside_deng(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _BESIDE_DENG.finditer(text):
        if match.group().endswith("……") or not is_longer_word(text, match.end() - 1):
            yield Change(match.start(), match.end(), match.group().replace("……", "").strip())


def _middle_dots(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _MIDDLE.finditer(text):
        digits = text[match.start() - 1].isdigit()
        yield Change(match.start(), match.end(), "·", LIKELY if digits else CERTAIN)
    for match in _POINT.finditer(text):
        if in_name(text, match.start()):
            yield Change(match.start(), match.end(), "·", ASK)


def _event_dates(shown: Shown) -> Iterator[Change]:
    text = shown.text
    for match in _HAN_DATE.finditer(text):
        yield Change(match.start(), match.end(), f"“{match[1]}{match[2]}”")
    for match in _FIGURE_DATE.finditer(text):
        yield Change(match.start(), match.end(), f"“{int(match[1])}·{int(match[2])}”")
    for match in _KNOWN.finditer(text):
        right = _KNOWN_HAN[match[1]] if match[1] else _KNOWN_FIGURES[match[2]]
        yield Change(match.start(), match.end(), f"“{right}”")


E01 = Rule(
    id="E01",
    name="odd-ellipsis",
    title="省略号为两个 U+2026",
    clause="GB/T 15834-2011 4.11.2, 4.11.3.7, 5.1.5, A.9.1",
    certainty=LIKELY,
    alias="PHRA-029",
    needs=frozenset("…⋯。·・.．"),
    severity="warning",
    strength="规定",
    find=_ellipses,
    message="省略号为六点；两个连用只在独占一行、省略段落时，请核对原件。",
    examples=(
        ("工程、项目、产业…", "工程、项目、产业……"),
        ("工程、项目、产业⋯⋯", "工程、项目、产业……"),
        ("工程、项目、产业······", "工程、项目、产业……"),
        ("工程、项目、产业。。。", "工程、项目、产业……"),
        ("工程、项目、产业...", "工程、项目、产业……"),
        ("甲、乙…………丙", "……"),
        ("一、总体要求…………………………3",) * 2,
        ("…………",) * 2,
        ("工程、项目、产业……",) * 2,
    ),
)
E02 = Rule(
    id="E02",
    name="ellipsis-with-deng",
    title="省略号与“等”连用",
    clause="GB/T 15834-2011 A.9.2",
    certainty=ASK,
    needs=frozenset("…"),
    severity="warning",
    strength="规定",
    find=_beside_deng,
    message="“等”“等等”与省略号不同时使用，请核对原件。",
    examples=(
        ("苹果、梨等……", "等"),
        ("苹果、梨……等", "等"),
        ("苹果、梨等",) * 2,
        ("他说……等级不同。",) * 2,
    ),
)
M01 = Rule(
    id="M01",
    name="odd-middle-dot",
    title="间隔号为 U+00B7",
    clause="GB/T 15834-2011 4.14.2, 5.1.7",
    certainty=CERTAIN,
    needs=frozenset("‧•・･∙⋅●▪᛫.．"),
    severity="info",
    find=_middle_dots,
    message="人名中的“.”可能是间隔号“·”，请核对原件。",
    examples=(
        ("“中国梦・劳动美”", "“中国梦·劳动美”"),
        ("买买提.艾力", "·"),
        ("“中国梦·劳动美”",) * 2,
        ("● 指导思想",) * 2,
        ("中文.com",) * 2,
    ),
)
M02 = Rule(
    id="M02",
    name="dot-in-event-date",
    title="以月日命名的事件的间隔号",
    clause="GB/T 15834-2011 4.14.3.5; GB/T 15835-2011 5.2.3（条款待核）",
    certainty=ASK,
    alias="DATE-025",
    needs=frozenset("“"),
    severity="warning",
    strength="规定",
    find=_event_dates,
    message="汉字数字只在一月、十一月、十二月后用间隔号，阿拉伯数字月日之间用间隔号，请核对原件。",
    examples=(
        ("“五·一”国际劳动节", "“五一”"),
        ("“5.12”汶川地震", "“5·12”"),
        ("“一二九”运动", "“一二·九”"),
        ("“五一”国际劳动节",) * 2,
        ("“十四五”时期",) * 2,
        ("“9·11”事件",) * 2,
    ),
)
