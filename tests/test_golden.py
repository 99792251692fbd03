"""The golden documents come out as they were accepted.  ``make golden`` accepts a difference; look at it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.emit.check import faults
from pipeline.emit.reading import reading
from pipeline.emit.tei import tei
from pipeline.facts import facts
from pipeline.rule import table
from pipeline.stages import process
from tests.golden import documents, outputs


@pytest.mark.parametrize("name", list(documents()))
def test_a_golden_document_is_what_it_was(name: str) -> None:
    for expected, data in outputs(name, documents()[name]).items():
        assert data.decode() == expected.read_text(encoding="utf-8"), expected.name


def test_the_golden_documents_have_every_kind_of_block_and_nothing_is_lost() -> None:
    kinds = set()
    for name, data in documents().items():
        document = process(Path(f"{name}.pdf"), data, load())
        assert faults(tei(document, table()), document.source, reading(document).decode()) == []
        kinds |= {block.kind for block in document.blocks}
    assert kinds - {"cell"} == set(facts("elements")["elements"])
