"""Accept what the program makes of the golden documents: ``make golden``.  Look at the difference before committing it."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import load
from pipeline.emit.findings import dump, findings
from pipeline.emit.reading import reading
from pipeline.emit.tei import tei
from pipeline.rule import table
from pipeline.stages import process

CORPUS = Path(__file__).parent / "corpus"
SAMPLE = Path(__file__).parent.parent / "input" / "seed.pdf"


def sources() -> list[tuple[Path, Path]]:
    """Each golden document: where it is, and where its expected outputs are (without suffix)."""
    own = [path for path in sorted(CORPUS.glob("*/*")) if path.suffix in (".pdf", ".in")]
    return [(SAMPLE, CORPUS / "seed" / "seed"), *((path, path.with_suffix("")) for path in own)]


def outputs(path: Path) -> dict[str, bytes]:
    """What the program makes of a golden document, by suffix."""
    name = Path(path.name).with_suffix(".txt") if path.suffix == ".in" else Path(path.name)
    document = process(name, path.read_bytes(), load())
    rules = table()
    content = findings(document, rules, "", "archive")
    return {".xml": tei(document, rules), ".reading": reading(document), ".findings.json": dump(content)}


if __name__ == "__main__":
    for source, target in sources():
        target.parent.mkdir(parents=True, exist_ok=True)
        for suffix, data in outputs(source).items():
            target.with_name(target.name + suffix).write_bytes(data)
