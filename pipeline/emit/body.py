"""``text``: the blocks of a document in the places the TEI profile gives them (spec: tei, 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from pipeline.document import Block, Document, Part
from pipeline.emit.inline import Inline
from pipeline.emit.xml import attributes


def write_text(document: Document, inline: Inline, genre: str) -> str:
    """The ``text`` element."""
    writer = _Body(document, inline)
    top = [block for block in document.blocks if not writer.is_nested(block)]
    front = [block for block in top if block.part.kind == "front"]
    body = [block for block in top if block.part.kind in ("circular", "attached")]
    back = [block for block in top if block.part.kind in ("attachment", "imprint")]
    out = [f"<text{attributes(xml_id='text', xml_space='preserve', type='circular', subtype=genre)}>"]
    if front:
        out += ["<front>", *writer.plain(front), "</front>"]
    out.append("<body>")
    if not body or body[0].part.kind != "circular":
        out += ['<div type="circular">', "</div>"]
    for part, blocks in groupby(body, key=lambda block: block.part):
        out += writer.part(part, list(blocks))
    if not back:
        out[-1] = inline.remaining_pages() + out[-1]
    out.append("</body>")
    if back:
        out.append("<back>")
        for part, blocks in groupby(back, key=lambda block: block.part):
            out += writer.part(part, list(blocks))
        out[-1] = inline.remaining_pages() + out[-1]
        out.append("</back>")
    return "\n".join([*out, "</text>"])


class _Body:
    def __init__(self, document: Document, inline: Inline) -> None:
        self.document = document
        self.inline = inline
        self._inside: dict[int, list[Block]] = {}
        self._nested: set[int] = set()
        outer: Block | None = None
        for block in document.blocks:
            if outer is not None and block.span.end <= outer.span.end:
                self._inside.setdefault(outer.span.start, []).append(block)
                self._nested.add(block.span.start)
            else:
                outer = block

    def is_nested(self, block: Block) -> bool:
        """Does a block stand inside another?"""
        return block.span.start in self._nested

    # -- one printed document --------------------------------------------------------------------------------------

    def part(self, part: Part, blocks: Sequence[Block]) -> list[str]:
        """One printed document, or the imprint."""
        if part.kind == "imprint":
            return ['<div type="imprint">', *self.plain(blocks), "</div>"]
        doc = _Doc(self, blocks).write()
        if part.kind == "attached":
            return [
                f'<div type="attached"><floatingText type="{part.type}"><body>',
                *doc,
                "</body></floatingText></div>",
            ]
        return ['<div type="circular">', *doc, "</div>"]

    def plain(self, blocks: Sequence[Block]) -> list[str]:
        """Blocks that each are an ``ab``."""
        return [self.block(block, "ab") for block in blocks]

    # -- one block -------------------------------------------------------------------------------------------------

    def block(self, block: Block, tag: str, **more: str) -> str:
        """An element that is one block, after the page beginnings before it."""
        start = block.label.start if block.label else block.span.start
        if block.kind == "furniture":
            return self.inline.furniture(block)
        pages = self.inline.pages_before(start)
        ana, nested = f"#el.{block.kind}", self._inside.get(block.span.start, ())
        if block.label:
            return f"{pages}<ab>{self.inline.labelled(block, ana, nested)}</ab>"
        name = self.inline.block_id(block)
        content = self.inline.content(block.span, nested)
        return f"{pages}<{tag}{attributes(**more, ana=ana, xml_id=name)}>{content}</{tag}>"


class _Doc:
    """The order inside one printed document: heads, date, byline, addressees; paragraphs; closers; postscripts.

    A block printed where its element may not stand is an ``ab``, after a closer in a ``postscript``.
    """

    def __init__(self, body: _Body, blocks: Sequence[Block]) -> None:
        self.body = body
        self.blocks = blocks
        self.out: list[str] = []
        self.begun = not any(
            self._is_text(block) for block in blocks
        )  # no paragraph will come: nothing can stand at the top
        self.closed = False

    @staticmethod
    def _is_text(block: Block) -> bool:
        return block.kind not in (
            "furniture",
            "title",
            "subtitle",
            "speech-date",
            "byline",
            "addressees",
            "signature",
            "date",
        )

    def write(self) -> list[str]:
        for kind, group in groupby(self.blocks, key=lambda block: _GROUPS.get(block.kind, block.kind)):
            self._group(str(kind), list(group))
        return self.out

    def _group(self, kind: str, blocks: Sequence[Block]) -> None:
        if kind == "furniture":
            self.out += [self.body.block(block, "fw") for block in blocks]
        elif kind == "closer" and self.begun and self._had_text():
            inner = [self.body.block(block, "signed" if block.kind == "signature" else "dateline") for block in blocks]
            self.out += ["<closer>", *inner, "</closer>"]
            self.closed = True
        elif not self.begun and kind in _TOP:
            self.out += [_TOP[kind](self.body, block) for block in blocks]
        else:
            self.begun = True
            self.out += [self._text(block) for block in blocks]

    def _had_text(self) -> bool:
        return any(self._is_text(block) for block in self.blocks) or self.closed

    def _text(self, block: Block) -> str:
        if self.closed:
            return f"<postscript>{self.body.block(block, 'ab')}</postscript>"
        return self.body.block(block, "p" if block.kind == "p" else "ab")


_GROUPS = {"signature": "closer", "date": "closer"}
_TOP: dict[str, Callable[[_Body, Block], str]] = {
    "title": lambda body, block: body.block(block, "head", type="title"),
    "subtitle": lambda body, block: body.block(block, "head", type="subtitle"),
    "speech-date": lambda body, block: body.block(block, "docDate"),
    "byline": lambda body, block: body.block(block, "byline"),
    "addressees": lambda body, block: f"<opener>{body.block(block, 'salute')}</opener>",
}
