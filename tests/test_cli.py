"""The command line as a user meets it: what it says, what it writes, and how it ends."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

import pipeline
from pipeline.batch import Job, Result
from pipeline.cli import report_results
from pipeline.errors import GongwenError, InputError
from pipeline.rule import table
from tests.conftest import Gongwen
from tests.pdf import Pdf, lines

SUFFIXES = (".xml", ".txt", ".html", ".findings.json")
TEXT = "关于开展工作的通知\n\n各单位:\n\n请认真落实。\n"


def circular() -> Pdf:
    return Pdf().page(lines(["关于开展工作的通知", "各单位:", "　　请认真落实。"]))


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr, without the name of the program."""
    assert result.stdout == ""
    assert result.stderr.startswith("gongwen: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("gongwen: ").removesuffix("\n")


# -- help and rules ------------------------------------------------------------------------------------------------


def test_version(gongwen: Gongwen) -> None:
    result = gongwen("--version")
    assert (result.stdout, result.stderr, result.returncode) == (f"gongwen {pipeline.__version__}\n", "", 0)


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("run", "--help")])
def test_help_names_the_exit_codes(gongwen: Gongwen, arguments: tuple[str, ...]) -> None:
    result = gongwen(*arguments)
    assert (result.stderr, result.returncode) == ("", 0)
    said = " ".join(result.stdout.split())
    for code in ("0 done", "2 wrong usage", "3 some input", "4 a bug", "130 interrupted", "143 terminated"):
        assert code in said


def test_rules_lists_every_rule_once(gongwen: Gongwen) -> None:
    result = gongwen("rules")
    assert result.returncode == 0
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        [rule.id, rule.certainty.value] for rule in table().values()
    ]


def test_a_rule_is_explained_with_its_clause_and_examples(gongwen: Gongwen) -> None:
    result = gongwen("rules", "P01")
    rule = table()["P01"]
    assert result.returncode == 0
    assert result.stdout.startswith(f"P01 {rule.name}\n{rule.title}\n")
    assert rule.clause in result.stdout
    assert "  改为  牢记“国之大者”,立足新发展阶段  →  牢记“国之大者”，立足新发展阶段\n" in result.stdout
    assert "  不动  参会人数1,200人\n" in result.stdout


def test_a_rule_is_found_by_its_id_in_any_case_and_by_its_alias(gongwen: Gongwen) -> None:
    by_alias, by_id = gongwen("rules", "PHRA-014"), gongwen("rules", "c01")
    assert by_id.stdout.startswith("C01 (PHRA-014) ")
    assert by_alias.stdout == by_id.stdout


@pytest.mark.parametrize("wrong", ["P0", "p0"])
def test_an_unknown_rule_names_the_nearest(gongwen: Gongwen, wrong: str) -> None:
    result = gongwen("rules", wrong)
    near = one_line(result).removeprefix(f"there is no rule {wrong}; did you mean ").removesuffix("?")
    assert near in table()
    assert near.startswith("P0")
    assert result.returncode == 2


def test_no_rule_is_called_nothing(gongwen: Gongwen) -> None:
    assert gongwen("rules", "").returncode == 2


# -- wrong usage ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "command"),
        (("walk",), "walk"),
        (("--wrong",), "--wrong"),
        (("run", "--outptu", "x"), "--outptu"),
        (("run", "-o"), "-o"),
        (("rules", "P01", "P02"), "P02"),
        (("wa\x1b[31m\nlk",), r"wa\x1b[31m"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it(gongwen: Gongwen, arguments: tuple[str, ...], named: str) -> None:
    result = gongwen(*arguments)
    assert named in one_line(result)
    assert one_line(result).endswith("; see gongwen --help")
    assert result.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no .pdf or .txt file to process; put circulars into input/ or name them"),
        (("empty",), "no .pdf or .txt file to process; put circulars into input/ or name them"),
        (("--config", "no.toml"), "no.toml: cannot be read: No such file or directory; check --config"),
        (("--config", "bad.toml"), "bad.toml: unknown key report.dip; did you mean report.dpi?"),
    ],
)
def test_a_run_that_makes_no_sense_is_one_line(
    gongwen: Gongwen, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.toml").write_text("[report]\ndip = 3\n")
    result = gongwen("run", *arguments)
    assert one_line(result) == message
    assert result.returncode == 2
    assert not (tmp_path / "output").exists()


# -- a run that goes well ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def done(
    gongwen_in: Callable[[Path], Gongwen], sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder of the results of the sample, and what was said."""
    folder = tmp_path_factory.mktemp("sample")
    return folder / "output", gongwen_in(folder)("run", sample)


def test_a_run_writes_four_files_and_says_one_line(
    done: tuple[Path, subprocess.CompletedProcess[str]], sample: Path
) -> None:
    output, result = done
    assert (result.stderr, result.returncode) == ("", 0)
    assert {*files(output)} == {"seed.xml", "seed.txt", "seed.html", "seed.findings.json"}
    assert all(files(output).values())
    assert result.stdout.startswith(f"{sample}: 6 pages, ")
    assert result.stdout.endswith(" -> output/seed.xml\n")
    assert result.stdout.count("\n") == 1


def test_a_second_run_has_nothing_to_do(
    done: tuple[Path, subprocess.CompletedProcess[str]], gongwen: Gongwen, sample: Path
) -> None:
    output, _ = done
    before = files(output), times(output)
    result = gongwen("run", sample, "-o", output)
    assert (result.stdout, result.stderr, result.returncode) == ("1 document up to date\n", "", 0)
    assert (files(output), times(output)) == before


def test_force_makes_the_same_files_anew(
    done: tuple[Path, subprocess.CompletedProcess[str]], gongwen: Gongwen, sample: Path
) -> None:
    output, _ = done
    content, age = files(output), times(output)
    assert gongwen("run", "--force", "-q", sample, "-o", output).returncode == 0
    assert files(output) == content
    assert all(new > age[name] for name, new in times(output).items())


def test_results_depend_on_nothing_but_the_input(gongwen: Gongwen, sample: Path, tmp_path: Path) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        assert (
            gongwen("run", sample, "-o", name, "--no-facsimile", PYTHONHASHSEED=seed, TZ=f"UTC{seed}").returncode == 0
        )
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_without_page_pictures_the_report_is_smaller(
    done: tuple[Path, subprocess.CompletedProcess[str]], gongwen: Gongwen, sample: Path, tmp_path: Path
) -> None:
    output, _ = done
    assert gongwen("run", "--no-facsimile", sample).returncode == 0
    with_pictures, without = files(output), files(tmp_path / "output")
    assert len(without["seed.html"]) < 0.9 * len(with_pictures["seed.html"])
    assert without["seed.txt"] == with_pictures["seed.txt"]
    assert without["seed.xml"] == with_pictures["seed.xml"]


def test_quiet_says_nothing_of_what_went_well(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for _ in range(2):
        result = gongwen("run", "-q", "a.txt")
        assert (result.stdout, result.stderr, result.returncode) == ("", "", 0)
    assert (tmp_path / "output/a.xml").is_file()


@pytest.mark.parametrize(
    ("changed", "content"),
    [
        ("a.txt", TEXT + "附注。\n"),
        ("a.review.jsonl", '{"key": "0", "verdict": "accept"}\n'),
        ("gongwen.toml", "[layout.text]\nfull_line = 0.9\n"),
        ("output/a.findings.json", "not what was written"),
    ],
)
def test_a_change_of_what_a_result_depends_on_makes_it_anew(
    gongwen: Gongwen, tmp_path: Path, changed: str, content: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert gongwen("run", "a.txt").stdout.startswith("a.txt: 1 page, ")
    (tmp_path / changed).write_text(content)
    assert gongwen("run", "a.txt").stdout.startswith("a.txt: 1 page, ")


def test_another_policy_can_be_named(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "gongwen.toml").write_text("broken")
    (tmp_path / "strict.toml").write_text("[limits]\ncharacters = 3\n")
    assert gongwen("run", "a.txt").returncode == 2
    result = gongwen("run", "--config", "strict.toml", "a.txt")
    assert "the limit is 3" in one_line(result)
    assert result.returncode == 3


def test_without_arguments_the_folder_input_is_processed_and_mirrored(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "input/2022").mkdir(parents=True)
    (tmp_path / "input/2022/a.txt").write_text(TEXT)
    (tmp_path / "input/b.PDF").write_bytes(circular().data())
    (tmp_path / "input/notes.md").touch()
    result = gongwen("run")
    assert result.stderr == "input/notes.md: skipped, neither .pdf nor .txt\n"
    assert result.returncode == 0
    assert {*files(tmp_path / "output")} == {f"{name}{suffix}" for name in ("2022/a", "b") for suffix in SUFFIXES}
    assert gongwen("run").stdout == "2 documents up to date\n"


ODD = [
    "a b  c",
    "关于做好工作的通知（全文）",
    'it\'s "quoted"',
    "two\nlines",
    "-leading",
    "$HOME;*?&",
    "长" * 82,
    "n" * 246,
]


def test_odd_names_are_as_good_as_any(gongwen: Gongwen, tmp_path: Path) -> None:
    for name in ODD:
        (tmp_path / f"{name}.txt").write_text(TEXT)
    result = gongwen("run", "--", *(f"{name}.txt" for name in ODD))
    assert (result.stderr, result.returncode) == ("", 0)
    assert len(result.stdout.splitlines()) == len(ODD)
    assert "two\\nlines.txt: 1 page" in result.stdout
    written = files(tmp_path / "output")
    assert len(written) == len(ODD) * len(SUFFIXES)
    assert {f"{name}.xml" for name in ODD[:-2]} <= {*written}
    assert {path.name for path in tmp_path.glob("*.txt")} == {f"{name}.txt" for name in ODD}
    assert gongwen("run", "--", *(f"{name}.txt" for name in ODD)).stdout == f"{len(ODD)} documents up to date\n"


@pytest.mark.parametrize("variables", [{}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_the_c_locale_will_do(gongwen: Gongwen, tmp_path: Path, variables: Mapping[str, str]) -> None:
    (tmp_path / "通知.txt").write_text(TEXT, encoding="utf-8")
    result = gongwen("run", "通知.txt", "无.pdf", LC_ALL="C", **variables)
    assert result.stdout.startswith("通知.txt: 1 page, ")
    assert result.stderr == "gongwen: 无.pdf: does not exist; check the name\n"
    assert (tmp_path / "output/通知.xml").is_file()
    assert "半角逗号" in gongwen("rules", "P01", LC_ALL="C", **variables).stdout


def test_progress_is_shown_on_a_terminal_only(gongwen: Gongwen, environment: Mapping[str, str], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT)
    assert gongwen("run", "a.txt", "b.txt").stderr == ""
    terminal, stderr = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "run", "--force", "a.txt", "b.txt"]
    variables = {**environment, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, stderr=stderr) as process:
        os.close(stderr)
        shown = b""
        while chunk := _read(terminal):
            shown += chunk
        assert process.stdout is not None
        assert len(process.stdout.read().splitlines()) == 2
    os.close(terminal)
    assert b"2/2" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other side is closed
        return b""


# -- what cannot be processed --------------------------------------------------------------------------------------


def scan() -> bytes:
    pdf = Pdf()
    return pdf.page([], extra=pdf.image(), drawing="q 500 0 0 700 40 40 cm /Im Do Q").data()


def encrypted() -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(circular().data())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


REASONS = {
    "missing.pdf": "does not exist; check the name",
    "folder.pdf": "is a folder; give the files in it, or a folder name that is not a document's",
    "empty.pdf": "is empty; fetch it again",
    "page.pdf": "is not a PDF but a web page (often an error message saved under the name of the file); fetch the file again",
    "encrypted.pdf": "is encrypted; remove the password and run again",
    "scan.pdf": "has no text on its 1 page: it holds images only (a scan); recognise its text first",
    "truncated.pdf": "breaks off before its end; fetch it again",
    "plain.pdf": "is not a PDF but plain text; give it a name that ends in .txt",
    "gb18030.txt": "is not UTF-8 (byte 0); convert it, for example: iconv -f GB18030 -t UTF-8",
    "fifo.pdf": "is not a regular file; copy its content to one",
}


@pytest.fixture(scope="module")
def failed(
    gongwen_in: Callable[[Path], Gongwen], sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A run over inputs that each cannot be processed, with a good one among them and old outputs of all; and its folder."""
    folder = tmp_path_factory.mktemp("failed")
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "fifo.pdf")
    for name, data in {
        "empty.pdf": b"",
        "page.pdf": b"<!DOCTYPE html><title>404</title>",
        "encrypted.pdf": encrypted(),
        "scan.pdf": scan(),
        "truncated.pdf": sample.read_bytes()[:100_000],
        "plain.pdf": TEXT.encode(),
        "gb18030.txt": "关于".encode("gb18030"),
        "good.pdf": circular().data(),
    }.items():
        (folder / name).write_bytes(data)
    (folder / "output").mkdir()
    for path in old_outputs(folder):
        path.write_text(f"old {path.name}")
    names = [*REASONS]
    return folder, gongwen_in(folder)("run", *names[:5], "good.pdf", *names[5:])


def old_outputs(folder: Path) -> list[Path]:
    return [folder / "output" / (Path(name).stem + suffix) for name in REASONS for suffix in SUFFIXES]


def test_each_failure_is_one_line_with_its_own_reason(failed: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, result = failed
    assert result.stderr.splitlines() == [f"gongwen: {name}: {reason}" for name, reason in REASONS.items()]
    assert result.returncode == 3


def test_a_failure_leaves_old_output_alone_and_nothing_else_behind(
    failed: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = failed
    kept = files(folder / "output")
    for path in old_outputs(folder):
        assert kept.pop(path.name) == f"old {path.name}".encode()
    assert {*kept} == {f"good{suffix}" for suffix in SUFFIXES}


def test_a_good_document_beside_bad_ones_is_processed(failed: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, result = failed
    assert result.stdout.startswith("good.pdf: 1 page, ")
    assert result.stdout.count("\n") == 1
    assert (folder / "output/good.txt").read_text().startswith("关于开展工作的通知")


def test_one_bad_document_alone_is_exit_code_3_and_makes_no_folder(gongwen: Gongwen, tmp_path: Path) -> None:
    result = gongwen("run", "-q", "missing.pdf")
    assert one_line(result) == "missing.pdf: does not exist; check the name"
    assert result.returncode == 3
    assert not (tmp_path / "output").exists()


def test_a_name_in_a_message_is_escaped(gongwen: Gongwen) -> None:
    assert one_line(gongwen("run", "a\n\x1b[31m\u202eb.pdf")).startswith(r"a\n\x1b[31m\u202eb.pdf: does not exist")


def test_a_name_too_long_for_any_file_is_one_line(gongwen: Gongwen) -> None:
    result = gongwen("run", "n" * 300 + ".pdf")
    assert one_line(result).endswith("cannot be opened: File name too long; check its permissions")
    assert result.returncode == 3


def test_the_gravest_failure_is_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    job = Job(Path("a.pdf"), Path("output/a"))
    errors = (InputError("empty", "is empty"), GongwenError("a bug"), InputError("empty", "is empty"))
    results = [Result(job, "failed", error=error) for error in errors]
    assert report_results(iter(results), [job] * 3, quiet=True) == 4
    assert report_results(iter(results[:1]), [job], quiet=True) == 3
    assert capsys.readouterr().err.count("gongwen: a.pdf: ") == 4


def test_two_inputs_of_one_output_are_refused_before_anything_is_written(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.pdf").write_bytes(circular().data())
    result = gongwen("run", "a.pdf", "a.txt")
    assert one_line(result) == "a.pdf and a.txt would both write output/a.xml; rename one"
    assert result.returncode == 2
    assert not (tmp_path / "output").exists()


def test_an_output_folder_that_is_a_file_is_left_alone(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "output").write_text("not a folder")
    result = gongwen("run", "a.txt")
    assert one_line(result).startswith("a.txt: output cannot be written to: ")
    assert result.returncode == 3
    assert (tmp_path / "output").read_text() == "not a folder"


def test_an_input_is_never_overwritten(gongwen: Gongwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    result = gongwen("run", "a.txt", "-o", ".")
    assert one_line(result) == "a.txt is an input and would be overwritten; choose another output folder"
    assert result.returncode == 2
    assert files(tmp_path) == {"a.txt": TEXT.encode()}


# -- how it ends ---------------------------------------------------------------------------------------------------

STUB = """
import signal, time
import click
from pipeline import cli

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored

@cli.cli.command()
@click.argument("what")
def stub(what):
    print("ready", flush=True)
    if what == "wait":
        time.sleep(60)
    raise {"bug": RuntimeError("two\\nlines"), "abort": click.Abort()}[what]

cli.main()
"""


def stub(environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    """The command line with a command beside the real ones that waits or fails."""
    return subprocess.Popen(
        [sys.executable, "-c", STUB, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("sent", "said", "code"), [(signal.SIGINT, "interrupted", 130), (signal.SIGTERM, "terminated", 143)]
)
def test_a_signal_ends_it_with_one_line(
    environment: Mapping[str, str], sent: signal.Signals, said: str, code: int
) -> None:
    with stub(environment, "stub", "wait") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(sent)
        assert process.communicate(timeout=30) == ("", f"gongwen: {said}\n")
        assert process.returncode == code


def test_a_bug_is_one_line_that_asks_for_a_report(environment: Mapping[str, str]) -> None:
    with stub(environment, "stub", "bug") as process:
        _, said = process.communicate(timeout=30)
        assert said == "gongwen: a bug in the program: RuntimeError: two lines; please report it\n"
        assert process.returncode == 4


def test_an_abort_is_an_interruption(environment: Mapping[str, str]) -> None:
    with stub(environment, "stub", "abort") as process:
        assert process.communicate(timeout=30)[1] == "gongwen: interrupted\n"
        assert process.returncode == 130


def test_debug_shows_where_a_bug_is(environment: Mapping[str, str]) -> None:
    with stub(environment, "--debug", "stub", "bug") as process:
        _, said = process.communicate(timeout=30)
        assert said.startswith("Traceback (most recent call last):\n")
        assert said.endswith("\ngongwen: a bug in the program: RuntimeError: two lines; please report it\n")
        assert process.returncode == 4


def test_debug_shows_where_an_input_failed(gongwen: Gongwen) -> None:
    result = gongwen("--debug", "run", "missing.pdf")
    assert "Traceback" in result.stderr
    assert result.stderr.endswith("\ngongwen: missing.pdf: does not exist; check the name\n")
    assert result.returncode == 3


def test_a_reader_that_stops_reading_is_no_error(environment: Mapping[str, str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "pipeline", "rules"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert result.stderr == b""
    assert result.returncode == 141
