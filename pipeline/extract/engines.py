"""Which engine reads a PDF, and what the other one adds: characters the first does not know, and a second opinion.

Neither engine is imported, and the file not opened by the second, before a page needs it: pdfplumber costs 0.18 s.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from pipeline.document import Finding, Span
from pipeline.errors import InputError
from pipeline.extract.glyphs import Glyphs
from pipeline.extract.rules import LAY_10
from pipeline.extract.units import user_units

_SAME_PLACE = 0.3  # em between the origins of one character in both engines
_NO_CHARACTER = frozenset({"Co", "Cc", "Cs", "Cn"})
_SHOWN = 5  # characters a message names


class Engine(Protocol):
    """What each of the engine modules has."""

    def open_pdf(self, data: bytes) -> Any:
        """The file, its ``len`` the number of pages; raises InputError."""

    def read_page(self, document: Any, number: int) -> Glyphs | None:
        """The characters of a page, counted from 1; None where it cannot be read."""


class Disagreement(NamedTuple):
    """What only one of the engines read on a page, spaces apart; ``unread`` where the second read nothing at all."""

    first: Counter[str]
    second: Counter[str]
    unread: bool = False


class PdfFile:
    """A PDF read by one engine (``pdfium`` or ``pdfplumber``) with the other one at hand.

    Raises:
        InputError: the first engine cannot open it.

    """

    def __init__(self, data: bytes, engine: str = "pdfium", *, verify: bool = False) -> None:
        self.names = (engine, "pdfium" if engine == "pdfplumber" else "pdfplumber")
        self._data, self._verify = data, verify
        self._engine = _engine(engine)
        self._document = self._engine.open_pdf(data)
        self._units = user_units(data) if engine == "pdfium" else {}

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        self._document.close()
'''
