"""Half-width marks between ideographs (GB/T 15834-2011 5.1): the extractor lost their width, never the drafter.

Every decision is made in the folded view, so that one mark's width does not depend on another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from pipeline.document import Certainty, Change, Shown
from pipeline.fold import CJK_MARKS, DASHES, HAN, fold
from pipeline.rule import ASK, CERTAIN, LIKELY, Finder, Rule

HAN_SIDE, LATIN_SIDE, NUMBER_SIDE, EDGE = "han", "latin", "number", "edge"
_HAN = regex.compile(f"[{HAN}]")
_SKIPPED = frozenset(CJK_MARKS + DASHES + " \"'\n")
_NUMBER = frozenset("0123456789%‰℃°")
_LATIN_WORD = regex.compile(rf"[{HAN}][A-Za-z0-9.+-]+$")
_FIGURES = regex.compile(r"[\d.,，\s°′″+-]+")
_LIST_LABEL = regex.compile(r"\s*[A-Za-z0-9]{1,2}$")


def side(letters: Iterable[str]) -> str:
    """What the nearest letter or figure is, looking over marks and spaces."""
    for c in letters:
        if c in _SKIPPED:
            continue
        if _HAN.match(c):
            return HAN_SIDE
        return NUMBER_SIDE if c in _NUMBER else LATIN_SIDE
    return EDGE


def widen(mark: str, full: str, *, after_latin: Certainty | None) -> Finder:
    """A finder that gives a half-width mark its full width.

    Certain between ideographs or at an edge, likely where a figure or a Latin word stands on one side; ``after_latin`` is
    the certainty after a single Latin word, None for marks that are also used inside code and names.
    """

    def find(shown: Shown) -> Iterator[Change]:
        if mark not in shown.text:
            return
        folded = fold(shown.text)
        for at, c in enumerate(shown.text):
            if c != mark:
                continue
            left, right = side(reversed(folded[max(0, at - 40) : at])), side(folded[at + 1 : at + 40])
            certainty = _certainty(folded, at, left, right, after_latin)
            if certainty is not None:
                yield Change(at, at + 1, full, certainty)

    return find


def _certainty(folded: str, at: int, left: str, right: str, after_latin: Certainty | None) -> Certainty | None:
    if left == HAN_SIDE and right in (HAN_SIDE, EDGE):
        return CERTAIN
    number = left == NUMBER_SIDE and (right == HAN_SIDE or (right == EDGE and _HAN.search(folded)))
    if left == HAN_SIDE or number:
        return None if folded[at + 1 : at + 2] in ("/", "\\") else LIKELY
    if left == EDGE and right == HAN_SIDE:
        return CERTAIN
    if left == LATIN_SIDE and right == HAN_SIDE and _LATIN_WORD.search(folded[max(0, at - 40) : at]):
        return after_latin
    return None


def brackets(shown: Shown) -> Iterator[Change]:
    """Pairs of half-width round brackets; mixed pairs are another rule's, an unpaired one is only asked about."""
    text = shown.text
    if "(" not in text and ")" not in text:
        return
    folded = fold(text)
    stack: list[int] = []
    for at, c in enumerate(folded):
        if c == "（":
            stack.append(at)
        elif c == "）" and stack:
            start = stack.pop()
            if text[start] == "(" and text[at] == ")":
                yield from _pair(folded, start, at)
        elif text[at] == ")" and not _LIST_LABEL.match(folded[:at]) and side(reversed(folded[:at])) == HAN_SIDE:
            yield Change(at, at + 1, None, ASK)
    for at in stack:
        if text[at] == "(" and side(folded[at + 1 :]) == HAN_SIDE:
            yield Change(at, at + 1, None, ASK)


def _pair(folded: str, start: int, end: int) -> Iterator[Change]:
    content = folded[start + 1 : end]
    if _HAN.search(content):
        certainty = CERTAIN
    else:
        outer = {side(reversed(folded[:start])), side(folded[end + 1 :])}
        if (
            not outer <= {HAN_SIDE, EDGE}
            or outer == {EDGE}
            or (_FIGURES.fullmatch(content) and regex.search("[,，]", content))
        ):
            return
        certainty = LIKELY
    yield Change(start, start + 1, "（", certainty)
    yield Change(end, end + 1, "）", certainty)


P01 = Rule(
    id="P01",
    name="half-width-comma",
    title="半角逗号改为“，”",
    clause="GB/T 15834-2011 4.4.2, 5.1.1",
    certainty=CERTAIN,
    find=widen(",", "，", after_latin=LIKELY),
    examples=(
        ("牢记“国之大者”,立足新发展阶段", "牢记“国之大者”，立足新发展阶段"),
        ("接入国家政务服务平台APP,实现一网通办", "接入国家政务服务平台APP，实现一网通办"),
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
    find=widen(";", "；", after_latin=None),
    examples=(
        ("跟党走;要进一步丰富平台载体", "跟党走；要进一步丰富平台载体"),
        ("执行 SELECT * FROM t; 后退出",) * 2,
    ),
)
P03 = Rule(
    id="P03",
    name="half-width-colon",
    title="半角冒号改为“：”",
    clause="GB/T 15834-2011 4.7.2, 5.1.1; GB/T 9704-2012 7.3.2, 7.4.2",
    certainty=CERTAIN,
    find=widen(":", "：", after_latin=None),
    examples=(
        ("会议指出:要坚持以人民为中心", "会议指出：要坚持以人民为中心"),
        ("网址为http://www.acftu.org",) * 2,
        ("每日8:00前报告",) * 2,
    ),
)
P04_EXCLAMATION = widen("!", "！", after_latin=None)
P04_QUESTION = widen("?", "？", after_latin=None)
P04 = Rule(
    id="P04",
    name="half-width-stop",
    title="半角问号、叹号改为全角",
    clause="GB/T 15834-2011 4.2.2, 4.3.2, 5.1.2",
    certainty=CERTAIN,
    find=lambda shown: [*P04_EXCLAMATION(shown), *P04_QUESTION(shown)],
    examples=(
        ("表示热烈的祝贺!", "表示热烈的祝贺！"),
        ("当否?请批示。", "当否？请批示。"),
        ("Yahoo!公司",) * 2,
        ("n! 表示阶乘",) * 2,
    ),
)
P06 = Rule(
    id="P06",
    name="half-width-bracket",
    title="半角圆括号改为“（）”",
    clause="GB/T 15834-2011 4.9.2, 5.1.3",
    certainty=CERTAIN,
    find=brackets,
    severity="warning",
    message="圆括号不成对，请核对原件。",
    examples=(
        ("劳模和工匠人才(职工)创新工作室", "劳模和工匠人才（职工）创新工作室"),
        ("国内生产总值(GDP)增长", "国内生产总值（GDP）增长"),
        ("试行)", None),
        ("World Trade Organization (WTO) rules",) * 2,
        ("电话(010)68591234",) * 2,
    ),
)

RULES = (P01, P02, P03, P04, P06)
