"""``teiHeader`` (spec: tei, 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pipeline
from pipeline.document import Document, Mark
from pipeline.emit.xml import attributes, escape
from pipeline.facts import facts, genre_of
from pipeline.fold import FORBIDDEN
from pipeline.rule import Rule
from pipeline.script import TRADITIONAL, judge

_FORMS = {"文件": "document", "令": "order", "纪要": "minutes"}
_RAW = "\ufffd"


class Organ(NamedTuple):
    """An organ named in a block: its name, and what it does there (issuer, addressee, cc, printer)."""

    name: str
    role: str


def text_of(reading: str) -> str:
    """Reading text for the header: no characters XML forbids, unmapped glyphs as 〓, no line ends."""
    return escape(FORBIDDEN.sub("", reading).replace(_RAW, "〓").replace("\n", "").strip())


class Header:
    """What the header says of one document, gathered once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.id = f"gw.{document.file.sha256[:16]}"
        title = next((b for b in document.blocks if b.kind == "title"), None) or next(
            (b for b in document.blocks if b.kind == "issuer-mark"), None
        )
        self.title = document.own_text(title).strip() if title else document.file.name
        self.genre = (genre_of(self.title) if title else "") or "other"
        self.language = "zh-Hant" if judge(document.text) == TRADITIONAL else "zh-Hans"
        self.organs = list(self._organs())
        self.ids: dict[str, str] = {}
        for organ in self.organs:
            self.ids.setdefault(organ.name, f"org.{len(self.ids) + 1}")

    @property
    def form(self) -> str | None:
        """The form of the letterhead: document, letter, order or minutes; None when it is not known."""
        mark = next((block for block in self.document.blocks if block.kind == "issuer-mark"), None)
        if mark is None:
            return None
        text = self.document.own_text(mark).strip()
        named = next((form for word, form in _FORMS.items() if text.endswith(word)), None)
        if named:
            return named
        wide = 0.7 * self.document.layout.pages[0].width if self.document.layout.measured else 0.0
        rules = [f.box for f in self.document.layout.figures if f.kind == "rule" and f.red and f.page == 1]
        heights = [box[1] for box in rules if box[2] - box[0] > wide]
        return (
            "letter" if heights and max(heights) - min(heights) > 0.5 * self.document.layout.pages[0].height else None
        )

    def _organs(self) -> Iterator[Organ]:
        roles = {"addressees": "addressee", "cc": "cc", "signature": "issuer", "imprint": "printer"}
        signed = {self.document.read(mark.span) for mark in self.document.marks if self._kind_at(mark) == "signature"}
        for mark in self.document.marks:
            if mark.kind == "orgName":
                kind = self._kind_at(mark)
                name = self.document.read(mark.span)
                if kind in roles:
                    yield Organ(name, roles[kind])
                elif kind == "issuer-mark":
                    yield Organ(name, "issuer" if not signed or name in signed else "mentioned")

    def _kind_at(self, mark: Mark) -> str:
        spans = [
            b for b in self.document.blocks if b.span.start <= mark.span.start < b.span.end and b.kind != "furniture"
        ]
        return spans[-1].kind if spans else ""

    def date(self, type_: str) -> Mark | None:
        """The mark of the first date of a type that exists in the calendar."""
        return next(
            (m for m in self.document.marks if m.attributes.get("type") == type_ and "when" in m.attributes), None
        )

    # -- writing ---------------------------------------------------------------------------------------------------

    def org_names(self, role: str) -> str:
        """The names in a role, in order of first appearance, as orgName elements."""
        names = dict.fromkeys(organ.name for organ in self.organs if organ.role == role)
        return "".join(f"<orgName{attributes(ref='#' + self.ids[name])}>{text_of(name)}</orgName>" for name in names)

    def date_element(self, type_: str) -> str:
        """A date of the header; empty when there is none."""
        mark = self.date(type_)
        if mark is None:
            return ""
        return f"<date{attributes(type=type_, when=mark.attributes['when'])}>{text_of(self.document.read(mark.span))}</date>"

    def write(self, rules: Mapping[str, Rule], used: set[str], characters: Mapping[int, str]) -> str:
        """The ``teiHeader`` element; ``used`` are the ids of the rules the file names."""
        return "\n".join(
            [
                "<teiHeader>",
                *self._file(),
                "<encodingDesc>",
                *self._encoding(rules, used, characters),
                "</encodingDesc>",
                "<profileDesc>",
                *self._profile(),
                "</profileDesc>",
                '<revisionDesc status="machine"><change who="#resp.pipeline" status="machine">'
                f"{escape(facts('editorial')['change'])}</change></revisionDesc>",
                "</teiHeader>",
            ]
        )

    def _file(self) -> Iterator[str]:
        says, document = facts("editorial"), self.document
        issuers = self.org_names("issuer")
        author = f"<author>{issuers}</author>" if issuers else ""
        title = f"<title>{text_of(self.title)}</title>"
        characters = sum(line.span.end - line.span.start for line in document.layout.lines)
        yield "<fileDesc>"
        yield (
            f'<titleStmt>{title}{author}<respStmt xml:id="resp.pipeline"><resp>{says["responsibility"]}</resp>'
            '<name type="software">gongwen</name></respStmt></titleStmt>'
        )
        yield f"<editionStmt><edition>{says['edition']}</edition></editionStmt>"
        yield (
            f'<extent><measure unit="page" quantity="{len(document.layout.pages)}"/>'
            f'<measure unit="character" quantity="{characters}"/></extent>'
        )
        yield (
            f'<publicationStmt><publisher>{says["publisher"]}</publisher><idno type="document">{self.id}</idno>'
            f'<availability status="unknown"><p>{says["availability"]}</p></availability></publicationStmt>'
        )
        yield (
            f'<sourceDesc><bibl type="source" xml:id="src">{title}{author}'
            f"{self.date_element('issued')}{self.date_element('printed')}"
            f"{self._numbers()}"
            f'<idno type="filename">{text_of(document.file.name)}</idno><idno type="sha256">{document.file.sha256}</idno>'
            f"{self._notes()}</bibl></sourceDesc>"
        )
        yield "</fileDesc>"

    def _first(self, kind: str) -> str:
        """The reading of the first block of a kind; empty when there is none."""
        block = next((block for block in self.document.blocks if block.kind == kind), None)
        return text_of(self.document.own_text(block)) if block else ""

    def _numbers(self) -> str:
        return "".join(
            f'<idno type="{kind}">{self._first(kind)}</idno>'
            for kind in ("doc-number", "copy-number")
            if self._first(kind)
        )

    def _notes(self) -> str:
        return "".join(
            f'<note type="{kind}">{self._first(kind)}</note>'
            for kind in ("classification", "urgency")
            if self._first(kind)
        )

    def _signers(self) -> str:
        names = [self.document.read(mark.span) for mark in self.document.marks if mark.kind == "persName"]
        return "".join(f'<persName role="signer">{text_of(name)}</persName>' for name in names)

    def _encoding(self, rules: Mapping[str, Rule], used: set[str], characters: Mapping[int, str]) -> Iterator[str]:
        says = facts("editorial")["declaration"]
        yield "<appInfo>" + (
            f'<application xml:id="app.pipeline" ident="gongwen" version="{pipeline.__version__}">'
            '<label>gongwen</label><ptr target="#src"/></application></appInfo>'
        )
        yield "<editorialDecl>"
        for tag, more in (
            ("correction", ' status="low" method="markup"'),
            ("normalization", ' method="markup"'),
            ("punctuation", ' marks="all"'),
            ("quotation", ' marks="all"'),
            ("hyphenation", ' eol="none"'),
            ("stdVals", ""),
        ):
            yield f"<{tag}{more}><p>{escape(says[tag])}</p></{tag}>"
        yield "</editorialDecl>"
        yield "<classDecl>"
        if used:
            yield '<taxonomy xml:id="rules">'
            for name in sorted(used):
                yield f"<category{attributes(xml_id=f'rule.{name}')}><catDesc>{escape(rules[name].title)}</catDesc></category>"
            yield "</taxonomy>"
        yield '<taxonomy xml:id="elements">'
        for kind, (term, clause) in facts("elements")["elements"].items():
            tag = attributes(xml_id=f"el.{kind}", n=clause or None)
            source = f"（GB/T 9704—2012 {clause}）" if clause else ""
            yield f"<category{tag}><catDesc>{term}{source}</catDesc></category>"
        yield "</taxonomy>"
        yield (
            f'<taxonomy xml:id="genres"><category xml:id="genre.{self.genre}"><catDesc>{self._genre_term()}</catDesc>'
            "</category></taxonomy>"
        )
        yield "</classDecl>"
        if characters:
            yield "<charDecl>"
            for code in sorted(characters):
                yield (
                    f'<char xml:id="u.{code:04X}"><localProp name="source" value="U+{code:04X}"/>'
                    f"{_mappings(chr(code), characters[code])}</char>"
                )
            yield "</charDecl>"

    def _genre_term(self) -> str:
        terms = [term for term, name in facts("genres")["genres"].items() if name == self.genre]
        return "（".join(terms[:2]) + "）" * (len(terms) > 1) if terms else "其他"

    def _profile(self) -> Iterator[str]:
        name = facts("editorial")["languages"][self.language]
        yield f'<langUsage><language ident="{self.language}">{name}</language></langUsage>'
        if self.ids:
            yield "<particDesc><listOrg>"
            for org, id_ in self.ids.items():
                roles = " ".join(dict.fromkeys(organ.role for organ in self.organs if organ.name == org))
                yield f"<org{attributes(xml_id=id_, role=roles)}><orgName>{text_of(org)}</orgName></org>"
            yield "</listOrg></particDesc>"
        yield f'<textClass><catRef scheme="#genres" target="#genre.{self.genre}"/></textClass>'
        actions = list(self._actions())
        if actions:
            yield from ("<correspDesc>", *actions, "</correspDesc>")

    def _actions(self) -> Iterator[str]:
        for tag, content in (
            ({"type": "sent"}, self.org_names("issuer") + self._signers() + self.date_element("issued")),
            ({"type": "transmitted", "subtype": "printed"}, self.org_names("printer") + self.date_element("printed")),
            ({"type": "received", "subtype": "addressees"}, self.org_names("addressee")),
            ({"type": "received", "subtype": "cc"}, self.org_names("cc")),
        ):
            if content:
                yield f"<correspAction{attributes(**tag)}>{content}</correspAction>"


def _mappings(character: str, reading: str) -> str:
    """What a declared character is in the source and what it reads; one XML forbids is nothing in either."""
    if FORBIDDEN.match(character):
        return '<mapping type="reading"/>'
    return f'<mapping type="source">{character}</mapping><mapping type="reading">{escape(reading)}</mapping>'
