"""The stages in order: what happens to one document.  Only this module knows the order."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Config
from pipeline.document import Document
from pipeline.extract import extract
from pipeline.layout import layout
from pipeline.normalise import normalise
from pipeline.validate import validate


def process(path: Path, data: bytes, config: Config) -> Document:
    """A finished document from the bytes of a file.

    Raises:
        InputError: the file cannot be processed.

    """
    document = extract(path, data, config.limits, config.extract.engine, verify=config.extract.verify)
    document = layout(document, config.layout)
    document = normalise(document, config.rules, config.text)
    return validate(document, config.rules, config.text)
