"""Every edit and every query as data: the shape other programs, the report and the next run read (spec: report)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.document import Document, Edit, Finding, Span
from pipeline.emit.places import Places
from pipeline.emit.reading import visible
from pipeline.facts import genre_of
from pipeline.rule import Rule

VERSION = 1


def findings(document: Document, rules: Mapping[str, Rule], fingerprint: str, profile: str) -> dict[str, Any]:
    """The content of NAME.findings.json; spans are in code points of the source."""
    layout = document.layout
    return {
        "version": VERSION,
        "fingerprint": fingerprint,
        "profile": profile,
        "source": {
            "name": document.file.name,
            "sha256": document.file.sha256,
            "pages": len(layout.pages),
            "characters": sum(line.span.end - line.span.start for line in layout.lines),
        },
        "parts": parts(document),
        "findings": entries(document, rules),
    }


def dump(content: Mapping[str, Any]) -> bytes:
    """JSON that stays the same for the same content, a finding a line; what UTF-8 cannot write is escaped."""
    head = {name: value for name, value in content.items() if name != "findings"}
    lines = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    rows = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in content["findings"])
    lines.append(f' "findings": [\n{rows}\n ]' if rows else ' "findings": []')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def parts(document: Document) -> dict[str, Any]:
    """The table of parts: what the document was understood to be."""
    titles = [block for block in document.blocks if block.kind == "title"]
    title = visible(document.own_text(titles[0])).strip() if titles else None
    return {
        "title": title,
        "genre": genre_of(title or "") or None,
        "doc_number": next(iter(_texts(document, "doc-number")), None),
        "issuers": _names(document, "signature"),
        "addressees": _names(document, "addressees"),
        "cc": _names(document, "cc"),
        "printer": _names(document, "imprint"),
        "dates": [
            {
                "role": mark.attributes["type"],
                "text": document.read(mark.span),
                "when": mark.attributes.get("when"),
                "span": list(mark.span),
            }
            for mark in document.marks
            if mark.kind == "date" and "type" in mark.attributes
        ],
        "attachments_noted": [
            visible(document.read(mark.span)) for mark in document.marks if mark.kind == "attachment"
        ],
        "attachments_found": _attachments(document),
        "carried": [visible(document.own_text(block)).strip() for block in titles[1:] if block.part.kind == "attached"],
        "blocks": [
            {"kind": block.kind, "part": block.part.kind, "span": list(block.span), "why": block.why}
            for block in document.blocks
        ],
    }


def _texts(document: Document, kind: str) -> list[str]:
    return [visible(document.own_text(block)).strip() for block in document.blocks if block.kind == kind]


def _attachments(document: Document) -> list[str]:
    """The titles of the attachments in the file, their labels where they have none."""
    found: dict[int, str] = {}
    for block in document.blocks:
        if block.part.kind == "attachment" and block.kind in ("attachment-label", "attachment-title"):
            text = visible(document.own_text(block)).strip()
            if block.kind == "attachment-title" or block.part.number not in found:
                found[block.part.number] = text
    return list(found.values())


def _names(document: Document, kind: str) -> list[str]:
    spans = [block.span for block in document.blocks if block.kind == kind]
    return [
        visible(document.read(mark.span))
        for mark in document.marks
        if mark.kind == "orgName" and any(span.start <= mark.span.start < span.end for span in spans)
    ]


def entries(document: Document, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """All edits and queries in the order of the text."""
    places = Places(document)
    both: list[Edit | Finding] = [*document.edits, *document.findings]
    both.sort(key=lambda item: (item.span or Span(-1, -1), item.rule, isinstance(item, Finding)))
    return [_entry(document, places, rules[item.rule], item) for item in both]


def _entry(document: Document, places: Places, rule: Rule, item: Edit | Finding) -> dict[str, Any]:
    span = item.span or Span(0, 0)
    page, line, column = places.place(span.start) if item.span else (0, 0, 0)
    if isinstance(item, Edit):
        before, after = item.before, item.after
        own: dict[str, Any] = {
            "kind": "edit",
            "certainty": item.certainty.value,
            "severity": None,
            "cert": None,
            "places": [],
            "found": None,
            "expected": None,
            "message": rule.title,
            "suggestion": None,
        }
    else:
        before, after = visible(document.read(span)) if item.span else "", ""
        own = {
            "kind": "query",
            "certainty": None,
            "severity": item.severity,
            "cert": item.cert,
            "places": [list(place) for place in item.places],
            "found": item.found,
            "expected": item.expected,
            "message": item.message,
            "suggestion": item.suggestion,
        }
    return {
        "key": places.key(item.rule, before, after, span),
        "rule": item.rule,
        "alias": rule.alias or None,
        "strength": rule.strength or None,
        "clause": rule.clause,
        "span": list(span),
        "page": page,
        "line": line,
        "column": column,
        "boxes": [list(box) for box in places.boxes(span)] if item.span else [],
        "before": before,
        "after": after if isinstance(item, Edit) else None,
        "context": visible(places.context(span)) if item.span else "",
        "verdict": None,
        **own,
    }
