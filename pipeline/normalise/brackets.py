"""Brackets and title marks: pairs of one width and one kind, nested as the standard has it (GB/T 15834-2011 4.9, 4.15)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import regex

from pipeline.document import Change, Shown
from pipeline.fold import HAN
from pipeline.normalise.guard import guarded
from pipeline.normalise.sides import IS_HAN, is_full_cell
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_FORMS = ("()（）", "[]［］", "{}｛｝", "〔〕", "【】", "《》", "〈〉")
_KIND = {c: form[-2:] for form in _FORMS for c in form}
_OPENS = frozenset(c for form in _FORMS for c in form[::2])
_ANY = regex.compile("[" + regex.escape("".join(_KIND)) + "]")
_LABEL = regex.compile(r"(?:^|(?<=[\n，。；：、 \u3000“（《]))\s{0,4}(?:[A-Za-z]|\d{1,2}|[一二三四五六七八九十]{1,3})$")
_ANGLES = regex.compile("<{1,2}|>{1,2}|＜{1,2}|＞{1,2}|[«»≪≫‹›《》]")
_OPEN_ANGLE = {"<<": ">>", "＜＜": "＞＞", "«": "»", "≪": "≫", "<": ">", "＜": "＞", "‹": "›"}
_STRONG = frozenset({"<<", "＜＜", "«", "≪"})
_TITLE_BEGINS = regex.compile(rf"[{HAN}“‘《〈（【〔]")
_TITLE_ENDS = regex.compile(rf"[{HAN}”’》〉）】〕\d！？…]")
_COMPARES = regex.compile("[且，。；]")
_DOCUMENT_NUMBER = regex.compile(r"(?:19|20)\d{2}")
_NUMBERED = regex.compile(r"[ \u3000]?第?\d{1,5}号")
HALF_TITLE = regex.compile(rf"《[{HAN}]{{1,40}}+[>＞](?![^《]{{0,40}}》)|[<＜][{HAN}]{{1,40}}+》")
_LONGEST_TITLE = 120
_LONGEST_MIXED = 60


class Pair(NamedTuple):
    """Two brackets that belong together; ``parent`` is the index of the pair directly around it, -1 for none."""

    start: int
    end: int
    kind: str
    parent: int


class Brackets(NamedTuple):
    """The brackets of a text: pairs in the order they open, pairs of two kinds, and those that stand alone."""

    pairs: list[Pair]
    mixed: list[tuple[int, int]]
    alone: list[int]


def brackets(shown: Shown) -> Brackets:
    """How the brackets of a text pair, whatever their width; the label of a list (1）) is none."""
    return shown.view(_brackets)


def _brackets(shown: Shown) -> Brackets:
    text = guarded(shown)
    stack: list[tuple[int, str, int]] = []  # offset, kind, index of its pair
    opened: list[Pair | None] = []
    waiting: dict[str, int] = {}
    openers: list[int] = []
    closers: list[int] = []
    for match in _ANY.finditer(text):
        at, kind = match.start(), _KIND[match.group()]
        if match.group() in _OPENS:
            stack.append((at, kind, len(opened)))
            waiting[kind] = waiting.get(kind, 0) + 1
            opened.append(None)
        elif waiting.get(kind):
            while stack[-1][1] != kind:
                lone = stack.pop()
                waiting[lone[1]] -= 1
                openers.append(lone[0])
            start, _, index = stack.pop()
            waiting[kind] -= 1
            opened[index] = Pair(start, at, kind, stack[-1][2] if stack else -1)
        elif kind != "（）" or not _LABEL.search(text, max(0, at - 8), at):
            closers.append(at)
    openers = sorted([*openers, *(at for at, _, _ in stack)])
    mixed = []
    for n, start in enumerate(openers):
        later = openers[n + 1] if n + 1 < len(openers) else len(text)
        next_ = bisect_right(closers, start)
        if next_ < len(closers) and closers[next_] < min(later, start + _LONGEST_MIXED):
            mixed.append((start, closers[next_]))
    gone = {at for both in mixed for at in both}
    order = [-1] * len(opened)
    pairs: list[Pair] = []
    for index, pair in enumerate(opened):
        if pair is not None:
            order[index] = len(pairs)
            pairs.append(pair._replace(parent=order[pair.parent] if pair.parent >= 0 else -1))
    return Brackets(pairs, mixed, sorted(at for at in (*openers, *closers) if at not in gone))


def round_pairs(shown: Shown) -> tuple[list[tuple[int, int]], list[int]]:
    """The pairs of round brackets of any width, and the round brackets that stand alone."""
    found, text = brackets(shown), guarded(shown)
    return (
        [(pair.start, pair.end) for pair in found.pairs if pair.kind == "（）"],
        [at for at in found.alone if text[at] in "()（）"],
    )


def _mixed(shown: Shown) -> Iterator[Change]:
    text, found = guarded(shown), brackets(shown)
    for pair in found.pairs:
        left, right = text[pair.start], text[pair.end]
        if (left == pair.kind[0]) != (right == pair.kind[1]):
            yield Change(pair.start, pair.start + 1, pair.kind[0], CERTAIN)
            yield Change(pair.end, pair.end + 1, pair.kind[1], CERTAIN)
    for start, end in found.mixed:
        numbered = _DOCUMENT_NUMBER.fullmatch(text, start + 1, end) and _NUMBERED.match(text, end + 1)
        if numbered and start and IS_HAN.match(text, start - 1):
            yield Change(start, start + 1, "〔", LIKELY)
            yield Change(end, end + 1, "〕", LIKELY)
        elif IS_HAN.search(text, start, end):
            yield Change(start, end + 1, None, ASK)
    for match in HALF_TITLE.finditer(text):
        yield Change(match.start(), match.end(), None, ASK)


def _nested(shown: Shown) -> Iterator[Change]:
    for pair in _inside(brackets(shown).pairs, "（）"):
        parent = brackets(shown).pairs[pair.parent]
        if IS_HAN.search(shown.text, parent.start, parent.end):
            yield Change(pair.start, pair.end + 1, f"〔{shown.text[pair.start + 1 : pair.end]}〕")


def _titles_in_titles(shown: Shown) -> Iterator[Change]:
    text, found = guarded(shown), brackets(shown)
    for pair in _inside(found.pairs, "《》"):
        yield Change(pair.start, pair.end + 1, f"〈{shown.text[pair.start + 1 : pair.end]}〉")
    for at in found.alone:
        if text.startswith("《〈", at):
            yield Change(at, at + 1, None)


def _inside(pairs: list[Pair], kind: str) -> Iterator[Pair]:
    """The pairs of a kind that stand directly in one of the same kind; not those inside a pair that was named."""
    done = -1
    for pair in pairs:
        if pair.kind == kind and pair.parent >= 0 and pairs[pair.parent].kind == kind and pair.start > done:
            done = pair.end
            yield pair


def _angles(shown: Shown) -> Iterator[Change]:
    """Angle look-alikes around ideographs: title marks, single ones inside a title."""
    text = guarded(shown)
    if "</" in shown.text or "‹/" in shown.text:
        return
    stack: list[tuple[int, int, str]] = []  # start, end, mark
    found: list[tuple[int, int, int, int]] = []
    titles: list[tuple[int, int]] = []
    for match in _ANGLES.finditer(text):
        mark, (start, end) = match.group(), match.span()
        if mark == "《" or mark in _OPEN_ANGLE:
            stack.append((start, end, mark))
        elif stack and (mark == "》" if stack[-1][2] == "《" else _OPEN_ANGLE[stack[-1][2]] == mark):
            low, high, opening = stack.pop()
            if opening != "《" and _is_title(text, low, high, start, end, strong=opening in _STRONG):
                found.append((low, high, start, end))
            elif opening == "《":
                titles.append((low, start))
        else:
            stack.clear()
    around: list[int] = []  # where the titles around the one at hand end
    for low, high, start, end in sorted([*found, *((low, low, end, end) for low, end in titles)]):
        while around and around[-1] <= low:
            around.pop()
        if high > low:
            marks = "〈〉" if len(around) % 2 else "《》"
            certainty = CERTAIN if is_full_cell(shown, low) and is_full_cell(shown, start) else LIKELY
            yield Change(low, high, marks[0], certainty)
            yield Change(start, end, marks[1], certainty)
        around.append(end)


def _is_title(text: str, low: int, high: int, start: int, end: int, *, strong: bool) -> bool:
    content = text[high : min(start, high + _LONGEST_TITLE)]
    if len(content) < start - high or not IS_HAN.search(content) or "\n" in content:
        return False
    if strong:
        return True
    before, after = text[low - 1 : low] if low else "", text[end : end + 1]
    return bool(
        _TITLE_BEGINS.match(content)
        and _TITLE_ENDS.match(content[-1])
        and (len(content) > 3 or not any(c.isascii() and c.isalnum() for c in (before, after)))
        and not all(c.isascii() and c.isalnum() for c in (before, after))
        and not _COMPARES.search(content)
        and content[-1] not in "或且"
    )


B03 = Rule(
    id="B03",
    name="mixed-brackets",
    title="括号两半全半角或形式不一",
    clause="GB/T 15834-2011 4.9.2, 5.1.3",
    certainty=CERTAIN,
    needs=frozenset("()[]{}（［｛〔【《〈）］｝〕】》〉"),
    paired=True,
    find=_mixed,
    severity="error",
    cert="high",
    message="括号（书名号）两半形式不一，请核对原件。",
    examples=(
        ("（一)加强领导", "（一）加强领导"),
        ("总工发〔2022】12号", "总工发〔2022〕12号"),
        ("《意见>", None),
        ("a) 第一项",) * 2,
        ("1）总体要求",) * 2,
        ("〔2022〕12号",) * 2,
    ),
)
B04 = Rule(
    id="B04",
    name="nested-brackets",
    title="同一形式的括号套用",
    clause="GB/T 15834-2011 4.9.3.6",
    certainty=ASK,
    needs=frozenset("（("),
    folded=True,
    strength="一般",
    find=_nested,
    message="同一形式的括号不宜套用，内层可用“〔〕”，请核对原件。",
    examples=(
        ("（见附件（略））", "〔略〕"),
        ("（含省（区、市）本级）", "〔区、市〕"),
        ("(a+(b-c))/2",) * 2,
        ("（见附件〔略〕）",) * 2,
    ),
)
T01 = Rule(
    id="T01",
    name="angle-for-title-mark",
    title="尖括号改为书名号",
    clause="GB/T 15834-2011 4.15.2",
    certainty=LIKELY,
    needs=frozenset("<＜«≪‹"),
    paired=True,
    find=_angles,
    message="尖括号可能是书名号，请核对原件。",
    examples=(
        ("«工会法»", "《工会法》"),
        ("≪工会法≫", "《工会法》"),
        ("根据<工会法>规定", "根据《工会法》规定"),
        ("《关于转发<实施意见>的通知》", "《关于转发〈实施意见〉的通知》"),
        ("＜工会法＞", "《工会法》"),
        ("<br>",) * 2,
        ("x < y，y > z",) * 2,
        ("收入＜支出且＞零",) * 2,
    ),
)
T02 = Rule(
    id="T02",
    name="title-in-title",
    title="书名号内又用双书名号",
    clause="GB/T 15834-2011 4.15.3.5",
    certainty=ASK,
    needs=frozenset("《"),
    severity="warning",
    strength="规定",
    find=_titles_in_titles,
    message="书名号内再用书名号时，里层用单书名号“〈〉”，请核对原件。",
    examples=(
        ("《关于转发《实施意见》的通知》", "〈实施意见〉"),
        ("《〈意见〉的通知", None),
        ("《关于转发〈实施意见〉的通知》",) * 2,
        ("《意见》《办法》",) * 2,
        ("《办法》（《公报》第3期）",) * 2,
    ),
)
