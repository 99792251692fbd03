"""The first engine: character geometry from pdfium, a few calls a character, straight into arrays.

pdfium's own text call is not used: it invents spaces and lines.  Facts behind the choices are in docs/design.md.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import deque
from collections.abc import Callable
from itertools import repeat
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.errors import InputError
from pipeline.extract.drawing import read_drawing
from pipeline.extract.glyphs import Glyphs, Style, bare_name, colour_class

_TERMINATORS = frozenset("\n\r\f")
_HYPHENS = frozenset({0x02, 0xFFFE})  # what pdfium makes of a hyphen at the end of a line
_INVISIBLE_MODES = frozenset({3, 7})  # neither filled nor stroked; clip only


def _function(name: str, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., int]:
    """A second prototype of a pdfium function that takes plain addresses, which costs half of a checked pointer."""
    prototype = ctypes.CFUNCTYPE(result, *arguments)
    return prototype(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)


_PAGE, _INT, _ADDRESS = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_unicode = _function("FPDFText_GetUnicode", _PAGE, _INT, result=ctypes.c_uint)
_generated = _function("FPDFText_IsGenerated", _PAGE, _INT)
_map_error = _function("FPDFText_HasUnicodeMapError", _PAGE, _INT)
_origin = _function("FPDFText_GetCharOrigin", _PAGE, _INT, _ADDRESS, _ADDRESS)
_loose_box = _function("FPDFText_GetLooseCharBox", _PAGE, _INT, _ADDRESS)
_text_object = _function("FPDFText_GetTextObject", _PAGE, _INT, result=ctypes.c_void_p)


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF held in memory.

    Raises:
        InputError: encrypted, truncated, unreadable or without pages, each with its own reason.

    """
    raw.FPDF_LoadDocument(b"", None)  # fails: else the error of an earlier file would stand for a file without pages
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == raw.FPDF_ERR_PASSWORD:
            raise InputError("encrypted", "is encrypted; remove the password and run again") from error
        if code == raw.FPDF_ERR_SECURITY:
            raise InputError("unsupported", "uses an unsupported kind of encryption; print it to a new PDF") from error
        if code == raw.FPDF_ERR_FILE:
            raise InputError("zero pages", "has no pages; check how it was made") from error
        if b"%%EOF" not in data[-2048:]:
            raise InputError("truncated", "breaks off before its end; fetch it again") from error
        raise InputError("unreadable", "is a PDF that cannot be read; open and save it in another program") from error


def read_page(document: pdfium.PdfDocument, number: int) -> Glyphs | None:
    """The characters of one page, counted from 1; None where pdfium cannot load it."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return None
    try:
        return _read(page)
    finally:
        page.close()


def _read(page: pdfium.PdfPage) -> Glyphs:
    textpage = page.get_textpage()
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    try:
        return _characters(page, textpage, handle)
    finally:
        textpage.close()


def _characters(page: pdfium.PdfPage, textpage: Any, handle: int | None) -> Glyphs:
    left, bottom, right, top = _visible_box(page)
    width, height = (right - left, top - bottom) if page.get_rotation() % 180 == 0 else (top - bottom, right - left)
    glyphs = Glyphs(width, height)
    read_drawing(page.raw, (page.get_rotation(), left, bottom, right, top), glyphs)
    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return glyphs
    all_ = range(count)
    codes = list(map(_unicode, repeat(handle), all_))
    keep = [i for i, code in enumerate(codes) if not _is_layout(handle, i, code)]
    keep = _join_surrogates(codes, keep)
    if not keep:
        return glyphs
    n = len(keep)
    origins_x, origins_y, boxes = array("d", bytes(8 * n)), array("d", bytes(8 * n)), array("f", bytes(16 * n))
    ax, ay, ab = origins_x.buffer_info()[0], origins_y.buffer_info()[0], boxes.buffer_info()[0]
    deque(map(_origin, repeat(handle), keep, range(ax, ax + 8 * n, 8), range(ay, ay + 8 * n, 8)), maxlen=0)
    deque(map(_loose_box, repeat(handle), keep, range(ab, ab + 16 * n, 16)), maxlen=0)
    errors = list(map(_map_error, repeat(handle), keep))
    objects = list(map(_text_object, repeat(handle), keep))

    styles: dict[Style, int] = {}
    by_object: dict[int | None, int] = {}
    fonts: dict[int, str] = {}  # of this page only: another may get a closed page's address
    rotation = page.get_rotation()
    for at, pointer in enumerate(objects):
        if pointer not in by_object:
            style = _style(textpage, keep[at], pointer, fonts, rotation)
            by_object[pointer] = styles.setdefault(style, len(styles))
    glyphs.styles = list(styles)
    glyphs.style = array("i", map(by_object.__getitem__, objects))
    glyphs.unmapped = frozenset(at for at, error in enumerate(errors) if error == 1)
    glyphs.text = [
        "\ufffd"
        if error == 1
        else "-"
        if codes[i] in _HYPHENS and raw.FPDFText_IsHyphen(textpage, i) == 1
        else chr(codes[i])
        for i, error in zip(keep, errors, strict=True)
    ]
    glyphs.x, glyphs.y, glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1 = _upright(page, origins_x, origins_y, boxes)
    return glyphs


def _is_layout(handle: int | None, index: int, code: int) -> bool:
    """Is a character pdfium's own (a space or line end it inferred), or a line terminator?"""
    if code in (0x20, 0xFFFE, 0x02) or code in (0x0D, 0x0A, 0x0C):
        return chr(code) in _TERMINATORS or _generated(handle, index) == 1
    return False


def _join_surrogates(codes: list[int], keep: list[int]) -> list[int]:
    """Make one character of each high surrogate that a low one follows."""
    if not any(0xD800 <= codes[i] < 0xE000 for i in keep):
        return keep
    joined: list[int] = []
    for i in keep:
        if joined and 0xDC00 <= codes[i] < 0xE000 and 0xD800 <= codes[joined[-1]] < 0xDC00:
            codes[joined[-1]] = 0x10000 + ((codes[joined[-1]] - 0xD800) << 10) + codes[i] - 0xDC00
        else:
            joined.append(i)
    return joined


def _style(textpage: Any, index: int, pointer: int | None, fonts: dict[int, str], rotation: int) -> Style:
    """Font, size, colour, visibility and direction of the text object a character belongs to; ``rotation`` of its page."""
    if not pointer:
        return Style()
    text_object = ctypes.cast(pointer, raw.FPDF_PAGEOBJECT)
    font = raw.FPDFTextObj_GetFont(text_object)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        fonts[key] = _font_name(font)
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(text_object, size)
    scale, angle = 1.0, -rotation % 360
    if raw.FPDFText_GetMatrix(textpage, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
        if math.isfinite(matrix.a) and math.isfinite(matrix.b):
            angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - rotation) % 360
    points = size.value * scale
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(255)
    raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    hidden = raw.FPDFTextObj_GetTextRenderMode(text_object) in _INVISIBLE_MODES or alpha.value == 0
    colour = colour_class(red.value, green.value, blue.value)
    return Style(fonts[key], round(points, 1) if math.isfinite(points) else 0.0, colour, hidden, angle)


def _font_name(font: Any) -> str:
    """The PostScript name without the prefix of an embedded subset."""
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return bare_name(buffer.value.decode("utf-8", "replace"))


def _upright(
    page: pdfium.PdfPage, origins_x: array[float], origins_y: array[float], boxes: array[float]
) -> tuple[array[float], ...]:
    """Origins and boxes in points from the top left of the visible page, after the page's rotation."""
    left, bottom, right, top = _visible_box(page)
    bx0, by0, bx1, by1 = boxes[0::4], boxes[3::4], boxes[2::4], boxes[1::4]  # FS_RECTF: left, top, right, bottom
    rotation = page.get_rotation()

    def along(values: array[float], zero: float) -> array[float]:
        return array("d", [v - zero for v in values])

    def against(values: array[float], zero: float) -> array[float]:
        return array("d", [zero - v for v in values])

    if rotation == 90:
        return (
            along(origins_y, bottom),
            along(origins_x, left),
            along(by0, bottom),
            along(bx0, left),
            along(by1, bottom),
            along(bx1, left),
        )
    if rotation == 180:
        return (
            against(origins_x, right),
            along(origins_y, bottom),
            against(bx1, right),
            along(by0, bottom),
            against(bx0, right),
            along(by1, bottom),
        )
    if rotation == 270:
        return (
            against(origins_y, top),
            against(origins_x, right),
            against(by1, top),
            against(bx1, right),
            against(by0, top),
            against(bx0, right),
        )
    return (
        along(origins_x, left),
        against(origins_y, top),
        along(bx0, left),
        against(by1, top),
        along(bx1, left),
        against(by0, top),
    )


def _visible_box(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """The crop box within the media box, corners in order; the media box where the two do not meet."""
    media = _ordered(page.get_mediabox())
    crop = _ordered(page.get_cropbox())
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return box if box[0] < box[2] and box[1] < box[3] else media


def _ordered(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
