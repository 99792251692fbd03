"""Accept what the program makes of the golden documents: ``make golden``.  Look at the difference before committing it."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import load
from pipeline.emit.findings import dump, findings
from pipeline.emit.reading import reading
from pipeline.emit.tei import tei
from pipeline.rule import table
from pipeline.stages import process
from tests.specimens import SPECIMENS

CORPUS = Path(__file__).parent / "corpus"
SAMPLE = Path(__file__).parent.parent / "input" / "seed.pdf"


def documents() -> dict[str, bytes]:
    """The golden documents by name: the sample, and the specimens the tests set themselves."""
    return {"seed": SAMPLE.read_bytes(), **{name: made() for name, made in SPECIMENS.items()}}


def outputs(name: str, data: bytes) -> dict[Path, bytes]:
    """What the program makes of a golden document, by the file that holds what it should be."""
    document = process(Path(f"{name}.pdf"), data, load())
    rules = table()
    content = findings(document, rules, "", "archive")
    made = {".xml": tei(document, rules), ".reading": reading(document), ".findings.json": dump(content)}
    return {CORPUS / name / f"{name}{suffix}": content for suffix, content in made.items()}


if __name__ == "__main__":
    for name, data in documents().items():
        for path, content in outputs(name, data).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
