"""What an engine hands over: the characters of a page in arrays, before there are lines."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple


class Style(NamedTuple):
    """How a character is set: ``size`` in points after all scaling, ``angle`` in degrees counter-clockwise as shown."""

    font: str = ""
    size: float = 0.0
    colour: str = "black"  # black, red, white, other
    hidden: bool = False  # rendered invisibly
    angle: int = 0


@dataclass(slots=True)
class Glyphs:
    """The characters of one page in the engine's order, in points from the top left of the page as shown, y downwards.

    ``x y`` are the origins on the baseline, ``x0 y0 x1 y1`` the boxes, ``style`` indexes into ``styles``.
    ``unmapped`` holds the indices of characters the font gives no Unicode value; their text is U+FFFD.
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
    images: int = 0  # pictures on the page; counted only where there is no text
    drawings: int = 0  # paths on the page; counted only where there is no text
