"""Quotation marks, paired over a whole paragraph (GB/T 15834-2011 4.8): a paragraph that does not balance is only asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from pipeline.document import Change, Shown
from pipeline.fold import HAN, OPENING, POINTS
from pipeline.normalise.brackets import HALF_TITLE, brackets
from pipeline.normalise.guard import guarded
from pipeline.normalise.sides import BLANKS, HAN_SIDE, IS_HAN, sides
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_STRAIGHT = regex.compile('"')
_DOUBLE = regex.compile("[“”]")
_SINGLE = regex.compile("[‘’]")
_NOT_AFTER_OPENING = frozenset(POINTS + BLANKS) | {""}
_FULL_BRACKETS = frozenset("（）〔〕【】《》〈〉［］")


class Quotes(NamedTuple):
    """The double quotation marks of a paragraph: pairs (start, end, depth) in the order they open, and those left over."""

    pairs: list[tuple[int, int, int]]
    alone: list[int]


def double_quotes(shown: Shown) -> Quotes:
    """How the curly double quotes of a text pair."""
    return shown.view(_double_quotes)


def _double_quotes(shown: Shown) -> Quotes:
    text = guarded(shown)
    pairs: list[tuple[int, int, int]] = []
    stack: list[int] = []
    alone: list[int] = []
    for match in _DOUBLE.finditer(text):
        if match.group() == "“":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            pairs.append((start, match.start(), len(stack)))
        else:
            alone.append(match.start())
    return Quotes(sorted(pairs), sorted([*alone, *stack]))


def _straight(shown: Shown) -> Iterator[Change]:
    """Straight double quotes, alternately opening and closing; none where their number is odd."""
    text = guarded(shown)
    places = [match.start() for match in _STRAIGHT.finditer(text)]
    opening = [at for at in places[::2] if shown.text[at - 1 : at].isdigit()]
    if len(places) % 2 or opening:
        places = [at for at in places if not shown.text[at - 1 : at].isdigit()]  # inches, seconds
    if not places or not IS_HAN.search(text):
        return
    if len(places) % 2:
        yield Change(places[0], places[0] + 1, None, ASK, "直引号不成对，未作改动，请核对原件。")
        return
    pairs = list(zip(places[::2], places[1::2], strict=True))
    certain = all(_agree(text, start, end) for start, end in pairs)
    for start, end in pairs:
        if IS_HAN.search(text, start, end) or HAN_SIDE in sides(text, start, end + 1):
            certainty = CERTAIN if certain and IS_HAN.search(text, start, end) else LIKELY
            yield Change(start, start + 1, "“", certainty)
            yield Change(end, end + 1, "”", certainty)


def _agree(text: str, start: int, end: int) -> bool:
    """Do the neighbours of two marks say that the first opens and the second closes?"""
    return (
        text[start + 1] not in _NOT_AFTER_OPENING
        and text[end - 1] not in BLANKS
        and text[end - 1] not in OPENING
        and not (text[start - 1 : start] or "x").isdigit()
    )


def _straight_single(shown: Shown) -> Iterator[Change]:
    """Straight single quotes inside double ones; an apostrophe has a letter on each side."""
    text = guarded(shown)
    for start, end, depth in double_quotes(shown).pairs:
        if depth:
            continue
        inside = [
            match.start()
            for match in regex.finditer("'", text, pos=start, endpos=end)
            if not (text[match.start() - 1].isascii() and text[match.start() - 1].isalpha())
            or not text[match.start() + 1].isascii()
        ]
        if len(inside) % 2 == 0:
            for low, high in zip(inside[::2], inside[1::2], strict=True):
                if IS_HAN.search(text, low, high) or HAN_SIDE in sides(text, low, high + 1):
                    yield Change(low, low + 1, "‘", LIKELY)
                    yield Change(high, high + 1, "’", LIKELY)


def _nested(shown: Shown) -> Iterator[Change]:
    quotes = double_quotes(shown)
    if quotes.alone:
        return
    outer: tuple[int, int] | None = None
    inner: list[tuple[int, int]] = []
    for start, end, depth in [*quotes.pairs, (len(shown.text), len(shown.text), 0)]:
        if depth == 0:
            if outer is not None and inner:
                yield Change(outer[0], outer[1] + 1, _with_single(shown.text, outer, inner))
            outer, inner = (start, end), []
        elif depth % 2:
            inner.append((start, end))


def _with_single(text: str, outer: tuple[int, int], inner: Sequence[tuple[int, int]]) -> str:
    letters = list(text[outer[0] : outer[1] + 1])
    for start, end in inner:
        letters[start - outer[0]], letters[end - outer[0]] = "‘’"
    return "".join(letters)


def _unbalanced(shown: Shown) -> Iterator[Change]:
    """Reversed pairs, and marks without their other half, once a paragraph for quotes."""
    text = guarded(shown)
    quotes = double_quotes(shown)
    if quotes.alone:
        reversed_ = _reversed(text)
        if reversed_:
            yield from reversed_
        elif not _goes_on(shown, quotes.alone) and '"' not in text:  # of a straight one its own rule asks
            yield _ask_about(text, quotes.alone[0])
    single = [m for m in _SINGLE.finditer(shown.text) if not is_apostrophe(shown.text, m.start())]
    if [m.group() for m in single] != ["‘", "’"] * (len(single) // 2) and not quotes.alone:
        yield Change(single[0].start(), single[0].end(), None)
    for at in brackets(shown).alone:
        if text[at] in _FULL_BRACKETS and not text.startswith("《〈", at) and not HALF_TITLE.match(text, at):
            yield Change(at, at + 1, None)


def is_apostrophe(text: str, at: int) -> bool:
    """Is a closing single quote between letters an apostrophe (Xi’an)?"""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return text[at] == "’" and len(around) == 2 and around.isascii() and around.isalnum()


def _ask_about(text: str, at: int) -> Change:
    """A query about one mark; where it stands twice in a row, to have it once."""
    for start in (at - 1, at):
        if start >= 0 and text[start : start + 2] == text[at] * 2:
            return Change(start, start + 2, text[at], ASK)
    return Change(at, at + 1, None, ASK)


def _reversed(text: str) -> list[Change]:
    """All marks turned round, where each pair closes before it opens around ideographs."""
    marks = [(match.start(), match.group()) for match in _DOUBLE.finditer(text)]
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    if len(marks) % 2 or any(
        a[1] != "”" or b[1] != "“" or not IS_HAN.search(text, a[0], b[0]) or not _inside_out(text, a[0], b[0])
        for a, b in pairs
    ):
        return []
    return [Change(at, at + 1, "“" if mark == "”" else "”", LIKELY) for at, mark in marks]


_HAN_OR_OPENING = regex.compile(rf"[{HAN}《（‘A-Za-z0-9]")


def _inside_out(text: str, start: int, end: int) -> bool:
    inside = text[start + 1 : end].strip(BLANKS)
    return bool(_HAN_OR_OPENING.match(inside)) and inside[-1] not in "，。、；：,.;:"


def _goes_on(shown: Shown, alone: list[int]) -> bool:
    """A quotation of several paragraphs: each opens, only the last closes (4.8.3.5)."""
    opens = ("“", '"')
    before, after = (text.lstrip(" \u3000") for text in (shown.beside[0][:8], shown.beside[1][:8]))
    if len(alone) != 1 or shown.text[alone[0]] != "“":
        return False
    start = len(shown.text) - len(shown.text.lstrip(" \u3000"))
    return after.startswith(opens) or (alone == [start] and before.startswith(opens))


Q01 = Rule(
    id="Q01",
    name="straight-double-quote",
    title="直双引号改为“ ”",
    clause="GB/T 15834-2011 4.8.2, 5.1.3",
    certainty=LIKELY,
    needs=frozenset('"'),
    severity="warning",
    paired=True,
    find=_straight,
    examples=(
        ('在"五一"国际劳动节来临之际', "在“五一”国际劳动节来临之际"),
        ('他说:"要抓落实。"', "他说:“要抓落实。”"),
        ('学习"四史"教育"活动', None),
        ('name="id"',) * 2,
        ('屏幕尺寸为55"',) * 2,
        ('The "Belt and Road" Initiative',) * 2,
    ),
)
Q02 = Rule(
    id="Q02",
    name="straight-single-quote",
    title="直单引号改为‘ ’",
    clause="GB/T 15834-2011 4.8.3.4",
    certainty=LIKELY,
    needs=frozenset("'"),
    paired=True,
    find=_straight_single,
    examples=(
        (
            "他指出：“'两个大局'是谋划工作的基本出发点。”",
            "他指出：“‘两个大局’是谋划工作的基本出发点。”",
        ),
        ("Xi'an",) * 2,
        ("‘两个维护’",) * 2,
    ),
)
Q03 = Rule(
    id="Q03",
    name="nested-double-quotes",
    title="双引号内又用双引号",
    clause="GB/T 15834-2011 4.8.3.4",
    certainty=ASK,
    alias="PHRA-013",
    severity="warning",
    strength="规定",
    needs=frozenset("“"),
    find=_nested,
    message="引号内再用引号时，里层用单引号，请核对原件。",
    examples=(
        ("“要做到“两个维护”，坚定信心”", "“要做到‘两个维护’，坚定信心”"),
        ("“要做到‘两个维护’，坚定信心”",) * 2,
        ("“四个意识”“四个自信”",) * 2,
    ),
)
Q04 = Rule(
    id="Q04",
    name="unbalanced-marks",
    title="引号、括号、书名号不成对",
    clause="GB/T 15834-2011 4.8.2, 4.8.3.5, 4.9.2, 4.15.2",
    certainty=ASK,
    alias="PHRA-012",
    severity="error",
    cert="high",
    strength="规定",
    needs=frozenset("“”‘’（）〔〕【】《》〈〉［］"),
    find=_unbalanced,
    message="标号缺另一半，请核对原件。",
    examples=(
        ("学习“四史”教育”活动", None),
        ("““十四五”规划", "“"),
        ("在”五一“国际劳动节", "在“五一”国际劳动节"),
        ("（见附件1", None),
        ("“五小”等群众性创新活动",) * 2,
        ("“好”，他说。",) * 2,
        ("1）总体要求",) * 2,
    ),
)
