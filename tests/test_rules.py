"""Every rule keeps the promises of its own literal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.document import Block, Certainty, Document, Layout, Line, Page, Part, Source, Span
from pipeline.emit.reading import block_text
from pipeline.extract.read import extract
from pipeline.fold import fold
from pipeline.layout import layout
from pipeline.rule import CERTAIN, Change, Finder, Parts, Rule, Ruling, proofread, table
from pipeline.shown import Shown
from pipeline.validate.marks import find_marks

RULES = list(table().values())
NEEDS_GEOMETRY = {
    "N01",  # protects, and so never fires
    "LAY-04",
    "LAY-10",
    "LAY-11",
    "LAY-12",
    "LAY-15",
}  # what they ask about exists only on pages; other tests build some
EXAMPLES = [
    pytest.param(rule, subject, outcome, id=f"{rule.id}-{n}")
    for rule in RULES
    for n, (subject, outcome) in enumerate(rule.examples, 1)
]


def built(parts: Parts) -> Document:
    """A document made of blocks."""
    text = "\n".join(text for _, text in parts)
    blocks, lines, at = [], [], 0
    for number, (kind, block) in enumerate(parts, 1):
        part = Part({"speech-date": "attached", "imprint": "imprint", "cc": "imprint"}.get(kind, "circular"))
        blocks.append(Block(kind, Span(at, at + len(block)), part))
        lines.append(Line(1, number, blocks[-1].span))
        at += len(block) + 1
    page = Page(1, 0, 0, Span(0, len(text)))
    document = Document.of(text, Layout((page,), tuple(lines)), Source("t.txt", "0" * 64))
    document = replace(document, blocks=tuple(blocks))
    return replace(document, marks=find_marks(document))


def ran(rule: Rule, subject: str | Parts) -> Document:
    """What comes of an example: a rule that neither finds nor checks is signed by a stage, so the stages run."""
    if rule.find is None and rule.check is None:
        assert isinstance(subject, str)
        config = load()
        return layout(extract(Path("t.txt"), subject.encode("utf-8", "surrogatepass"), config.limits), config.layout)
    return rule.run(built((("p", subject),) if isinstance(subject, str) else subject))


def reading(document: Document) -> str:
    return "\n".join(block_text(document, block) for block in document.blocks if block.kind != "furniture")


def plain(half: str | Parts) -> str:
    return half if isinstance(half, str) else "\n".join(text for _, text in half)


@pytest.mark.parametrize(("rule", "subject", "outcome"), EXAMPLES)
def test_an_example_comes_out_as_its_literal_says(
    rule: Rule, subject: str | Parts, outcome: str | Parts | None
) -> None:
    document = ran(rule, subject)
    asked = [finding for finding in document.findings if finding.rule == rule.id]
    if outcome not in (subject, None):
        assert rule.asks(subject) == bool(asked)
    made = [edit for edit in document.edits if edit.rule == rule.id]
    if outcome == subject:
        assert not asked
        assert not made
    elif outcome is None:
        assert asked
        assert all(finding.suggestion is None for finding in asked)
        assert document.text == document.source or rule.id.startswith("LAY")
    elif asked:
        assert plain(outcome) in {finding.suggestion for finding in asked}
        assert not made
    else:
        assert reading(document) == plain(outcome)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.id not in NEEDS_GEOMETRY], ids=lambda rule: rule.id)
def test_a_rule_has_an_example_that_fires_and_one_that_is_left_alone(rule: Rule) -> None:
    outcomes = {subject == outcome for subject, outcome in rule.examples}
    assert outcomes == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.name == rule.name.lower().replace(" ", "-")
    assert rule.title
    assert rule.clause
    assert rule.severity in ("error", "warning", "info")
    assert rule.cert in ("high", "medium", "low")
    assert rule.certainty in Certainty
    assert rule.find is None or rule.check is None


def test_names_are_unique_and_ids_are_in_the_table() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(table()[rule.id] is rule for rule in RULES)


def test_a_rule_that_only_asks_changes_nothing() -> None:
    for rule in RULES:
        for subject, _ in rule.examples:
            document = ran(rule, subject)
            if rule.certainty is Certainty.ASK and not document.edits:
                assert document.text == document.source
            if rule.asks(subject):
                assert not [edit for edit in document.edits if edit.rule == rule.id]


@pytest.mark.parametrize(("rule", "subject"), [pytest.param(*p.values[:2], id=p.id) for p in EXAMPLES])
def test_one_pass_settles(rule: Rule, subject: str | Parts) -> None:
    once = ran(rule, subject)
    again = rule.run(once)
    assert (again.text, again.edits, again.findings) == (once.text, once.edits, once.findings)


def finder(before: str, after: str, certainty: Certainty | None = None) -> Finder:
    """A finder that proposes a text for every place of another."""

    def find(shown: Shown) -> Iterator[Change]:
        at = shown.text.find(before)
        while at >= 0:
            yield Change(at, at + len(before), after, certainty)
            at = shown.text.find(before, at + len(before))

    return find


def test_a_rule_is_bound_to_its_kinds_and_never_to_furniture() -> None:
    loose = Rule(id="X", name="x", title="x", clause="x", certainty=CERTAIN, examples=(), find=finder("甲", "乙"))
    tied = replace(loose, kinds=frozenset({"title"}))
    document = built((("p", "甲"), ("furniture", "甲"), ("title", "甲")))
    assert loose.run(document).text == "乙\n甲\n乙"
    assert tied.run(document).text == "甲\n甲\n乙"


def test_queries_that_overlap_are_one_change_where_they_are_raised() -> None:
    changes = [Change(0, 2, "x"), Change(1, 3, "y"), Change(3, 4, "z")]
    rule = Rule(id="X", name="x", title="x", clause="x", certainty=Certainty.ASK, examples=(), find=lambda _: changes)
    document = built((("p", "甲乙丙丁"),))
    assert len(rule.run(document).findings) == 3
    assert proofread(document, (Ruling(rule, Certainty.LIKELY),)).text == "x丙z"


def test_a_finding_over_furniture_spans_it() -> None:
    find = finder("甲乙", "x", Certainty.ASK)
    rule = Rule(id="X", name="x", title="x", clause="x", certainty=CERTAIN, examples=(), find=find)
    document = built((("p", "甲"), ("furniture", "1"), ("p", "乙")))
    joined = replace(document, blocks=(Block("p", Span(0, 5)), document.blocks[1])).apply(
        [Change(1, 4, "")], "LAY-03", CERTAIN
    )
    assert rule.run(joined).findings[0].span == Span(0, 5)


def test_the_folded_view_keeps_offsets() -> None:
    text = "⼯会,２０２２年;○!\u00a0⻅"
    assert fold(text) == "工会，2022年；〇！ 见"
    assert len(fold(text)) == len(text)
