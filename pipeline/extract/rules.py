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
    examples=(("第一页。\f\f第三页。", None), ("第一页。\f第二页。",) * 2),
)
LAY_09 = Rule(
    id="LAY-09",
    name="unmapped-glyph",
    title="字形没有对应的字符",
    clause="无条款（提取）",
    certainty=ASK,
    severity="warning",
    cert="high",
    examples=(("中华\ufffd全国总工会的全体会员和职工同志们", None), ("中华全国总工会",) * 2),
)
LAY_10 = Rule(
    id="LAY-10",
    name="engines-disagree",
    title="两种引擎读出的字符不一致",
    clause="无条款（提取）",
    certainty=ASK,
    severity="warning",
    cert="medium",
    examples=(("中华全国总工会",) * 2,),
)
LAY_13 = Rule(
    id="LAY-13",
    name="garbage-text-layer",
    title="文字层不可信",
    clause="无条款（提取）",
    certainty=ASK,
    severity="error",
    cert="high",
    examples=(("\ue5e5\ue5e6\ue5e7全国总工会", None), ("中华全国总工会",) * 2),
)

LAY_11 = Rule(
    id="LAY-11",
    name="reading-order-unsure",
    title="阅读顺序存疑",
    clause="无条款（提取）",
    certainty=ASK,
    severity="warning",
    cert="low",
    message="本页文字可能分栏，阅读顺序存疑，请核对原件。",
    examples=(),
)
LAY_12 = Rule(
    id="LAY-12",
    name="table-unreadable",
    title="表格无法识别",
    clause="无条款（提取）",
    certainty=ASK,
    severity="warning",
    cert="medium",
    message="本页有表格线，但未能识别出单元格，请核对原件。",
    examples=(),
)

RULES = (LAY_07, LAY_09, LAY_10, LAY_11, LAY_12, LAY_13)
