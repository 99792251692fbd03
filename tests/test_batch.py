"""Many documents: what is found in folders, what is up to date, and writing that leaves nothing half there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline import batch
from pipeline.batch import OUTPUTS, Job, find_jobs, fingerprint, is_current, show, write
from pipeline.config import load
from pipeline.errors import InputError, UsageError

CONFIG = load()
FILES = {suffix: f"content of {suffix}".encode() for suffix in OUTPUTS}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=200).filter(
    lambda name: name not in (".", "..") and len(os.fsencode(name)) <= 251
)


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """Make empty files under tmp_path/in and give that folder."""

    def make(*names: str) -> Path:
        for name in names:
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path / "in"

    return make


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path / "a.txt", tmp_path / "out" / "a")


def found(*inputs: Path, output: Path = Path("out")) -> tuple[dict[str, str], list[str]]:
    """For each input its target, by name, and what was skipped."""
    skipped: list[str] = []
    jobs = find_jobs(inputs, output, lambda path: skipped.append(path.name))
    return {job.source.name: str(job.target) for job in jobs}, skipped


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# -- which inputs there are ----------------------------------------------------------------------------------------


def test_folders_are_mirrored(tree: Callable[..., Path]) -> None:
    assert found(tree("b.pdf", "a.txt", "2022/may/c.pdf")) == (
        {"c.pdf": "out/2022/may/c", "a.txt": "out/a", "b.pdf": "out/b"},
        [],
    )


def test_inputs_come_in_the_order_of_their_names(tree: Callable[..., Path]) -> None:
    folder = tree("c.pdf", "a.pdf", "b/x.pdf")
    assert [*found(folder)[0]] == ["a.pdf", "x.pdf", "c.pdf"]


def test_suffixes_count_in_any_case(tree: Callable[..., Path]) -> None:
    assert found(tree("A.PDF", "b.Txt")) == ({"A.PDF": "out/A", "b.Txt": "out/b"}, [])


def test_hidden_and_hash_names_and_decisions_are_passed_over_in_silence(tree: Callable[..., Path]) -> None:
    folder = tree(".a.pdf", "#b.pdf", ".git/c.pdf", "#old/d.pdf", "e.review.jsonl", "f.pdf")
    assert found(folder) == ({"f.pdf": "out/f"}, [])


def test_what_is_neither_pdf_nor_text_is_told(tree: Callable[..., Path]) -> None:
    assert found(tree("a.pdf", "b.docx", "sub/c", "d.pdf.bak")) == ({"a.pdf": "out/a"}, ["b.docx", "d.pdf.bak", "c"])


def test_a_folder_that_is_called_a_document_is_taken_for_one(tree: Callable[..., Path]) -> None:
    folder = tree("x.pdf/inside.pdf", "y/z.pdf/inside.pdf")
    assert found(folder) == ({"x.pdf": "out/x", "z.pdf": "out/y/z"}, [])
    assert found(folder / "x.pdf") == ({"x.pdf": "out/x"}, [])


def test_a_link_to_a_folder_is_no_way_round_in_circles(tree: Callable[..., Path]) -> None:
    folder = tree("a.pdf")
    (folder / "loop").symlink_to(folder)
    assert found(folder) == ({"a.pdf": "out/a"}, ["loop"])


def test_a_file_that_is_named_is_a_job_whatever_it_is_called(tree: Callable[..., Path]) -> None:
    folder = tree(".hidden.pdf", "notes.v2", "通知")
    assert found(folder / ".hidden.pdf", folder / "notes.v2", folder / "通知", folder / "missing.pdf")[0] == {
        ".hidden.pdf": "out/.hidden",
        "notes.v2": "out/notes.v2",
        "通知": "out/通知",
        "missing.pdf": "out/missing",
    }


@pytest.mark.parametrize("names", [("a.pdf", "a.txt"), ("a.pdf", "a.PDF")])
def test_two_inputs_of_one_output_are_refused(tree: Callable[..., Path], names: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match=r"a\.\w+ and .*a\.\w+ would both write out/a\.xml; rename one"):
        found(tree(*names))


def test_two_folders_may_not_write_one_output(tree: Callable[..., Path]) -> None:
    folder = tree("one/a.pdf", "two/a.pdf", "three/b.pdf")
    assert found(folder / "one", folder / "three")[0] == {"a.pdf": "out/a", "b.pdf": "out/b"}
    with pytest.raises(UsageError, match="would both write"):
        found(folder / "one", folder / "two")


def test_an_output_may_not_overwrite_any_input(tree: Callable[..., Path]) -> None:
    folder = tree("a.txt", "b.pdf")
    with pytest.raises(UsageError, match=r"a\.txt is an input and would be overwritten"):
        found(folder / "a.txt", output=folder)
    with pytest.raises(UsageError, match=r"a\.txt is an input and would be overwritten"):
        found(folder, output=folder / ".." / "in")
    assert found(folder / "b.pdf", output=folder)[0] == {"b.pdf": str(folder / "b")}


# -- names ---------------------------------------------------------------------------------------------------------


@given(NAMES)
def test_output_names_fit_into_the_file_system(name: str) -> None:
    (job,) = find_jobs([Path(f"{name}.pdf")], Path("out"), print)
    for path in (*map(job.output, OUTPUTS), job.review):
        assert len(os.fsencode(path.name)) <= 255
    assert job.source.name == f"{name}.pdf"


def test_a_name_is_shortened_only_when_an_output_name_would_pass_255_bytes() -> None:
    assert found(Path("n" * 241 + ".pdf"))[0] == {"n" * 241 + ".pdf": "out/" + "n" * 241}
    (target,) = found(Path("n" * 242 + ".pdf"))[0].values()
    assert target.startswith("out/" + "n" * 180 + "~")
    assert len(target) == len("out/") + 189


def test_a_shortened_name_cuts_no_character_and_differs_where_the_names_do() -> None:
    (one,), (two,) = (found(Path("n" + "长" * 81 + last + ".pdf"))[0].values() for last in "上下")
    assert one.startswith("out/n" + "长" * 59 + "~")
    assert one != two


def test_decisions_lie_beside_the_input(job: Job) -> None:
    assert job.review == job.source.with_name("a.review.jsonl")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("关于 做好“工作”.pdf", "关于 做好“工作”.pdf"),
        ("two\nlines\ttab", r"two\nlines\ttab"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\u202efdp.txt", r"\u202efdp.txt"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        (os.fsdecode(b"gb\xb9\xd8"), r"gb\xb9\xd8"),
    ],
)
def test_names_are_shown_with_what_one_cannot_see_escaped(name: str, shown: str) -> None:
    assert show(name) == show(Path(name)) == shown


@given(st.text())
def test_a_shown_name_is_printable_and_one_that_is_printable_is_shown_as_it_is(name: str) -> None:
    assert show(name).isprintable()
    assert show(name) == name or not name.isprintable()


# -- what is up to date --------------------------------------------------------------------------------------------


def test_everything_a_result_depends_on_changes_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(CONFIG, report=replace(CONFIG.report, facsimile=not CONFIG.report.facsimile))
    marks = [
        fingerprint(b"input", b"decisions", CONFIG),
        fingerprint(b"input!", b"decisions", CONFIG),
        fingerprint(b"input", b"decisions!", CONFIG),
        fingerprint(b"inputd", b"ecisions", CONFIG),
        fingerprint(b"decisions", b"input", CONFIG),
        fingerprint(b"input", b"decisions", other),
    ]
    monkeypatch.setattr(pipeline, "__version__", "0.0.0")
    marks.append(fingerprint(b"input", b"decisions", CONFIG))
    assert len({*marks}) == len(marks)
    assert fingerprint(b"input", b"decisions", CONFIG) == marks[-1]


def put(job: Job, mark: str = "mark") -> None:
    """Write outputs made from what ``mark`` stands for."""
    write(job, {**FILES, ".findings.json": b'{"fingerprint": "%s"}' % mark.encode()})


def test_what_was_just_written_is_current(job: Job) -> None:
    assert not is_current(job, "mark")
    put(job)
    assert is_current(job, "mark")
    assert not is_current(job, "another")


@pytest.mark.parametrize("suffix", OUTPUTS)
def test_a_missing_output_makes_a_result_stale(job: Job, suffix: str) -> None:
    put(job)
    job.output(suffix).unlink()
    assert not is_current(job, "mark")


def test_an_xml_older_than_its_findings_is_left_from_an_interrupted_run(job: Job) -> None:
    put(job)
    age = job.output(".findings.json").stat().st_mtime_ns
    os.utime(job.output(".xml"), ns=(age, age))
    assert is_current(job, "mark")
    os.utime(job.output(".xml"), ns=(age - 1, age - 1))
    assert not is_current(job, "mark")


@pytest.mark.parametrize("findings", [b"", b"{", b"[]", b"null", b'"mark"', b"\xff", b'{"fingerprint": null}'])
def test_findings_that_are_none_make_a_result_stale(job: Job, findings: bytes) -> None:
    put(job)
    job.output(".findings.json").write_bytes(findings)
    os.utime(job.output(".xml"))
    assert not is_current(job, "mark")


# -- writing -------------------------------------------------------------------------------------------------------


def test_outputs_are_written_with_their_folder(job: Job) -> None:
    write(job, FILES)
    assert content(job.target.parent) == {f"a{suffix}": data for suffix, data in FILES.items()}


def test_the_xml_is_put_in_place_last(job: Job) -> None:
    job.output(".xml").mkdir(parents=True)
    with pytest.raises(InputError):
        write(job, FILES)
    assert content(job.target.parent) == {f"a{suffix}": data for suffix, data in FILES.items() if suffix != ".xml"}


def test_a_write_that_fails_at_once_changes_nothing_and_leaves_no_litter(job: Job) -> None:
    put(job)
    before = content(job.target.parent)
    first = job.output(OUTPUTS[0])
    first.unlink()
    first.mkdir()
    with pytest.raises(InputError, match=r"out cannot be written to: .*; make room or choose another folder") as caught:
        write(job, FILES)
    assert caught.value.reason == "unwritable"
    assert content(job.target.parent) == {name: data for name, data in before.items() if name != first.name}
    assert {path.name for path in job.target.parent.iterdir()} == {*before}


def test_a_write_that_fails_half_way_is_not_taken_for_current(job: Job) -> None:
    put(job, "old")
    job.output(".html").unlink()
    job.output(".html").mkdir()
    with pytest.raises(InputError):
        put(job, "new")
    assert not is_current(job, "new")
    assert job.output(".xml").read_bytes() == FILES[".xml"]


def test_an_output_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written to"):
        write(Job(tmp_path / "a.txt", tmp_path / "file" / "a"), FILES)
    with pytest.raises(InputError, match="cannot be written to"):
        write(Job(tmp_path / "a.txt", tmp_path / "file" / "sub" / "a"), FILES)


def test_outputs_have_the_permissions_of_any_new_file(job: Job) -> None:
    before = os.umask(0o027)
    try:
        write(job, FILES)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in job.target.parent.iterdir()} == {0o640}


# -- the run -------------------------------------------------------------------------------------------------------


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("关于开展工作的通知\n各单位：\n请认真落实。\n")
    jobs = [Job(tmp_path / name, tmp_path / "out" / name[:-4]) for name in ("missing.txt", "good.txt", "gone.txt")]
    results = list(batch.run(jobs, CONFIG))
    assert [result.job for result in results] == jobs
    assert [result.status for result in results] == ["failed", "done", "failed"]
    assert results[1].pages == 1
    assert isinstance(results[0].error, InputError)
    assert [result.status for result in batch.run(jobs, CONFIG)] == ["failed", "unchanged", "failed"]
    assert [result.status for result in batch.run(jobs, CONFIG, force=True)] == ["failed", "done", "failed"]


def test_a_bug_in_one_document_is_told_and_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import render

    def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("通知\n")
    monkeypatch.setattr(render, "render", fail)
    results = list(batch.run([Job(tmp_path / f"{name}.txt", tmp_path / name) for name in "ab"], CONFIG))
    for result in results:
        assert result.error is not None
        assert result.error.exit_code == 4
        assert str(result.error) == ("a bug in the program: RuntimeError: unforeseen; please report it with the file")
        assert isinstance(result.error.__cause__, RuntimeError)
    assert len(results) == 2


def test_decisions_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    for name in ("link", "folder", "fifo", "empty"):
        (tmp_path / f"{name}.txt").write_text("通知\n")
    (tmp_path / "link.review.jsonl").symlink_to("link.review.jsonl")
    (tmp_path / "folder.review.jsonl").mkdir()
    os.mkfifo(tmp_path / "fifo.review.jsonl")
    (tmp_path / "empty.review.jsonl").touch()
    jobs = [Job(tmp_path / f"{name}.txt", tmp_path / "out" / name) for name in ("link", "folder", "fifo", "empty")]
    *failed, done = batch.run(jobs, CONFIG)
    assert done.status == "done"
    for result, says in zip(failed, ("cannot be opened", "is a folder", "is not a regular file"), strict=True):
        assert str(result.error).startswith(f"has decisions that cannot be used: {result.job.review} {says}")


def test_a_file_of_somebody_elses_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    job = batch.Job(tmp_path / "a.pdf", tmp_path / "a")
    with pytest.raises(InputError, match=r"would overwrite .*a\.txt"):
        batch.write(job, dict.fromkeys(batch.OUTPUTS, b"x"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    (tmp_path / "a.findings.json").write_text("{}")
    batch.write(job, dict.fromkeys(batch.OUTPUTS, b"x"))
    assert (tmp_path / "a.txt").read_bytes() == b"x"


def test_a_file_named_twice_is_one_job(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert len(batch.find_jobs([path, path], tmp_path / "out", print)) == 1
