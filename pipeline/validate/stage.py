"""Marks first, then every rule once, in table order."""

from __future__ import annotations

from dataclasses import replace

from pipeline.config import ALL_RULES, AS_IT_IS, RulePolicy, Usage
from pipeline.document import Document
from pipeline.rule import proofread, rulings
from pipeline.validate.marks import find_marks
from pipeline.validate.rules import RULES


def validate(document: Document, policy: RulePolicy = ALL_RULES, usage: Usage = AS_IT_IS) -> Document:
    """The document with its names and dates marked and its doubtful places queried; a rule that is raised may change them."""
    kept = tuple(mark for mark in document.marks if mark.kind in ("run-in", "note"))
    document = replace(document, marks=tuple(sorted((*kept, *find_marks(document)), key=lambda mark: mark.span)))
    return proofread(document, rulings(RULES, policy), usage)
