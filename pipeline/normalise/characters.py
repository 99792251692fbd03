"""Characters that cannot stand in any output."""

from __future__ import annotations

from pipeline.rule import LIKELY, Rule, replace

# XML 1.0, production 2: what a document may not hold; here also the lone surrogates no encoding can write.
FORBIDDEN = "\\x00-\\x08\\x0b\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff"

S07 = Rule(
    id="S07",
    name="invisible-character",
    title="不可见的控制字符",
    clause="XML 1.0 2.2",
    certainty=LIKELY,
    severity="warning",
    cert="high",
    examples=(("全国\x02总工会", "全国总工会"), ("全国总工会",) * 2),
    find=replace(f"[{FORBIDDEN}]", ""),
)

RULES = (S07,)
