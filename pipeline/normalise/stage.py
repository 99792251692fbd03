"""Every rule once, in table order."""

from __future__ import annotations

from pipeline.config import ALL_RULES, AS_IT_IS, RulePolicy, Usage
from pipeline.document import Document
from pipeline.normalise.rules import RULES
from pipeline.rule import proofread, rulings


def normalise(document: Document, policy: RulePolicy = ALL_RULES, usage: Usage = AS_IT_IS) -> Document:
    """The document with its characters, marks and spaces repaired, and the drafter's own usage queried."""
    return proofread(document, rulings(RULES, policy), usage)
