"""Policy and thresholds: the program's defaults, changed by the user's gongwen.toml."""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

ENGINES, PROFILES, SCRIPTS = ("pdfium", "pdfplumber"), ("archive", "draft"), ("keep", "simplified", "traditional")
# every key that is a word stands here
_CHOICES = {"extract.engine": ENGINES, "rules.profile": PROFILES, "text.script": SCRIPTS}
_CERTAINTIES = ("certain", "likely", "ask")
_OPEN = ("rules.certainty", "text.private_use")  # tables whose keys are the user's own
_PRIVATE = re.compile(r"U\+(?:E[0-9A-F]{3}|F[0-8][0-9A-F]{2}|(?:F|10)(?!FFF[EF])[0-9A-F]{4})")
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
class RulePolicy:
    """Which rules run, by id or alias, and what they may do.

    Attributes:
        profile: archive (a published document is transcribed) or draft (an author's text is corrected).
        select: the only rules that run; all when empty.
        ignore: rules that do not run.
        certainty: pairs of a rule and the certainty that stands for that of all its changes.

    """

    profile: str = "archive"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    certainty: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What finders ask of the configuration.

    Attributes:
        script: keep, or the script (simplified, traditional) a text in the other one is converted to.
        protected: words in which nothing is changed and nothing asked.
        private_use: pairs of a private-use character and what it stands for in the user's fonts.

    """

    script: str = "keep"
    protected: tuple[str, ...] = ()
    private_use: tuple[tuple[str, str], ...] = ()


ALL_RULES, AS_IT_IS = RulePolicy(), Usage()


@dataclass(frozen=True, slots=True)
class Config:
    """All policy of one run."""

    limits: Limits
    extract: ExtractPolicy
    layout: LayoutPolicy
    rules: RulePolicy
    text: Usage
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
    config = _config(_merge(_defaults(), given, str(path)))
    if config.rules != ALL_RULES:
        from pipeline.rule import check_names  # all rules are imported for their names: only where names are given

        check_names(config.rules, str(path))
    return config


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
        if table + name in _OPEN:
            value = _open_table(value, table + name, where)
        elif isinstance(default, list) and not default:
            if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
                raise UsageError(f"{where}: {table}{name} must be a list of words, not {value!r}")
        elif isinstance(default, dict):
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


def _open_table(value: object, name: str, where: str) -> dict[str, str]:
    """A table of words whose keys are the user's own.

    Raises:
        UsageError: it is none, or a value is not one that may stand there.

    """
    if not isinstance(value, dict):
        raise UsageError(f"{where}: {name} must be a table; write [{name}]")
    for key, word in value.items():
        if name == "rules.certainty" and word not in _CERTAINTIES:
            raise UsageError(f"{where}: {name}.{key} must be {' or '.join(_CERTAINTIES)}, not {word!r}")
        if name == "text.private_use" and not (_PRIVATE.fullmatch(key) and isinstance(word, str) and len(word) == 1):
            raise UsageError(
                f'{where}: {name}.{key}: write a private-use code point and its character, "U+E5E5" = "工"'
            )
    return value


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
    rules, text = values["rules"], values["text"]
    private_use = tuple((chr(int(code[2:], 16)), word) for code, word in text["private_use"].items())
    return Config(
        Limits(**values["limits"]),
        ExtractPolicy(**values["extract"]),
        LayoutPolicy(**layout),
        RulePolicy(rules["profile"], tuple(rules["select"]), tuple(rules["ignore"]), tuple(rules["certainty"].items())),
        Usage(text["script"], tuple(text["protected"]), private_use),
        ReportPolicy(**values["report"]),
    )
