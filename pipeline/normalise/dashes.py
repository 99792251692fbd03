"""Dashes (GB/T 15834-2011 4.10)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import CJK_MARKS, DASHES, HAN
from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_RUN = regex.compile(f"[{DASHES}]{{2,}}")
_BESIDE = regex.compile(f"[{HAN}{regex.escape(CJK_MARKS)}()]")


def _dash_runs(shown: Shown) -> Iterator[Change]:
    for match in _RUN.finditer(shown.text):
        start, end = match.span()
        left, right = shown.text[:start].rstrip()[-1:], shown.text[end:].lstrip()[:1]
        if match.group() == "——" or not (left or right) or any(c and not _BESIDE.match(c) for c in (left, right)):
            continue
        if end - start > 3:
            yield Change(start, end, None, ASK)
        else:
            yield Change(start, end, "——", CERTAIN if left and right else LIKELY)


D01 = Rule(
    id="D01",
    name="overlong-dash",
    title="破折号为两个 U+2014",
    clause="GB/T 15834-2011 4.10.2, 5.1.4",
    certainty=CERTAIN,
    alias="PHRA-015",
    find=_dash_runs,
    message="连用四个以上的横线，可能是破折号，也可能是留空或引导线，请核对原件。",
    examples=(
        ("“技能强国———全国产业工人学习社区”", "“技能强国——全国产业工人学习社区”"),
        ("奋进新征程──建功新时代", "奋进新征程——建功新时代"),
        ("奋进新征程————建功新时代", None),
        ("奋进新征程——建功新时代",) * 2,
        ("2021—2025年",) * 2,
        ("--help",) * 2,
    ),
)

RULES = (D01,)
