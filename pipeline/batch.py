"""Many documents: which inputs there are, which are stale, and writing results so that nothing is ever half there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pipeline
from pipeline.config import Config
from pipeline.errors import GongwenError, InputError, UsageError

SUFFIXES = (".pdf", ".txt")
OUTPUTS = (".txt", ".html", ".findings.json", ".xml")  # in the order they are put in place
REVIEW = ".review.jsonl"
_NAME_MAX, _SHORTENED = 255, 180
_ROOM = max(map(len, OUTPUTS))  # what a file name needs beside the document's name


@dataclass(frozen=True, slots=True)
class Job:
    """One input and where its outputs go: ``target`` is their path without the suffix."""

    source: Path
    target: Path

    @property
    def review(self) -> Path:
        """Where the proofreader's decisions on this input are."""
        return self.source.with_name(self.target.name + REVIEW)

    def output(self, suffix: str) -> Path:
        return self.target.with_name(self.target.name + suffix)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one job: ``status`` done, unchanged or failed (then ``error`` says why)."""

    job: Job
    status: str
    pages: int = 0
    changes: int = 0
    queries: int = 0
    error: GongwenError | None = None


def find_jobs(inputs: Sequence[Path], output: Path, skipped: Callable[[Path], None]) -> list[Job]:
    """The jobs for files and folders; ``skipped`` is told of each file in a folder that is no input.

    A file named on the command line is a job whatever its name; its content decides later.

    Raises:
        UsageError: two inputs would write one output, or an output would overwrite an input.

    """
    jobs: list[Job] = []
    for path in dict.fromkeys(inputs):
        if _is_folder(path) and path.suffix.lower() not in SUFFIXES:
            jobs += [_job(file, output / file.parent.relative_to(path)) for file in _files(path, skipped)]
        else:
            jobs.append(_job(path, output))
    taken: dict[Path, Path] = {}
    for job in jobs:
        here = job.target.resolve()
        if here in taken:
            raise UsageError(
                f"{show(taken[here])} and {show(job.source)} would both write {show(job.target)}.xml; rename one"
            )
        taken[here] = job.source
    sources = {job.source.resolve() for job in jobs}
    for job in jobs:
        for suffix in OUTPUTS:
            if job.output(suffix).resolve() in sources:
                raise UsageError(
                    f"{show(job.output(suffix))} is an input and would be overwritten; choose another output folder"
                )
    return jobs


def _files(folder: Path, skipped: Callable[[Path], None]) -> Iterator[Path]:
    """Inputs in a folder and its subfolders, sorted by name; a link to a folder may lead in a circle and is skipped."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise UsageError(f"{show(folder)} cannot be listed: {error.strerror}; check its permissions") from error
    for path in paths:
        if path.name.startswith((".", "#")) or path.name.endswith(REVIEW):
            continue
        if path.suffix.lower() in SUFFIXES:
            yield path
        elif _is_folder(path) and not path.is_symlink():
            yield from _files(path, skipped)
        else:
            skipped(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the file system: opening it will say so
        return False


def _job(source: Path, folder: Path) -> Job:
    return Job(source, folder / _fitting(source.stem if source.suffix.lower() in SUFFIXES else source.name))


def _fitting(stem: str) -> str:
    """The name, or its first bytes and a hash of it where names made from it would be too long for the file system."""
    raw = os.fsencode(stem)
    if len(raw) + _ROOM <= _NAME_MAX:
        return stem
    head = raw[:_SHORTENED].decode("utf-8", "ignore")
    return f"{head}~{hashlib.sha256(raw).hexdigest()[:8]}"


def show(path: Path | str) -> str:
    """A path as a message may hold it: control and bidirectional characters are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def fingerprint(data: bytes, decisions: bytes, config: Config) -> str:
    """What a result depends on: the input, the decisions on it, the configuration and the program's version."""
    digest = hashlib.sha256()
    for piece in (data, decisions, config.fingerprint().encode(), pipeline.__version__.encode()):
        digest.update(hashlib.sha256(piece).digest())
    return digest.hexdigest()


def is_current(job: Job, mark: str) -> bool:
    """Are all outputs of a job there, made from what ``mark`` stands for?

    The XML is put in place last, so one that is older than its findings is left over from an interrupted run.
    """
    try:
        content = json.loads(job.output(".findings.json").read_bytes())
        times = {suffix: job.output(suffix).stat().st_mtime_ns for suffix in OUTPUTS}
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("fingerprint") == mark and times[".xml"] >= times[".findings.json"]


def run(jobs: Iterable[Job], config: Config, *, force: bool = False) -> Iterator[Result]:
    """Do each job in turn; one that fails does not stop the others and leaves its old outputs as they were."""
    for job in jobs:
        try:
            yield _do(job, config, force)
        except GongwenError as error:
            yield Result(job, "failed", error=error)
        except Exception as error:
            bug = GongwenError(f"a bug in the program: {type(error).__name__}: {error}; please report it with the file")
            bug.__cause__ = error
            yield Result(job, "failed", error=bug)


def _do(job: Job, config: Config, force: bool) -> Result:
    from pipeline.extract.read import load

    data = load(job.source, config.limits)
    try:
        decisions = load(job.review, config.limits)
    except InputError as error:
        if error.reason not in ("not found", "empty"):
            raise InputError(error.reason, f"has decisions that cannot be used: {show(job.review)} {error}") from error
        decisions = b""
    mark = fingerprint(data, decisions, config)
    if not force and is_current(job, mark):
        return Result(job, "unchanged")
    from pipeline.render import render  # all stages: seconds of imports a run with nothing to do need not pay

    rendered = render(job.source, data, config, mark)
    write(job, rendered.files)
    return replace(Result(job, "done"), pages=rendered.pages, changes=rendered.changes, queries=rendered.queries)


def write(job: Job, files: Mapping[str, bytes]) -> None:
    """Put all outputs of a job in place, each whole or not at all.

    Raises:
        InputError: the folder cannot be written to, or has a file of one of their names that is somebody else's.

    """
    if not job.output(".findings.json").exists():
        strange = next((job.output(suffix) for suffix in OUTPUTS if job.output(suffix).is_file()), None)
        if strange is not None:
            raise stranger(strange)
    put(job.target.parent, {job.output(suffix): files[suffix] for suffix in OUTPUTS})


def stranger(path: Path) -> InputError:
    """The error where an output would take the place of somebody else's file."""
    return InputError("unwritable", f"would overwrite {show(path)}, which this program did not write; move it away")


def put(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Put files of one folder in place in their order, each whole or not at all, and none before all are written.

    Raises:
        InputError: the folder cannot be written to; nothing was changed unless the failure came between two renames.

    """
    waiting: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            descriptor, temporary = tempfile.mkstemp(prefix=".gongwen-", suffix=".tmp", dir=folder)
            waiting.append((temporary, path))
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o666 & ~_umask())
        while waiting:
            temporary, path = waiting[0]
            Path(temporary).replace(path)
            waiting.pop(0)
    except OSError as error:
        raise InputError(
            "unwritable", f"{show(folder)} cannot be written to: {error.strerror}; make room or choose another folder"
        ) from error
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
