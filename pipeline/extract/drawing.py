"""What is drawn on a page beside its text: rules, pictures and seals, as structure and tables need them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from pipeline.document import Box
from pipeline.extract.glyphs import Glyphs, Stroke

_THIN = 4.5  # points; a box not wider than this is a rule (double rules are one)
_SHORT = 6.0  # points; a shorter stroke is no rule
_DISC = (50.0, 170.0)  # points across: what a seal measures (3.8 to 5 cm, give or take)
_DEPTH = 4  # of forms within forms

Frame = tuple[int, float, float, float, float]  # rotation, and the visible box: left, bottom, right, top


def read_drawing(page: Any, frame: Frame, glyphs: Glyphs) -> None:
    """Put the rules, pictures and seals of a page into ``glyphs``, in points from the top left of the visible page."""
    for thing in _objects(page, raw.FPDFPage_CountObjects(page), raw.FPDFPage_GetObject, 0):
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        box = _box(thing, frame)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            glyphs.images.append(box)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            glyphs.drawings += 1
            _path(thing, box, glyphs)
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            glyphs.drawings += 1


def _objects(holder: Any, count: int, get: Any, depth: int) -> Iterator[Any]:
    """The objects of a page, those inside forms included."""
    for index in range(count):
        thing = get(holder, index)
        if depth < _DEPTH and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            yield from _objects(thing, raw.FPDFFormObj_CountObjects(thing), raw.FPDFFormObj_GetObject, depth + 1)
        else:
            yield thing


def _box(thing: Any, frame: Frame) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return upright(frame, left.value, bottom.value, right.value, top.value)


def upright(frame: Frame, x0: float, y0: float, x1: float, y1: float) -> Box:
    """A box of page space as seen: from the top left of the visible page, after its rotation."""
    rotation, left, bottom, right, top = frame
    if rotation == 90:
        return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if rotation == 180:
        return (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if rotation == 270:
        return (top - y1, right - x1, top - y0, right - x0)
    return (x0 - left, top - y1, x1 - left, top - y0)


def _path(thing: Any, box: Box, glyphs: Glyphs) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    if fill.value or stroke.value:
        stroked = bool(stroke.value)
        take_path(glyphs, box, raw.FPDFPath_CountSegments(thing), stroked=stroked, red=_is_red(thing, stroked=stroked))


def take_path(glyphs: Glyphs, box: Box, points: int, *, stroked: bool, red: bool) -> None:
    """A thin path is a rule, a stroked rectangle four of them, a red round one a seal; ``points`` it is drawn by."""
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if min(wide, high) <= _THIN:
        if max(wide, high) >= _SHORT:
            glyphs.strokes.append(Stroke(x0, y0, x1, y1, red))
    elif red and points > 5 and _DISC[0] <= wide <= _DISC[1] and abs(wide - high) < 0.1 * wide:
        glyphs.discs.append(box)
    elif stroked and points in (4, 5):
        for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            glyphs.strokes.append(Stroke(*edge, red))


def _is_red(thing: Any, *, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    colour(thing, red, green, blue, alpha)
    return red.value > 153 and green.value < 77 and blue.value < 77
