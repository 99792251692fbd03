"""Policy: what gongwen.toml may say, and how it is told that it said something else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import ALL_RULES, AS_IT_IS, Config, RulePolicy, Usage, load
from pipeline.errors import UsageError
from pipeline.rule import table
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
        ("[rule]\nselect = []", "rule", "rules"),
        ("[rules]\nselct = []", "rules.selct", "rules.select"),
        ("[rules.certainly]\nP01 = 'ask'", "rules.certainly", "rules.certainty"),
        ("[txt]\nscript = 'keep'", "txt", "text"),
        ("[text]\nprotect = []", "text.protect", "text.protected"),
        ("[text]\nprivate-use = {}", "text.private-use", "text.private_use"),
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
        ("rules = ['P01']", "rules must be a table; write [rules]"),
        ("[[rules]]\nselect = []", "rules must be a table; write [rules]"),
        ("text = 'keep'", "text must be a table; write [text]"),
        ("[rules]\nprofile = 'print'", "rules.profile must be archive or draft, not 'print'"),
        ("[rules]\nprofile = 'Draft'", "rules.profile must be archive or draft, not 'Draft'"),
        ("[rules]\nprofile = ['draft']", "rules.profile must be archive or draft, not ['draft']"),
        ("[rules]\nselect = 'P01'", "rules.select must be a list of words, not 'P01'"),
        ("[rules]\nselect = [1]", "rules.select must be a list of words, not [1]"),
        ("[rules]\nselect = ['P01', '']", "rules.select must be a list of words, not ['P01', '']"),
        ("[rules]\nselect = [['P01']]", "rules.select must be a list of words, not [['P01']]"),
        ("[rules]\nignore = {P01 = true}", "rules.ignore must be a list of words, not {'P01': True}"),
        ("[rules]\nignore = ['']", "rules.ignore must be a list of words, not ['']"),
        ("[rules]\ncertainty = 'ask'", "rules.certainty must be a table; write [rules.certainty]"),
        ("[rules]\ncertainty = ['P01']", "rules.certainty must be a table; write [rules.certainty]"),
        ("[rules.certainty]\nP01 = 'sure'", "rules.certainty.P01 must be certain or likely or ask, not 'sure'"),
        ("[rules.certainty]\nP01 = ''", "rules.certainty.P01 must be certain or likely or ask, not ''"),
        ("[rules.certainty]\nP01 = 1", "rules.certainty.P01 must be certain or likely or ask, not 1"),
        ("[rules.certainty]\nP01 = []", "rules.certainty.P01 must be certain or likely or ask, not []"),
        ("[text]\nscript = 'hans'", "text.script must be keep or simplified or traditional, not 'hans'"),
        ("[text]\nscript = false", "text.script must be keep or simplified or traditional, not False"),
        ("[text]\nprotected = '总工会'", "text.protected must be a list of words, not '总工会'"),
        ("[text]\nprotected = ['总工会', '']", "text.protected must be a list of words, not ['总工会', '']"),
        ("[text]\nprotected = [2022]", "text.protected must be a list of words, not [2022]"),
        ("[text]\nprivate_use = []", "text.private_use must be a table; write [text.private_use]"),
    ],
)
def test_value_of_another_kind_is_refused(policy: Path, text: str, message: str) -> None:
    policy.write_text(text, encoding="utf-8")
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


# -- rules ---------------------------------------------------------------------------------------------------------


def test_defaults_let_every_rule_run_and_change_no_word() -> None:
    config = load()
    assert config.rules == ALL_RULES == RulePolicy("archive", (), (), ())
    assert config.text == AS_IT_IS == Usage("keep", (), ())


def test_a_policy_names_rules_by_id_or_by_alias(policy: Path) -> None:
    policy.write_text(
        '[rules]\nprofile = "draft"\nselect = ["P01", "PHRA-014", "O04"]\nignore = ["DATE-001", "NUM-001"]\n'
        '[rules.certainty]\nC01 = "likely"\nNUM-003 = "ask"\nP05 = "certain"\n'
    )
    assert load(policy).rules == RulePolicy(
        "draft",
        ("P01", "PHRA-014", "O04"),
        ("DATE-001", "NUM-001"),
        (("C01", "likely"), ("NUM-003", "ask"), ("P05", "certain")),
    )


def test_every_rule_that_finds_or_checks_may_be_named_by_each_of_its_names(policy: Path) -> None:
    names = [name for rule in table().values() if rule.find or rule.check for name in (rule.id, rule.alias) if name]
    policy.write_text(f"[rules]\nselect = {names}\nignore = {names}\n")
    assert load(policy).rules.select == load(policy).rules.ignore == tuple(names)


NAMING = {"select": "[rules]\nselect = ['{}']", "ignore": "[rules]\nignore = ['{}']"}
NAMING["certainty"] = "[rules.certainty]\n'{}' = 'ask'"


@pytest.mark.parametrize("key", NAMING)
@pytest.mark.parametrize(("unknown", "nearest"), [("X1", "X01"), ("DATE001", "DATE-001"), ("PHRA014", "PHRA-014")])
def test_a_rule_that_does_not_exist_names_the_nearest(policy: Path, key: str, unknown: str, nearest: str) -> None:
    policy.write_text(NAMING[key].format(unknown))
    assert refused(policy) == f"rules.{key}: there is no rule {unknown}; did you mean {nearest}?"


@pytest.mark.parametrize("key", NAMING)
def test_a_rule_that_resembles_none_still_names_one(policy: Path, key: str) -> None:
    policy.write_text(NAMING[key].format("标点"), encoding="utf-8")
    near = refused(policy).removeprefix(f"rules.{key}: there is no rule 标点; did you mean ").removesuffix("?")
    assert near in {name for rule in table().values() for name in (rule.id, rule.alias)}


@pytest.mark.parametrize("key", NAMING)
def test_steps_of_extraction_and_layout_cannot_be_chosen(policy: Path, key: str) -> None:
    steps = [rule.id for rule in table().values() if not rule.find and not rule.check]
    assert {"LAY-01", "LAY-07"} <= {*steps}
    for step in steps:
        policy.write_text(NAMING[key].format(step))
        assert refused(policy) == f"rules.{key}: {step} is always done and cannot be chosen"


# -- text ----------------------------------------------------------------------------------------------------------


def test_a_policy_names_the_words_and_characters_of_its_house(policy: Path) -> None:
    policy.write_text(
        '[text]\nscript = "traditional"\nprotected = ["甲,乙", "O型 血"]\n[text.private_use]\n"U+E5E5" = "工"\n',
        encoding="utf-8",
    )
    assert load(policy).text == Usage("traditional", ("甲,乙", "O型 血"), (("\ue5e5", "工"),))


@pytest.mark.parametrize("code", [0xE000, 0xE5E5, 0xEFFF, 0xF000, 0xF8FF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD])
def test_every_private_use_code_point_may_stand_for_a_character(policy: Path, code: int) -> None:
    policy.write_text(f'[text.private_use]\n"U+{code:X}" = "𠮷"\n', encoding="utf-8")
    assert load(policy).text.private_use == ((chr(code), "𠮷"),)


@pytest.mark.parametrize(
    "line",
    [
        "'U+4E00' = '工'",  # an ideograph
        "'U+DFFF' = '工'",  # a surrogate
        "'U+F900' = '工'",  # a compatibility ideograph
        "'U+FFFD' = '工'",
        "'U+20000' = '工'",
        "'U+110000' = '工'",  # no code point
        "'U+E5' = '工'",
        "'U+0E5E5' = '工'",
        "'U+e5e5' = '工'",
        "'u+E5E5' = '工'",
        "'E5E5' = '工'",
        "'0xE5E5' = '工'",
        "' U+E5E5' = '工'",
        "'U+E5E5F' = '工'",
        '"\\uE5E5" = "工"',
        "'U+E5E5' = ''",
        "'U+E5E5' = '工会'",
        "'U+E5E5' = 'U+5DE5'",
        "'U+E5E5' = 24037",
        "'U+E5E5' = ['工']",
    ],
)
def test_what_is_no_private_use_code_point_with_its_character_is_refused(policy: Path, line: str) -> None:
    policy.write_text(f"[text.private_use]\n{line}\n", encoding="utf-8")
    message = refused(policy)
    assert message.startswith("text.private_use.")
    assert message.endswith(': write a private-use code point and its character, "U+E5E5" = "工"')


# -- files ---------------------------------------------------------------------------------------------------------


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
    [
        "[limits]\npages = 7",
        "[layout]\nindent = [1, 2]",
        "[layout.text]\nfull_line = 1",
        "[report]\nfacsimile = false",
        "[rules]\nprofile = 'draft'",
        "[rules]\nselect = ['P01']",
        "[rules]\nignore = ['P01']",
        "[rules.certainty]\nP01 = 'ask'",
        "[text]\nscript = 'simplified'",
        "[text]\nprotected = ['P01']",
        "[text.private_use]\n'U+E5E5' = 'x'",
    ],
)
def test_fingerprint_tells_two_configurations_apart(policy: Path, text: str) -> None:
    policy.write_text(text)
    assert load(policy).fingerprint() != load().fingerprint()
    assert load(policy).fingerprint() == load(policy).fingerprint()


def test_fingerprint_tells_which_rule_is_how_sure(policy: Path) -> None:
    prints = set()
    texts = [f"{{{rule} = '{word}'}}" for rule in ("P01", "P02") for word in ("certain", "likely", "ask")]
    for text in texts:
        policy.write_text(f"[rules]\ncertainty = {text}")
        prints.add(load(policy).fingerprint())
    assert len(prints) == len(texts)


def test_a_rule_that_compares_parts_of_a_document_can_only_ask(policy: Path) -> None:
    policy.write_text('[rules.certainty]\nRCPT-001 = "certain"\n')
    assert refused(policy) == "rules.certainty: RCPT-001 compares parts of a document and can only ask"
