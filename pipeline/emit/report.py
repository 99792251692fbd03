"""The review report: what it shows.  How that looks and all words that are not data stand in templates/ (spec: report)."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
import regex
from markupsafe import Markup

from pipeline import __version__
from pipeline.document import Document
from pipeline.emit.places import Places
from pipeline.emit.report_pieces import Item, pieces
from pipeline.emit.report_tables import Ruled
from pipeline.facts import facts
from pipeline.rule import Rule

_UNSEEN = regex.compile(r"(?V1)[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]--[\n\t]]")
_UNSEEN_OR_SPACE = regex.compile(r"[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\ufffd]")
_SIGNS = {"\n": "⏎", "\f": "⏎", "\t": "→", " ": "␣", "\u00a0": "⍽", "\u3000": "□", "\ufffd": "〓"}
_GRAVITY = {name: n for n, name in enumerate(("error", "warning", "likely", "info", "certain"))}
_NUMBER = regex.compile(r"附件[0-9]{0,3}")
_ALIKE = 0.6  # of the different characters of both: names of one attachment
_COMPARED = 600  # characters, of both together: longer texts are shown whole


def report(
    document: Document, rules: Mapping[str, Rule], content: Mapping[str, Any], pictures: Sequence[bytes]
) -> bytes:
    """The page as UTF-8, self-contained; the same input gives the same bytes.

    ``content`` is what findings.json says of this document.  ``pictures`` holds a WebP for each page, b"" for one that
    has none; without any the page has no column for them.
    """
    items = list(_items(document, content["findings"]))
    template, style = _template()
    groups: dict[str, list[Item]] = {name: [] for name in rules}
    for item in items:
        groups[item["rule"]].append(item)
    return template.render(
        style=Markup(style),
        digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        version=__version__,
        content=content,
        kinds={kind: names[0].partition("（")[0] for kind, names in facts("elements")["elements"].items()},
        items=items,
        rules=rules,
        attachments=matched(content["parts"]["attachments_noted"], content["parts"]["attachments_found"]),
        groups=sorted(filter(None, groups.values()), key=lambda mine: min(item["gravity"] for item in mine)),
        illustrated=bool(pictures),
        sheets=list(_sheets(document, items, pictures)),
    ).encode()


class _Compiled(jinja2.FileSystemBytecodeCache):
    """The compiled template beside the template, as Python keeps its own; without leave to write there it is not kept."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


@cache
def _template() -> tuple[jinja2.Template, str]:
    with resources.as_file(resources.files("pipeline.emit") / "templates") as folder:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            bytecode_cache=_Compiled(str(folder / "__pycache__"), f"%s-{__version__}.cache"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            finalize=_legible,
        )
        environment.filters |= {"runs": runs, "codes": codes, "difference": difference, "told_by_code": told_by_code}
        return environment.get_template("report.html.jinja"), (folder / "report.css").read_text(encoding="utf-8")


def _legible(value: object) -> object:
    """Nothing put out anywhere holds a character that is not seen, or that UTF-8 cannot write."""
    return _UNSEEN.sub(lambda match: f"[{codes(match.group())}]", value) if type(value) is str else value


def runs(text: str, spaces: bool = False) -> list[tuple[str, str]]:
    """A text with what is invisible drawn (spaces and line ends on demand), each with its code point, other text with ""."""
    found, at = [], 0
    for match in (_UNSEEN_OR_SPACE if spaces else _UNSEEN).finditer(text):
        code = codes(match.group())
        found += [(text[at : match.start()], ""), (_SIGNS.get(match.group(), code), code)]
        at = match.end()
    return [run for run in (*found, (text[at:], "")) if run[0]]


def codes(text: str) -> str:
    """The code points of a text, as in U+FF0C."""
    return " ".join(f"U+{ord(character):04X}" for character in text)


def told_by_code(before: str, after: str) -> bool:
    """Does a change show only by its code points: spaces, marks that changed their width, look-alikes?"""
    alike = unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after)
    return len(before) <= 2 and len(after) <= 2 and (alike or not regex.search(r"[\p{L}\p{N}\n\f]", before + after))


def difference(before: str, after: str) -> list[tuple[str, str, str]]:
    """A text beside another: what is the same, what is gone and what is new, piece by piece."""
    if len(before) + len(after) > _COMPARED:
        return [(after, "", "")]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(after[c:d], "", "") if tag == "equal" else ("", before[a:b], after[c:d]) for tag, a, b, c, d in steps]


def matched(noted: Sequence[str], found: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Each attachment listed beside the one found, "" where one is missing, and whether they have the same name.

    Same names first, then names much alike, then the one that has only a number, 附件2.
    """
    names, others = [_bare(name) for name in noted], [_bare(name) for name in found]
    left, partner = dict.fromkeys(range(len(found))), dict[int, int]()
    for fits in (str.__eq__, _alike):
        for n, name in enumerate(names):
            at = None if n in partner else next((m for m in left if fits(name, others[m])), None)
            if at is not None:
                partner[n] = at
                del left[at]
    for m in list(left):
        n = int(others[m].removeprefix("附件") or 1) - 1 if _NUMBER.fullmatch(others[m]) else -1
        if 0 <= n < len(noted) and n not in partner:
            partner[n] = m
            del left[m]
    pairs = [(noted[n], found[partner[n]] if n in partner else "") for n in range(len(noted))]
    pairs += [("", found[m]) for m in left]
    return [(one, other, _bare(one) == _bare(other)) for one, other in pairs]


def _bare(name: str) -> str:
    return regex.sub(r"[^\p{L}\p{N}]", "", unicodedata.normalize("NFKC", name))


def _alike(name: str, other: str) -> bool:
    return len({*name} & {*other}) > _ALIKE * len({*name} | {*other})


def _items(document: Document, entries: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    places, used, number = Places(document), Counter[str](), 0
    for entry in entries:
        query = entry["kind"] == "query"
        number += query
        name = ("q-{page}-{line}-{column}-{rule}" if query else "e-{page}-{line}-{column}").format_map(entry)
        used[name] += 1
        yield {
            **entry,
            "id": name if used[name] == 1 else f"{name}-{used[name]}",
            "number": number,
            "query": query,
            "open": query or entry["certainty"] != "certain",
            "gravity": _GRAVITY[entry["severity"] or entry["certainty"]],
            "also": [places.place(start) for start, _ in entry["places"]],
        }


def _sheets(document: Document, items: Sequence[Item], pictures: Sequence[bytes]) -> Iterator[tuple[object, ...]]:
    """Each page, the address of its picture, boxes (points, origin top left) with what is to look at there, pieces."""
    boxes: dict[int, list[tuple[Item, list[float]]]] = defaultdict(list)
    for item in items:
        for number, *box in item["boxes"] if item["open"] else ():
            boxes[number].append((item, box))
    ruled = Ruled(document)
    for at, mine in groupby(pieces(document, items), key=lambda piece: piece.page):
        page, data = document.layout.pages[at], pictures[at] if at < len(pictures) else b""
        address = Markup("data:image/webp;base64,") + base64.b64encode(data).decode() if data else ""
        yield page, address, boxes[page.number], list(ruled.drawn(list(mine)))
