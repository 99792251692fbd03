"""Everything about a rule stands in one literal; documentation, tests and the legends of all outputs come from it."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from pipeline.config import RulePolicy, Usage
from pipeline.document import Certainty, Change, Document, Finding, Passage, Shown, Span, Whole
from pipeline.errors import UsageError
from pipeline.facts import facts

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
        check: reports findings on a whole document.  A rule with neither is signed by the layout stage itself, or keeps the others away (N01).
        kinds: the block kinds it is bound to; empty means all.
        needs: characters one of which must stand in a text for the finder to find anything; empty means it always looks.
        encoding: the TEI element of its edits: pc (marks and spaces), g (one code point for another), choice (script).
        paired: does it change marks two by two, so that one without the other would be wrong?
        folded: is one finding a document enough, which names the other places?
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
    needs: frozenset[str] = frozenset()
    encoding: str = "pc"
    paired: bool = False
    folded: bool = False
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
        return proofread(document, (self,))

    def binds(self, kind: str) -> bool:
        """Does the rule look at blocks of a kind?  Furniture is no text."""
        return kind in self.kinds if self.kinds else kind != "furniture"

    def asks(self, example: str | Parts) -> bool:
        """Does the rule only ask about an example, where it says anything of it?"""
        if self.find is None:
            return self.certainty is ASK
        parts = (("p", example),) if isinstance(example, str) else example
        changes = [change for kind, text in parts for change in self.find(Shown(text, kind))]
        return all((change.certainty or self.certainty) is ASK for change in changes)


class Ruling(NamedTuple):
    """A rule and what the configuration says of it.

    ``certainty`` stands for that of all its changes, None for their own; ``asks`` when what is only likely is asked about.
    """

    rule: Rule
    certainty: Certainty | None = None
    asks: bool = False

    def certainty_of(self, change: Change) -> Certainty:
        """What is done about a change."""
        certainty = self.certainty or change.certainty or self.rule.certainty
        if change.after is None or (self.asks and certainty is LIKELY):
            return ASK
        return certainty


class Bound:
    """Rules in their order, with the characters each of them needs, so that a text is shown only to those it may concern."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self.rulings = [ruling for ruling in rulings if ruling.rule.find is not None]
        self._always = {n for n, ruling in enumerate(self.rulings) if not ruling.rule.needs}
        self._by_letter: dict[str, set[int]] = {}
        for n, ruling in enumerate(self.rulings):
            for letter in ruling.rule.needs:
                self._by_letter.setdefault(letter, set()).add(n)
        self._letters = frozenset(self._by_letter)

    def concerned(self, text: str) -> set[int]:
        """The numbers of the rules that may find something in a text."""
        return self._always.union(*(self._by_letter[letter] for letter in self._letters.intersection(text)))


def work(passage: Passage, bound: Bound) -> list[Finding]:
    """Run rules over one passage, in their order; returns what they ask.  Words the user protects stay as they are."""
    findings: list[Finding] = []
    concerned = bound.concerned(passage.text)
    for n, ruling in enumerate(bound.rulings):
        rule = ruling.rule
        if n not in concerned or rule.find is None:
            continue
        shown = passage.shown
        made: list[Change] = []
        for change in _allowed(rule.find(shown), shown, paired=rule.paired):
            certainty = ruling.certainty_of(change)
            if certainty is not ASK:
                made.append(change._replace(certainty=certainty))
                continue
            span = passage.reading.source_span(change.start, change.end)
            found = shown.text[change.start : change.end]
            findings.append(rule.finding(span, change.message or "", suggestion=change.after, found=found))
        if made:
            if ruling.certainty is not None:
                made = _apart(made)
            passage.apply(made, rule.id, rule.certainty)
            concerned = bound.concerned(passage.text)
    return findings


def _apart(changes: list[Change]) -> list[Change]:
    """Changes that do not overlap, the first of each place: what is only asked about may, until it is raised."""
    found: list[Change] = []
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if not found or change.start >= found[-1].end:
            found.append(change)
    return found


def _allowed(changes: Iterable[Change], shown: Shown, *, paired: bool) -> Iterable[Change]:
    """The changes that leave the words alone that the user protects; of a pair of marks both go or none."""
    if not shown.whole.policy.protected:
        return changes
    kept = shown.view(_protected)
    ends = [end for _, end in kept]

    def free(change: Change) -> bool:
        at = bisect_right(ends, change.start)
        return at == len(kept) or kept[at][0] >= max(change.end, change.start + 1)

    every = list(changes)
    if not paired:
        return [change for change in every if free(change)]
    made = [change for change in every if change.after is not None]
    bad = {
        n for one, two in zip(made[::2], made[1::2], strict=False) if not (free(one) and free(two)) for n in (one, two)
    }
    return [change for change in every if change not in bad and free(change)]


def _protected(shown: Shown) -> list[tuple[int, int]]:
    return [match.span() for match in _any_of(shown.whole.policy.protected).finditer(shown.text)]


@cache
def _any_of(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True)))


def proofread(document: Document, rules: Iterable[Rule | Ruling], policy: Usage | None = None) -> Document:
    """The document after rules were run on it: on each block those that look at blocks, then those that check it whole."""
    rulings = [rule if isinstance(rule, Ruling) else Ruling(rule) for rule in rules]
    whole = Whole(document.text, document.layout, policy)
    bound = {
        kind: Bound(ruling for ruling in rulings if ruling.rule.binds(kind))
        for kind in {block.kind for block in document.blocks}
    }
    passages = [document.passage(block, whole) for block in document.blocks if bound[block.kind].rulings]
    paragraphs = [passage for passage in passages if passage.kind == "p"]
    texts = ["", *(passage.text for passage in paragraphs), ""]
    for n, passage in enumerate(paragraphs):
        passage.beside = (texts[n], texts[n + 2])
    findings: list[Finding] = []
    for passage in passages:
        findings += work(passage, bound[passage.kind])
    document = document.revised(passages)
    for ruling in rulings:
        if ruling.rule.check is not None:
            findings += ruling.rule.check(document)
    return document.with_findings(_folded(findings, {ruling.rule.id for ruling in rulings if ruling.rule.folded}))


def _folded(findings: Iterable[Finding], rules: frozenset[str] | set[str]) -> Iterator[Finding]:
    """The findings, those of some rules that say the same thing as one at the first place that names the others."""
    first: dict[tuple[str, str], int] = {}
    kept: list[Finding] = []
    for finding in findings:
        if finding.rule in rules and finding.span is not None:
            at = first.setdefault((finding.rule, finding.message), len(kept))
            if at < len(kept):
                kept[at] = kept[at]._replace(places=(*kept[at].places, finding.span))
                continue
        kept.append(finding)
    yield from kept


@cache
def table() -> Mapping[str, Rule]:
    """All rules by id, in the order they run.  Imported late: the rules themselves are written with this module."""
    from pipeline.extract import rules as extract
    from pipeline.layout import rules as layout
    from pipeline.normalise import rules as normalise
    from pipeline.validate import rules as validate

    every = (*extract.RULES, *layout.RULES, *normalise.RULES, *validate.RULES)
    return {rule.id: rule for rule in every}


def rulings(rules: Iterable[Rule], policy: RulePolicy) -> list[Ruling]:
    """The rules a policy lets run, each with what it says of it."""
    profile = facts("profiles")[policy.profile]
    found = []
    for rule in rules:
        names = {rule.id, rule.alias}
        if (policy.select and names.isdisjoint(policy.select)) or not names.isdisjoint(
            {*policy.ignore, *profile["off"]}
        ):
            continue
        chosen = next((Certainty(word) for name, word in policy.certainty if name in names), None)
        found.append(Ruling(rule, chosen, chosen is None and not names.isdisjoint(profile["ask"])))
    return found


def check_names(policy: RulePolicy, where: str) -> None:
    """Are all rules a policy names rules that can be chosen?

    Raises:
        UsageError: one is not; the message names the nearest.

    """
    rules = table().values()
    known = {name for rule in rules for name in (rule.id, rule.alias) if name and (rule.find or rule.check)}
    checks = {rule.id for rule in rules if rule.check}
    for key, names in (("select", policy.select), ("ignore", policy.ignore), ("certainty", dict(policy.certainty))):
        for name in names:
            if key == "certainty" and name in checks:
                raise UsageError(f"{where}: rules.{key}: {name} compares parts of a document and can only ask")
            if name in known:
                continue
            if name in table():
                raise UsageError(f"{where}: rules.{key}: {name} is always done and cannot be chosen")
            near = name.upper() if name.upper() in known else difflib.get_close_matches(name, sorted(known), 1, 0.0)[0]
            raise UsageError(f"{where}: rules.{key}: there is no rule {name}; did you mean {near}?")
