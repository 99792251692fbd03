"""Which script a text is in, by characters only one of the two has."""

from __future__ import annotations

from functools import cache

from pipeline.document import Whole
from pipeline.facts import facts

SIMPLIFIED, TRADITIONAL, UNKNOWN = "simplified", "traditional", ""
_SAMPLE = 100_000  # characters that tell the script of a document


@cache
def only_traditional() -> frozenset[str]:
    """Ideographs that stand in traditional text only."""
    scripts = facts("scripts")
    return (
        frozenset(scripts["traditional"]) - frozenset(scripts["allowed"]) - frozenset(scripts["compatibility"]) - {"\n"}
    )


@cache
def only_simplified() -> frozenset[str]:
    """Ideographs that stand in simplified text only."""
    scripts = facts("scripts")
    return frozenset(scripts["simplified"]) - frozenset(scripts["shared"]) - {"\n"}


def judge(text: str) -> str:
    """The script of a text: simplified, traditional, or "" where nothing tells."""
    sample = text[:_SAMPLE]
    letters = frozenset(sample)
    simplified = sum(sample.count(c) for c in letters & only_simplified())
    traditional = sum(sample.count(c) for c in letters & only_traditional())
    if simplified == traditional:
        return UNKNOWN
    return SIMPLIFIED if simplified > traditional else TRADITIONAL


def script_of(whole: Whole) -> str:
    """The script of the document a block is part of."""
    return judge(whole.text)
