"""What the scorer of the corpora says, run as its users run it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def scores(shared: Path, output: Path, corpus: str) -> dict[str, Any]:
    command = [
        sys.executable,
        str(shared / "score" / "score.py"),
        str(output),
        str(shared / "corpus" / corpus),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout)["ALL"])


@pytest.mark.parametrize("form", ["pdf", "txt"])
def test_the_seed_is_perfect(shared: Path, tmp_path: Path, gongwen: Run, form: str) -> None:
    gongwen("run", str(shared / "corpus" / "seed" / f"seed.{form}"), "-o", str(tmp_path / "out"), "--no-facsimile")
    found = scores(shared, tmp_path / "out", "seed")
    assert found["cer_permille"] == found["cer_strict_permille"] == 0
    assert found["blocks_f1"] == found["joins_f1"] == found["fields"] == found["findings_recall"] == 1
    assert found["findings_extra"] == found["missing"] == 0


@pytest.mark.parametrize("corpus", ["typeset", "office", "real"])
def test_every_other_circular_gets_through(shared: Path, tmp_path: Path, gongwen: Run, corpus: str) -> None:
    done = gongwen("run", str(shared / "corpus" / corpus), "-o", str(tmp_path / "out"), "--no-facsimile")
    assert done.returncode == 0, done.stderr
    assert scores(shared, tmp_path / "out", corpus)["missing"] == 0
