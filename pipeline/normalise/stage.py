"""Every rule once, in table order."""

from __future__ import annotations

from pipeline.document import Document
from pipeline.normalise.rules import RULES


def normalise(document: Document) -> Document:
    """The document with its characters, marks and spaces repaired, and the drafter's own usage queried."""
    for rule in RULES:
        document = rule.run(document)
    return document
