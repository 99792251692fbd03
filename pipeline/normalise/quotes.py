"""Quotation and title marks: the drafter's usage is queried, never changed."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.rule import ASK, Rule

_QUOTED = "(?:“[^“”]{1,60}”|《[^《》]{1,80}》)"
_LIST = regex.compile(f"{_QUOTED}(?:、{_QUOTED})+")


def _marks_between(shown: Shown) -> Iterator[Change]:
    for match in _LIST.finditer(shown.text):
        suggestion = regex.sub("(?<=[”》])、(?=[“《])", "", match.group())
        yield Change(match.start(), match.end(), suggestion)


C01 = Rule(
    id="C01",
    name="mark-between-quotations",
    title="并列引号、书名号间的顿号",
    clause="GB/T 15834-2011 4.5.3.5",
    certainty=ASK,
    alias="PHRA-014",
    severity="info",
    cert="low",
    strength="一般",
    find=_marks_between,
    message="相邻的引号（书名号）之间通常不用顿号，请核对原件。",
    examples=(
        ("“劳动创造幸福”、“中国梦·劳动美”、“强国复兴有我”", "“劳动创造幸福”“中国梦·劳动美”“强国复兴有我”"),
        ("《工会法》、《劳动法》", "《工会法》《劳动法》"),
        ("“四个意识”“四个自信”",) * 2,
        ("增强“四个意识”、坚定“四个自信”",) * 2,
        ("《工会法》（修正）、《劳动法》",) * 2,
        ("《工会法》第三条、《劳动法》第七条",) * 2,
    ),
)

RULES = (C01,)
