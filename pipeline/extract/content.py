"""What a content stream shows, character by character, as pdfplumber's parser reads it.

pdfplumber's own list of characters says neither which are rendered invisibly or transparently nor how far they are
raised, and forgets where a form leaves the pen; so they are taken down here as the stream shows them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFStackT, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, num_value
from pdfminer.psparser import literal_name
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, apply_matrix_rect

from pipeline.extract.drawing import take_path
from pipeline.extract.glyphs import Glyphs, Style, bare_name, colour_class

_INVISIBLE_MODES = frozenset({3, 7})  # neither filled nor stroked; clip only
_LINE_ENDS = frozenset("\n\r\f")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_COPY = 0.15  # em; the same character closer than this is printed over itself (fake bold), two of l stand 0.22 apart
_EM_BOX = (-0.12, 0.88)  # of an ideograph, where a font does not say
_BLACK = (0.0, 0.0, 0.0)


def take_down(manager: PDFResourceManager, page: PDFPage, upright: Matrix, glyphs: Glyphs) -> None:
    """Put the characters and drawings of a page into ``glyphs``; ``upright`` leads from its units to points as seen."""
    device = _Device(manager, glyphs)
    _Interpreter(manager, device).render_contents(page.resources, page.contents, ctm=upright)
    glyphs.styles = list(device.styles)
    glyphs.unmapped = frozenset(device.unmapped)


class _State(PDFGraphicState):
    """The graphics state with the opacity of fills, which pdfminer leaves out."""

    alpha = 1.0

    def copy(self) -> PDFGraphicState:
        state = _State()
        state.__dict__.update(self.__dict__)
        return state


class _Interpreter(PDFPageInterpreter):
    """Reads a content stream; forms begin with the graphics state of the place they are called from."""

    _around: PDFGraphicState | None = None

    def subinterp(self) -> PDFPageInterpreter:
        inner = cast("_Interpreter", super().subinterp())
        inner._around = self.graphicstate
        return inner

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self.graphicstate = self._around.copy() if self._around else _State()

    def do_gs(self, name: PDFStackT) -> None:
        states = dict_value(self.resources.get("ExtGState", {}))
        alpha = dict_value(states.get(literal_name(name), {})).get("ca")
        if alpha is not None:
            cast("_State", self.graphicstate).alpha = float(num_value(alpha))


class _Device(PDFTextDevice):
    """Takes down characters and drawings in the order a content stream shows them."""

    ctm: Matrix

    def __init__(self, manager: PDFResourceManager, glyphs: Glyphs) -> None:
        super().__init__(manager)
        self.glyphs = glyphs
        self.styles: dict[Style, int] = {}
        self.unmapped: list[int] = []
        self._places: dict[tuple[str, float, int, int], list[tuple[float, float]]] = {}
        self._texts: dict[tuple[PDFFont, int], str] = {}
        self._outer: list[Matrix] = []
        self._style, self._size = 0, 0.0

    # -- text ----------------------------------------------------------------------------------------------------------

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        hidden = textstate.render in _INVISIBLE_MODES or cast("_State", graphicstate).alpha == 0
        a, b, c, d = self._directions(textstate.matrix)
        size = textstate.fontsize * math.hypot(c, d)
        style = Style(
            _font_name(textstate.font),
            round(size, 1) if math.isfinite(size) else 0.0,
            _colour(ncs, graphicstate.ncolor),
            hidden,
            round(math.degrees(math.atan2(-b, a))) % 360 if math.isfinite(a) and math.isfinite(b) else 0,
        )
        self._style, self._size = self.styles.setdefault(style, len(self.styles)), style.size
        super().render_string(textstate, seq, ncs, graphicstate)

    def _directions(self, matrix: Matrix) -> tuple[float, float, float, float]:
        """Where one unit to the right and one unit up of text space point on the page."""
        (x, y), (right, right_y), (up, up_y) = (
            apply_matrix_pt(self.ctm, apply_matrix_pt(matrix, at)) for at in ((0, 0), (1, 0), (0, 1))
        )
        return right - x, right_y - y, up - x, up_y - y

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> float:
        """Take down one glyph; returns how far it moves the pen, in units of text space."""
        text = self._text(font, cid)
        if font.is_vertical():
            advance = font.char_width(cid) * fontsize  # downwards: negative
            vx, vy = cast("tuple[float | None, float]", font.char_disp(cid))
            wide = 0.5 * fontsize
            origin = (-wide if vx is None else -vx * fontsize / 1000, rise - vy * fontsize / 1000)
            box = (-wide, rise + advance, wide, rise)
        else:
            advance = font.char_width(cid) * fontsize * scaling
            low, high = _height(font)
            origin = (0.0, rise)
            box = (0.0, rise + low * fontsize, advance, rise + high * fontsize)
        x, y = apply_matrix_pt(matrix, origin)
        if not self._is_copy(text or f"(cid:{cid})", x, y):
            self._take(text, x, y, apply_matrix_rect(matrix, box))
        return advance

    def _text(self, font: PDFFont, cid: int) -> str:
        """What a glyph stands for, ligatures taken apart; empty where the font does not say."""
        key = (font, cid)
        if key not in self._texts:
            try:
                self._texts[key] = font.to_unichr(cid).translate(_LIGATURES)
            except PDFUnicodeNotDefined:
                self._texts[key] = ""
        return self._texts[key]

    def _take(self, text: str, x: float, y: float, box: Rect) -> None:
        """Note what a glyph stands for; all its characters stand in its place."""
        glyphs = self.glyphs
        for c in text or "\ufffd":
            if c in _LINE_ENDS:
                continue
            if not text:
                self.unmapped.append(len(glyphs.text))
            glyphs.text.append(c)
            glyphs.style.append(self._style)
            arrays = (glyphs.x, glyphs.y, glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1)
            for values, value in zip(arrays, (x, y, *box), strict=True):
                values.append(value)

    def _is_copy(self, text: str, x: float, y: float) -> bool:
        """Does a glyph of the same text and size stand here already?  If not, it does from now on."""
        em = self._size
        near = _COPY * max(em, 1.0)
        if not (math.isfinite(x / near) and math.isfinite(y / near)):
            return False
        column, row = int(x // near), int(y // near)
        for i in (column - 1, column, column + 1):
            for j in (row - 1, row, row + 1):
                for left, base in self._places.get((text, em, i, j), ()):
                    if abs(left - x) < near and abs(base - y) < near:
                        return True
        self._places.setdefault((text, em, column, row), []).append((x, y))
        return False

    # -- drawings ------------------------------------------------------------------------------------------------------

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:  # noqa: ARG002
        self._outer.append(self.ctm)

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        self.ctm = self._outer.pop()  # pdfminer leaves the one of the form behind

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        self.glyphs.images.append(apply_matrix_rect(self.ctm, (0, 0, 1, 1)))

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,  # noqa: ARG002
        evenodd: bool,  # noqa: ARG002
        path: Sequence[PathSegment],
    ) -> None:
        """Sort a path into rules and seals by the box of all its points, as the first engine does."""
        points = [
            apply_matrix_pt(self.ctm, (float(x), float(y)))
            for segment in path
            for x, y in zip(segment[1::2], segment[2::2], strict=False)
        ]
        if not points:
            return
        self.glyphs.drawings += 1
        margin = (graphicstate.linewidth or 1.0) / 2 if stroke else 0.0
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)
        space, colour = (graphicstate.scs, graphicstate.scolor) if stroke else (graphicstate.ncs, graphicstate.ncolor)
        red = _colour(space, colour) == "red"
        take_path(self.glyphs, box, len(points), stroked=stroke, red=red)


def _font_name(font: PDFFont | None) -> str:
    name = getattr(font, "basefont", "unknown")
    return bare_name(str(getattr(font, "fontname", "") if name == "unknown" else name))


def _height(font: PDFFont) -> tuple[float, float]:
    """Foot and head of a font's characters in em from the baseline."""
    low, high = font.get_descent(), font.get_ascent()
    return (low, high) if low < high else _EM_BOX


def _colour(space: PDFColorSpace, colour: object) -> str:
    """The class of a colour in any space; a colour that only a table or a pattern tells counts as black."""
    return colour_class(*(255 * part for part in _rgb(space.name, colour)))


def _rgb(space: str, colour: object) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    values = [float(part) for part in parts if isinstance(part, (int, float))]
    if len(values) != len(parts) or space in ("Indexed", "Pattern"):
        return _BLACK
    if space in ("Separation", "DeviceN") and len(values) < 4:
        values = [1 - value for value in values]  # shares of ink, not of light
    if space == "Lab":
        values = [values[0] / 100]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return (values[0], values[1], values[2]) if len(values) == 3 else (values[0],) * 3
