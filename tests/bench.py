"""``make bench``: what the program costs, as ratios to pdfplumber on the same file, measured in one run.

CPU seconds of whole processes (user and system), the median of several runs, the two in turn: these machines are noisy,
the ratios less so.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "input" / "seed.pdf"
RUNS = 7
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


def main() -> None:
    """Print the figures."""
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


if __name__ == "__main__":
    main()
