"""Pictures of the pages for the report.  Rendering is the costliest step, so only who wants pictures imports this."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from pipeline.config import ReportPolicy

_LONGEST = 3000  # pixels of the longer side, however large the page says it is
_POINTS = 72  # an inch
_CHROMA = 64  # of 255, between the largest and the smallest of red, green and blue: a pixel with a colour of its own
_COLOURED = 0.002  # of the pixels: the page has a letterhead or a seal
_PAPER = 128  # the commonest grey above this is the paper


def pictures(data: bytes, policy: ReportPolicy) -> list[bytes]:
    """A WebP picture of each page of a PDF, in order; b"" for a page that cannot be rendered.

    A page has ``policy.dpi`` pixels an inch, fewer when its longer side would pass 3,000 pixels.  A page with more than
    0.2 % saturated pixels is in colour with ``policy.quality``; any other is lossless in four greys, its paper white.

    Raises:
        pypdfium2.PdfiumError: the file is no PDF that can be opened.

    """
    pdf = pdfium.PdfDocument(data)
    try:
        if pdf.get_formtype():
            pdf.init_forms()  # else what was typed into its fields is not drawn
        return [_picture(pdf, number, policy) for number in range(len(pdf))]
    finally:
        pdf.close()


def _picture(pdf: pdfium.PdfDocument, number: int, policy: ReportPolicy) -> bytes:
    try:
        page = pdf[number]
        try:
            scale = min(policy.dpi / _POINTS, _LONGEST / max(page.get_size()))
            image = page.render(scale=scale).to_pil().convert("RGB")
        finally:
            page.close()
    except (pdfium.PdfiumError, ArithmeticError, ValueError, MemoryError, OSError):
        return b""
    out = BytesIO()
    if _is_coloured(image):
        image.save(out, "WEBP", quality=policy.quality)
    else:
        _four_greys(image).save(out, "WEBP", lossless=True)
    return out.getvalue()


def _is_coloured(image: Image.Image) -> bool:
    red, green, blue = image.split()
    high = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    low = ImageChops.darker(red, ImageChops.darker(green, blue))
    chroma = ImageChops.subtract(high, low).histogram()
    return sum(chroma[_CHROMA:]) > _COLOURED * image.width * image.height


def _four_greys(image: Image.Image) -> Image.Image:
    """Four greys with the paper levelled to white, since a scan's paper is grey and its noise costs half the file."""
    grey = image.convert("L")
    light = grey.histogram()[_PAPER:]
    white = _PAPER + light.index(max(light))
    return grey.point([min(3, round(3 * value / white)) * 85 for value in range(256)]).convert("RGB")
