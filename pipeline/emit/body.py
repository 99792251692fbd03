"""``text``: the blocks of a document in the places the TEI profile gives them (spec: tei, 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from pipeline.document import Block, Document, Part
from pipeline.emit.inline import Inline
from pipeline.emit.tables import write_contents, write_note, write_table
from pipeline.emit.xml import attributes


def write_text(document: Document, inline: Inline, genre: str, form: str | None) -> str:
    """The ``text`` element of a circular of a genre; ``form`` is that of its letterhead."""
    writer = _Body(document, inline)
    top = [block for block in document.blocks if not writer.is_nested(block)]
    front = [block for block in top if block.part.kind == "front"]
    body = [block for block in top if block.part.kind in ("circular", "attached")]
    back = [block for block in top if block.part.kind in ("attachment", "imprint")]
    out = [f"<text{attributes(xml_id='text', xml_space='preserve', type='circular', subtype=genre, rend=form)}>"]
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
        inline.inner = lambda block: self.block(block, "ab")
        outer: list[Block] = []
        for block in document.blocks:
            while outer and outer[-1].span.end <= block.span.start:
                outer.pop()
            if outer:
                self._inside.setdefault(id(outer[-1]), []).append(block)
                self._nested.add(id(block))
            outer.append(block)

    def is_nested(self, block: Block) -> bool:
        """Does a block stand inside another?"""
        return id(block) in self._nested

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
        if part.kind == "attachment":
            tag = attributes(type="attachment", n=str(part.number), xml_id=f"a.{part.number}")
            return [f"<div{tag}>", *doc, "</div>"]
        return ['<div type="circular">', *doc, "</div>"]

    def plain(self, blocks: Sequence[Block]) -> list[str]:
        """Blocks that each are an ``ab``."""
        return [self.block(block, "ab") for block in blocks]

    # -- one block -------------------------------------------------------------------------------------------------

    def block(self, block: Block, tag: str, **more: str) -> str:
        """An element that is one block, after the page beginnings before it."""
        if block.kind == "furniture":
            return self.inline.furniture(block)
        if block.kind == "footnote":
            return self.inline.footnote(block, self._inside.get(id(block), ()))
        pages = self.inline.pages_before(block.label.start if block.label else block.span.start)
        ana, nested = f"#el.{block.kind}", self._inside.get(id(block), ())
        if block.label:
            return f"{pages}<ab>{self.inline.labelled(block, ana, nested)}</ab>"
        if block.kind == "table":
            return pages + write_table(self.document, self.inline, block, nested)
        name = self.inline.block_id(block)
        if block.kind == "toc":
            items = write_contents(self.document, self.inline, block, nested)
            return f"{pages}<list{attributes(type='toc', ana=ana, xml_id=name)}>{items}</list>"
        if block.kind == "attachment-note" and tag == "ab":
            content = write_note(self.document, self.inline, block, nested)
        else:
            content = self.inline.content(block.span, nested)
        return f"{pages}<{tag}{attributes(**more, ana=ana, xml_id=name)}>{content}</{tag}>"


class _Doc:
    """The order inside one printed document: heads, date, byline, addressees; paragraphs and sections; the attachment
    note; closers; postscripts.

    A block printed where its element may not stand is an ``ab``, after a closer in a ``postscript``.
    """

    def __init__(self, body: _Body, blocks: Sequence[Block]) -> None:
        self.body = body
        self.blocks = blocks
        self.out: list[str] = []
        self.has_text = any(self._is_text(block) for block in blocks)
        self.begun = not self.has_text  # no paragraph will come: nothing can stand at the top
        self.closed = False
        self.level = 0  # of the section that is open

    @staticmethod
    def _is_text(block: Block) -> bool:
        return block.kind not in ("furniture", "footnote", "signature", "date", *_TOP)

    def write(self) -> list[str]:
        for kind, group in groupby(self.blocks, key=lambda block: _GROUPS.get(block.kind, block.kind)):
            self._group(str(kind), list(group))
        self._close_sections(0)
        return self.out

    def _group(self, kind: str, blocks: Sequence[Block]) -> None:
        if kind in ("furniture", "footnote"):
            self.out += [self.body.block(block, "fw") for block in blocks]
        elif kind == "closer" and self.begun and self.has_text:
            self._close_sections(0)
            inner = [self.body.block(block, "signed" if block.kind == "signature" else "dateline") for block in blocks]
            self.out += ["<closer>", *inner, *self.body.inline.seals(blocks), "</closer>"]
            self.closed = True
        elif not self.begun and kind in _TOP:
            self.out += [_TOP[kind](self.body, block) for block in blocks]
        else:
            self.begun = True
            for block in blocks:
                self._text(block)

    def _text(self, block: Block) -> None:
        if self.closed:
            self.out.append(f"<postscript>{self._common(block, closed=True)}</postscript>")
        elif block.kind == "heading":
            self._close_sections(block.level - 1)
            while self.level < block.level:
                self.level += 1
                self.out.append('<div type="section">')
            self.out.append(self.body.block(block, "head"))
        elif block.kind == "attachment-note":
            self._close_sections(0)
            self.out.append(f'<div type="attachment-note">{self.body.block(block, "ab")}</div>')
        elif self.level == 0 and self.out and self.out[-1].endswith("</div>"):
            self.level = 1  # after a section nothing but a section can stand
            self.out += ['<div type="section">', self._common(block, closed=False)]
        else:
            self.out.append(self._common(block, closed=False))

    def _common(self, block: Block, *, closed: bool) -> str:
        if block.kind == "caption":
            return self.body.block(block, "ab")
        return self.body.block(block, "p" if block.kind == "p" and not closed else "ab")

    def _close_sections(self, level: int) -> None:
        while self.level > level:
            self.level -= 1
            self.out.append("</div>")


_GROUPS = {"signature": "closer", "date": "closer"}
_TOP: dict[str, Callable[[_Body, Block], str]] = {
    "title": lambda body, block: body.block(block, "head", type="title"),
    "subtitle": lambda body, block: body.block(block, "head", type="subtitle"),
    "attachment-label": lambda body, block: body.block(block, "head", type="label"),
    "attachment-title": lambda body, block: body.block(block, "head", type="title"),
    "speech-date": lambda body, block: body.block(block, "docDate"),
    "byline": lambda body, block: body.block(block, "byline"),
    "addressees": lambda body, block: f"<opener>{body.block(block, 'salute')}</opener>",
}
