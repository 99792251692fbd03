"""The golden documents come out as they were accepted.  ``make golden`` accepts a difference; look at it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import outputs, sources


@pytest.mark.parametrize(("source", "target"), sources(), ids=lambda path: path.name)
def test_a_golden_document_is_what_it_was(source: Path, target: Path) -> None:
    for suffix, data in outputs(source).items():
        expected = target.with_name(target.name + suffix)
        assert data.decode() == expected.read_text(encoding="utf-8"), expected.name
