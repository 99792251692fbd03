"""Facts of the field, read from data/*.toml once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def facts(name: str) -> dict[str, Any]:
    """The tables of data/NAME.toml."""
    return tomllib.loads(resources.files("pipeline.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def genre_of(title: str) -> str:
    """The genre (文种) a title ends in, as the TEI profile names it; "" when it ends in none."""
    title = title.rstrip("。，；：！？ \u3000")
    if title.endswith("）"):
        title = title[: title.rfind("（")]
    genres: dict[str, str] = facts("genres")["genres"]
    return next((name for word, name in genres.items() if title.endswith(word)), "")
