"""Half-width marks between ideographs (GB/T 15834-2011 5.1): the extractor lost their width, never the drafter."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Certainty, Change, Shown
from pipeline.normalise.brackets import round_pairs
from pipeline.normalise.guard import ENDINGS, KEPT_CODE, KEPT_NUMBER, guarded
from pipeline.normalise.sides import (
    BLANKS,
    EDGE,
    HAN_SIDE,
    IS_HAN,
    LATIN_SIDE,
    NUMBER_SIDE,
    after_word,
    is_full_cell,
    lost_marks,
    sides,
)
from pipeline.normalise.words import in_name
from pipeline.rule import ASK, CERTAIN, LIKELY, Finder, Rule

_FIGURES = regex.compile(rf"[\d.,，\s°′″+{KEPT_NUMBER}-]+")
_OPERATORS = frozenset("+=*/^<>≤≥≈×÷" + KEPT_CODE)
_ENDING = regex.compile(rf"\.(?:{ENDINGS})(?![A-Za-z0-9])")
_LIST_LABEL = regex.compile(r"(?:^|(?<=[\n，。；：、 ]))\s*[A-Za-z0-9]{1,2}$")
_BETWEEN = regex.compile(r"(?<=[\p{Han}”》）〕］])[.．](?=[\p{Han}“《（〔［])")
_FEW = 1  # point between ideographs: more are the fields of a list
_LETTERS = regex.compile("[A-Za-z]")
_STOP = regex.compile(r"[.．]")
_CLOSING = frozenset("”’）》〉】〕」』»≫›)\"'")


def widen(mark: str, full: str, *, after_latin: frozenset[str], after_number: bool = True) -> Finder:
    """A finder that gives a half-width mark its full width.

    Certain between ideographs (or full-width marks) or at the edge of a line, likely where a figure or Latin stands on one
    side.  ``after_latin`` says after which Latin it may stand for the full-width mark, ``after_number`` whether after a number.
    """

    def find(shown: Shown) -> Iterator[Change]:
        text = guarded(shown)
        at = text.find(mark)
        while at >= 0:
            left, right = sides(text, at, at + 1)
            certainty = _certainty(text, at, left, right, after_latin, after_number=after_number)
            if certainty is LIKELY and (mark in shown.whole.view(lost_marks) or is_full_cell(shown, at)):
                certainty = CERTAIN
            if certainty is not None:
                yield Change(at, at + 1, full, certainty)
            at = text.find(mark, at + 1)

    return find


def _certainty(
    text: str, at: int, left: str, right: str, after_latin: frozenset[str], *, after_number: bool
) -> Certainty | None:
    mark = text[at]
    if left == HAN_SIDE:
        if right in (HAN_SIDE, EDGE):
            return CERTAIN
        return None if text[at + 1 : at + 2] in ("/", "\\") else LIKELY
    if left == EDGE:
        return CERTAIN if right == HAN_SIDE else None
    if left == NUMBER_SIDE and after_number:
        line = text[max(0, at - 400) : at].rpartition("\n")[2]
        share = text[at - 1] in "%‰℃" and mark in ",;"
        return LIKELY if right == HAN_SIDE or ((right == EDGE or share) and IS_HAN.search(line)) else None
    if left == LATIN_SIDE and right == HAN_SIDE and after_word(text, at) in after_latin:
        return LIKELY if IS_HAN.search(text, max(0, at - 400), at) else None
    return None


def _brackets(shown: Shown) -> Iterator[Change]:
    """Pairs of half-width round brackets; mixed pairs are another rule's, an unpaired one is only asked about."""
    text = guarded(shown)
    pairs, alone = round_pairs(shown)
    for start, end in pairs:
        if text[start] == "(" and text[end] == ")" and not _is_file(shown.text, end + 1):
            yield from _pair(shown, text, start, end)
    for at in alone:
        left, right = sides(text, at, at + 1)
        if (text[at] == ")" and left == HAN_SIDE and not _LIST_LABEL.search(text, max(0, at - 6), at)) or (
            text[at] == "(" and right == HAN_SIDE
        ):
            yield Change(at, at + 1, None, ASK)


def _is_file(text: str, at: int) -> bool:
    """Do brackets end the name of a file: 通知(定稿).pdf?"""
    return _ENDING.match(text, at) is not None


def _pair(shown: Shown, text: str, start: int, end: int) -> Iterator[Change]:
    content = text[start + 1 : end]
    left, right = sides(text, start, end + 1)
    if IS_HAN.search(content):
        certainty = CERTAIN
    else:
        outer = {left, right}
        if (
            not outer
            <= ({HAN_SIDE, EDGE, NUMBER_SIDE} if left == HAN_SIDE and _LETTERS.search(content) else {HAN_SIDE, EDGE})
            or outer == {EDGE}
            or (_FIGURES.fullmatch(content) and regex.search("[,，]", content))
            or not _OPERATORS.isdisjoint(content)
            or not content.strip()
        ):
            return
        lost = "(" in shown.whole.view(lost_marks) or is_full_cell(shown, start)
        certainty = CERTAIN if lost else LIKELY
    yield Change(start, start + 1, "（", certainty)
    yield Change(end, end + 1, "）", certainty)


def _stops(shown: Shown) -> Iterator[Change]:
    """A point where a full stop belongs: at the end of a line it can be nothing else, between ideographs it can."""
    text = guarded(shown)
    for match in _STOP.finditer(text):
        at, after = match.start(), match.end()
        before, next_ = text[at - 1 : at], text[after : after + 6].lstrip(BLANKS)[:1]
        if not before or (next_ in ".．" and next_) or before in ".．…":
            continue
        if not (IS_HAN.match(before) or (before in "”）》)»≫›>＞" and _ends_chinese(text, at))):
            continue
        if not next_ or next_ == "\n" or (next_ in _CLOSING and _closes(text, after)):
            yield Change(at, after, "。", CERTAIN)
        elif IS_HAN.match(next_) and not _is_label(text, at) and not in_name(text, at) and not shown.view(_is_list):
            yield Change(at, after, "。", ASK)


def _is_list(shown: Shown) -> bool:
    """Do points part the fields of a text (作者．题目．年份)?"""
    return len(_BETWEEN.findall(shown.text)) > _FEW


def _ends_chinese(text: str, at: int) -> bool:
    near = "".join(c for c in text[max(0, at - 16) : at] if c not in BLANKS)[-8:]
    return bool(IS_HAN.search(near))


def _closes(text: str, at: int) -> bool:
    """Does a closing mark end a sentence: with the line, or before Chinese text?"""
    return sides(text, at, at + 1)[1] in (EDGE, HAN_SIDE)


def _is_label(text: str, at: int) -> bool:
    """Is what stands before a point the number of a heading at the beginning of a line (一.)?"""
    return bool(regex.search(r"(?:^|\n)\s*[一二三四五六七八九十]{1,3}$", text[max(0, at - 8) : at]))


_WORDS = frozenset({"word", "address"})

P01 = Rule(
    id="P01",
    name="half-width-comma",
    title="半角逗号改为“，”",
    clause="GB/T 15834-2011 4.4.2, 5.1.1",
    certainty=CERTAIN,
    needs=frozenset(","),
    find=widen(",", "，", after_latin=_WORDS | {"run"}),
    examples=(
        ("牢记“国之大者”,立足新发展阶段", "牢记“国之大者”，立足新发展阶段"),
        ("会议于2022年4月27日召开,王东明同志出席", "会议于2022年4月27日召开，王东明同志出席"),
        ("接入国家政务服务平台APP,实现一网通办", "接入国家政务服务平台APP，实现一网通办"),
        ("详见https://www.acftu.org/wjzl/,或来电", "详见https://www.acftu.org/wjzl/，或来电"),
        ("参会人数1,200人",) * 2,
        ("坐标为(116.40, 39.90)",) * 2,
        ("Please contact Li Wei, Wang Fang and Zhao Min.",) * 2,
    ),
)
P02 = Rule(
    id="P02",
    name="half-width-semicolon",
    title="半角分号改为“；”",
    clause="GB/T 15834-2011 4.6.2, 5.1.1",
    certainty=CERTAIN,
    needs=frozenset(";"),
    find=widen(";", "；", after_latin=_WORDS),
    examples=(
        ("跟党走;要进一步丰富平台载体", "跟党走；要进一步丰富平台载体"),
        ("技术工人队伍的重要地位;\n对工人阶级", "技术工人队伍的重要地位；\n对工人阶级"),
        ("执行 SELECT * FROM t; 后退出",) * 2,
        ("工会&nbsp;会员",) * 2,
    ),
)
P03 = Rule(
    id="P03",
    name="half-width-colon",
    title="半角冒号改为“：”",
    clause="GB/T 15834-2011 4.7.2, 5.1.1; GB/T 9704-2012 7.2.6, 7.3.2, 7.3.4, 7.4.2, 10.3",
    certainty=CERTAIN,
    needs=frozenset(":"),
    find=widen(":", "：", after_latin=frozenset(), after_number=False),
    examples=(
        ("会议指出:要坚持以人民为中心", "会议指出：要坚持以人民为中心"),
        ("网址为http://www.acftu.org",) * 2,
        ("每日8:00前报告",) * 2,
        ("师生比为1:80",) * 2,
    ),
)
_EXCLAMATION = widen("!", "！", after_latin=frozenset(), after_number=False)
_QUESTION = widen("?", "？", after_latin=frozenset({"word"}))
P04 = Rule(
    id="P04",
    name="half-width-stop",
    title="半角问号、叹号改为全角",
    clause="GB/T 15834-2011 4.2.2, 4.3.2, 5.1.2",
    certainty=CERTAIN,
    needs=frozenset("!?"),
    find=lambda shown: [*_EXCLAMATION(shown), *_QUESTION(shown)],
    examples=(
        ("表示热烈的祝贺!", "表示热烈的祝贺！"),
        ("当否?请批示。", "当否？请批示。"),
        ("Yahoo!公司",) * 2,
        ("n! 表示阶乘",) * 2,
    ),
)
P05 = Rule(
    id="P05",
    name="point-for-full-stop",
    title="“.”应为句号",
    clause="GB/T 15834-2011 4.1.2, 5.1.1",
    certainty=LIKELY,
    needs=frozenset(".．"),
    find=_stops,
    message="“.”在汉字之间，可能是句号，也可能是间隔号或序号后的点，请核对原件。",
    examples=(
        ("现予公布.”", "现予公布。”"),
        ("特此通知．", "特此通知。"),
        ("会议审议了方案.会议同意实施。", "。"),
        ("1.总体要求",) * 2,
        ("增长3.5%",) * 2,
        ("详见www.gov.cn首页",) * 2,
        ("姓名.docx",) * 2,
        ("买买提.艾力",) * 2,
    ),
)
P06 = Rule(
    id="P06",
    name="half-width-bracket",
    title="半角圆括号改为“（）”",
    clause="GB/T 15834-2011 4.9.2, 5.1.3",
    certainty=CERTAIN,
    needs=frozenset("()"),
    paired=True,
    find=_brackets,
    severity="warning",
    message="圆括号不成对，请核对原件。",
    examples=(
        ("劳模和工匠人才(职工)创新工作室", "劳模和工匠人才（职工）创新工作室"),
        ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
        ("试行)", None),
        ("World Trade Organization (WTO) rules",) * 2,
        ("电话(010)68591234",) * 2,
        ("函数(x+y)的值",) * 2,
    ),
)

RULES = (P01, P02, P03, P04, P05, P06)
