"""Characters and punctuation: repaired where the machine did the damage, and only there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import load
from pipeline.document import Certainty, Document
from pipeline.emit.reading import block_text
from pipeline.normalise import normalise
from pipeline.normalise.rules import RULES
from pipeline.stages import process
from tests.test_rules import built

OURS = {rule.id for rule in RULES}
OTHERS = {"S07-p5"}  # a thin space inside a date is no mark's neighbour: rule S04
KINDS = {
    "body": "p",
    "run-in": "p",
    "recipient": "addressees",
    "docno": "doc-number",
    "colophon": "cc",
    "names": "p",
    "names-table": "table",
    "attachment": "attachment-note",
}
MIXED = "工会，。；：！？,;:!?()（）“”《》、—-aB1 \u3000 \u00a0%.\"'…\x02"


def ran(text: str, kind: str = "p") -> Document:
    return normalise(built(((kind, text),)))


def cases(shared: Path) -> list[dict[str, str]]:
    path = shared / "spec" / "punctuation-cases.jsonl"
    every = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [case for case in every if case["rule"] in OURS and case["id"] not in OTHERS]


def test_the_cases_of_our_rules_come_out_as_they_say(shared: Path) -> None:
    wrong = []
    found = cases(shared)
    assert len(found) > 40
    for case in found:
        text, kind = case["input"], KINDS.get(case["block"], case["block"])
        document = ran(text, kind)
        asked = {finding.rule for finding in document.findings}
        if case["polarity"] == "negative":
            good = document.text == text and case["rule"] not in asked
        elif case["class"] == "ask":
            good = document.text == text and case["rule"] in asked
        else:
            good = document.text == case["expected"] and bool(document.edits)
        if not good:
            wrong.append((case["id"], text, document.text, sorted(asked)))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("会议于2022年4月27日召开,王东明同志出席", "会议于2022年4月27日召开，王东明同志出席"),
        ("较常年同期偏多23.5%,主要江河", "较常年同期偏多23.5%，主要江河"),
        ("牢记 “国之大者”, “两个维护”", "牢记“国之大者”，“两个维护”"),
        ("(一)坚持党的领导;(二)坚持服务大局。", "（一）坚持党的领导；（二）坚持服务大局。"),
        ("工会(含产业工会(联合会))和单位", "工会（含产业工会（联合会））和单位"),
        ("热烈的祝贺! 向大会", "热烈的祝贺！向大会"),
        ("使用 SELECT a, b FROM t; 然后退出", "使用 SELECT a, b FROM t; 然后退出"),
        ("公式f(x, y)的值", "公式f(x, y)的值"),
        ("比例为1:80,时间8:00", "比例为1:80，时间8:00"),
    ],
)
def test_only_the_machines_damage_is_repaired(text: str, reading: str) -> None:
    assert ran(text).text == reading


@settings(max_examples=300, deadline=None)
@given(st.text(MIXED, max_size=40), st.sampled_from(["p", "title", "addressees", "cc", "byline", "imprint"]))
def test_one_pass_settles_and_every_edit_can_be_taken_back(text: str, kind: str) -> None:
    document = ran(text, kind)
    again = ran(document.text, kind)
    assert again.text == document.text
    assert normalise(document) == document
    assert "".join(document.source[slice(*hunk.span)] for hunk in document.hunks()) == text


@settings(max_examples=200, deadline=None)
@given(st.text("工会的通知“”《》、，。：；！？（）—0123456789年月日%", max_size=40))
def test_a_text_without_half_width_marks_and_spaces_is_left_alone(text: str) -> None:
    if "——" not in text and "—" not in text:
        assert ran(text).edits == ()


@settings(max_examples=200, deadline=None)
@given(st.text("The quick, brown (fox) jumps: over; 12 lazy dogs! ok?", max_size=60))
def test_latin_text_is_left_alone(text: str) -> None:
    assert ran("x" + text).edits == ()


def test_a_spaced_name_is_certain_on_a_page_and_likely_in_a_text(sample: Path, shared: Path) -> None:
    config = load()
    for path, certainty in ((sample, Certainty.CERTAIN), (shared / "corpus" / "seed" / "seed.txt", Certainty.LIKELY)):
        document = process(Path(path.name), path.read_bytes(), config)
        assert {edit.certainty for edit in document.edits if edit.rule == "S05"} == {certainty}


def test_the_sample_reads_as_its_truth(sample: Path, shared: Path) -> None:
    truth = json.loads((shared / "corpus" / "seed" / "seed.truth.json").read_text(encoding="utf-8"))
    for path in (sample, shared / "corpus" / "seed" / "seed.txt"):
        document = process(Path(path.name), path.read_bytes(), load())
        mine = [(block.kind, document.own_text(block)) for block in document.blocks]
        assert mine == [(block["kind"], block["text"]) for block in truth["blocks"]]
        assert {block_text(document, block)[:3] for block in document.blocks if block.kind == "cc"} == {"抄送："}
