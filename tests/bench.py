"""``make bench``: what the program costs, as ratios measured in one run.

Whole processes: CPU seconds (user and system), the median of several runs, ours and pdfplumber on the same file in turn:
these machines are noisy, the ratios less so.  The rules alone: characters a second in this process, beside autocorrect-py
where it is installed.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.config import load
from pipeline.document import Document
from pipeline.extract import extract
from pipeline.layout import layout
from pipeline.normalise import normalise
from pipeline.proof.reader import proofreader

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "input" / "seed.pdf"
RUNS = 7
MEGABYTE = 1_000_000
PLUMBER = "import pdfplumber, sys\nwith pdfplumber.open(sys.argv[1]) as pdf:\n    for page in pdf.pages:\n        page.extract_text(); page.close()"
LOADING = "import pypdfium2, sys\npdf = pypdfium2.PdfDocument(sys.argv[1])\nfor page in pdf:\n    page.get_textpage().close(); page.close()"


def cpu(command: list[str]) -> float:
    """CPU seconds of a command run to its end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command[:4])} … failed with {os.waitstatus_to_exitcode(status)}")
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def processes() -> None:
    """The command line against pdfplumber on the same file."""
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "pipeline", "run", str(SAMPLE), "-o", folder, "--force", "-q"]
        commands = {
            "bare Python": [sys.executable, "-c", "pass"],
            "gongwen --help": [sys.executable, "-m", "pipeline", "--help"],
            "gongwen run --no-facsimile": [*ours, "--no-facsimile"],
            "gongwen run": ours,
            "pdfplumber.extract_text": [sys.executable, "-c", PLUMBER, str(SAMPLE)],
            "pdfium, load pages and text pages": [sys.executable, "-c", LOADING, str(SAMPLE)],
        }
        figures: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(RUNS + 1):
            for name, command in commands.items():
                spent = cpu(command)
                if run:  # the first only warms the caches
                    figures[name].append(spent)
    base = statistics.median(figures["pdfplumber.extract_text"])
    print(f"{SAMPLE.name}, whole processes, CPU seconds, median of {RUNS}; load {os.getloadavg()[0]:.1f}")
    for name, seconds in figures.items():
        median = statistics.median(seconds)
        print(f"{name:36}{median:8.3f} s{median / base:8.2f} : 1")


def paragraphs() -> tuple[list[str], list[str]]:
    """The paragraphs of the sample as they were extracted and joined, and as they read after the rules."""
    config = load()
    laid_out = layout(extract(SAMPLE, SAMPLE.read_bytes(), config.limits), config.layout)
    return _texts(laid_out), _texts(normalise(laid_out))


def _texts(document: Document) -> list[str]:
    return [document.own_text(block) for block in document.blocks if block.kind == "p"]


def repeated(lines: Sequence[str], size: int, end: str = "\n") -> list[str]:
    """Lines again and again until they make so many bytes of UTF-8; one line of all of them where they have no end."""
    once = sum(len((line + end).encode()) for line in lines)
    found = [line + end for line in lines] * (size // once + 1)
    return found if end else ["".join(found)]


def rate(work: Callable[[list[str]], object], lines: list[str]) -> float:
    """Characters a second of CPU time, in millions."""
    work(lines[: len(lines) // 20 + 1] if len(lines) > 1 else [lines[0][:2000]])
    start = time.process_time()
    work(lines)
    return sum(map(len, lines)) / (time.process_time() - start) / 1e6


def rules() -> None:
    """The rules on text, in characters a second."""
    reader = proofreader(load(), "archive")
    damaged, clean = paragraphs()
    right = [line for line in clean if not reader.text(line).findings]
    ours = {"gongwen": lambda lines: [proof.text for _, proof, _ in reader.stream(lines)]}
    if importlib.util.find_spec("autocorrect_py"):
        import autocorrect_py  # type: ignore[import-not-found,unused-ignore]

        ours["autocorrect-py"] = lambda lines: [autocorrect_py.format(line) for line in lines]
    texts = {
        "clean, 1 MB of paragraphs": repeated(right, MEGABYTE),
        "seed as extracted, 1 MB of paragraphs": repeated(damaged, MEGABYTE),
        "clean, 1 MB in one paragraph": repeated(right, MEGABYTE, ""),
        "clean, 10 MB in one paragraph": repeated(right, 10 * MEGABYTE, ""),
        "seed as extracted, 1 MB in one paragraph": repeated(damaged, MEGABYTE, ""),
        "seed as extracted, 10 MB in one paragraph": repeated(damaged, 10 * MEGABYTE, ""),
    }
    print(f"\nrules, one core, million characters a second{'':9}" + "".join(f"{name:>16}" for name in ours))
    for name, lines in texts.items():
        print(f"{name:53}" + "".join(f"{rate(work, lines):16.2f}" for work in ours.values()))
    outcomes = {
        name: [line.rstrip("\n") for line in work([f"{line}\n" for line in damaged])] for name, work in ours.items()
    }
    good = {name: sum(a == b for a, b in zip(lines, clean, strict=True)) for name, lines in outcomes.items()}
    print(
        f"{f'paragraphs of {len(clean)} that come out as they should':53}"
        + "".join(f"{good[name]:16}" for name in ours)
    )


if __name__ == "__main__":
    processes()
    rules()
