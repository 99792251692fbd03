"""The rules of this stage in the order they run (spec: punctuation, order of passes)."""

from __future__ import annotations

from pipeline.normalise import (
    brackets,
    characters,
    connectors,
    dashes,
    docnumbers,
    dots,
    gaps,
    guard,
    lines,
    marks,
    numerals,
    oddquotes,
    ordinals,
    quotes,
    spaces,
    usage,
)
from pipeline.normalise import script as scripts

_CODE_POINTS = (
    characters.S07,
    ordinals.L02,
    characters.U01,
    characters.U02,
    characters.U03,
    numerals.U06,
    characters.U05,
    characters.U04,
    characters.P07,
    oddquotes.Q06,
)
_LINES = (lines.O01, lines.O02, lines.F02, dashes.D07)
_SHAPES = (docnumbers.B01, ordinals.L01, numerals.F04)
# before the widths: a mark looks over a quotation as a whole
_QUOTES = (quotes.Q01, quotes.Q04, oddquotes.Q05, quotes.Q02)
_WIDTHS = (*marks.RULES, numerals.P08)
_PAIRS = (brackets.B03, brackets.T01)
_DASHES = (dashes.D01, connectors.D03, connectors.D05, dots.M01)
_SPACES = (spaces.S06, spaces.S01, spaces.S02, gaps.S05, gaps.S04, gaps.S03)
_RUNS = (usage.X01, dots.E01)  # what spaces parted stands together now
_QUERIES = (
    quotes.Q03,
    brackets.B04,
    brackets.T02,
    docnumbers.B02,
    usage.C01,
    usage.C02,
    usage.C03,
    dashes.D02,
    connectors.D04,
    dashes.D06,
    dots.E02,
    dots.M02,
    numerals.F01,
    numerals.F03,
    numerals.F05,
    usage.X02,
    usage.PHRA_028,
    usage.PHRA_037,
    usage.PHRA_038,
    usage.PHRA_039,
)

RULES = (
    guard.N01,
    *_CODE_POINTS,
    *_LINES,
    *_SHAPES,
    *_QUOTES,
    *_WIDTHS,
    *_PAIRS,
    *_DASHES,
    *_SPACES,
    *_RUNS,
    *_QUERIES,
    scripts.V01,
)
