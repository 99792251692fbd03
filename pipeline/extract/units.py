"""Pages measured in other units than points (/UserUnit), which pdfium takes no notice of."""

from __future__ import annotations

import re
import zlib
from array import array

from pipeline.document import Box
from pipeline.errors import InputError
from pipeline.extract.glyphs import Glyphs

_KEY = b"/UserUnit"
_PACKED = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n", re.DOTALL)  # dictionaries may stand in a compressed stream
_LARGEST = 16 * 1024 * 1024  # bytes of such a stream


def user_units(data: bytes) -> dict[int, float]:
    """The points a unit has, by page number from 1, for the pages of a PDF where that is not one.

    A search through the bytes comes first; only a file that names units at all is parsed a second time.
    """
    if not _names_units(data):
        return {}
    from pipeline.extract import plumber  # 0.18 s

    try:
        sheets = plumber.open_pdf(data).sheets
    except InputError:
        return {}
    units = {number: plumber.user_unit(sheet) for number, sheet in enumerate(sheets, 1)}
    return {number: unit for number, unit in units.items() if unit != 1}


def _names_units(data: bytes) -> bool:
    return _KEY in data or (
        b"/ObjStm" in data and any(_KEY in _unpacked(data, m.end()) for m in _PACKED.finditer(data))
    )


def _unpacked(data: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[start : data.find(b"endstream", start)], _LARGEST)
    except zlib.error:  # another filter, or encrypted
        return b""


def enlarge(page: Glyphs, unit: float) -> None:
    """Turn the coordinates of a page into points, ``unit`` of them in each of its units."""
    page.width *= unit
    page.height *= unit
    for values in (page.x, page.y, page.x0, page.y0, page.x1, page.y1):
        values[:] = array(values.typecode, [value * unit for value in values])
    page.styles = [style._replace(size=round(style.size * unit, 1)) for style in page.styles]
    page.images = [_times(box, unit) for box in page.images]
    page.discs = [_times(box, unit) for box in page.discs]
    page.strokes = [
        stroke._replace(x0=stroke.x0 * unit, y0=stroke.y0 * unit, x1=stroke.x1 * unit, y1=stroke.y1 * unit)
        for stroke in page.strokes
    ]


def _times(box: Box, unit: float) -> Box:
    x0, y0, x1, y1 = box
    return x0 * unit, y0 * unit, x1 * unit, y1 * unit
