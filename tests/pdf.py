"""A small typesetter: PDFs whose every character stands where a test says, without a font file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_FONTS = {"song": "SimSun", "fang": "FangSong", "hei": "SimHei", "kai": "KaiTi", "title": "FZXBSJW"}


@dataclass(frozen=True)
class Set:
    """A run of text: x and y of its first origin from the top left (points), size, advance of a full-width character.

    ``advance`` 0 is the size itself; ``raw`` is put into the content stream before the text (colours, render modes).
    """

    x: float
    y: float
    text: str
    size: float = 16.0
    font: str = "fang"
    advance: float = 0.0
    raw: str = ""


@dataclass
class Pdf:
    """A document under construction; ``page`` adds a page, ``data`` gives the bytes."""

    width: float = 595.28
    height: float = 841.89
    objects: list[bytes] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    def page(self, runs: Iterable[Set], extra: str = "", entries: str = "", drawing: str = "") -> Pdf:
        """Add a page; ``extra`` goes into its resources, ``entries`` into the page itself, ``drawing`` before the text."""
        content = [drawing]
        for run in runs:
            content.append(f"q BT {run.raw} /{run.font} {run.size:g} Tf")
            x = run.x
            for c in run.text:
                content.append(f"1 0 0 1 {x:.3f} {self.height - run.y:.3f} Tm <{self._code(c):04X}> Tj")
                wide = run.advance or run.size
                x += wide if ord(c) > 0x2000 else wide / 2
            content.append("ET Q")
        stream = zlib.compress("\n".join(content).encode("latin-1"))
        body = self._add(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream")
        box = f"/MediaBox [0 0 {self.width:g} {self.height:g}]"
        self.pages.append(
            self._add(
                f"<< /Type /Page /Parent 2 0 R {box} /Contents {body} 0 R /Resources << /Font << @FONTS@ >> {extra} >> {entries} >>"
            )
        )
        return self

    def image(self) -> str:
        """Resources for a page that is a picture; draw it with ``/Im Do``."""
        data = zlib.compress(bytes(range(256)) * 4)
        head = b"<< /Type /XObject /Subtype /Image /Width 32 /Height 32 /ColorSpace /DeviceGray /BitsPerComponent 8"
        number = self._add(head + b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(data) + data + b"\nendstream")
        return f"/XObject << /Im {number} 0 R >>"

    def data(self) -> bytes:
        fonts = " ".join(f"/{name} {self._font(base)} 0 R" for name, base in _FONTS.items())
        kids = " ".join(f"{n} 0 R" for n in self.pages)
        fixed = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode(),
        ]
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, content in enumerate([*fixed, *self.objects], 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + content.replace(b"@FONTS@", fonts.encode()) + b"\nendobj\n"
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, table)
        return bytes(out)

    def _add(self, content: bytes | str) -> int:
        self.objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(self.objects) + 2

    def _code(self, c: str) -> int:
        """The CID of a character: half-width Latin has its own in Adobe-GB1, any ideograph will do for the others."""
        return self.codes.setdefault(c, 814 + ord(c) - 0x20 if " " <= c <= "~" else 1000 + len(self.codes))

    def _font(self, base: str) -> int:
        half = " ".join(f"{code} [500]" for c, code in self.codes.items() if ord(c) <= 0x2000)
        descriptor = self._add(
            f"<< /Type /FontDescriptor /FontName /{base} /Flags 6 /FontBBox [0 -140 1000 860] /ItalicAngle 0 /Ascent 860 /Descent -140 /CapHeight 860 /StemV 80 >>"
        )
        info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >>"
        cid = self._add(
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{base} {info} /FontDescriptor {descriptor} 0 R /DW 1000 /W [{half}] >>"
        )
        unicode = self._add_stream(_to_unicode(self.codes))
        return self._add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H /DescendantFonts [{cid} 0 R] /ToUnicode {unicode} 0 R >>"
        )

    def _add_stream(self, content: str) -> int:
        return self._add(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")


def _to_unicode(codes: dict[str, int]) -> str:
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def"
    rows = [f"<{code:04X}> <{c.encode('utf-16-be', 'surrogatepass').hex().upper()}>" for c, code in codes.items()]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"{head}\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\nendcmap end end"


def lines(
    texts: Sequence[str], x: float = 79.4, y: float = 120.0, pitch: float = 29.0, **more: float | str
) -> list[Set]:
    """Lines of text one under the other; a line that begins with U+3000 is set in by so many characters."""
    size = float(more.get("size", 16.0))
    found = []
    for n, text in enumerate(texts):
        bare = text.lstrip("\u3000")
        found.append(Set(x + (len(text) - len(bare)) * size, y + n * pitch, bare, **more))  # type: ignore[arg-type]
    return found
