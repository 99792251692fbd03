"""Characters nobody can see, and those no output can hold."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.document import Change, Shown
from pipeline.fold import FORBIDDEN
from pipeline.rule import CERTAIN, LIKELY, Rule

_ZERO_WIDTH = regex.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")


def _invisible(shown: Shown) -> Iterator[Change]:
    """Zero-width characters, which mean nothing between ideographs, and control characters, which may hide a lost one."""
    for match in _ZERO_WIDTH.finditer(shown.text):
        yield Change(match.start(), match.end(), "", CERTAIN)
    for control in FORBIDDEN.finditer(shown.text):
        if control.group() == "\f":
            continue  # the end of a page, inside a table or a list of contents
        yield Change(control.start(), control.end(), "", LIKELY)


S07 = Rule(
    id="S07",
    name="invisible-character",
    title="不可见字符",
    clause="无条款（Unicode；XML 1.0 2.2）",
    certainty=CERTAIN,
    find=_invisible,
    examples=(
        ("工\u200b会", "工会"),
        ("全国\x02总工会", "全国总工会"),
        ("全国总工会",) * 2,
    ),
)

RULES = (S07,)
