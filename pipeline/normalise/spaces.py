"""Spaces no printed page shows: before and after marks, at line starts, between the characters of a spaced-out name."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import CLOSING, HAN, OPENING, POINTS, SPACES, fold
from pipeline.normalise.marks import EDGE, HAN_SIDE, brackets, side
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_FIELDS = frozenset({"cc", "imprint", "note", "attachment-note", "table"})  # U+3000 parts fields in them
_BLANK = f"[{SPACES}]"
_INSIDE = regex.compile(rf"{_BLANK}+")
_OPEN, _CLOSE, _POINT = frozenset(OPENING), frozenset(CLOSING), frozenset(POINTS)
_NAME = regex.compile(rf"{_BLANK}*(?:[{HAN}]{_BLANK}+){{1,3}}[{HAN}]{_BLANK}*")
_NAME_IN_TEXT = regex.compile(rf"(?<![^{SPACES}]){_BLANK}*[{HAN}](?:{_BLANK}[{HAN}]){{2,3}}(?:{_BLANK}+|$)")
_LATIN = regex.compile(r"[A-Za-z0-9]")
_HAN = regex.compile(f"[{HAN}]")


def _gaps(shown: Shown) -> Iterator[tuple[int, int, str, str, str]]:
    """Runs of white space inside the text with the folded text and their neighbours; line starts are another rule's."""
    folded = _with_latin_brackets(shown)
    for match in _INSIDE.finditer(shown.text):
        start, end = match.span()
        if start in shown.breaks or end == len(shown.text) or (shown.kind in _FIELDS and "\u3000" in match.group()):
            continue
        yield start, end, folded, folded[start - 1], folded[end]


def _with_latin_brackets(shown: Shown) -> str:
    """The folded text, but half-width brackets as they are where their width is right: a) 第一项."""
    folded = fold(shown.text)
    if "(" not in shown.text and ")" not in shown.text:
        return folded
    wide = {change.start for change in brackets(shown) if change.after}
    return "".join(
        c if c in "()" and at not in wide else f for at, (c, f) in enumerate(zip(shown.text, folded, strict=True))
    )


def _beside_brackets(shown: Shown) -> Iterator[Change]:
    for start, end, folded, left, right in _gaps(shown):
        if left in _POINT or right in _POINT:
            continue
        if left in _CLOSE and right in _OPEN:
            yield Change(start, end, "")
        elif left in _OPEN or right in _CLOSE:
            if side(folded[end:]) == HAN_SIDE or side(reversed(folded[:start])) == HAN_SIDE:
                yield Change(start, end, "")
        elif (right in _OPEN and _HAN.match(left)) or (left in _CLOSE and _HAN.match(right)):
            yield Change(start, end, "")


def _beside_points(shown: Shown) -> Iterator[Change]:
    for start, end, folded, left, right in _gaps(shown):
        if (left in _POINT and _is_chinese(shown.text, folded, start - 1)) or (
            right in _POINT and _is_chinese(shown.text, folded, end)
        ):
            yield Change(start, end, "")


def _is_chinese(text: str, folded: str, at: int) -> bool:
    """Is a point mark one of Chinese text?  A half-width one is when its width will be repaired."""
    if text[at] == folded[at]:
        return True
    return side(reversed(folded[:at])) == HAN_SIDE and side(folded[at + 1 :]) in (HAN_SIDE, EDGE)


def _line_starts(shown: Shown) -> Iterator[Change]:
    for start in shown.breaks:
        match = _INSIDE.match(shown.text, start)
        if match and not (
            start and _LATIN.match(shown.text[start - 1]) and _LATIN.match(shown.text[match.end() : match.end() + 1])
        ):
            yield Change(start, match.end(), "")


def _spaced_name(shown: Shown) -> Iterator[Change]:
    if shown.kind == "p":
        for match in _NAME_IN_TEXT.finditer(shown.text):
            yield Change(match.start(), match.end(), _INSIDE.sub("", match.group()), ASK)
    elif _NAME.fullmatch(shown.text):
        certainty = CERTAIN if shown.measured else LIKELY
        text = shown.text.rstrip()
        for match in _INSIDE.finditer(text, len(text) - len(text.lstrip())):
            yield Change(match.start(), match.end(), "", certainty)


S01 = Rule(
    id="S01",
    name="space-beside-bracket",
    title="汉字与标点之间的空格",
    clause="GB/T 15834-2011 5.1.3",
    certainty=CERTAIN,
    find=_beside_brackets,
    examples=(
        ("工匠人才 （职工）创新工作室", "工匠人才（职工）创新工作室"),
        ("在 “五一”国际劳动节", "在“五一”国际劳动节"),
        ("The “Belt and Road” Initiative",) * 2,
        ("在“五一”国际劳动节",) * 2,
        ("a) 第一项",) * 2,
    ),
)
S02 = Rule(
    id="S02",
    name="space-beside-point",
    title="点号旁的空格",
    clause="GB/T 15834-2011 5.1.1, 5.1.2",
    certainty=CERTAIN,
    find=_beside_points,
    examples=(
        ("表示热烈的祝贺！ 向为大会", "表示热烈的祝贺！向为大会"),
        ("工会、 产业 、联合会", "工会、产业、联合会"),
        ("联系人：李明　电话：68591234",) * 2,
        ("Li Wei, Wang Fang",) * 2,
    ),
)
S05 = Rule(
    id="S05",
    name="spaced-name",
    title="疏排的人名",
    clause="GB/T 9704-2012 图4、图9、图11、图12",
    certainty=LIKELY,
    alias="SIGN-007",
    kinds=frozenset({"byline", "signature", "p"}),
    find=_spaced_name,
    message="姓名疏排，正文中应连排，请核对原件。",
    examples=(
        ((("byline", "王 东 明"),), (("byline", "王东明"),)),
        ("同志 王 东 明 出席", "王东明"),
        ((("byline", "王东明"),),) * 2,
        ("全国总工会 教育部 财政部",) * 2,
    ),
)
S06 = Rule(
    id="S06",
    name="line-start-space",
    title="行首缩进空格",
    clause="GB/T 9704-2012 7.3.3",
    certainty=CERTAIN,
    find=_line_starts,
    examples=(
        ("　　各级工会要进一步提升政治站位", "各级工会要进一步提升政治站位"),
        ((("cc", "　抄送：新疆生产建设兵团总工会。"),), (("cc", "抄送：新疆生产建设兵团总工会。"),)),
        ("各级工会",) * 2,
    ),
)

RULES = (S06, S01, S02, S05)
