"""Spaces no printed page shows: beside marks and at line starts.  Blanks to be filled in, and those between fields, stay."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import CLOSING, DASHES, OPENING, POINTS, SPACES, fold
from pipeline.normalise.brackets import round_pairs
from pipeline.normalise.guard import guarded
from pipeline.normalise.sides import BLANKS, EDGE, HAN_SIDE, IS_HAN, sides
from pipeline.rule import CERTAIN, LIKELY, Rule

_FIELDS = frozenset({"cc", "imprint", "note", "attachment-note", "cell"})  # U+3000 parts fields in them
_NAMED = frozenset({"cell", "signature"})  # any space parts names in them
_BLANK = f"[{SPACES}]"
_INSIDE = regex.compile(rf"{_BLANK}++")
_OPEN, _CLOSE, _POINT = frozenset(OPENING), frozenset(CLOSING), frozenset(POINTS)
_LATIN = regex.compile(r"[A-Za-z0-9]")
_OF_A_PERSON = regex.compile(r"（(?:男|女|\p{Han}{1,4}族|\p{Han}{1,6}籍)）$")  # in a list of names
_EMPTY_DATE = regex.compile(rf"年{_BLANK}*+月|月{_BLANK}*+日")


def _gaps(shown: Shown) -> Iterator[tuple[int, int, str, str, str]]:
    """Runs of white space inside the text with the folded text and their neighbours; line starts are another rule's."""
    folded = shown.view(_latin_brackets)
    starts = frozenset(shown.breaks)
    for match in _INSIDE.finditer(guarded(shown)):
        start, end = match.span()
        if start in starts or end == len(shown.text) or (shown.kind in _FIELDS and "\u3000" in match.group()):
            continue
        left, right = folded[start - 1], folded[end]
        if not _is_field(shown, start, match.group(), left, right):
            yield start, end, folded, left, right


def _is_field(shown: Shown, at: int, blank: str, left: str, right: str) -> bool:
    """Is the blank at an offset there to be filled in, or does it part two fields?"""
    wide = len(blank) > 1 or blank == "\u3000"
    if left == "：":
        return wide
    if left == "）":
        return (
            wide
            or shown.names
            or shown.kind in _NAMED
            or _OF_A_PERSON.search(shown.text, max(0, at - 12), at) is not None
        )
    return (
        (left in _OPEN and right in _CLOSE)
        or (left in DASHES and right in _CLOSE)  # （1980—　）
        or (left == "〕" and right == "号")
        or (right in _POINT and len(blank) > 1)
        or (right == "（" and len(blank) > 2)
        or (left in DASHES and blank == "\u3000")
    )


def _latin_brackets(shown: Shown) -> str:
    """The folded text, but half-width brackets as they are where their width is right: a) 第一项."""
    text = guarded(shown)
    folded = fold(text)
    if "(" not in text and ")" not in text:
        return folded
    wide = {at for pair in round_pairs(shown)[0] for at in pair if HAN_SIDE in sides(text, at, at + 1)}
    return "".join(c if c in "()" and at not in wide else f for at, (c, f) in enumerate(zip(text, folded, strict=True)))


def _beside_brackets(shown: Shown) -> Iterator[Change]:
    for start, end, folded, left, right in _gaps(shown):
        if left in _POINT or right in _POINT:
            continue
        if left in _CLOSE and right in _OPEN:
            yield Change(start, end, "")
        elif left in _OPEN or right in _CLOSE:
            if HAN_SIDE in sides(folded, start, end):
                yield Change(start, end, "")
        elif (right in _OPEN and IS_HAN.match(left)) or (left in _CLOSE and IS_HAN.match(right)):
            yield Change(start, end, "")
        elif end - start == 1 and (
            (folded[max(0, start - 2) : start] == "——" and IS_HAN.match(right))
            or (folded[end : end + 2] == "——" and IS_HAN.match(left))
        ):
            yield Change(start, end, "", LIKELY)


def _beside_points(shown: Shown) -> Iterator[Change]:
    bare = len(shown.text.rstrip(BLANKS))
    if 0 < bare < len(shown.text) and shown.text[bare - 1] in _POINT and bare not in shown.breaks:
        yield Change(bare, len(shown.text), "")
    for start, end, folded, left, right in _gaps(shown):
        if (left in _POINT and _is_chinese(shown, folded, start - 1)) or (
            right in _POINT and _is_chinese(shown, folded, end)
        ):
            yield Change(start, end, "")


def _is_chinese(shown: Shown, folded: str, at: int) -> bool:
    """Is a point mark one of Chinese text?  A half-width one is when its width will be repaired."""
    if shown.text[at] == folded[at]:
        return True
    left, right = sides(folded, at, at + 1)
    return left == HAN_SIDE and right in (HAN_SIDE, EDGE)


def _line_starts(shown: Shown) -> Iterator[Change]:
    for start in shown.breaks:
        match = _INSIDE.match(shown.text, start)
        if match and _EMPTY_DATE.match(shown.text, match.end()):
            continue
        if match and not (
            start and _LATIN.match(shown.text[start - 1]) and _LATIN.match(shown.text[match.end() : match.end() + 1])
        ):
            yield Change(start, match.end(), "")


S01 = Rule(
    id="S01",
    name="space-beside-bracket",
    title="汉字与标号之间的空格",
    clause="GB/T 15834-2011 5.1.3, 5.1.4",
    certainty=CERTAIN,
    needs=frozenset(BLANKS),
    find=_beside_brackets,
    examples=(
        ("工匠人才 （职工）创新工作室", "工匠人才（职工）创新工作室"),
        ("在 “五一”国际劳动节", "在“五一”国际劳动节"),
        ("The “Belt and Road” Initiative",) * 2,
        ("在“五一”国际劳动节",) * 2,
        ("a) 第一项",) * 2,
        ("说法正确的是（　　）。",) * 2,
        ("委托代理人：　　　　（签名）",) * 2,
    ),
)
S02 = Rule(
    id="S02",
    name="space-beside-point",
    title="点号旁的空格",
    clause="GB/T 15834-2011 5.1.1, 5.1.2",
    certainty=CERTAIN,
    needs=frozenset(BLANKS),
    find=_beside_points,
    examples=(
        ("表示热烈的祝贺！ 向为大会", "表示热烈的祝贺！向为大会"),
        ("工会、 产业 、联合会", "工会、产业、联合会"),
        ((("note", "联系人：李明　电话：68591234"),),) * 2,
        ("Li Wei, Wang Fang",) * 2,
        ("签名：　　　　日期：",) * 2,
    ),
)
S06 = Rule(
    id="S06",
    name="line-start-space",
    title="行首缩进空格",
    clause="GB/T 9704-2012 7.3.3",
    certainty=CERTAIN,
    needs=frozenset(BLANKS),
    find=_line_starts,
    examples=(
        ("　　各级工会要进一步提升政治站位", "各级工会要进一步提升政治站位"),
        ((("cc", "　抄送：新疆生产建设兵团总工会。"),), (("cc", "抄送：新疆生产建设兵团总工会。"),)),
        ("各级工会",) * 2,
        ("　　年　　月　　日",) * 2,
    ),
)
