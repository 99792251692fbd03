"""``gongwen proof``: streams of text in, corrected text, a list of findings or JSON out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.batch import show
from pipeline.document import Changed, Finding
from pipeline.errors import InputError
from pipeline.proof.jsonl import record, result
from pipeline.proof.reader import Proof, Proofreader
from pipeline.rule import table

STANDARD_INPUT = "-"
FOUND, UNREADABLE = 1, 3


def proofread(
    files: tuple[Path, ...],
    reader: Proofreader,
    *,
    jsonl: bool = False,
    check: bool = False,
    complain: Callable[[str], object] = print,
) -> int:
    """Proofread files, or standard input where none is named, to standard output; returns the exit code.

    A file that cannot be read or is not UTF-8, and a line of JSON that is none, is complained about, and the others are done.

    Raises:
        InputError: standard output cannot be written to.

    """
    code = 0
    with _output() as out:
        for path in files or (Path(STANDARD_INPUT),):
            name = "<stdin>" if str(path) == STANDARD_INPUT else show(path)
            try:
                with _opened(path, name) as stream:
                    if jsonl:
                        code = max(code, _objects(stream, name, reader, out, complain, check=check))
                    elif check:
                        code = max(code, _list(_decoded(stream, name), name, reader, out))
                    else:
                        for _, proof, end in reader.stream(_decoded(stream, name)):
                            out.write(proof.text + end)
            except InputError as error:
                complain(str(error))
                code = UNREADABLE
    return code


@contextmanager
def _output() -> Iterator[io.TextIOWrapper]:
    """Standard output in UTF-8, line ends as they come; what UTF-8 cannot write is escaped, as JSON has it."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        yield out
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError("unwritable", f"standard output cannot be written to: {error.strerror}; make room") from error
    finally:
        with suppress(OSError):
            out.detach()


@contextmanager
def _opened(path: Path, name: str) -> Iterator[BinaryIO]:
    if str(path) == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError("unreadable", f"{name}: cannot be read: {error.strerror}; check the name") from error
    with stream:
        yield stream


def _decoded(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(stream, 1):
        yield _text(line, f"{name}: line {number}")


def _text(line: bytes, where: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            "unsupported",
            f"{where} is not UTF-8 (byte {error.start + 1}); convert it, for example: iconv -f GB18030 -t UTF-8",
        ) from error


def _objects(
    stream: BinaryIO,
    name: str,
    reader: Proofreader,
    out: io.TextIOWrapper,
    complain: Callable[[str], object],
    *,
    check: bool,
) -> int:
    code = 0
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        where = f"{name}: line {number}"
        try:
            value = record(_text(line, where).removeprefix("\ufeff"), where)
        except InputError as error:
            complain(str(error))
            code = UNREADABLE
            continue
        proof = reader.text(value["text"], value.get("role") or "body", value.get("script"))
        said = result(value, proof)
        if check:
            if not (proof.edits or proof.findings):
                continue
            del said["text"]
            code = code or FOUND
        out.write(json.dumps(said, ensure_ascii=False) + "\n")
    return code


def _list(lines: Iterator[str], name: str, reader: Proofreader, out: io.TextIOWrapper) -> int:
    """A line for each place that is changed or asked about; 1 when there was any."""
    code, number = 0, 1
    for text, proof, _ in reader.stream(lines):
        for item in _in_order(proof):
            at = item.span.start if item.span else 0
            line, column = number + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
            out.write(f"{name}:{line}:{column}: {_said(item)}\n")
            code = FOUND
        number += text.count("\n") + 1
    return code


def _in_order(proof: Proof) -> list[Changed | Finding]:
    both: list[Changed | Finding] = [*proof.changed, *proof.findings]
    return sorted(both, key=lambda item: item.span or (0, 0))


def _said(item: Changed | Finding) -> str:
    rule = table()[item.edits[-1].rule if isinstance(item, Changed) else item.rule]
    if isinstance(item, Changed):
        return f"{rule.id} {rule.title}：{_shown(item.before)} → {_shown(item.after)}"
    better = f" → {_shown(item.suggestion)}" if item.suggestion is not None else ""
    return f"{rule.id} {item.message}：{_shown(item.found or '')}{better}"


def _shown(text: str) -> str:
    """A piece of text between quotation marks in one line; what nobody would see is named."""
    return "「" + "".join(c if c.isprintable() and c not in " \u3000" else f"<U+{ord(c):04X}>" for c in text) + "」"
