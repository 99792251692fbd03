"""The TEI file: nothing is lost, nothing is invented, and it is valid."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.config import Usage, load
from pipeline.document import Certainty, Change, Document
from pipeline.emit.check import TEI, XML_ID, faults, orig_walk, parse, reading_walk
from pipeline.emit.reading import reading
from pipeline.emit.tei import tei
from pipeline.normalise import normalise
from pipeline.rule import table
from pipeline.stages import process
from tests.golden import documents as golden
from tests.pdf import Pdf, Set, lines
from tests.test_rules import built

CONFIG = load()
NAMES = {"t": "http://www.tei-c.org/ns/1.0"}


def made(name: str, data: bytes) -> tuple[Document, bytes]:
    document = process(Path(name), data, CONFIG)
    return document, tei(document, table())


def sound(document: Document, xml: bytes) -> None:
    assert faults(xml, document.source, reading(document).decode()) == []


NOTICE = (
    " 江州省总工会关于印发讲话的通知\n各市总工会,省直机关工会:\n现将 “五一”讲话(节选)印发给你们,望认真学习领会,结合\n实际贯彻落实。\n"
    "江州省总工会\n2024年4月28日\f江州省总工会领导的讲话\n（2024年2月30日）\n王 东 明\n同志们:\n大家好!\n— 2 —\f"
    "抄送:省委 办公厅\n江州省总工会办公室 2024年4月29日 印发"
)


def test_a_notice_from_text_has_its_parts_where_the_profile_puts_them() -> None:
    document, xml = made("通知.txt", NOTICE.encode())
    sound(document, xml)
    root = parse(xml)

    def texts(path: str) -> list[str]:
        return ["".join(e.itertext()) for e in root.findall(path, NAMES)]

    assert texts(".//t:body/t:div[@type='circular']/t:head") == ["江州省总工会关于印发讲话的通知"]
    assert texts(".//t:opener/t:salute/t:orgName") == ["各市总工会", "省直机关工会"]
    assert texts(".//t:closer/t:signed") == ["江州省总工会"]
    assert [d.get("when") for d in root.findall(".//t:text//t:date", NAMES)] == ["2024-04-28", None, "2024-04-29"]
    assert texts(".//t:floatingText[@type='speech']/t:body/t:byline/t:docAuthor") == ["王东明"]
    assert texts(".//t:div[@type='imprint']/t:ab/t:label") == ["抄送："]
    assert texts(".//t:div[@type='imprint']/t:ab[@ana='#el.imprint']") == ["江州省总工会办公室2024年4月29日印发"]
    rules = {a.get("ana") for a in root.iter(f"{TEI}annotation")}
    assert {"#rule.DATE-001", "#rule.CC-002", "#rule.S05"} <= rules
    assert root.find(".//t:correspAction[@type='sent']/t:date", NAMES).get("when") == "2024-04-28"  # type: ignore[union-attr]
    assert root.find("t:facsimile", NAMES) is None


PARTS = [
    "关于做好工作的通知",
    "各市总工会,各单位:",
    "各单位",
    "　　要认真贯彻 “五一”精神,把工作落到实处,不断取得新的成效。",
    "二要继续推进———改革(试行);",
    "王 东 明",
    "（2022年4月27日）",
    "2022年5月6日",
    "2022年2月30日（星期一）",
    "江州省总工会",
    "抄送：市水利局",
    "市总工会办公室 2022年5月7日印发",
    "— 3 —",
    "请用Word",
    "for Windows处理",
    "\x02坏\ufffd字\ufffd\ufffd",
    "<p>&amp;\"'",
    "\ue000\u202e\u200b𠀀",
    "“甲”、“乙”",
    "",
    " ",
    "\t",
]


@settings(max_examples=150)
@given(
    st.lists(
        st.lists(st.sampled_from(PARTS) | st.text("工会，。(), 1a", max_size=12), max_size=9), min_size=1, max_size=4
    )
)
def test_any_text_comes_back_from_its_file(pages: list[list[str]]) -> None:
    text = "\f".join("\n".join(page) for page in pages)
    if text.strip():
        document, xml = made("t.txt", text.encode())
        sound(document, xml)
        assert document.source.replace("\n", "").replace("\f", "") == "".join(
            line for page in pages for line in page if line.strip()
        )


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from([part for part in PARTS if part.strip()]), max_size=8), min_size=1, max_size=3)
)
def test_any_page_comes_back_from_its_file(pages: list[list[str]]) -> None:
    if any(pages):
        pdf = Pdf()
        for page in pages:
            pdf.page(lines(page))
        document, xml = made("t.pdf", pdf.data())
        sound(document, xml)


def test_the_same_input_gives_the_same_bytes(sample: Path) -> None:
    assert made("seed.pdf", sample.read_bytes())[1] == made("seed.pdf", sample.read_bytes())[1]


def test_ids_stay_when_a_rule_is_taken_away(sample: Path) -> None:
    document = process(Path("seed.pdf"), sample.read_bytes(), CONFIG)
    fewer = replace(document, findings=())

    def ids(document: Document) -> set[str]:
        return {e.get(XML_ID) or "" for e in parse(tei(document, table())).iter()} - {""}

    gone = ids(document) - ids(fewer)
    assert gone == {"f.5.7.16.C01", "t.5.7.16", "t.5.8.14", "rule.C01"}
    assert ids(fewer) <= ids(document)


def test_anchors_move_out_of_the_edits_they_would_fall_into() -> None:
    document, xml = made("t.txt", "自2022年2月30日,各单位要认真贯彻———不断取得成效。".encode())
    sound(document, xml)
    assert '自<anchor xml:id="t.1.1.2"/>2022年2月30日<anchor xml:id="t.1.1.12"/><pc' in xml.decode()
    document, xml = made("t.txt", "认真贯彻 (2022年2月30日)的要求,不断取得成效。".encode())
    sound(document, xml)
    assert '</pc><anchor xml:id="t.1.1.7"/>2022年2月30日<anchor xml:id="t.1.1.17"/><pc' in xml.decode()


def test_a_doubtful_edit_that_takes_its_line_break_along_is_pointed_at() -> None:
    page = [*lines(["特此通知。", "请认真贯彻。"]), Set(100, 400, "看不见的字", raw="3 Tr")]
    document, xml = made("t.pdf", Pdf().page(page).data())
    sound(document, xml)
    assert 'ana="#rule.LAY-04" target="#e.1.3.1"' in xml.decode()


def test_glyphs_without_a_character_and_forbidden_characters_are_kept_and_counted() -> None:
    document, xml = made("t.txt", "通知\x02各\ufffd\ufffd单位。".encode())
    sound(document, xml)
    assert '<g ref="#u.0002"/>' in xml.decode()
    assert '<gap reason="unmapped" unit="char" quantity="2"/>' in xml.decode()
    assert '<localProp name="source" value="U+0002"/>' in xml.decode()


def test_a_page_without_text_keeps_its_place() -> None:
    pdf = Pdf()
    image = pdf.image()
    pdf.page([], extra=image, drawing="q 500 0 0 700 40 40 cm /Im Do Q")
    pdf.page(lines(["特此通知。"]))
    pdf.page([], extra=image, drawing="q 500 0 0 700 40 40 cm /Im Do Q")
    document, xml = made("t.pdf", pdf.data())
    sound(document, xml)
    assert document.source == "\f特此通知。\f"
    assert [f.rule for f in document.findings] == ["LAY-07", "LAY-07", "LAY-08"]
    assert xml.decode().count("<pb ") == 3


def test_furniture_inside_a_paragraph_does_not_enter_its_reading() -> None:
    full = "各级工会要进一步提升政治站位把深入学习宣传贯彻"
    pdf = Pdf()
    for _ in range(2):
        pdf.page([*lines(["　　" + full[2:], full, full], advance=20.0), Set(290, 780, "— 1 —", 14)])
    document, xml = made("t.pdf", pdf.data())
    sound(document, xml)
    assert "<fw " in xml.decode()
    assert reading(document).decode().count("\n") == 2


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (("</TEI>", ""), "it does not parse"),
        (('xml:id="p.2"', 'xml:id="p.1"'), "ID p.1 already defined"),
        (('facs="#z.1.1"', 'facs="#z.9.9"'), "facs=#z.9.9 has no target"),
        (("各省、", "各市、"), "the orig walk"),
        (('orig="," ana', 'orig=";" ana'), "the orig walk"),
        (("，</pc>", "。</pc>"), "the reading walk"),
        (("<text ", "<txet "), "it does not parse"),
    ],
)
def test_the_check_sees_damage(sample: Path, damage: tuple[str, str], fault: str) -> None:
    document, xml = made("seed.pdf", sample.read_bytes())
    broken = xml.decode().replace(*damage)
    assert broken != xml.decode()
    found = faults(broken.encode(), document.source, reading(document).decode())
    assert any(fault in line for line in found), found


def test_a_file_without_text_is_a_fault() -> None:
    assert faults(b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "", "") == ["it has no text"]


# -- the corpora, where they are at hand -------------------------------------------------------------------------------


def corpus(shared: Path) -> list[Path]:
    return sorted((shared / "corpus").glob("*/*.pdf")) + sorted((shared / "corpus").glob("*/*.txt"))


DAMAGED = "⼯会发展会员１５％,⼾籍︽办法︾在册。\n总工会\x02关于\ue81e的通知\ufffd，ﬂow。"


def test_a_code_point_is_a_g_and_a_mark_a_pc() -> None:
    document, xml = made("t.txt", DAMAGED.encode())
    sound(document, xml)
    root = parse(xml)
    declared = {
        char.get(XML_ID): [(m.get("type"), m.text) for m in char.iter(f"{TEI}mapping")]
        for char in root.iter(f"{TEI}char")
    }
    assert declared["u.2F2F"] == [("source", "⼯"), ("reading", "工")]
    assert declared["u.2F3E"] == [("source", "⼾"), ("reading", "户")]
    assert declared["u.0002"] == [("reading", None)]
    assert declared["u.E81E"] == [("source", "\ue81e"), ("reading", "龴")]
    used = [(g.get("ref"), g.text) for g in root.iter(f"{TEI}g")]
    assert used[:4] == [("#u.2F2F", "工"), ("#u.FF11", "1"), ("#u.FF15", "5"), ("#u.2F3E", "户")]
    marks = [(pc.get("orig"), pc.text, pc.get("ana")) for pc in root.iter(f"{TEI}pc")]
    assert ("％", "%", "#rule.U01") in marks
    assert (",", "，", "#rule.P01") in marks
    assert ("︽", "《", "#rule.P07") in marks
    assert ("ﬂ", "fl", "#rule.U05") in marks
    (target,) = (
        a.get("target")
        for a in root.iter(f"{TEI}annotation")
        if a.get("ana") == "#rule.U04" and "龴" in "".join(a.itertext())
    )
    assert len((target or "").split()) == 2  # a g has no id: two anchors


def test_one_code_point_with_two_meanings_is_a_g_once() -> None:
    document, _ = made("t.txt", "甲\ue000乙\ue000丙".encode())
    document = document.apply([Change(1, 2, "子"), Change(3, 4, "丑")], "U04", Certainty.LIKELY)
    xml = tei(document, table())
    sound(document, xml)
    root = parse(xml)
    assert [(g.get("ref"), g.text) for g in root.iter(f"{TEI}g")] == [("#u.E000", "子")]
    assert [(pc.get("orig"), pc.text) for pc in root.iter(f"{TEI}pc")] == [("\ue000", "丑")]


def converted() -> tuple[Document, bytes]:
    text = "江州省總工會關於發\n佈「十四五」規劃的⻑期通知\n各市總工會:\n請認真貫徹\x02執行,朱鎔基同志。"
    config = replace(CONFIG, text=Usage(script="simplified"))
    document = process(Path("t.txt"), text.encode(), config)
    return document, tei(document, table())


def test_a_run_in_the_other_script_is_a_choice() -> None:
    document, xml = converted()
    sound(document, xml)
    root = parse(xml)
    choices = [(c[0].text, c[1].text) for c in root.iter(f"{TEI}choice")]
    assert choices[:4] == [
        ("總", "总"),
        ("會關於發", "会关于发"),
        ("佈", "布"),
        ("規劃", "规划"),
    ]  # one a run, cut at the line
    assert ("鎔", "镕") in choices
    assert {c.get("ana") for c in root.iter(f"{TEI}choice")} <= {"#rule.V01", "#rule.U02 #rule.V01"}
    assert "总工会关于发布“十四五”规划的长期通知" in reading(document).decode()
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"


def test_text_that_nobody_converts_keeps_its_script() -> None:
    _, xml = made("t.txt", "江州省總工會關於發佈規劃的通知".encode())
    assert parse(xml).get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hant"


def test_half_a_character_is_kept_as_an_empty_g() -> None:
    document = built((("p", "甲\ud800乙"),))
    document = normalise(document)
    assert [finding.rule for finding in document.findings] == ["U04"]
    xml = tei(document, table())
    sound(document, xml)
    assert [g.get("ref") for g in parse(xml).iter(f"{TEI}g")] == ["#u.D800"]


def test_every_circular_of_the_corpora_comes_back_and_is_valid_tei(shared: Path, tmp_path: Path) -> None:
    paths = corpus(shared)
    assert len(paths) >= 17
    for path in paths:
        document, xml = made(path.name, path.read_bytes())
        sound(document, xml)
        (tmp_path / f"{path.stem}{path.suffix[1:]}.xml").write_bytes(xml)
    schema = shared / "spec" / "tei" / "tei_all.rng"
    done = subprocess.run(
        ["jing", str(schema), *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_generated_documents_are_valid_tei(shared: Path, tmp_path: Path) -> None:
    """The awkward orders of blocks a text may have, each in a file of its own, in one run of the validator."""
    for n in range(len(PARTS)):
        text = "\n".join(PARTS[n:] + PARTS[:n])
        (tmp_path / f"{n}.xml").write_bytes(made("t.txt", text.encode())[1])
        (tmp_path / f"{n}-one.xml").write_bytes(made("t.txt", (PARTS[n].strip() or "x").encode())[1])
    (tmp_path / "damaged.xml").write_bytes(made("t.txt", DAMAGED.encode())[1])
    (tmp_path / "converted.xml").write_bytes(converted()[1])
    schema = shared / "spec" / "tei" / "tei_all.rng"
    done = subprocess.run(
        ["jing", str(schema), *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_lxml_finds_the_sample_valid_too(shared: Path, sample: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "spec" / "tei" / "tei_all.rng"))
    schema.assertValid(etree.fromstring(made("seed.pdf", sample.read_bytes())[1]).getroottree())


def test_the_walks_read_the_samples_of_the_profile(shared: Path) -> None:
    for path in sorted((shared / "spec" / "tei").glob("sample*.xml")):
        root = parse(path.read_bytes())
        assert orig_walk(root)
        assert reading_walk(root).count("\n") > 10


def test_findings_and_annotations_say_the_same(sample: Path) -> None:
    from pipeline.emit.findings import dump, findings

    document, xml = made("seed.pdf", sample.read_bytes())
    content = json.loads(dump(findings(document, table(), "", "archive")))
    asked = {(e["rule"], e["page"], e["line"], e["column"]) for e in content["findings"] if e["kind"] == "query"}
    said = {a.get(XML_ID) for a in parse(xml).iter(f"{TEI}annotation")}
    assert said == {f"f.{page}.{line}.{column}.{rule}" for rule, page, line, column in asked}


def test_every_line_begins_once() -> None:
    for name, data in golden().items():
        _, xml = made(f"{name}.pdf", data)
        page, seen = 0, set()
        for element in parse(xml).iter(f"{TEI}pb", f"{TEI}lb"):
            if element.tag == f"{TEI}pb":
                page = int(element.get("n") or 0)
            else:
                place = (page, element.get("n"))
                assert place not in seen, (name, place)
                seen.add(place)


def test_golden_documents_are_valid_tei(shared: Path, tmp_path: Path) -> None:
    for name, data in golden().items():
        (tmp_path / f"{name}.xml").write_bytes(made(f"{name}.pdf", data)[1])
    schema = shared / "spec" / "tei" / "tei_all.rng"
    done = subprocess.run(
        ["jing", str(schema), *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
