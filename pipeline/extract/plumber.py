"""The second engine: pages as pdfplumber's parser finds them, in the arrays of the first one.

It reads the embedded fonts' own tables, so it knows characters pdfium does not, and it is the other witness of
``--verify``.
"""

from __future__ import annotations

import logging
import math
from functools import cached_property
from io import BytesIO

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import num_value
from pdfminer.utils import Matrix, Rect
from pdfplumber.pdf import PDF

from pipeline.errors import InputError
from pipeline.extract.content import take_down
from pipeline.extract.glyphs import Glyphs

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # else their warnings stand between our lines


class Pdf(PDF):
    """A file pdfplumber has open; its length is its number of pages."""

    @cached_property
    def sheets(self) -> list[PDFPage]:
        """Its pages as the parser finds them; pdfplumber's own refuse a whole file for one box that is not right."""
        return list(PDFPage.create_pages(self.doc))

    def __len__(self) -> int:
        return len(self.sheets)

    def close(self) -> None:
        """Let go of the bytes; nothing else is kept, and pdfplumber would look for all pages again to close them."""
        self.stream.close()


def open_pdf(data: bytes) -> Pdf:
    """Open a PDF held in memory.

    Raises:
        InputError: encrypted, truncated, unreadable or without pages, each with its own reason.

    """
    try:
        pdf = Pdf(BytesIO(data))
        pages = len(pdf)
    except Exception as error:  # the parser raises whatever a broken file makes it stumble over
        cause = error.args[0] if error.args else error  # pdfplumber wraps what pdfminer raised
        if isinstance(cause, PDFPasswordIncorrect):
            raise InputError("encrypted", "is encrypted; remove the password and run again") from error
        if isinstance(cause, PDFEncryptionError):
            raise InputError("unsupported", "uses an unsupported kind of encryption; print it to a new PDF") from error
        if b"%%EOF" not in data[-2048:]:
            raise InputError("truncated", "breaks off before its end; fetch it again") from error
        raise InputError("unreadable", "is a PDF that pdfplumber cannot read; try --engine pdfium") from error
    if not pages:  # it says so of some broken files as well
        raise InputError("zero pages", "has no pages that pdfplumber can find; try --engine pdfium")
    return pdf


def read_page(document: Pdf, number: int) -> Glyphs | None:
    """The characters of one page, counted from 1; None where pdfplumber cannot read it."""
    try:
        return _read(document, document.sheets[number - 1])
    except Exception:  # as for a whole file; such a page is reported as unreadable
        return None


def _read(document: Pdf, page: PDFPage) -> Glyphs:
    unit = user_unit(page)
    left, bottom, right, top = _visible_box(page)
    wide, high = unit * (right - left), unit * (top - bottom)
    turn = page.rotate // 90 % 4
    glyphs = Glyphs(*((high, wide) if turn % 2 else (wide, high)))
    upright: Matrix = (
        (unit, 0, 0, -unit, -unit * left, unit * top),
        (0, unit, unit, 0, -unit * bottom, -unit * left),
        (-unit, 0, 0, unit, unit * right, -unit * bottom),
        (0, -unit, -unit, 0, unit * top, unit * right),
    )[turn]
    take_down(document.rsrcmgr, page, upright, glyphs)
    return glyphs


def user_unit(page: PDFPage) -> float:
    """How many points one unit of a page's coordinates is; 1 unless the page says otherwise."""
    unit = float(num_value(page.attrs.get("UserUnit", 1)))
    return unit if 0 < unit < math.inf else 1.0


def _visible_box(page: PDFPage) -> Rect:
    """The crop box within the media box, corners in order; the media box where the two do not meet."""
    media, crop = _ordered(page.mediabox), _ordered(page.cropbox)
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return box if box[0] < box[2] and box[1] < box[3] else media


def _ordered(box: Rect) -> Rect:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
