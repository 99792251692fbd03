"""The streams of ``gongwen proof``, in this process; the command line is tested in test_proof.py."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pipeline.config import RulePolicy, Usage, load
from pipeline.proof.reader import Proofreader, proofreader
from pipeline.proof.streams import proofread

READER = proofreader(load())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> object:
    """``run("甲,乙", check=True)`` gives the exit code, what was written and what was complained about."""

    def runner(given: str, *files: Path, **options: bool) -> tuple[int, str, list[str]]:
        out = io.BytesIO()
        said: list[str] = []
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out))
            code = proofread(files, READER, complain=said.append, **options)
            return code, out.getvalue().decode(), said

    return runner


def test_text_comes_out_corrected(run) -> None:  # type: ignore[no-untyped-def]
    assert run("甲,乙\n各级工会\n，要\n") == (0, "甲，乙\n各级工会，要\n", [])


def test_a_check_lists_edits_and_queries_in_order(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("总工发[2022]12号,甲\n", check=True)
    assert code == 1
    assert [line.split(" ")[:2] for line in out.splitlines()] == [["<stdin>:1:4:", "B01"], ["<stdin>:1:13:", "P01"]]
    assert run("好。\n", check=True) == (0, "", [])


def test_objects_come_out_as_objects_and_bad_ones_are_complained_about(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lines = '{"id": 1, "text": "甲,,乙"}\n\n{"text": 1}\nx\n{"text": "好。"}\n'
    code, out, said = run(lines, jsonl=True)
    first, last = (json.loads(line) for line in out.splitlines())
    assert (code, len(said), last["edits"]) == (3, 2, [])
    assert [(edit["rule"], edit["rules"], edit["span"]) for edit in first["edits"]] == [("X01", ["P01", "X01"], [1, 3])]
    code, out, _ = run(lines, jsonl=True, check=True)
    assert (code, [json.loads(line)["id"] for line in out.splitlines()]) == (3, [1])
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "\xff"}\n')
    code, out, said = run("", tmp_path / "a.jsonl", tmp_path / "no.jsonl", jsonl=True)
    assert (code, out, len(said)) == (3, "", 2)


def test_the_policy_says_which_rules_run_and_what_they_may_do() -> None:
    text = "甲,乙“甲”、“乙”2021-2025年"
    some = Proofreader(RulePolicy(select=("P01", "D03")), Usage()).text(text)
    assert [(edit.rule, edit.certainty.value) for edit in some.edits] == [("P01", "certain")]  # D03 asks in archive
    fewer = Proofreader(RulePolicy("draft", ignore=("PHRA-014",), certainty=(("P01", "ask"),)), Usage()).text(text)
    assert ([edit.rule for edit in fewer.edits], [f.rule for f in fewer.findings]) == (["D03"], ["P01"])


def test_words_the_user_protects_are_neither_changed_nor_asked_about() -> None:
    reader = Proofreader(load().rules, Usage(protected=("甲,乙", "甲,乙,丙")))
    proof = reader.text("甲,乙,丙，丁,戊")
    assert (proof.text, proof.findings) == ("甲,乙,丙，丁，戊", [])
