"""Every part of a circular, on pages set by the tests themselves (GB/T 9704-2012)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.document import Document
from pipeline.emit.check import faults, parse
from pipeline.emit.reading import block_text, reading
from pipeline.emit.tei import tei
from pipeline.rule import table
from pipeline.stages import process
from tests.pdf import Pdf, Set, lines

CONFIG = load()
T = {"t": "http://www.tei-c.org/ns/1.0"}
RED = "1 0 0 rg"
FULL = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精"  # 26 characters, a full line


def made(*pages: list[Set], drawing: str = "") -> Document:
    pdf = Pdf()
    for page in pages:
        pdf.page(page, drawing=drawing)
    document = process(Path("t.pdf"), pdf.data(), CONFIG)
    assert faults(tei(document, table()), document.source, reading(document).decode()) == []
    return document


def parts(document: Document) -> list[tuple[str, str]]:
    left_out = ("furniture", "cell")
    return [(block.kind, block_text(document, block)) for block in document.blocks if block.kind not in left_out]


def centred(text: str, y: float, size: float = 22.0, font: str = "title", raw: str = "") -> Set:
    return Set(300 - sum(size if ord(c) > 0x2000 else size / 2 for c in text) / 2, y, text, size, font, raw=raw)


def body(*texts: str, y: float = 420.0) -> list[Set]:
    return lines(texts, y=y, advance=17.0)


CLOSING = [Set(400, 640, "江州省总工会"), Set(396, 668, "2024年4月28日")]


def xpath(document: Document, path: str) -> list[str]:
    root = parse(tei(document, table()))
    return ["".join(found.itertext()) for found in root.iterfind(path, T)]


def test_a_letterhead_has_its_elements_in_front() -> None:
    document = made(
        [
            Set(79.4, 120, "000012", 16, "song"),
            Set(79.4, 148, "机密★1年", 16, "hei"),
            Set(79.4, 176, "特急", 16, "hei"),
            centred("江州省总工会文件", 230, 40, raw=RED),
            centred("江工发〔2024〕18号", 300, 16, "fang"),
            centred("江州省总工会关于做好防汛工作的通知", 360),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。"),
            *CLOSING,
        ]
    )
    assert parts(document)[:6] == [
        ("copy-number", "000012"),
        ("classification", "机密★1年"),
        ("urgency", "特急"),
        ("issuer-mark", "江州省总工会文件"),
        ("doc-number", "江工发〔2024〕18号"),
        ("title", "江州省总工会关于做好防汛工作的通知"),
    ]
    assert xpath(document, ".//t:front/t:ab/t:orgName") == ["江州省总工会"]
    assert xpath(document, ".//t:bibl/t:idno[@type='doc-number']") == ["江工发〔2024〕18号"]
    assert xpath(document, ".//t:bibl/t:note[@type='classification']") == ["机密★1年"]
    assert parse(tei(document, table())).find("t:text", T).get("rend") == "document"  # type: ignore[union-attr]


def test_a_joint_mark_is_read_organ_by_organ_and_then_its_last_word() -> None:
    document = made(
        [
            Set(112, 170, "临江市人力资源局", 24, "title", raw=RED),
            Set(340, 188, "文件", 24, "title", raw=RED),
            Set(112, 206, "临江市财政局", 24, "title", raw=RED),
            centred("临人发〔2023〕41号", 290, 16, "fang"),
            centred("关于印发补贴办法的通知", 360),
            *body("各县：", "　　" + FULL[2:], "特此通知。"),
        ]
    )
    assert parts(document)[0] == ("issuer-mark", "临江市人力资源局临江市财政局文件")
    assert xpath(document, ".//t:front/t:ab/t:orgName") == ["临江市人力资源局", "临江市财政局"]


def test_three_organs_have_their_word_on_the_line_of_the_second() -> None:
    document = made(
        [
            Set(112, 150, "临江市人社局", 24, "title", raw=RED),
            Set(112, 186, "临江市财政局", 24, "title", raw=RED),
            Set(340, 186, "文件", 24, "title", raw=RED),
            Set(112, 222, "临江市教育局", 24, "title", raw=RED),
            centred("临人发〔2023〕41号", 290, 16, "fang"),
            centred("关于印发补贴办法的通知", 360),
            *body("各县：", "　　" + FULL[2:], "特此通知。"),
        ]
    )
    assert parts(document)[0] == ("issuer-mark", "临江市人社局临江市财政局临江市教育局文件")


def test_a_request_names_its_signers_beside_the_number() -> None:
    document = made(
        [
            centred("安平市总工会文件", 200, 36, raw=RED),
            Set(95, 290, "安工〔2024〕9号", 16, "fang"),
            Set(380, 290, "签发人：赵立", 16, "fang"),
            Set(444, 318, "钱明", 16, "kai"),
            centred("安平市总工会关于经费的请示", 380),
            *body("省总工会：", "　　" + FULL[2:], "妥否，请批示。"),
            *CLOSING,
        ]
    )
    found = parts(document)
    assert found[1:3] == [("doc-number", "安工〔2024〕9号"), ("signer", "签发人：赵立")]
    assert ("signer", "钱明") in found
    assert xpath(document, ".//t:correspAction[@type='sent']/t:persName") == ["赵立", "钱明"]
    assert 'xml:id="b.1.2.15"' in tei(document, table()).decode()


def test_headings_nest_and_run_in_by_their_face() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            Set(79.4, 160, "各市总工会："),
            Set(113.4, 189, "一、提高认识", 16, "hei"),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=218, advance=17.0),
            Set(113.4, 276, "（一）加强领导。", 16, "kai"),
            Set(241.4, 276, "各级工会要进一步提升政治站位把深", advance=17.0),
            Set(79.4, 305, "入学习贯彻。", advance=17.0),
            Set(113.4, 334, "二、抓好落实", 16, "hei"),
            Set(113.4, 363, "（一）明确任务", 16, "kai"),
            Set(113.4, 392, "1．分工负责。各单位要各负其责。"),
            Set(113.4, 421, "（1）定期报告。每月一次。"),
        ]
    )
    levels = [(block.kind, block.level, block_text(document, block)) for block in document.blocks if block.level]
    assert levels == [
        ("heading", 1, "一、提高认识"),
        ("heading", 1, "二、抓好落实"),
        ("heading", 2, "（一）明确任务"),
    ]
    root = parse(tei(document, table()))
    assert [s.get("subtype") for s in root.iterfind(".//t:seg[@type='run-in']", T)] == ["level-2"]
    assert xpath(document, ".//t:seg[@type='run-in']") == ["（一）加强领导。"]
    assert xpath(document, ".//t:div[@type='section']/t:div[@type='section']/t:head") == ["（一）明确任务"]


def test_a_bullet_heads_what_its_face_sets_apart() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            Set(79.4, 160, "各市总工会："),
            Set(113.4, 189, "一、提高认识"),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=218, advance=17.0),
            Set(113.4, 276, "■竞赛项目安排", 16, "hei"),
            Set(113.4, 305, "●线上竞赛：", 16, "hei"),
            Set(209.4, 305, "六月举行。"),
            Set(113.4, 334, "●线下颁奖：另行通知。"),
            Set(113.4, 363, "◆参赛名单", 16, "kai"),
            Set(113.4, 392, "◆参赛办法", 16, "kai"),
            Set(113.4, 421, "■联系方式如下：", 16, "hei"),
            Set(113.4, 450, "二、抓好落实"),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=479, advance=17.0),
            Set(113.4, 537, "（一）加强领导。各单位要各负其责。"),
        ]
    )
    levels = [(block.level, block_text(document, block)) for block in document.blocks if block.level]
    assert levels == [(1, "一、提高认识"), (2, "■竞赛项目安排"), (1, "二、抓好落实")]
    assert xpath(document, ".//t:seg[@type='run-in']") == ["线上竞赛：", "（一）加强领导。"]


def test_a_heading_of_two_lines_is_one() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            Set(79.4, 160, "各市总工会："),
            Set(113.4, 189, "一、" + FULL[:22], 16, "hei", advance=17.0),
            Set(79.4, 218, "的各项工作", 16, "hei", advance=17.0),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=247, advance=17.0),
        ]
    )
    assert ("heading", "一、" + FULL[:22] + "的各项工作") in parts(document)


def test_the_items_of_a_list_are_no_headings() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            *body(
                "各市总工会：",
                "　　请报送下列材料：",
                "　　1.申报表",
                "　　2.汇总表",
                "　　3.证明",
                "　　" + FULL[2:],
                "特此通知。",
                y=160,
            ),
        ]
    )
    assert [text for kind, text in parts(document) if kind == "p"][1:4] == ["1.申报表", "2.汇总表", "3.证明"]


def test_chapters_carry_articles() -> None:
    document = made(
        [
            centred("江州省工会经费管理办法", 110),
            Set(260, 160, "第一章　总则", 16, "hei"),
            *lines(["　　第一条　" + FULL[:21], "有关规定，制定本办法。"], y=189, advance=17.0),
            Set(260, 260, "第一节　收入", 16, "hei"),
            *lines(["　　第二条　本办法适用于各级工会。"], y=289, advance=17.0),
            Set(113.4, 318, "一、来源", 16, "hei"),
            *lines(["　　经费来源如下。"], y=347, advance=17.0),
        ]
    )
    assert [(b.level, block_text(document, b)) for b in document.blocks if b.kind == "heading"] == [
        (1, "第一章　总则"),
        (2, "第一节　收入"),
        (3, "一、来源"),
    ]
    assert ("p", "第二条　本办法适用于各级工会。") in parts(document)


@pytest.mark.parametrize(
    ("note", "items"),
    [
        (["　　附件：鉴定报告"], ["鉴定报告"]),
        (["　　附件：1．责任人名单", "　　　　　2．物资情况表"], ["责任人名单", "物资情况表"]),
        (
            ["　　附件：1．" + FULL[:20], "　　　　　　名单", "　　　　　2．物资情况表"],
            [FULL[:20] + "名单", "物资情况表"],
        ),
    ],
)
def test_an_attachment_note_names_its_attachments(note: list[str], items: list[str]) -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", y=160),
            *lines(note, y=276, advance=17.0),
            *CLOSING,
        ]
    )
    assert xpath(document, ".//t:item/t:ref") == items
    assert ("signature", "江州省总工会") in parts(document)


def test_attachments_begin_at_their_labels() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", "　　附件：1．名单", "　　　　　2．情况表", y=160),
            *CLOSING,
            Set(113.4, 700, "（联系人：王一，电话：123456）"),
        ],
        [
            Set(79.4, 120, "附件1", 16, "hei"),
            centred("责任人名单", 180),
            *lines(["　　" + FULL[2:], "如上。"], y=240, advance=17.0),
        ],
        [Set(79.4, 120, "附件2", 16, "hei"), centred("物资情况表", 180), *lines(["　　略。"], y=240)],
    )
    assert parts(document)[-7:] == [
        ("note", "（联系人：王一，电话：123456）"),
        ("attachment-label", "附件1"),
        ("attachment-title", "责任人名单"),
        ("p", FULL[2:] + "如上。"),
        ("attachment-label", "附件2"),
        ("attachment-title", "物资情况表"),
        ("p", "略。"),
    ]
    root = parse(tei(document, table()))
    assert [ref.get("target") for ref in root.iterfind(".//t:item/t:ref", T)] == ["#a.1", "#a.2"]
    assert [div.get("n") for div in root.iterfind(".//t:div[@type='attachment']", T)] == ["1", "2"]


def test_several_organs_sign() -> None:
    document = made(
        [
            centred("关于开展竞赛的通知", 110),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", y=160),
            Set(363, 400, "江州省总工会"),
            Set(347, 429, "江州省应急管理厅"),
            Set(363, 458, "2025年3月3日"),
        ]
    )
    assert [text for kind, text in parts(document) if kind == "signature"] == ["江州省总工会", "江州省应急管理厅"]


def test_a_regulation_is_sent_out_with_its_notice() -> None:
    document = made(
        [
            centred("关于印发《江州省工会经费管理办法》的通知", 110, 20),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", y=160),
            *CLOSING,
        ],
        [
            centred("江州省工会经费管理办法", 110),
            centred("（试行）", 140),
            *lines(["　　第一条　为规范经费管理，制定本办法。"], y=200),
        ],
    )
    assert ("title", "江州省工会经费管理办法（试行）") in parts(document)
    root = parse(tei(document, table()))
    assert root.find(".//t:floatingText", T).get("type") == "regulation"  # type: ignore[union-attr]


def test_the_imprint_has_all_its_lines() -> None:
    document = made(
        [
            *body("　　" + FULL[2:], "特此通知。", y=120),
            Set(94, 640, "主送：各市总工会，各产业工会。", 14),
            Set(94, 668, "抄送：省委办公厅。", 14),
            Set(94, 696, "江州省总工会办公室", 14),
            Set(390, 696, "2024年4月29日印发", 14),
            Set(420, 724, "共印20份", 14),
        ]
    )
    assert parts(document)[-4:] == [
        ("addressees", "主送：各市总工会，各产业工会。"),
        ("cc", "抄送：省委办公厅。"),
        ("imprint", "江州省总工会办公室2024年4月29日印发"),
        ("p", "共印20份"),
    ]


# -- special forms -----------------------------------------------------------------------------------------------------


def test_a_letter_has_a_mark_without_its_word_between_red_rules() -> None:
    rules = "1 0 0 RG 2 w 56 742 m 538 742 l S 0.5 w 56 738 m 538 738 l S 2 w 56 57 m 538 57 l S"
    document = made(
        [
            centred("安平市人民政府", 92, 40, raw=RED),
            Set(400, 125, "安政函〔2022〕103号", 16, "fang"),
            centred("关于同意设立产业园的批复", 190),
            *body("城南区人民政府：", "　　" + FULL[2:], "此复。", y=240),
            *CLOSING,
        ],
        drawing=rules,
    )
    assert parts(document)[:2] == [("issuer-mark", "安平市人民政府"), ("doc-number", "安政函〔2022〕103号")]
    assert parse(tei(document, table())).find("t:text", T).get("rend") == "letter"  # type: ignore[union-attr]


def test_minutes_have_their_name_in_the_mark() -> None:
    document = made(
        [
            centred("安平市人民政府常务会议纪要", 180, 30, raw=RED),
            centred("〔2024〕第3号", 240, 16, "fang"),
            *body("　　" + FULL[2:], "现将会议情况纪要如下。", "　　出席：王一、李二。", "　　列席：赵三。", y=320),
        ]
    )
    assert [kind for kind, _ in parts(document)] == ["issuer-mark", "doc-number", "p", "p", "p"]
    text = parse(tei(document, table())).find("t:text", T)
    assert (text.get("rend"), text.get("subtype")) == ("minutes", "minutes")  # type: ignore[union-attr]
    assert "RCPT-001" not in {finding.rule for finding in document.findings}


def test_an_order_has_a_number_and_a_signature_with_an_office() -> None:
    document = made(
        [
            centred("江州省人民政府令", 190, 36, raw=RED),
            centred("第12号", 260, 16, "fang"),
            *body("　　" + FULL[2:], "自公布之日起施行。", y=330),
            Set(380, 440, "省长　王一"),
            Set(380, 470, "2024年4月28日"),
        ]
    )
    assert [kind for kind, _ in parts(document)] == ["issuer-mark", "doc-number", "p", "signature", "date"]
    assert parse(tei(document, table())).find("t:text", T).get("rend") == "order"  # type: ignore[union-attr]


def test_a_proclamation_has_no_addressees_and_is_not_asked_for_them() -> None:
    document = made([centred("江州省总工会公告", 110), *body("　　" + FULL[2:], "特此公告。", y=160), *CLOSING])
    assert [kind for kind, _ in parts(document)] == ["title", "p", "signature", "date"]
    assert document.findings == ()


def test_a_letterhead_in_a_text_is_told_by_its_words() -> None:
    text = "江州省总工会文件\n江工发〔2024〕18号\n江州省总工会关于放假的通知\n各市总工会：\n现将有关事项通知如下。\n江州省总工会\n2024年4月28日"
    document = process(Path("t.txt"), text.encode(), CONFIG)
    assert [kind for kind, _ in parts(document)][:4] == ["issuer-mark", "doc-number", "title", "addressees"]


def test_a_mark_without_its_word_is_told_in_a_text_by_the_number_under_it() -> None:
    text = "临江市人社局\n临江市财政局\n临人发〔2023〕41号\n关于放假的通知\n各市总工会：\n现将有关事项通知如下。\n江州省总工会\n2024年4月28日"
    document = process(Path("t.txt"), text.encode(), CONFIG)
    assert parts(document)[:3] == [
        ("issuer-mark", "临江市人社局临江市财政局"),
        ("doc-number", "临人发〔2023〕41号"),
        ("title", "关于放假的通知"),
    ]


def test_a_carried_title_keeps_its_status_in_a_text() -> None:
    text = "关于印发办法的通知\n各市总工会：\n特此通知。\n江州省总工会\n2024年4月28日\f江州省经费管理办法\n（试行）\n第一条　为规范管理，制定本办法。"
    assert ("title", "江州省经费管理办法（试行）") in parts(process(Path("t.txt"), text.encode(), CONFIG))


def test_an_attachment_in_a_text_has_its_title_under_its_label() -> None:
    text = "关于放假的通知\n各市总工会：\n特此通知，请认真贯彻执行，不得有误。\n附件：名单\n江州省总工会\n2024年4月28日\f附件\n责任人名单\n名单如下，请认真核对后于月底前报送。"
    found = parts(process(Path("t.txt"), text.encode(), CONFIG))
    assert found[-3:-1] == [("attachment-label", "附件"), ("attachment-title", "责任人名单")]


def test_a_paragraph_after_the_attachment_note_still_has_a_place() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", "　　附件：名单", y=160),
            *lines(["　　另有说明如下。"], y=350, advance=17.0),
            *CLOSING,
        ]
    )
    assert [kind for kind, _ in parts(document)][3:5] == ["attachment-note", "p"]


def test_a_caption_without_a_table_and_a_note_without_names_are_kept() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", "　　附件：", y=160),
            *CLOSING,
        ]
    )
    assert ("attachment-note", "附件：") in parts(document)


def test_a_list_of_contents_goes_on_over_a_page_with_its_number_between() -> None:
    leader = "……………………………………"
    first = lines([f"一、总体要求{leader}3", f"二、主要任务{leader}5"], y=700)
    second = lines([f"三、保障措施{leader}7", f"四、附则{leader}9"], y=110)
    document = made([centred("江州省工会工作方案", 120), *first, Set(290, 790, "— 1 —", 14)], second)
    (text,) = [text for kind, text in parts(document) if kind == "toc"]
    assert text.count("\n") == 3
    assert xpath(document, ".//t:list/t:fw") == [""]


def test_a_document_that_is_only_a_head_is_valid_too() -> None:
    document = made([centred("关于做好工作的通知", 110), Set(79.4, 160, "各市总工会："), *CLOSING])
    assert [kind for kind, _ in parts(document)] == ["title", "addressees", "signature", "date"]


def test_a_signature_goes_with_a_date_in_chinese_numerals() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            *body("各市总工会：", "　　" + FULL[2:], "特此通知。", y=160),
            Set(400, 640, "江州省总工会"),
            Set(380, 668, "二〇〇九年四月二十八日"),
        ]
    )
    assert xpath(document, ".//t:closer/t:dateline/t:date") == ["二〇〇九年四月二十八日"]
    assert 'when="2009-04-28"' in tei(document, table()).decode()


def test_items_that_happen_to_open_pages_are_no_running_heads() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            Set(79.4, 160, "各市总工会："),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=189, advance=17.0),
        ],
        [
            Set(113.4, 85, "2．分工负责。各单位要各负其责。"),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=114, advance=17.0),
        ],
        [Set(113.4, 85, "3．定期报告。每月一次。"), *lines(["　　" + FULL[2:], "贯彻执行。"], y=114, advance=17.0)],
    )
    assert not [block for block in document.blocks if block.kind == "furniture"]
    assert "3．定期报告。每月一次。" in [block_text(document, block) for block in document.blocks]


def test_an_attachment_note_cut_by_the_page_keeps_the_page_number() -> None:
    document = made(
        [
            centred("关于做好工作的通知", 110),
            Set(79.4, 160, "各市总工会："),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=189, advance=17.0),
            Set(113.4, 690, "附件：1．江州省总工会防汛工作方案"),
            Set(290, 790, "— 1 —", 14),
        ],
        [Set(161.4, 125, "2．江州省总工会防汛物资名单"), *CLOSING, Set(290, 790, "— 2 —", 14)],
    )
    numbers = parse(tei(document, table())).findall(".//t:fw[@type='pageNum']", T)
    assert [number.find("t:pc", T).get("orig") for number in numbers] == ["— 1 —", "— 2 —"]
    assert xpath(document, ".//t:list[@type='attachments']//t:ref") == [
        "江州省总工会防汛工作方案",
        "江州省总工会防汛物资名单",
    ]
