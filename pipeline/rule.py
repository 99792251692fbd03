"""Everything about a rule stands in one literal; documentation, tests and the legends of all outputs come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from pipeline.document import Block, Certainty, Change, Document, Finding, Shown, Span

CERTAIN, LIKELY, ASK = Certainty.CERTAIN, Certainty.LIKELY, Certainty.ASK

Finder = Callable[[Shown], Iterable[Change]]
Check = Callable[[Document], Iterable[Finding]]
Parts = tuple[tuple[str, str], ...]  # a small document: (kind, text) of each block


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One fault, what proves it and what is done about it.

    Attributes:
        id: as in the specifications: P01, DATE-007.
        name: kebab-case name of the fault ("allow X" must read well).
        title: the fault in Chinese, for the proofreader.
        clause: where the standard says so, or why there is no clause.
        certainty: certain is applied, likely is applied and shown, ask is only reported; a change may say less.
        examples: pairs of a text (or a small document) and what comes out: another text is the repair or the suggestion,
            the same text means it must be left alone, None means it is reported with nothing to suggest.
        find: proposes changes in the text of one block.
        check: reports findings on a whole document.  A rule with neither is signed by the layout stage itself.
        kinds: the block kinds it is bound to; empty means all.
        alias: the other id of the same fault.
        message: what a finding says; the title when empty.
        severity: error, warning or info.
        cert: high (the page alone proves it), medium or low.
        strength: 规定, 一般, 惯例 or 推断.

    """

    id: str
    name: str
    title: str
    clause: str
    certainty: Certainty
    examples: tuple[tuple[str | Parts, str | Parts | None], ...]
    find: Finder | None = None
    check: Check | None = None
    kinds: frozenset[str] = frozenset()
    alias: str = ""
    message: str = ""
    severity: str = "info"
    cert: str = "medium"
    strength: str = ""

    def finding(self, span: Span | None, message: str = "", **more: object) -> Finding:
        """A finding of this rule; ``more`` are further fields of Finding."""
        values: dict[str, object] = {"severity": self.severity, "cert": self.cert, **more}
        return Finding(span, self.id, message or self.message or self.title, **values)  # type: ignore[arg-type]

    def run(self, document: Document) -> Document:
        """The document with what this rule changes and asks."""
        if self.check is not None:
            return document.with_findings(self.check(document))
        if self.find is None:
            return document
        changes: list[Change] = []
        findings: list[Finding] = []
        for block in document.blocks:
            if self.binds(block):
                self._look(document, block, self.find, changes, findings)
        return document.apply(changes, self.id, self.certainty).with_findings(findings)

    def binds(self, block: Block) -> bool:
        """Is a block of a kind the rule looks at?  Furniture is no text."""
        return block.kind in self.kinds if self.kinds else block.kind != "furniture"

    def asks(self, example: str | Parts) -> bool:
        """Does the rule only ask about an example, where it says anything of it?"""
        if self.certainty is ASK or self.find is None:
            return self.certainty is ASK
        parts = (("p", example),) if isinstance(example, str) else example
        changes = [change for kind, text in parts for change in self.find(Shown(text, kind))]
        return all((change.certainty or self.certainty) is ASK for change in changes)

    def _look(
        self, document: Document, block: Block, find: Finder, changes: list[Change], findings: list[Finding]
    ) -> None:
        shown, locate = document.shown(block)
        for change in find(shown):
            places = list(locate(change))
            if (change.certainty or self.certainty) is not ASK:
                changes += places
                continue
            spans = [document.source_span(place.start, place.end) for place in places]
            findings.append(
                self.finding(
                    Span(spans[0].start, spans[-1].end),
                    change.message or "",
                    suggestion=change.after,
                    found=shown.text[change.start : change.end],
                )
            )


def replace(pattern: str, by: str | Callable[[regex.Match[str]], str], certainty: Certainty | None = None) -> Finder:
    """A finder that proposes ``by`` for every match of a pattern."""
    compiled = regex.compile(pattern)

    def find(shown: Shown) -> Iterable[Change]:
        for match in compiled.finditer(shown.text):
            after = by if isinstance(by, str) else by(match)
            yield Change(match.start(), match.end(), after, certainty)

    return find


@cache
def table() -> Mapping[str, Rule]:
    """All rules by id, in the order they run.  Imported late: the rules themselves are written with this module."""
    from pipeline.extract import rules as extract
    from pipeline.layout import rules as layout
    from pipeline.normalise import rules as normalise
    from pipeline.validate import rules as validate

    every = (*extract.RULES, *layout.RULES, *normalise.RULES, *validate.RULES)
    return {rule.id: rule for rule in every}
