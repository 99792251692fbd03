"""What the extract stage has to say about a page."""

from __future__ import annotations

from pipeline.rule import ASK, Rule

LAY_07 = Rule(
    id="LAY-07",
    name="page-without-text",
    title="本页没有文字",
    clause="无条款（提取）",
    certainty=ASK,
    severity="error",
    cert="high",
    examples=(),
)
LAY_09 = Rule(
    id="LAY-09",
    name="unmapped-glyph",
    title="字形没有对应的字符",
    clause="无条款（提取）",
    certainty=ASK,
    severity="warning",
    cert="high",
    examples=(),
)
LAY_13 = Rule(
    id="LAY-13",
    name="garbage-text-layer",
    title="文字层不可信",
    clause="无条款（提取）",
    certainty=ASK,
    severity="error",
    cert="high",
    examples=(),
)

RULES = (LAY_07, LAY_09, LAY_13)
