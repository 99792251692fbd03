"""The review report: what it shows.  How that looks and all words that are not data stand in templates/ (spec: report)."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from itertools import chain, groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import regex
from markupsafe import Markup

from pipeline import __version__
from pipeline.document import Block, Document, Hunk, Span
from pipeline.emit.places import Places
from pipeline.facts import facts
from pipeline.rule import Rule

Item = Mapping[str, Any]  # an entry of findings.json, with what its place on the page is called
Leaf = tuple[
    int, int, str, bool
]  # where it begins in the source, index of its page, kind of its block, is it its start

_JOINS = frozenset({"LAY-01", "LAY-02"})
_BREAKS = "\n\f"
_UNSEEN = regex.compile(r"(?V1)[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]--[\n\t]]")
_UNSEEN_OR_SPACE = regex.compile(r"[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\ufffd]")
_SIGNS = {"\n": "⏎", "\f": "⏎", "\t": "→", " ": "␣", "\u00a0": "⍽", "\u3000": "□", "\ufffd": "〓"}
_GRAVITY = {name: n for n, name in enumerate(("error", "warning", "likely", "info", "certain"))}
_COMPARED = 600  # characters, of both together: longer texts are shown whole


class Token(NamedTuple):
    """Text left alone, or (part of) a change; ``anchor`` where the ids of its edits stand, not ``drawn`` a sure join."""

    text: str = ""
    edits: tuple[Item, ...] = ()
    anchor: bool = False
    drawn: bool = False
    before: str = ""
    after: str = ""


class Piece(NamedTuple):
    """The part of a block on one page; ``first`` where the block begins, ``notes`` the queries explained under it.

    ``stretches`` are runs under the same queries: their tokens, these queries, those that begin and those that end here.
    """

    kind: str
    first: bool
    stretches: Sequence[tuple[Sequence[Token], Sequence[Item], Sequence[Item], Sequence[Item]]]
    notes: Sequence[Item]


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
    leaves = _leaves(document)
    pieces = zip(leaves, _pieces(document, items, leaves), strict=True)
    for at, mine in groupby(pieces, key=lambda pair: pair[0][1]):
        page, data = document.layout.pages[at], pictures[at] if at < len(pictures) else b""
        address = Markup("data:image/webp;base64,") + base64.b64encode(data).decode() if data else ""
        yield page, address, boxes[page.number], [piece for _, piece in mine]


def _leaves(document: Document) -> list[Leaf]:
    """The source in parts of one block on one page, at least one for each page; what is in no block joins the one before."""
    source, starts = document.source, [page.span.start for page in document.layout.pages]
    spans: list[tuple[Span, Block]] = []
    for block in document.blocks:
        first, *others = document.own_spans(block)
        first = Span(block.label.start if block.label else first.start, first.end)
        spans += [(span, block) for span in (first, *others)]
    pages: list[list[Leaf]] = [[] for _ in starts]
    for span, block in sorted(spans, key=itemgetter(0)):
        for start, end in pairwise(_cut(span, starts)):
            if source[start:end].strip():
                number = bisect_right(starts, start) - 1
                begins = not source[block.span.start : start].strip()
                pages[number].append((start if pages[number] else starts[number], number, block.kind, begins))
    return [leaf for number, mine in enumerate(pages) for leaf in mine or [(starts[number], number, "", False)]]


def _cut(span: Span, points: Sequence[int]) -> list[int]:
    return [span.start, *points[bisect_right(points, span.start) : bisect_left(points, span.end)], span.end]


def _pieces(document: Document, items: Sequence[Item], leaves: Sequence[Leaf]) -> Iterator[Piece]:
    starts, source = [start for start, *_ in leaves], document.source
    atoms = _atoms(document, items, starts)
    begins = [span.start for span, _ in atoms]
    owner = [bisect_right(starts, start) - 1 for start in begins]
    over, opened, closed = (defaultdict[int, list[Item]](list) for _ in range(3))
    for item in items:
        if item["query"] and item["page"]:
            low = bisect_left(begins, item["span"][0])
            low -= low > 0 and atoms[low - 1][0].end > item["span"][0]  # it begins inside a change
            high = max(low + 1, bisect_left(begins, item["span"][1]))
            for n in range(low, high):
                over[n].append(item)
            opened[low].append(item)
            closed[bisect_right(owner, owner[low], low, high) - 1].append(item)
    for number, ((start, _, kind, first), end) in enumerate(zip(leaves, [*starts[1:], len(source)], strict=True)):
        mine = range(bisect_left(owner, number), bisect_right(owner, number))
        body = source[start:end]  # shown without the line ends around it
        start, end = end - len(body.lstrip(_BREAKS)), start + len(body.rstrip(_BREAKS))
        stretches = []
        for _, run in groupby(mine, key=lambda n: [item["id"] for item in over[n]]):
            numbers = list(run)
            parts = (atoms[n] for n in numbers)
            tokens = [token if token.edits else Token(source[max(a, start) : min(b, end)]) for (a, b), token in parts]
            begun, ended = ([item for n in numbers for item in found[n]] for found in (opened, closed))
            stretches.append((tokens, over[numbers[0]], begun, ended))
        yield Piece(kind, first, stretches, [item for n in mine for item in opened[n]])


def _atoms(document: Document, items: Sequence[Item], starts: Sequence[int]) -> list[tuple[Span, Token]]:
    """The source in the smallest parts that are drawn: a change is cut by pieces only, other text by queries too."""
    asked = [Span(*item["span"]) for item in items if item["query"] and item["page"]]
    cuts = sorted({*starts, *chain.from_iterable(asked)})
    edits: dict[tuple[object, ...], deque[Item]] = defaultdict(deque)
    for item in items:
        if not item["query"]:
            edits[item["rule"], *item["span"]].append(item)
    atoms = [(span, Token()) for span in set(asked) if span.start == span.end]
    for hunk in document.hunks():
        mine = tuple(edits[edit.rule, *edit.span].popleft() for edit in hunk.edits)
        spans = [Span(*pair) for pair in pairwise(_cut(hunk.span, starts if mine else cuts))]
        parts = [_change(document, hunk, mine, span) for span in spans] if mine else [Token()] * len(spans)
        shown = next((n for n, token in enumerate(parts) if token.drawn), 0)
        parts[shown] = parts[shown]._replace(anchor=True)
        atoms += zip(spans, parts, strict=True)
    return sorted(atoms, key=itemgetter(0))


def _change(document: Document, hunk: Hunk, edits: tuple[Item, ...], span: Span) -> Token:
    """The part of a change on one piece; sure joins, and line ends that go with something else, are not drawn."""
    first, (begin, end) = document.first, hunk.text
    low = bisect_left(first, span.start, begin, end) if span.start > hunk.span.start else begin
    high = bisect_left(first, span.end, begin, end) if span.end < hunk.span.end else end
    before, after = document.source[span.start : span.end], document.text[low:high]
    inked = before.strip(_BREAKS)
    joined = all(item["rule"] in _JOINS and not item["open"] for item in edits)
    drawn = not joined and (bool(inked or after) or span == hunk.span)
    return Token("", edits, False, drawn, inked or before, after)
