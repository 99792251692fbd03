"""``gongwen proof`` as a user meets it: text in, text out; lists of faults; JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.proof.reader import COLOPHON, KINDS, ROLES
from pipeline.rule import table
from tests.conftest import Gongwen

Done = subprocess.CompletedProcess[bytes]
Proof = Callable[..., Done]
MB = 1024**2
GOOD = "各级工会要提升政治站位，切实加强组织领导，确保各项任务落到实处。"


@pytest.fixture
def proof(environment: Mapping[str, str], tmp_path: Path) -> Proof:
    """``proof("甲,乙", "--check")`` runs the command in tmp_path on that input and returns what it wrote, in bytes."""

    def run(given: str | bytes = b"", *arguments: str | Path, **variables: str) -> Done:
        return subprocess.run(
            [sys.executable, "-m", "pipeline", "proof", *map(str, arguments)],
            cwd=tmp_path,
            env={**environment, **variables},
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def policy(tmp_path: Path) -> Callable[[str], object]:
    """Writes the gongwen.toml of the folder ``proof`` runs in."""
    return lambda text: (tmp_path / "gongwen.toml").write_text(text, encoding="utf-8")


def text_of(result: Done) -> str:
    """The text that came out of a run nothing went wrong in."""
    assert (result.stderr, result.returncode) == (b"", 0)
    return result.stdout.decode()


def listed(result: Done) -> list[str]:
    """What ``--check`` wrote, but for the words: ``<stdin>:1:3: P01``; the exit code says whether it wrote anything."""
    assert result.stderr == b""
    assert result.returncode == (1 if result.stdout else 0)
    return [" ".join(line.split(" ", 2)[:2]) for line in result.stdout.decode().splitlines()]


def complaints(result: Done) -> list[str]:
    """The lines on stderr without the name of the program."""
    lines = result.stderr.decode().splitlines()
    assert all(line.startswith("gongwen: ") for line in lines)
    return [line.removeprefix("gongwen: ") for line in lines]


def jsonl(objects: Iterable[object]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in objects)


def objects(result: Done) -> list[dict[str, Any]]:
    """The objects in a run's output, whatever its exit code."""
    return [json.loads(line) for line in result.stdout.decode().split("\n")[:-1]]


def answers(proof: Proof, values: Iterable[object], *arguments: str) -> list[dict[str, Any]]:
    """What ``--jsonl`` answers to objects that can all be read."""
    result = proof(jsonl(values), "--jsonl", *arguments)
    assert (result.stderr, result.returncode) == (b"", 0)
    return objects(result)


def answer(proof: Proof, text: str, *arguments: str, **more: object) -> dict[str, Any]:
    (found,) = answers(proof, [{"text": text, **more}], *arguments)
    return found


def said_of(found: Mapping[str, Any], key: str) -> list[str]:
    """The rules of the edits or the findings of an answer."""
    return [item["rule"] for item in found[key]]


# -- text in, text out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("关于开展工作的通知\n各单位：\n请认真落实。\n", id="lines"),
        pytest.param("关于开展工作的通知\r\n各单位：\r\n请认真落实。\r\n", id="CRLF"),
        pytest.param("关于开展工作的通知\r\n各单位：\n请认真落实。\r\n", id="line ends of both kinds"),
        pytest.param("关于开展工作的通知\n请认真落实。", id="no line end at the end"),
        pytest.param("关于开展工作的通知\r\n请认真落实。", id="CRLF, no line end at the end"),
        pytest.param("", id="nothing"),
        pytest.param("\n", id="an empty line"),
        pytest.param("\n\n\n\n", id="empty lines only"),
        pytest.param("\n\n各单位：\n\n\n\n请认真落实。\n\n", id="empty lines around and between"),
        pytest.param("\r\n\r\n各单位：\r\n\r\n请认真落实。\r\n\r\n", id="CRLF and empty lines"),
        pytest.param("各单位：\r请认真落实。\r", id="CR alone is no line end"),
        pytest.param("第一页\f第二页\u2028第三行\x85第四行\n", id="what other programs take for line ends"),
        pytest.param("𠮷林省总工会，𠀀𠀁。\n", id="beyond U+FFFF"),
        pytest.param("Please contact Li Wei, Wang Fang and Zhao Min.\n", id="Latin"),
    ],
)
def test_a_good_text_comes_back_byte_for_byte(proof: Proof, text: str) -> None:
    result = proof(text)
    assert (result.stdout, result.stderr, result.returncode) == (text.encode(), b"", 0)


def test_a_fault_is_repaired_and_every_line_keeps_its_end(proof: Proof) -> None:
    assert (
        text_of(proof("各单位,请落实。\r\n\r\n甲方;乙方\n丙方:丁方"))
        == "各单位，请落实。\r\n\r\n甲方；乙方\n丙方：丁方"
    )


def test_a_repaired_text_is_good(proof: Proof) -> None:
    once = text_of(proof("　　各单位,请于2022年5月\n6日前落实(详见附件)\n。下一行;对\n"))
    assert text_of(proof(once)) == once
    assert listed(proof(once, "--check")) == []


def test_what_is_only_asked_about_stays(proof: Proof) -> None:
    assert text_of(proof("加强领导，。\n总工\ufffd会\n")) == "加强领导，。\n总工\ufffd会\n"


def test_a_byte_order_mark_is_no_text(proof: Proof) -> None:
    assert text_of(proof("\ufeff各单位：\n请认真落实。\n")) == "各单位：\n请认真落实。\n"
    assert listed(proof("\ufeff各单位：\n", "--check")) == ["<stdin>:1:1: S07"]


@pytest.mark.parametrize("variables", [{}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_the_c_locale_will_do(proof: Proof, variables: Mapping[str, str]) -> None:
    assert text_of(proof("各单位,请\n", LC_ALL="C", **variables)) == "各单位，请\n"
    assert "半角逗号" in proof("各单位,请\n", "--check", LC_ALL="C", **variables).stdout.decode()


# -- lines that belong together ------------------------------------------------------------------------------------


JOINED = [
    ("O01", "各级工会\n，要提升政治站位", "各级工会，要提升政治站位"),
    ("O01", "（试行\n）", "（试行）"),
    ("O01", "增长15\n%的目标", "增长15%的目标"),
    ("O01", "13\n/14次特别快车", "13/14次特别快车"),
    ("O01", "卡尔\n·马克思", "卡尔·马克思"),
    ("O02", "根据《\n工会法》", "根据《工会法》"),
    ("O02", "工匠人才（\n职工）", "工匠人才（职工）"),
    ("O02", "宾语和/\n或补语", "宾语和/或补语"),
    ("F02", "2022年5月\n6日", "2022年5月6日"),
    ("F02", "20\n22年5月6日", "2022年5月6日"),
    ("F02", "2022\n年5月6日", "2022年5月6日"),
    ("D07", "技能强国—\n—全国", "技能强国——全国"),
    ("D07", "以及其他…\n…", "以及其他……"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_two_lines_no_line_may_be_broken_between_are_one(proof: Proof, end: str) -> None:
    given = "\n\n".join(given for _, given, _ in JOINED).replace("\n", end)
    assert text_of(proof(given)).split(end * 2) == [text for _, _, text in JOINED]
    found = [place.replace(": ", ":").split(":") for place in listed(proof(given, "--check"))]
    assert [(int(line), rule) for _, line, _, rule in found] == [
        (3 * n + 1, rule) for n, (rule, _, _) in enumerate(JOINED)
    ]


APART = [
    "各级工会，\n要提升政治站位",
    "“第一段\n“第二段",
    "画家开始娓娓道来\n——数年前的一个寒冬",
    "画家开始娓娓道来\n……数年前的一个寒冬",
    "技能强国——\n全国",
    "发挥\n“技能强国”作用",
    "2022年\n总体要求",
    "会议于2022年召开\n5月6日闭幕",
    "各级工会\n\n，要提升政治站位",
    "根据《\n\n工会法》",
    "2022年5月\n\n6日",
    "，各级工会",
    "根据《",
]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_other_lines_stay_apart(proof: Proof, end: str) -> None:
    given = "\n\n\n".join(["", *APART, ""]).replace("\n", end)
    assert text_of(proof(given)).split(end * 3) == given.split(end * 3)


def test_a_line_end_goes_exactly_where_a_mark_forbids_it(proof: Proof, policy: Callable[[str], object]) -> None:
    """Every pair of a character that ends a line and one that begins the next; other rules look away."""
    policy('[rules]\nselect = ["O01", "O02", "F02", "D07"]\n')
    never_first, never_last = "，。、；：！？”’）》〉】〕％%,;:!?)", "“‘（《〈【〔("
    either = [*never_first, *never_last, *"工A1—…-"]
    pairs = [(last, first) for last in either for first in either]
    given = "\n".join(f"工会{last}\n{first}工会\n" for last, first in pairs)
    wanted = []
    for last, first in pairs:
        one = last in never_last or first in never_first or (last == first and first in "—…")
        wanted.append(f"工会{last}{first}工会\n" if one else f"工会{last}\n{first}工会\n")
    found = text_of(proof(given)).split("\n\n")
    wrong = [(pair, a, b) for pair, a, b in zip(pairs, found, "\n".join(wanted).split("\n\n"), strict=True) if a != b]
    assert wrong == []


def test_more_than_two_lines_may_be_one(proof: Proof) -> None:
    given = "（\n职工\n），2022年5月\n6日\n，召开（\n全会\n）\n下一段\n"
    assert text_of(proof(given)) == "（职工），2022年5月6日，召开（全会）\n下一段\n"


def test_a_rule_that_is_off_leaves_its_line_ends(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[rules]\nignore = ["O01"]\n')
    assert text_of(proof("各级工会\n，要提升\n根据《\n工会法》\n")) == "各级工会\n，要提升\n根据《工会法》\n"


# -- files ---------------------------------------------------------------------------------------------------------


def test_files_come_out_one_after_the_other_as_they_are_named(proof: Proof, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲方,乙方\n")
    (tmp_path / "b.txt").write_text("丙方;丁方")
    assert text_of(proof("", "b.txt", "a.txt", "b.txt")) == "丙方；丁方甲方，乙方\n丙方；丁方"
    assert (tmp_path / "a.txt").read_text() == "甲方,乙方\n"


def test_a_dash_among_the_files_is_standard_input(proof: Proof, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲方,乙方\n")
    assert text_of(proof("标准,输入\n", "a.txt", "-")) == "甲方，乙方\n标准，输入\n"
    assert text_of(proof("标准,输入\n", "-")) == "标准，输入\n"


def test_no_line_belongs_to_one_in_another_file(proof: Proof, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("根据《\n")
    (tmp_path / "b.txt").write_text("，工会\n")
    assert text_of(proof("", "a.txt", "b.txt")) == "根据《\n，工会\n"


def test_each_file_has_line_numbers_of_its_own(proof: Proof, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("好\n甲方,乙方\n")
    (tmp_path / "b.txt").write_text("丙方;丁方")
    (tmp_path / "good.txt").write_text(GOOD)
    assert listed(proof("", "--check", "good.txt", "a.txt", "b.txt")) == ["a.txt:2:3: P01", "b.txt:1:3: P02"]


def test_odd_names_are_as_good_as_any(proof: Proof, tmp_path: Path) -> None:
    names = ["a b  c.txt", "关于做好工作的通知（全文）.txt", 'it\'s "quoted"', "-leading.txt", "$HOME;*?&", "长" * 80]
    for name in names:
        (tmp_path / name).write_text("甲方,乙方\n")
    assert text_of(proof("", "--", *names)) == "甲方，乙方\n" * len(names)
    lines = proof("", "--check", "--", *names).stdout.decode().splitlines()
    assert [line.partition(":1:3: P01 ")[0] for line in lines] == names


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no.txt", "no.txt: cannot be read: No such file or directory; check the name"),
        (".", ".: cannot be read: Is a directory; check the name"),
        ("no\n\x1b[31m.txt", r"no\n\x1b[31m.txt: cannot be read: No such file or directory; check the name"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--check",), ("--jsonl",)])
def test_a_file_that_cannot_be_read_is_one_line(proof: Proof, name: str, reason: str, options: tuple[str, ...]) -> None:
    result = proof("", *options, name)
    assert (result.stdout, complaints(result), result.returncode) == (b"", [reason], 3)


@pytest.mark.parametrize("options", [(), ("--check",), ("--jsonl",)])
def test_what_is_not_utf_8_is_refused_with_its_line_and_the_remedy(
    proof: Proof, tmp_path: Path, options: tuple[str, ...]
) -> None:
    data = '{"text": "好"}\n'.encode() * 2 + b'{"' + "公文".encode("gb18030") + b"\n"
    (tmp_path / "a.txt").write_bytes(data)
    said = "line 3 is not UTF-8 (byte 3); convert it, for example: iconv -f GB18030 -t UTF-8"
    for name, result in (("<stdin>", proof(data, *options)), ("a.txt", proof("", *options, "a.txt"))):
        assert complaints(result) == [f"{name}: {said}"]
        assert result.returncode == 3


# -- what would be changed -----------------------------------------------------------------------------------------


def test_a_good_text_gives_an_empty_list(proof: Proof) -> None:
    result = proof(f"{GOOD}\n\n{GOOD}", "--check")
    assert (result.stdout, result.stderr, result.returncode) == (b"", b"", 0)


def test_a_line_of_the_list_says_where_which_rule_and_what_instead(proof: Proof) -> None:
    result = proof("好\n各单位,请\n加强领导，。\n总工\ufffd会\n", "--check")
    assert (result.stderr, result.returncode) == (b"", 1)
    asked = table()["X02"].message or "两个不同的点号不连用，请核对原件。"
    assert result.stdout.decode() == (
        f"<stdin>:2:4: P01 {table()['P01'].title}：「,」 → 「，」\n"
        f"<stdin>:3:5: X02 {asked}：「，。」 → 「。」\n"
        "<stdin>:4:3: U04 字形不明的字符，请对照页面核对。：「\ufffd」\n"
    )


def test_the_list_is_in_the_order_of_the_text(proof: Proof) -> None:
    given = "甲方，。乙方;丙方,丁方\n总工\ufffd会(试行)\n"
    assert listed(proof(given, "--check")) == [
        "<stdin>:1:3: X02",
        "<stdin>:1:7: P02",
        "<stdin>:1:10: P01",
        "<stdin>:2:3: U04",
        "<stdin>:2:5: P06",
        "<stdin>:2:8: P06",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_lines_and_columns_are_those_of_the_input_after_lines_that_are_joined(proof: Proof, end: str) -> None:
    given = "好,的\n\n各级工会\n，要提升,政治（\n站位）,切实\n2022年5\n月6日,好\n下一段,对\n".replace("\n", end)
    assert listed(proof(given, "--check")) == [
        "<stdin>:1:2: P01",
        "<stdin>:3:5: O01",
        "<stdin>:4:5: P01",
        "<stdin>:4:9: O02",
        "<stdin>:5:4: P01",
        "<stdin>:6:7: F02",
        "<stdin>:7:4: P01",
        "<stdin>:8:4: P01",
    ]


def test_a_column_counts_code_points(proof: Proof) -> None:
    assert listed(proof("𠮷𠮷,工\n", "--check")) == ["<stdin>:1:3: P01"]


def test_what_nobody_would_see_is_named(proof: Proof) -> None:
    given = ["各级工会\n，要", "各级工会,要 提升", "　　请落实", "请\u200b落实", "总\ue5e5会"]
    lines = proof("\n\n".join(given), "--check").stdout.decode().splitlines()
    assert [line.rpartition("：")[2] for line in lines if "P01" not in line] == [
        "「<U+000A>」 → 「」",
        "「<U+0020>」 → 「」",
        "「<U+3000><U+3000>」 → 「」",
        "「<U+200B>」 → 「」",
        "「<U+E5E5>」",
    ]


# -- JSON ----------------------------------------------------------------------------------------------------------


def test_an_object_comes_back_with_its_text_and_all_that_was_said_of_it(proof: Proof) -> None:
    given = "“甲”、“乙”,加强领导"
    result = proof(jsonl([{"id": 7, "text": given}]), "--jsonl")
    rule = table()["C01"]
    assert objects(result) == [
        {
            "id": 7,
            "text": "“甲”、“乙”，加强领导",
            "edits": [{"rule": "P01", "certainty": "certain", "span": [7, 8], "before": ",", "after": "，"}],
            "findings": [
                {
                    "rule": "C01",
                    "alias": "PHRA-014",
                    "certainty": "ask",
                    "severity": rule.severity,
                    "span": [0, 7],
                    "before": "“甲”、“乙”",
                    "suggestion": "“甲”“乙”",
                    "message": rule.message or "相邻的引号（书名号）之间通常不用顿号，请核对原件。",
                }
            ],
        }
    ]
    assert "加强领导" in result.stdout.decode()


def test_a_good_text_has_empty_lists(proof: Proof) -> None:
    assert answer(proof, GOOD, id=1) == {"id": 1, "text": GOOD, "edits": [], "findings": []}
    assert answer(proof, "") == {"text": "", "edits": [], "findings": []}


def test_an_id_comes_back_as_it_is(proof: Proof) -> None:
    names = [1, 1.5, "段一", "", None, True, [1, "二"], {"页": 3}]
    assert [found["id"] for found in answers(proof, [{"id": name, "text": "好"} for name in names])] == names


def test_an_object_without_an_id_comes_back_without_one(proof: Proof) -> None:
    assert "id" not in answer(proof, "好")


def test_other_keys_are_nobodys_business(proof: Proof) -> None:
    assert {*answer(proof, "好", id=1, page=3, edits=[])} == {"id", "text", "edits", "findings"}


def test_objects_come_back_in_their_order_and_empty_lines_are_none(proof: Proof) -> None:
    given = jsonl({"id": n, "text": "好"} for n in range(3))
    assert [found["id"] for found in objects(proof(given.replace("\n", "\r\n\n  \n"), "--jsonl"))] == [0, 1, 2]
    assert [found["id"] for found in objects(proof(given.rstrip("\n"), "--jsonl"))] == [0, 1, 2]


def test_files_of_objects_come_out_one_after_the_other(proof: Proof, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(jsonl([{"id": name, "text": "甲方,乙方"}]))
    found = objects(proof("", "--jsonl", "a.jsonl", "b.jsonl"))
    assert [(one["id"], one["text"]) for one in found] == [("a", "甲方，乙方"), ("b", "甲方，乙方")]


def test_every_line_of_a_text_is_a_paragraph_unless_two_belong_together(proof: Proof) -> None:
    given = "好,的\n\n各级工会\n，要(提升)\n\n最后;一段\n"
    found = answer(proof, given)
    assert found["text"] == "好，的\n\n各级工会，要（提升）\n\n最后；一段\n"
    assert [(edit["rule"], edit["span"], edit["before"]) for edit in found["edits"]] == [
        ("P01", [1, 2], ","),
        ("O01", [9, 10], "\n"),
        ("P06", [12, 13], "("),
        ("P06", [15, 16], ")"),
        ("P02", [20, 21], ";"),
    ]


# -- roles ---------------------------------------------------------------------------------------------------------

# the word of the case file, that of the TEI profile, a text, what is said of it in that role and what in the body
ROLED = [
    ("body", "p", "王 东 明", "S05", "S05"),
    ("run-in", "p", "（一）加强领导。各级,工会", "P01", "P01"),
    ("run-in", "p", "（一）加强领导。", "", ""),
    ("heading", "heading", "（一）加强领导。", "STRU-010", ""),
    ("recipient", "addressees", "各部门，各直属单位。", "RCPT-002", ""),
    ("docno", "doc-number", "工发[2022]5号", "B01", "B01"),
    ("names-table", "cell", "关于开展,工作", "P01", "P01"),
    ("table", "cell", "关于开展,工作", "P01", "P01"),
    ("attachment", "attachment-note", "附件：1.实施方案。", "ATT-004", ""),
    ("colophon", "cc", "抄送：各部门", "CC-002", ""),
    ("colophon", "imprint", "中国人民政治协商会议全国委员会办公厅2022年5月06日印发", "F01", ""),
    ("colophon", "note", "（此件公开,发布）", "P01", "P01"),
    ("title", "title", "关于印发讲话的通知。", "TITL-003", ""),
    ("heading", "heading", "一、总体要求。", "STRU-010", ""),
    ("date", "date", "2022年5月06日", "F01", ""),
    ("byline", "byline", "王 东 明", "S05", "S05"),
]


def test_a_role_may_be_called_by_either_word(proof: Proof) -> None:
    for words in zip(
        answers(proof, [{"text": text, "role": ours} for ours, _, text, _, _ in ROLED]),
        answers(proof, [{"text": text, "role": theirs} for _, theirs, text, _, _ in ROLED]),
        strict=True,
    ):
        assert words[0] == words[1]


def test_what_is_said_depends_on_the_role(proof: Proof) -> None:
    roled = answers(proof, [{"text": text, "role": role} for role, _, text, _, _ in ROLED])
    body = answers(proof, [{"text": text} for _, _, text, _, _ in ROLED])
    for found, key in ((roled, 3), (body, 4)):
        rules = [{*said_of(one, "edits"), *said_of(one, "findings")} for one in found]
        assert rules == [{row[key]} - {""} for row in ROLED]


def test_a_spaced_name_is_closed_where_names_stand_and_asked_about_in_the_body(proof: Proof) -> None:
    for role in ("names", "byline"):
        assert answer(proof, "王 东 明", role=role)["text"] == "王东明"
    asked = answer(proof, "同志 王 东 明 出席", role="body")
    assert (asked["text"], said_of(asked, "findings")) == ("同志 王 东 明 出席", ["S05"])


def test_no_role_is_the_body(proof: Proof) -> None:
    texts = ["加强领导,。", "关于印发讲话的通知。", "王 东 明"]
    found = answers(
        proof, [{"text": text, **role} for text in texts for role in ({}, {"role": None}, {"role": "body"})]
    )
    assert found[0::3] == found[1::3] == found[2::3]


def test_every_role_takes_every_text(proof: Proof) -> None:
    roles = [*ROLES, COLOPHON, *KINDS]
    texts = [GOOD, "", "各单位,请落实。\n2022年5月06日\n\n附件：1.方案。\n"]
    found = answers(proof, [{"id": role, "text": text, "role": role} for role in roles for text in texts])
    assert [one["id"] for one in found] == [role for role in roles for _ in texts]
    assert all(one["text"] == text for one, text in zip(found, texts * len(roles), strict=True) if text in (GOOD, ""))


# -- spans ---------------------------------------------------------------------------------------------------------


def applied(text: str, edits: Iterable[Mapping[str, Any]]) -> str:
    """A text after edits, which are in order and apart, and each quotes what it replaces."""
    out, at = "", 0
    for start, end, before, after in ((*edit["span"], edit["before"], edit["after"]) for edit in edits):
        assert at <= start <= end <= len(text)
        assert text[start:end] == before
        out, at = out + text[at:start] + after, end
    return out + text[at:]


@pytest.mark.parametrize(
    "text",
    [
        "各单位,请落实(见附件);好:对",
        "　　各单位,请于２０２２年5月6日 落实",
        "𠮷林,𠀀工\u200b会 ，好;的",
        '他说"好的,对",印发<意见>的通知',
        "好,的\n\n各级工会\n，要(提升)\n2022年5\n月6日;对\n根据《\n工会法》\n",
        "⼯会,梨益;二○二二年五月",
        "2021-2025年14：00—16：00,好。。",
    ],
)
def test_spans_count_code_points_of_the_text_that_came_in(proof: Proof, text: str) -> None:
    found = answer(proof, text)
    assert len(found["edits"]) > 1
    assert applied(text, found["edits"]) == found["text"] != text


def test_a_stretch_that_several_rules_changed_is_one_edit(proof: Proof) -> None:
    text = "加强领导,，压实责任。二０二二年"
    found = answer(proof, text)
    assert applied(text, found["edits"]) == found["text"] == "加强领导，压实责任。二〇二二年"
    assert [(edit["rule"], edit["rules"], edit["span"]) for edit in found["edits"]] == [
        ("X01", ["P01", "X01"], [4, 6]),
        ("U06", ["U01", "U06"], [12, 13]),
    ]
    assert listed(proof(text, "--check")) == ["<stdin>:1:5: X01", "<stdin>:1:13: U06"]


def test_a_finding_quotes_what_its_span_holds(proof: Proof) -> None:
    text = "𠮷林,好\n加强领导，。\n\n“甲”、“乙”;总工\ufffd会\n同志 王 东 明 出席"
    found = answer(proof, text)["findings"]
    assert [finding["rule"] for finding in found] == ["X02", "U04", "C01", "S05"]
    for finding in found:
        start, end = finding["span"]
        assert text[start:end] == finding["before"]


def test_the_edits_of_every_case_lead_from_what_came_in_to_what_goes_out(proof: Proof, shared: Path) -> None:
    lines = (shared / "spec" / "punctuation-cases.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["input"] for line in lines]
    texts += [text for rule in table().values() for text, _ in rule.examples if isinstance(text, str)]
    assert len(texts) > 300
    texts += ["\n".join(texts), "。".join(texts)]
    given = [json.dumps({"text": text}) for text in texts]  # some hold lone surrogates, which only JSON can write
    result = proof("\n".join(given), "--jsonl")
    assert (result.stderr, result.returncode) == (b"", 0)
    for text, found in zip(texts, objects(result), strict=True):
        assert applied(text, found["edits"]) == found["text"]
        if not found["edits"]:
            assert all(text[slice(*one["span"])] == one["before"] for one in found["findings"])


# -- lines that are no such object ---------------------------------------------------------------------------------


BAD = {
    "{bad": "is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1); "
    "write one object a line",
    '{"text": "好"} {"text": "好"}': "is no JSON: Extra data: line 1 column 15 (char 14); write one object a line",
    "各单位,请": "is no JSON: Expecting value: line 1 column 1 (char 0); write one object a line",
    "[]": 'has no text; write {"id": …, "text": "…"}',
    '"好"': 'has no text; write {"id": …, "text": "…"}',
    "null": 'has no text; write {"id": …, "text": "…"}',
    "{}": 'has no text; write {"id": …, "text": "…"}',
    '{"id": 1, "txet": "好"}': 'has no text; write {"id": …, "text": "…"}',
    '{"text": 3}': 'has no text; write {"id": …, "text": "…"}',
    '{"text": null}': 'has no text; write {"id": …, "text": "…"}',
    '{"text": ["好"]}': 'has no text; write {"id": …, "text": "…"}',
    '{"text": "好", "role": "bdoy"}': "has the unknown role 'bdoy'; did you mean body?",
    '{"text": "好", "role": "adressees"}': "has the unknown role 'adressees'; did you mean addressees?",
    '{"text": "好", "role": "Title"}': "has the unknown role 'Title'; did you mean title?",
    '{"text": "好", "script": "simplifed"}': "has the unknown script 'simplifed'; did you mean simplified?",
    '{"text": "好", "script": "trad"}': "has the unknown script 'trad'; did you mean traditional?",
}


def test_a_line_that_is_no_object_is_named_and_the_others_are_done(proof: Proof) -> None:
    good = '{"text": "甲,乙"}'
    result = proof("\n\n".join([good, *(f"{bad}\n{good}" for bad in BAD)]), "--jsonl")
    assert complaints(result) == [f"<stdin>: line {3 * n}: {reason}" for n, reason in enumerate(BAD.values(), 1)]
    assert [found["text"] for found in objects(result)] == ["甲，乙"] * (len(BAD) + 1)
    assert result.returncode == 3


def test_each_bad_line_is_named_by_its_file(proof: Proof, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{bad\n{"text": "好"}\n{"text": "好", "role": "x"}\n')
    (tmp_path / "b.jsonl").write_text('{"text": "好"}\n[]\n')
    result = proof("", "--jsonl", "a.jsonl", "b.jsonl")
    assert [":".join(line.split(":")[:2]) for line in complaints(result)] == [
        "a.jsonl: line 1",
        "a.jsonl: line 3",
        "b.jsonl: line 2",
    ]
    assert len(objects(result)) == 2
    assert result.returncode == 3


def test_a_lone_surrogate_is_kept_asked_about_and_written_as_it_came(proof: Proof) -> None:
    result = proof(r'{"id": "\udc00", "text": "工\ud800会,好\n"}', "--jsonl")
    assert (result.stderr, result.returncode) == (b"", 0)
    assert rb"\ud800" in result.stdout
    (found,) = objects(result)
    assert (found["id"], found["text"]) == ("\udc00", "工\ud800会，好\n")
    assert [(one["rule"], one["span"], one["before"]) for one in found["findings"]] == [("U04", [1, 2], "\ud800")]


def test_a_surrogate_pair_is_one_character(proof: Proof) -> None:
    result = proof(r'{"text": "\ud842\udfb7林,好"}', "--jsonl")
    (found,) = objects(result)
    assert (found["text"], found["edits"][0]["span"]) == ("𠮷林，好", [2, 3])
    assert "𠮷" in result.stdout.decode()


def test_a_check_of_objects_names_those_something_is_said_of_without_their_text(proof: Proof) -> None:
    given = jsonl([{"id": 1, "text": GOOD}, {"id": 2, "text": "甲,乙"}, {"text": "加强领导，。"}])
    result = proof(given, "--jsonl", "--check")
    assert (result.stderr, result.returncode) == (b"", 1)
    edited, asked = objects(result)
    assert {*edited} == {"id", "edits", "findings"}
    assert {*asked} == {"edits", "findings"}
    assert (edited["id"], said_of(edited, "edits"), edited["findings"]) == (2, ["P01"], [])
    assert (asked["edits"], said_of(asked, "findings")) == ([], ["X02"])


def test_a_check_of_good_objects_says_nothing(proof: Proof) -> None:
    result = proof(jsonl([{"id": 1, "text": GOOD}]), "--jsonl", "--check")
    assert (result.stdout, result.stderr, result.returncode) == (b"", b"", 0)


@pytest.mark.parametrize("text", [GOOD, "甲,乙"])
def test_what_cannot_be_read_is_graver_than_what_was_found(proof: Proof, text: str) -> None:
    good = jsonl([{"text": text}])
    for given in (good + "{bad\n", "{bad\n" + good):
        assert proof(given, "--jsonl", "--check").returncode == 3


# -- profile and script --------------------------------------------------------------------------------------------


# what may have been printed so, the rule, and how a draft should say it
PRINTED = [
    ("D03", "2021-2025年的规划", "2021—2025年的规划"),
    ("X01", "加强领导，，压实责任", "加强领导，压实责任"),
    ("T01", "印发<意见>的通知", "印发《意见》的通知"),
    ("F04", "会议于14：00举行", "会议于14:00举行"),
]


def test_a_draft_is_corrected(proof: Proof) -> None:
    found = answers(proof, [{"text": text} for _, text, _ in PRINTED], "--profile", "draft")
    for (rule, text, better), one in zip(PRINTED, found, strict=True):
        assert applied(text, one["edits"]) == one["text"] == better
        assert {(edit["rule"], edit["certainty"]) for edit in one["edits"]} == {(rule, "likely")}
        assert one["findings"] == []


def test_a_document_in_an_archive_is_asked_about(proof: Proof) -> None:
    found = answers(proof, [{"text": text} for _, text, _ in PRINTED], "--profile", "archive")
    for (rule, text, better), one in zip(PRINTED, found, strict=True):
        assert (one["text"], one["edits"]) == (text, [])
        assert {*said_of(one, "findings")} == {rule}
        assert applied(text, [{**asked, "after": asked["suggestion"]} for asked in one["findings"]]) == better


def test_a_text_is_a_draft_unless_it_is_said_otherwise(proof: Proof) -> None:
    given, better = ("\n".join(row[n] for row in PRINTED) for n in (1, 2))
    assert text_of(proof(given)) == text_of(proof(given, "--profile", "draft")) == better
    assert text_of(proof(given, "--profile", "archive")) == given


def test_what_the_machine_did_is_repaired_under_either_profile(proof: Proof) -> None:
    for profile in ("draft", "archive"):
        assert text_of(proof("各级工会\n，要(提升)\n", "--profile", profile)) == "各级工会，要（提升）\n"


TRADITIONAL, SIMPLIFIED = "總工會關於發佈通知\n", "总工会关于发布通知\n"


@pytest.mark.parametrize(
    ("options", "traditional", "simplified"),
    [
        ((), TRADITIONAL, SIMPLIFIED),
        (("--script", "keep"), TRADITIONAL, SIMPLIFIED),
        (("--script", "simplified"), SIMPLIFIED, SIMPLIFIED),
        (("--script", "traditional"), TRADITIONAL, TRADITIONAL),
    ],
)
def test_a_text_in_the_other_script_is_converted_when_asked(
    proof: Proof, options: tuple[str, ...], traditional: str, simplified: str
) -> None:
    assert text_of(proof(TRADITIONAL, *options)) == traditional
    assert text_of(proof(SIMPLIFIED, *options)) == simplified


def test_an_object_may_name_its_own_script(proof: Proof) -> None:
    scripts = ["simplified", "traditional", "keep", None]
    given = [{"text": text, "script": script} for script in scripts for text in (TRADITIONAL, SIMPLIFIED)]
    texts = [found["text"] for found in answers(proof, given)]
    assert texts == [SIMPLIFIED, SIMPLIFIED, TRADITIONAL, TRADITIONAL, *[TRADITIONAL, SIMPLIFIED] * 2]
    texts = [found["text"] for found in answers(proof, given, "--script", "simplified")]
    assert texts[2:] == [TRADITIONAL, TRADITIONAL, TRADITIONAL, SIMPLIFIED, SIMPLIFIED, SIMPLIFIED]


def test_every_converted_stretch_is_an_edit(proof: Proof) -> None:
    found = answer(proof, TRADITIONAL, script="simplified")
    assert {(edit["rule"], edit["certainty"]) for edit in found["edits"]} == {("V01", "likely")}
    assert applied(TRADITIONAL, found["edits"]) == found["text"] == SIMPLIFIED


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--profile", "x"), "--profile"),
        (("--script", "x"), "--script"),
        (("--json",), "--json"),
        (("--config", "no.toml"), "no.toml"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it(proof: Proof, arguments: tuple[str, ...], named: str) -> None:
    result = proof("甲,乙", *arguments)
    (said,) = complaints(result)
    assert named in said
    assert (result.stdout, result.returncode) == (b"", 2)


# -- policy --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ("", "甲方，乙方；丙方"),
        ("select = []", "甲方，乙方；丙方"),
        ('select = ["P01"]', "甲方，乙方;丙方"),
        ('select = ["P01", "P02"]', "甲方，乙方；丙方"),
        ('select = ["DATE-001"]', "甲方,乙方;丙方"),
        ('ignore = ["P01"]', "甲方,乙方；丙方"),
        ('select = ["P01", "P02"]\nignore = ["P02"]', "甲方，乙方;丙方"),
        ('certainty = {P01 = "ask"}', "甲方,乙方；丙方"),
    ],
)
def test_policy_says_which_rules_run(proof: Proof, policy: Callable[[str], object], rules: str, text: str) -> None:
    policy(f"[rules]\n{rules}\n")
    assert text_of(proof("甲方,乙方;丙方")) == text


def test_an_alias_chooses_its_rule_and_every_rule_that_shares_it(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[rules]\nselect = ["PHRA-014", "O04"]\n')
    given = [
        {"text": "“甲”、“乙”。甲方,乙方"},
        {"text": "附件：1.实施方案。", "role": "attachment"},
        {"text": "抄送：各部门", "role": "cc"},
        {"text": "各部门。", "role": "recipient"},
    ]
    said = [said_of(found, "findings") for found in answers(proof, given)]
    assert said == [["C01"], ["ATT-004"], ["CC-002"], ["RCPT-002"]]
    policy('[rules]\nignore = ["PHRA-014", "O04"]\n')
    assert [said_of(found, "findings") for found in answers(proof, given)][1:] == [[], [], []]
    assert answers(proof, given)[0]["text"] == "“甲”、“乙”。甲方，乙方"


def test_policy_says_how_sure_a_rule_is(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[rules.certainty]\nP01 = "ask"\nP02 = "likely"\nX02 = "certain"\nU04 = "certain"\n')
    found = answer(proof, "甲,乙;丙，。总\ufffd工")
    assert found["text"] == "甲,乙；丙。总\ufffd工"
    assert {(one["rule"], one["certainty"]) for one in found["edits"]} == {("P02", "likely"), ("X02", "certain")}
    asked = {one["rule"]: one["suggestion"] for one in found["findings"]}
    assert asked == {"P01": "，", "U04": None}  # where nothing is suggested nothing can be certain


def test_a_certainty_that_is_named_stands_under_either_profile(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[rules.certainty]\nD03 = "likely"\nX01 = "ask"\n')
    for profile in ("draft", "archive"):
        assert text_of(proof("2021-2025年，，好", "--profile", profile)) == "2021—2025年，，好"


def test_nothing_is_changed_or_asked_in_a_protected_word(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[text]\nprotected = ["甲,乙", "領導，。", "总\\ue5e5"]\n')
    given = "甲,乙,丙領導，。总\ue5e5会,总\ue5e6会,加強領導"
    found = answer(proof, given, script="simplified")
    assert found["text"] == "甲,乙，丙領導，。总\ue5e5会，总\ue5e6会，加强领导"
    assert [(one["rule"], one["span"]) for one in found["findings"]] == [("U04", [14, 15])]


def test_a_private_use_character_is_what_policy_says(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[text.private_use]\n"U+E5E5" = "工"\n"U+F0000" = "会"\n')
    found = answer(proof, "总\ue5e5\U000f0000办,总\ue5e6")
    assert found["text"] == "总工会办，总\ue5e6"
    assert [(one["rule"], one["span"], one["after"]) for one in found["edits"] if one["rule"] == "U04"] == [
        ("U04", [1, 2], "工"),
        ("U04", [2, 3], "会"),
    ]
    assert [(one["rule"], one["span"], one["suggestion"]) for one in found["findings"]] == [("U04", [6, 7], None)]


def test_an_option_goes_before_the_policy_file(proof: Proof, policy: Callable[[str], object]) -> None:
    policy('[text]\nscript = "simplified"\n')
    assert text_of(proof(TRADITIONAL)) == SIMPLIFIED
    assert text_of(proof(TRADITIONAL, "--script", "keep")) == TRADITIONAL
    assert answer(proof, TRADITIONAL, script="keep")["text"] == TRADITIONAL


def test_another_policy_can_be_named(proof: Proof, policy: Callable[[str], object], tmp_path: Path) -> None:
    policy("broken")
    (tmp_path / "house.toml").write_text('[rules]\nignore = ["P01"]\n')
    assert proof("甲,乙;丙").returncode == 2
    assert text_of(proof("甲,乙;丙", "--config", "house.toml")) == "甲,乙；丙"


def test_a_policy_that_names_no_rule_is_refused_before_anything_is_read(
    proof: Proof, policy: Callable[[str], object]
) -> None:
    policy('[rules]\nignore = ["P1"]\n')
    result = proof("甲,乙")
    (said,) = complaints(result)
    assert said.startswith("gongwen.toml: rules.ignore: there is no rule P1; did you mean ")
    assert (result.stdout, result.returncode) == (b"", 2)


# -- how it ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [1, 100_000], ids=["at the end", "in the middle"])
@pytest.mark.parametrize(
    ("line", "options"),
    [("甲,乙\n", ()), ("甲,乙\n", ("--check",)), ('{"text": "甲,乙"}\n', ("--jsonl",))],
)
def test_a_reader_that_stops_reading_is_no_error(
    environment: Mapping[str, str], tmp_path: Path, line: str, options: tuple[str, ...], lines: int
) -> None:
    (tmp_path / "a.txt").write_text(line * lines)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "pipeline", "proof", *options, "a.txt"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (result.stderr, result.returncode) == (b"", 141)


# a small process of its own: what a process has used counts what it was forked from, and pytest has used a lot
MEASURE = """
import resource, subprocess, sys

template, size, options = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
command = [sys.executable, "-m", "pipeline", "proof", *options]
number = written = 0
with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
    while written < size:
        number += 1
        written += process.stdin.write((template % number).encode() + b"\\n")
unit = 1 if sys.platform == "darwin" else 1024
print(process.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)
"""


@pytest.mark.parametrize(
    ("template", "options"),
    [
        ("第%d项,加强领导，。" + GOOD * 10, ()),
        ('{"id": %d, "text": "加强领导，。好,的' + GOOD * 10 + '"}', ("--jsonl",)),
    ],
    ids=["text", "jsonl"],
)
def test_a_stream_of_any_length_costs_the_same_memory(
    environment: Mapping[str, str], tmp_path: Path, template: str, options: tuple[str, ...]
) -> None:
    def used(size: int) -> int:
        command = [sys.executable, "-c", MEASURE, template, str(size), *options]
        result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        assert result.stderr == ""
        code, peak = map(int, result.stdout.split())
        assert code == 0
        return peak

    short, long = used(1 * MB), used(20 * MB)
    assert long < 200 * MB
    assert long - short < 8 * MB  # a program that holds the stream holds 19 MB more


# -- the same choices in run ---------------------------------------------------------------------------------------

CIRCULAR = """关于开展工作的通知

各单位：

　　2021-2025年会议于14：00举行，，请认真落实<意见>。

中华全国总工会办公厅

2022年5月6日
"""
ASKED = "2021-2025年会议于14：00举行，，请认真落实<意见>。\n"
CORRECTED = "2021—2025年会议于14:00举行，请认真落实《意见》。\n"


@pytest.mark.parametrize(
    ("options", "profile", "line"),
    [
        ((), "archive", ASKED),
        (("--profile", "archive"), "archive", ASKED),
        (("--profile", "draft"), "draft", CORRECTED),
    ],
)
def test_run_corrects_a_draft_and_asks_about_what_was_printed(
    gongwen: Gongwen, tmp_path: Path, options: tuple[str, ...], profile: str, line: str
) -> None:
    (tmp_path / "a.txt").write_text(CIRCULAR)
    assert gongwen("run", "a.txt", *options).returncode == 0
    assert line in (tmp_path / "output/a.txt").read_text()
    report = json.loads((tmp_path / "output/a.findings.json").read_text())
    assert report["profile"] == profile


def test_a_run_under_another_profile_makes_the_files_anew(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CIRCULAR)
    gongwen("run", "a.txt")
    (tmp_path / "gongwen.toml").write_text('[rules]\nprofile = "draft"\n')
    for options in ((), ("--profile", "archive"), ("--profile", "draft")):
        assert gongwen("run", "a.txt", *options).stdout.startswith("a.txt: 1 page, ")
    assert gongwen("run", "a.txt").stdout == "1 document up to date\n"
    assert CORRECTED in (tmp_path / "output/a.txt").read_text()


def test_run_converts_a_circular_to_the_script_it_is_told(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TRADITIONAL}\n各單位：\n\n　　請認真落實總工會的規定。\n")
    for script, title, line in (
        ("keep", TRADITIONAL, "請認真落實總工會的規定。\n"),
        ("simplified", SIMPLIFIED, "请认真落实总工会的规定。\n"),
    ):
        assert gongwen("run", "a.txt", "--script", script).returncode == 0
        text = (tmp_path / "output/a.txt").read_text()
        assert text.startswith(title)
        assert line in text
    assert "<orig>總</orig><reg>总</reg>" in (tmp_path / "output/a.xml").read_text()


# -- what has gone wrong once ----------------------------------------------------------------------------------------------


def test_a_line_end_inside_a_paragraph_that_is_not_joined_stays_as_it_came(
    proof: Proof, policy: Callable[[str], object]
) -> None:
    assert text_of(proof("宾语和/ \r\n或补语\r\n")) == "宾语和/或补语\r\n"
    policy('[rules]\nignore = ["O01"]\n')
    assert text_of(proof("各级工会\r\n，要\r\n")) == "各级工会\r\n，要\r\n"


def test_a_line_end_of_windows_inside_a_text_is_taken_out_whole(proof: Proof) -> None:
    (answer,) = answers(proof, [{"text": "各级工会\r\n，要"}])
    assert answer["text"] == "各级工会，要"


def test_a_finding_quotes_the_text_that_came_in_and_what_its_rule_saw(proof: Proof) -> None:
    (answer,) = answers(proof, [{"text": '"甲"、"乙"'}])
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["before"], finding["found"]) == ("C01", '"甲"、"乙"', "“甲”、“乙”")


def test_json_with_a_mark_of_byte_order_or_a_line_nobody_can_read_is_done_all_the_same(proof: Proof) -> None:
    good = jsonl([{"text": "甲,乙"}]).encode()
    result = proof(
        b"\xef\xbb\xbf" + good + b"[" * 100_000 + b"\n" + b"\xff\n" + b'{"id": NaN, "text": ""}\n' + good, "--jsonl"
    )
    assert [answer["text"] for answer in objects(result)] == ["甲，乙", "甲，乙"]
    assert [line.split(":")[1] for line in complaints(result)] == [
        " line 2",
        " line 3 is not UTF-8 (byte 1); convert it, for example",
        " line 4",
    ]
    assert result.returncode == 3


def test_a_file_that_is_not_there_does_not_keep_the_others_from_being_done(proof: Proof, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲,乙", encoding="utf-8")
    result = proof("", "no.txt", "a.txt")
    assert (result.stdout.decode(), len(complaints(result)), result.returncode) == ("甲，乙", 1, 3)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(environment: Mapping[str, str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "proof"],
            cwd=tmp_path,
            env=dict(environment),
            input="甲,乙".encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.decode() == "gongwen: standard output cannot be written to: No space left on device; make room\n"


def test_a_role_is_a_word_and_a_rule_in_small_letters_is_recognised(
    proof: Proof, policy: Callable[[str], object]
) -> None:
    assert "role must be a word" in complaints(proof('{"text": "", "role": ["x"]}\n', "--jsonl"))[0]
    policy('[rules]\nselect = ["p01"]\n')
    assert "did you mean P01?" in complaints(proof(""))[0]
