"""Text that was extracted elsewhere: UTF-8, lines and pages without coordinates."""

from __future__ import annotations

import re

from pipeline.errors import InputError

_ARTEFACT_SHARE = 0.6  # of the lines are followed by exactly one blank line: the blank lines are no paragraph marks


def decode(data: bytes) -> str:
    """The text of a file; a byte-order mark is not part of it.

    Raises:
        InputError: not UTF-8.

    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "unsupported", f"is not UTF-8 (byte {error.start}); convert it, for example: iconv -f GB18030 -t UTF-8"
        ) from error


def pages_of(text: str) -> list[list[str]]:
    """The lines of each page.  Lines of white space only are empty; empty lines at the end of a page are left out.

    Pages are parted by form feeds.  Where every visual line is followed by a blank one, the blank line is part of the
    line end; a page then also begins where a line follows without a blank one and starts with one space
    (spec: elements, plain-text fallback).
    """
    text = re.sub(r"\r\n?", "\n", text)
    pages = [page.split("\n") for page in text.split("\f")]
    if _double_spaced(pages):
        pages = [part for page in pages for part in _single_spaced(page)]
    return [_tidy(page) for page in pages]


def _tidy(lines: list[str]) -> list[str]:
    lines = ["" if line.isspace() else line for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _double_spaced(pages: list[list[str]]) -> bool:
    full = blank = 0
    for lines in pages:
        for here, after, then in zip(lines, lines[1:], [*lines[2:], "end"], strict=False):
            if here.strip():
                full += 1
                blank += not after.strip() and bool(then.strip())
    return full > 2 and blank >= _ARTEFACT_SHARE * full


def _single_spaced(lines: list[str]) -> list[list[str]]:
    """Take out one blank line after each line, and begin a page where none stands before a line set in by one space."""
    pages: list[list[str]] = [[]]
    blank = True
    for line in lines:
        if not line.strip():
            if blank:
                pages[-1].append("")
            blank = True
            continue
        if not blank and re.match(r" [^ ]", line) and any(pages[-1]):
            pages.append([])
        pages[-1].append(line)
        blank = False
    return pages
