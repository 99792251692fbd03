"""Numbers of headings and items at the beginning of a line (GB/T 9704-2012 7.3.3; GB/T 15834-2011 4.9.3.1, B.3)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import SPACES, fold
from pipeline.normalise.guard import guarded
from pipeline.normalise.sides import HAN_SIDE, is_full_cell, right_side
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_START = rf"(?:^|(?<=\n))[{SPACES}]*+"
_BRACKETED = regex.compile(rf"(?:{_START}|(?<=第))([(（])(?:{_NUMERAL}|\d{{1,2}})([)）])")
_LABELS = regex.compile(
    rf"""[{SPACES}]*+(?:
        (?P<bracketed>（(?:{_NUMERAL}|\d{{1,2}})）)[{SPACES}]?(?P<extra>[、，。.．])
      | (?P<figure>\d{{1,2}})(?P<gap>[{SPACES}]*)(?P<mark>[、，．.])(?!\d)
      | (?P<numeral>{_NUMERAL})(?P<space>[{SPACES}]*)(?P<point>[.．，、])
      | 第{_NUMERAL}(?P<first>、)(?![第一二三四五六七八九十])
    )(?=[^（])""",
    regex.VERBOSE,
)
_DIALLED = regex.compile(r"\d{2,4}-\d")
_HEAD = 24  # characters in which the number of a heading ends
_KINDS = frozenset({"p", "heading", "attachment-title", "title", "caption"})


def _ordinal_brackets(shown: Shown) -> Iterator[Change]:
    text = guarded(shown)
    for match in _BRACKETED.finditer(text):
        cited = text[match.start() - 1 : match.start()] == "第" and match.start() > 0
        if not cited and (right_side(text, match.end()) != HAN_SIDE or _DIALLED.match(text, match.end())):
            continue
        for group, mark in ((1, "（"), (2, "）")):
            yield Change(match.start(group), match.end(group), mark)


def _labels(shown: Shown) -> Iterator[Change]:
    """The mark after the number of a heading; it is the drafter's unless a full-width figure or a space betrays the machine."""
    text = shown.text
    match = _LABELS.match(fold(text[:_HEAD]))
    if match is None:
        return
    if match["bracketed"]:
        yield Change(match.start("extra"), match.end("extra"), "", ASK, "带括号的序号后不加标点，请核对原件。")
    elif match["figure"]:
        yield from _figure_label(shown, match)
    elif match["numeral"]:
        start, end = match.span("point")
        if match["point"] == "、":
            if match["space"]:
                yield Change(*match.span("space"), "", CERTAIN)
        elif match["point"] != "，" or text[start] == ",":
            yield Change(start, end, "、", ASK, "汉字序号后用顿号，请核对原件。")
    else:
        yield Change(*match.span("first"), "，", ASK, "“第一”“第二”之后用逗号，请核对原件。")


def _figure_label(shown: Shown, match: regex.Match[str]) -> Iterator[Change]:
    text, (start, end) = shown.text, match.span("mark")
    if match["mark"] in "、，":
        if text[start] != ",":
            yield Change(start, end, ".", ASK, "阿拉伯数字序号后用下脚点，请核对原件。")
        return
    if match["gap"]:
        yield Change(*match.span("gap"), "", LIKELY)
    if text[start] == "．" and not text[match.start("figure")].isascii() and not is_full_cell(shown, start):
        yield Change(start, end, ".", LIKELY)


L01 = Rule(
    id="L01",
    name="half-width-ordinal-bracket",
    title="序号的括号改为全角",
    clause="GB/T 9704-2012 7.3.3; GB/T 15834-2011 4.9.3.1",
    certainty=CERTAIN,
    kinds=_KINDS | {"addressees", "note", "cell", "attachment-note"},
    needs=frozenset("()"),
    paired=True,
    find=_ordinal_brackets,
    examples=(
        ("(一)指导思想", "（一）指导思想"),
        ("（一)指导思想", "（一）指导思想"),
        ("按照第(三)项规定", "按照第（三）项规定"),
        ("（一）指导思想",) * 2,
        ("①建立台账",) * 2,
        ("⑴建立台账",) * 2,
    ),
)
L02 = Rule(
    id="L02",
    name="mark-after-ordinal",
    title="序号后的标点",
    clause="GB/T 9704-2012 7.3.3; GB/T 15834-2011 4.4.3.3, 4.5.3.3, B.3.1–B.3.4",
    certainty=ASK,
    strength="规定",
    kinds=_KINDS,
    needs=frozenset("、，,。.．"),
    find=_labels,
    examples=(
        ("（一）、指导思想", ""),
        ("1、总体要求", "."),
        ("第一、提高认识", "，"),
        ("一.总体要求", "、"),
        ("１．总体要求", "１.总体要求"),
        ("1 .总体要求", "1.总体要求"),
        ("1.总体要求",) * 2,
        ("1.5亿元",) * 2,
        ("（一）指导思想",) * 2,
        ("第一，提高认识",) * 2,
    ),
)
