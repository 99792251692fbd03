"""Policy: what gongwen.toml may say, and how it is told that it said something else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config, load
from pipeline.errors import UsageError
from tests.conftest import ROOT


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return tmp_path / "gongwen.toml"


def refused(path: Path) -> str:
    """The one line a configuration is refused with; it begins with the name of the file."""
    with pytest.raises(UsageError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def test_defaults_need_no_file() -> None:
    config = load()
    assert (config.limits.pages, config.limits.characters) == (2000, 3_000_000)
    assert config.limits.input_bytes == 100 * 1024**2
    assert config.limits.page_characters == 100_000
    assert config.report.facsimile is True


def test_policy_of_this_checkout_loads() -> None:
    assert isinstance(load(ROOT / "gongwen.toml"), Config)


def test_empty_file_changes_nothing(policy: Path) -> None:
    policy.touch()
    assert load(policy) == load()


def test_a_file_changes_what_it_names_and_nothing_else(policy: Path) -> None:
    policy.write_text("[report]\ndpi = 72\n[layout.text]\nfull_line = 0.5\n")
    default = load()
    layout = replace(default.layout, text=replace(default.layout.text, full_line=0.5))
    assert load(policy) == replace(default, report=replace(default.report, dpi=72), layout=layout)


def test_one_file_leaves_no_trace_in_the_next_load(policy: Path) -> None:
    before = load()
    policy.write_text("[limits]\npages = 1\n[layout]\nindent = [1, 2]\n")
    assert load(policy) != before
    assert load() == before


@pytest.mark.parametrize(
    ("text", "unknown", "nearest"),
    [
        ("[reprot]\ndpi = 72", "reprot", "report"),
        ("[report]\ndip = 72", "report.dip", "report.dpi"),
        ("[limits]\npage = 1", "limits.page", "limits.pages"),
        ("[layout.txt]\nfull_line = 1", "layout.txt", "layout.text"),
        ("[layout.text]\nfull-line = 0.5", "layout.text.full-line", "layout.text.full_line"),
    ],
)
def test_unknown_key_names_the_nearest_one(policy: Path, text: str, unknown: str, nearest: str) -> None:
    policy.write_text(text, encoding="utf-8")
    assert refused(policy) == f"unknown key {unknown}; did you mean {nearest}?"


def test_key_that_resembles_none_still_names_one(policy: Path) -> None:
    policy.write_text("[report]\n'页' = 1", encoding="utf-8")
    assert re.fullmatch(r"unknown key report\.页; did you mean report\.(facsimile|dpi|quality)\?", refused(policy))


def test_byte_order_mark_does_no_harm(policy: Path) -> None:
    policy.write_text("[report]\ndpi = 72\n", encoding="utf-8-sig")
    assert load(policy).report.dpi == 72


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[limits]\npages = 2.5", "limits.pages must be a whole number, not 2.5"),
        ("[limits]\npages = true", "limits.pages must be a whole number, not True"),
        ("[limits]\npages = '3'", "limits.pages must be a whole number, not '3'"),
        ("[limits]\npages = [3]", "limits.pages must be a whole number, not [3]"),
        ("[report]\ndpi = {x = 1}", "report.dpi must be a whole number, not {'x': 1}"),
        ("[report]\ndpi = 2020-01-01", "report.dpi must be a whole number, not datetime.date(2020, 1, 1)"),
        ("[layout]\nfull_line = '1'", "layout.full_line must be a number, not '1'"),
        ("[layout]\nfull_line = false", "layout.full_line must be a number, not False"),
        ("[layout.text]\nfull_line = []", "layout.text.full_line must be a number, not []"),
        ("[report]\nfacsimile = 1", "report.facsimile must be true or false, not 1"),
        ("[report]\nfacsimile = 'no'", "report.facsimile must be true or false, not 'no'"),
        ("[layout]\nindent = 2", "layout.indent must be [1.4, 2.6] or the like, not 2"),
        ("[layout]\nindent = [1.0]", "layout.indent must be [1.4, 2.6] or the like, not [1.0]"),
        ("[layout]\nindent = [1, 2, 3]", "layout.indent must be [1.4, 2.6] or the like, not [1, 2, 3]"),
        ("[layout]\nindent = [1, '2']", "layout.indent must be [1.4, 2.6] or the like, not [1, '2']"),
        ("[layout]\nindent = [1, true]", "layout.indent must be [1.4, 2.6] or the like, not [1, True]"),
        ("limits = 3", "limits must be a table; write [limits]"),
        ("layout = []", "layout must be a table; write [layout]"),
        ("[layout]\ntext = 0.85", "layout.text must be a table; write [layout.text]"),
    ],
)
def test_value_of_another_kind_is_refused(policy: Path, text: str, message: str) -> None:
    policy.write_text(text)
    assert refused(policy) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[limits]\npages = -1", "limits.pages must be 0 or more, not -1"),
        ("[layout]\nfull_line = -0.1", "layout.full_line must be 0 or more, not -0.1"),
        ("[layout]\nfull_line = nan", "layout.full_line must be 0 or more, not nan"),
        ("[layout]\nindent = [-1, 2]", "layout.indent must be 0 or more, not [-1, 2]"),
        ("[report]\ndpi = 0", "report.dpi must be between 1 and 1200, not 0"),
        ("[report]\ndpi = 1201", "report.dpi must be between 1 and 1200, not 1201"),
        ("[report]\nquality = 101", "report.quality must be between 0 and 100, not 101"),
        ("[report]\nquality = -1", "report.quality must be between 0 and 100, not -1"),
    ],
)
def test_number_out_of_range_is_refused(policy: Path, text: str, message: str) -> None:
    policy.write_text(text)
    assert refused(policy) == message


def test_whole_number_will_do_for_a_number(policy: Path) -> None:
    policy.write_text("[layout]\nfull_line = 2\nindent = [1, 3]\n")
    assert load(policy).layout.full_line == 2
    assert load(policy).layout.indent == (1, 3)


def test_missing_file_is_refused(policy: Path) -> None:
    assert refused(policy) == "cannot be read: No such file or directory; check --config"


def test_folder_is_no_configuration(tmp_path: Path) -> None:
    assert refused(tmp_path) == "cannot be read: Is a directory; check --config"


@pytest.mark.parametrize(
    "data", [b"[report", b"dpi 72", b"a = 1\na = 2", b"[report]\ndpi = 7\x00", "# 中".encode("gb18030")]
)
def test_broken_toml_is_refused(policy: Path, data: bytes) -> None:
    policy.write_bytes(data)
    assert refused(policy).startswith("is no TOML file: ")


@given(st.floats(0, 100), st.integers(0, 10**9))
def test_any_number_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, share: float, pages: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(f"[limits]\npages = {pages}\n[layout]\nfull_line = {share!r}\n")
    config = load(path)
    assert (config.limits.pages, config.layout.full_line) == (pages, share)


@pytest.mark.parametrize(
    "text",
    ["[limits]\npages = 7", "[layout]\nindent = [1, 2]", "[layout.text]\nfull_line = 1", "[report]\nfacsimile = false"],
)
def test_fingerprint_tells_two_configurations_apart(policy: Path, text: str) -> None:
    policy.write_text(text)
    assert load(policy).fingerprint() != load().fingerprint()
    assert load(policy).fingerprint() == load(policy).fingerprint()
