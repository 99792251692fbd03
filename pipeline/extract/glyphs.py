"""What an engine hands over: the characters of a page in arrays, before there are lines."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.document import Box


class Style(NamedTuple):
    """How a character is set: ``size`` in points after all scaling, ``angle`` in degrees counter-clockwise as shown."""

    font: str = ""
    size: float = 0.0
    colour: str = "black"  # black, red, white, other
    hidden: bool = False  # rendered invisibly
    angle: int = 0


class Stroke(NamedTuple):
    """A ruled line, its box in points; ``red`` as the rules of a letterhead are."""

    x0: float
    y0: float
    x1: float
    y1: float
    red: bool = False


@dataclass(slots=True)
class Glyphs:
    """The characters of one page in the engine's order, in points from the top left of the page as shown, y downwards.

    ``x y`` are the origins on the baseline, ``x0 y0 x1 y1`` the boxes, ``style`` indexes into ``styles``.
    ``unmapped`` holds the indices of characters the font gives no Unicode value; their text is U+FFFD.
    Pictures, rules and seals are boxes in the same points.
    """

    width: float
    height: float
    text: list[str] = field(default_factory=list)
    x: array[float] = field(default_factory=lambda: array("d"))
    y: array[float] = field(default_factory=lambda: array("d"))
    x0: array[float] = field(default_factory=lambda: array("d"))
    y0: array[float] = field(default_factory=lambda: array("d"))
    x1: array[float] = field(default_factory=lambda: array("d"))
    y1: array[float] = field(default_factory=lambda: array("d"))
    style: array[int] = field(default_factory=lambda: array("i"))
    styles: list[Style] = field(default_factory=list)
    unmapped: frozenset[int] = frozenset()
    images: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    discs: list[Box] = field(default_factory=list)  # red and round: seals
    drawings: int = 0  # paths and shadings


def colour_class(red: float, green: float, blue: float) -> str:
    """Black, red, white or other; each component from 0 to 255."""
    if max(red, green, blue) < 100:
        return "black"
    if min(red, green, blue) > 240:
        return "white"
    return "red" if red > 153 and green < 77 and blue < 77 else "other"


def bare_name(font: str) -> str:
    """The PostScript name of a font without the prefix of an embedded subset."""
    return font[7:] if font[6:7] == "+" and font[:6].isalpha() and font[:6].isupper() else font
