"""The manual of the rules says what the rules say."""

from __future__ import annotations

from pathlib import Path

from pipeline.manual import markdown
from pipeline.rule import table

DOCS = Path(__file__).parent.parent / "docs"


def test_the_manual_is_fresh() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == markdown(table().values()), "run make docs"
