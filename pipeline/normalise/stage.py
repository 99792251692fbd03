"""Every rule once, in table order."""

from __future__ import annotations

from dataclasses import replace

from pipeline.config import ALL_RULES, AS_IT_IS, RulePolicy, Usage
from pipeline.document import Document
from pipeline.normalise.rules import RULES
from pipeline.rule import proofread, rulings


def normalise(document: Document, policy: RulePolicy = ALL_RULES, usage: Usage = AS_IT_IS) -> Document:
    """The document with its characters, marks and spaces repaired, and the drafter's own usage queried.

    Glyphs without a character that extraction has reported by page (LAY-09) are not asked about a second time.
    """
    document = proofread(document, rulings(RULES, policy), usage)
    if any(finding.rule == "LAY-09" for finding in document.findings):
        kept = tuple(f for f in document.findings if f.rule != "U04" or not (f.found or "").startswith("\ufffd"))
        document = replace(document, findings=kept)
    return document
