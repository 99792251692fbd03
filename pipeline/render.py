"""One document from its bytes to all its outputs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.config import Config
from pipeline.document import Document
from pipeline.emit.check import faults
from pipeline.emit.findings import dump, findings
from pipeline.emit.reading import reading
from pipeline.emit.report import report
from pipeline.emit.tei import tei
from pipeline.errors import GongwenError
from pipeline.rule import table
from pipeline.stages import process


class Rendered(NamedTuple):
    """The outputs of one document by suffix, and figures for the one line that is said of it."""

    files: dict[str, bytes]
    pages: int
    changes: int
    queries: int


def render(path: Path, data: bytes, config: Config, fingerprint: str) -> Rendered:
    """All outputs of one document.

    Raises:
        InputError: the input cannot be processed.
        GongwenError: the TEI file would break a promise of its profile; a bug in the program.

    """
    document = process(path, data, config)
    rules = table()
    content = findings(document, rules, fingerprint, config.rules.profile)
    text, xml = reading(document), tei(document, rules)
    wrong = faults(xml, document.source, text.decode("utf-8"))
    if wrong:
        raise GongwenError(f"the TEI file made from it is wrong ({wrong[0]}); please report this with the file")
    pictures = _pictures(document, data, config)
    files = {
        ".txt": text,
        ".html": report(document, rules, content, pictures),
        ".findings.json": dump(content),
        ".xml": xml,
    }
    return Rendered(files, len(document.layout.pages), len(document.edits), len(document.findings))


def _pictures(document: Document, data: bytes, config: Config) -> list[bytes]:
    if not (config.report.facsimile and document.layout.measured):
        return []
    from pipeline.emit.facsimile import pictures  # only when pictures are wanted: they cost more than all the rest

    return pictures(data, config.report)
