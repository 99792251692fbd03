"""The TEI file: the canonical result (spec: tei)."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.document import Document
from pipeline.emit.body import write_text
from pipeline.emit.header import Header
from pipeline.emit.inline import Inline
from pipeline.emit.places import Places
from pipeline.emit.standoff import anchored, questions, write_standoff
from pipeline.emit.surfaces import write_facsimile
from pipeline.emit.xml import attributes
from pipeline.rule import Rule


def tei(document: Document, rules: Mapping[str, Rule]) -> bytes:
    """The TEI file of a document."""
    header = Header(document)
    asked = questions(document, rules)
    encodings = {name: rule.encoding for name, rule in rules.items() if rule.encoding != "pc"}
    inline = Inline(document, Places(document), encodings, anchored(document, asked, encodings), header.ids)
    text = write_text(document, inline, header.genre, header.form)
    standoff = write_standoff(asked, inline)
    root = attributes(xmlns="http://www.tei-c.org/ns/1.0", xml_id=header.id, xml_lang=header.language)
    pieces = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<TEI{root}>",
        header.write(rules, inline.rules, inline.characters),
        write_facsimile(document),
        text,
        standoff,
        "</TEI>",
    )
    return ("\n".join(piece for piece in pieces if piece) + "\n").encode("utf-8")
