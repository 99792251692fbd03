"""What the tests share: where things are, and the command line as a user meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
# a busy machine is no failure, and CI looks at the same examples every time
settings.register_profile("gongwen", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("gongwen")
Gongwen = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of specifications and corpora, GONGWEN_SHARED or ../shared; the test is skipped where it is absent."""
    folder = (ROOT / os.environ.get("GONGWEN_SHARED", "../shared")).resolve()
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here; set GONGWEN_SHARED")
    return folder


@pytest.fixture(scope="session")
def sample() -> Path:
    """The circular that comes with the program."""
    return ROOT / "input" / "seed.pdf"


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The variables the command line runs with; where the package is not installed it is found in the project."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    probe = [sys.executable, "-c", "import pipeline.cli"]
    installed = subprocess.run(probe, cwd=elsewhere, env=variables, capture_output=True, check=False)
    return variables if installed.returncode == 0 else {**variables, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def gongwen_in(environment: Mapping[str, str]) -> Callable[[Path], Gongwen]:
    """The command line in a given folder, each run in a process of its own; ``variables`` go beside the usual ones."""

    def runner(folder: Path) -> Gongwen:
        def run(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "pipeline", *map(str, arguments)],
                cwd=folder,
                env={**environment, **variables},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=60,
                check=False,
            )

        return run

    return runner


@pytest.fixture
def gongwen(gongwen_in: Callable[[Path], Gongwen], tmp_path: Path) -> Gongwen:
    """``gongwen("run", "a.pdf")`` runs the command line in tmp_path and returns what it said and its exit code."""
    return gongwen_in(tmp_path)
