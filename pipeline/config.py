"""Policy and thresholds: the program's defaults, changed by the user's gongwen.toml."""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too large to be processed."""

    input_bytes: int
    pages: int
    page_characters: int
    characters: int


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
        return _read(Config, _defaults(), {}, "defaults")
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; check --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is no TOML file: {error}; correct it") from error
    return _read(Config, _defaults(), given, str(path))


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(resources.files("pipeline.data").joinpath("defaults.toml").read_text(encoding="utf-8"))


def _read(kind: type[Any], defaults: dict[str, Any], given: dict[str, Any], where: str, table: str = "") -> Any:
    names = {field.name: field for field in dataclasses.fields(kind)}
    for key in given:
        if key not in names:
            near = difflib.get_close_matches(key, names, 1, 0.0)[0]
            raise UsageError(f"{where}: unknown key {table}{key}; did you mean {table}{near}?")
    values = {}
    for name in names:
        default = defaults[name]
        value = given.get(name, default)
        if isinstance(default, dict):
            if not isinstance(value, dict):
                raise UsageError(f"{where}: {table}{name} must be a table; write [{table}{name}]")
            subtable = {"limits": Limits, "layout": LayoutPolicy, "report": ReportPolicy, "text": TextLayout}[name]
            values[name] = _read(subtable, default, value if name in given else {}, where, f"{table}{name}.")
        elif isinstance(default, list):
            if not (isinstance(value, list) and len(value) == len(default) and all(_number(v) for v in value)):
                raise UsageError(f"{where}: {table}{name} must be a list of {len(default)} numbers, as in {default}")
            values[name] = tuple(value)
        else:
            if not (isinstance(value, bool) is isinstance(default, bool) and _number(value)) or (isinstance(default, int) and not isinstance(value, int)):
                word = {bool: "true or false", int: "a whole number", float: "a number"}[type(default)]
                raise UsageError(f"{where}: {table}{name} must be {word}, as in {str(default).lower()}")
            values[name] = value
    return kind(**values)


def _number(value: object) -> bool:
    return isinstance(value, int | float)
