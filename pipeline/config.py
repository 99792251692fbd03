"""Policy and thresholds: the program's defaults, changed by the user's gongwen.toml."""

from __future__ import annotations

import difflib
import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

_CHOICES = {"extract.engine": ("pdfium", "pdfplumber")}  # every key that is a word stands here
_RANGES = {"report.dpi": (1, 1200), "report.quality": (0, 100)}  # other numbers: 0 or more


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too large to be processed."""

    input_bytes: int
    pages: int
    page_characters: int
    characters: int


@dataclass(frozen=True, slots=True)
class ExtractPolicy:
    """Which engine reads PDF files, and whether the other one reads them too, to find where they differ."""

    engine: str
    verify: bool


@dataclass(frozen=True, slots=True)
class TextLayout:
    """Thresholds for lines without coordinates, in shares of the usual line width."""

    full_line: float


@dataclass(frozen=True, slots=True)
class LayoutPolicy:
    """Thresholds of the layout stage, in em of the body text where not said otherwise."""

    indent: tuple[float, float]
    full_line: float
    aligned: float
    page_number_band: float
    text: TextLayout


@dataclass(frozen=True, slots=True)
class ReportPolicy:
    """What goes into the review report."""

    facsimile: bool
    dpi: int
    quality: int


@dataclass(frozen=True, slots=True)
class Config:
    """All policy of one run."""

    limits: Limits
    extract: ExtractPolicy
    layout: LayoutPolicy
    report: ReportPolicy

    def fingerprint(self) -> str:
        """A text that differs when two configurations do."""
        return repr(self)


def load(path: Path | None = None) -> Config:
    """The defaults, changed by the TOML file at ``path``.

    Raises:
        UsageError: the file is not there, is no TOML, or has a key or value the program does not know.

    """
    if path is None:
        return _config(_defaults())
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; check --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is no TOML file: {error}; correct it") from error
    return _config(_merge(_defaults(), given, str(path)))


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(resources.files("pipeline.data").joinpath("defaults.toml").read_text(encoding="utf-8"))


def _merge(defaults: dict[str, Any], given: dict[str, Any], where: str, table: str = "") -> dict[str, Any]:
    """The defaults with what is given in their place; every key and type must be one the defaults have."""
    for key in given:
        if key not in defaults:
            near = difflib.get_close_matches(key, defaults, 1, 0.0)[0]
            raise UsageError(f"{where}: unknown key {table}{key}; did you mean {table}{near}?")
    merged = {}
    for name, default in defaults.items():
        value = given.get(name, default)
        if isinstance(default, dict):
            if not isinstance(value, dict):
                raise UsageError(f"{where}: {table}{name} must be a table; write [{table}{name}]")
            value = _merge(default, given.get(name, {}), where, f"{table}{name}.")
        elif isinstance(default, str):
            if value not in _CHOICES[table + name]:
                raise UsageError(f"{where}: {table}{name} must be {' or '.join(_CHOICES[table + name])}, not {value!r}")
        elif not _fits(value, default):
            kinds = {bool: "true or false", int: "a whole number", float: "a number", list: f"{default!r} or the like"}
            raise UsageError(f"{where}: {table}{name} must be {kinds[type(default)]}, not {value!r}")
        else:
            low, high = _RANGES.get(table + name, (0, math.inf))
            if not all(low <= number <= high for number in (value if isinstance(value, list) else [value])):
                bounds = f"{low} or more" if high == math.inf else f"between {low} and {high}"
                raise UsageError(f"{where}: {table}{name} must be {bounds}, not {value!r}")
        merged[name] = value
    return merged


def _fits(value: object, default: object) -> bool:
    """Is a value of the kind its default is?  A whole number may stand for a number, nothing else for something else."""
    if isinstance(default, list):
        return isinstance(value, list) and len(value) == len(default) and all(map(_fits, value, default))
    if isinstance(default, float):
        return isinstance(value, float) or type(value) is int
    return type(value) is type(default)


def _config(values: dict[str, Any]) -> Config:
    layout = dict(values["layout"])
    layout["indent"] = tuple(layout["indent"])
    layout["text"] = TextLayout(**layout["text"])
    return Config(
        Limits(**values["limits"]),
        ExtractPolicy(**values["extract"]),
        LayoutPolicy(**layout),
        ReportPolicy(**values["report"]),
    )
