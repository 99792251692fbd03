"""Characters and punctuation: repaired where the machine did the damage, and only there."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Usage, load
from pipeline.document import Certainty, Document, Span
from pipeline.emit.check import faults
from pipeline.emit.reading import block_text, reading
from pipeline.emit.tei import tei
from pipeline.normalise import normalise
from pipeline.normalise.guard import KEPT, guarded, mask, spans
from pipeline.normalise.rules import RULES
from pipeline.normalise.sides import lost_marks
from pipeline.proof.reader import Proof, Proofreader, proofreader
from pipeline.rule import table
from pipeline.script import SIMPLIFIED, TRADITIONAL, UNKNOWN, judge
from pipeline.shown import Shown, Whole
from pipeline.stages import process
from tests.conftest import ROOT
from tests.pdf import Pdf, Set
from tests.test_rules import built

READER = proofreader(load())
ARCHIVE = proofreader(load(), "archive")
ROLES = ["body", "title", "heading", "addressees", "colophon", "byline", "date", "docno", "names", "attachment", "cell"]
MIXED = "工会的通知一二年月日第条号，、。；：！？“”‘’《》〈〉（）〔〕—…·～,;:!?().\"'<>-aB1 2\u3000\u00a0%０１Ａ．－○⼯﹙｡「」〝〞«»"


def ran(text: str, kind: str = "p") -> Document:
    return normalise(built(((kind, text),)))


# -- the cases -----------------------------------------------------------------------------------------------------------


def cases(shared: Path) -> list[dict[str, Any]]:
    path = shared / "spec" / "punctuation-cases.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def proofed(case: dict[str, Any]) -> Proof:
    script = {"t2s": "simplified", "traditional,t2s-off": "keep"}.get(case["block"])
    return READER.text(case["input"], "body" if script else case["block"], script)


def names(rule_ids: set[str]) -> set[str]:
    return {name for rule_id in rule_ids for name in (rule_id, table()[rule_id].alias)}


def test_every_case_comes_out_as_it_says(shared: Path) -> None:
    wrong = []
    found = cases(shared)
    assert len(found) > 300
    for case in found:
        text, proof = case["input"], proofed(case)
        asked = names({finding.rule for finding in proof.findings})
        changed = names({edit.rule for edit in proof.edits})
        if case["polarity"] == "negative":
            good = proof.text == text and case["rule"] not in asked | changed
        elif case["class"] == "ask":
            good = proof.text == text and case["rule"] in asked
        else:
            good = proof.text == case["expected"]
            doubtful = any(edit.certainty is Certainty.LIKELY for edit in proof.edits) or bool(proof.findings)
            good = good and (doubtful or not case["must_flag"])
        if not good:
            wrong.append((case["id"], text, proof.text, sorted(asked), sorted(changed)))
    assert wrong == []


def test_a_suggestion_put_in_its_place_is_the_one_the_case_wants(shared: Path) -> None:
    for case in cases(shared):
        if case["class"] != "ask" or case["suggestion"] is None:
            continue
        text = case["input"]
        mine = [f for f in proofed(case).findings if case["rule"] in names({f.rule}) and f.suggestion is not None]
        for finding in reversed(mine):
            assert finding.span is not None
            text = text[: finding.span.start] + (finding.suggestion or "") + text[finding.span.end :]
        assert text == case["suggestion"], case["id"]


def test_what_comes_out_of_a_case_comes_out_of_itself(shared: Path) -> None:
    for case in cases(shared):
        again = proofed({**case, "input": proofed(case).text})
        assert again.text == proofed(case).text, case["id"]
        assert not again.edits, case["id"]


# -- promises ------------------------------------------------------------------------------------------------------------


@settings(max_examples=400)
@given(st.text(MIXED, max_size=24), st.sampled_from(ROLES), st.sampled_from([READER, ARCHIVE]))
def test_one_pass_settles(text: str, role: str, reader: Proofreader) -> None:
    once = reader.text(text, role)
    assert reader.text(once.text, role).text == once.text


def applied(text: str, pairs: list[tuple[Span, str]]) -> str:
    for span, after in reversed(pairs):
        text = text[: span.start] + after + text[span.end :]
    return text


@settings(max_examples=400)
@given(st.text(MIXED + "\u200b\n", max_size=24), st.sampled_from(ROLES))
def test_what_was_changed_gives_the_text_and_taken_back_the_source(text: str, role: str) -> None:
    proof = READER.text(text, role)
    assert all(text[slice(*changed.span)] == changed.before for changed in proof.changed)
    assert applied(text, [(changed.span, changed.after) for changed in proof.changed]) == proof.text
    back, shift = [], 0
    for changed in proof.changed:
        start = changed.span.start + shift
        back.append((Span(start, start + len(changed.after)), changed.before))
        shift += len(changed.after) - len(changed.before)
    assert applied(proof.text, back) == text
    assert {edit.rule for changed in proof.changed for edit in changed.edits} <= {edit.rule for edit in proof.edits}


@settings(max_examples=300)
@given(st.text(MIXED + "\x02\n", max_size=40), st.sampled_from(["p", "title", "addressees", "cc", "byline", "imprint"]))
def test_every_edit_can_be_taken_back(text: str, kind: str) -> None:
    document = ran(text, kind)
    assert "".join(document.source[slice(*hunk.span)] for hunk in document.hunks()) == text
    assert "".join(document.text[slice(*hunk.text)] for hunk in document.hunks()) == document.text
    for hunk in document.hunks():
        if not hunk.edits:
            assert document.text[slice(*hunk.text)] == document.source[slice(*hunk.span)]


@settings(max_examples=300)
@given(st.text("工会的通知“”《》、，。：；！？（）0123456789年月日%", max_size=40))
def test_a_text_without_half_width_marks_and_spaces_is_left_alone(text: str) -> None:
    edits = {edit.rule for edit in ran(text).edits}
    assert edits <= {"E01", "Q04", "X01", "F04", "P08"}  # 。。。, ”工“, ，，, 12：30


@settings(max_examples=200)
@given(st.text("The quick, brown (fox) jumps: over; 12 lazy dogs! ok?", max_size=60))
def test_latin_text_is_left_alone(text: str) -> None:
    assert ran("x" + text).edits == ()


@settings(max_examples=150)
@given(st.lists(st.text(MIXED + "總規⼾\uf06e\ue000\ufffd", min_size=1, max_size=18), min_size=1, max_size=4))
def test_whatever_is_changed_the_file_gives_the_source_back(lines: list[str]) -> None:
    document = process(Path("t.txt"), "\n".join(["总工会的通知", *lines]).encode(), load())
    assert faults(tei(document, table()), document.source, reading(document).decode()) == []


# -- the machine's damage --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("会议于2022年4月27日召开,王东明同志出席", "会议于2022年4月27日召开，王东明同志出席"),
        ("较常年同期偏多23.5%,主要江河", "较常年同期偏多23.5%，主要江河"),
        ("牢记 “国之大者”, “两个维护”", "牢记“国之大者”，“两个维护”"),
        ("(一)坚持党的领导;(二)坚持服务大局。", "（一）坚持党的领导；（二）坚持服务大局。"),
        ("工会(含产业工会(联合会))和单位", "工会（含产业工会（联合会））和单位"),
        ("国内生产总值(GDP),增长", "国内生产总值（GDP），增长"),
        ("热烈的祝贺! 向大会", "热烈的祝贺！向大会"),
        ("使用 SELECT a, b FROM t; 然后退出", "使用 SELECT a, b FROM t; 然后退出"),
        ("公式f(x, y)的值", "公式f(x, y)的值"),
        ("比例为1:80,时间8:00", "比例为1:80，时间8:00"),
        ("内存不低于16 GB,硬盘容量不低于512 GB", "内存不低于16 GB，硬盘容量不低于512 GB"),
        ("见≪格式≫,下同", "见《格式》，下同"),
        ("自⼀九九○年建厂以来", "自一九九〇年建厂以来"),
        ("自 28 日－10月7日", "自28日—10月7日"),
        ("印发<经费管理实施细则>的通知", "印发《经费管理实施细则》的通知"),
        ("1．2024年全省大型水库", "1．2024年全省大型水库"),
        ("为深入 学习 贯彻 党的 精神，现就 有关 事项 通知 如下。", "为深入学习贯彻党的精神，现就有关事项通知如下。"),
        ("上午9：00平台开放，14：30负责人到场，以15：00为准", "上午9:00平台开放，14:30负责人到场，以15:00为准"),
        ("选择[A].同意,[B].不同意,请勾选", "选择[A].同意，[B].不同意，请勾选"),
        ("第一条　为了规范管理", "第一条　为了规范管理"),
        ("每年15 000元，约5 万元", "每年15 000元，约5万元"),
        ("统一社 会信用代码:51340000MJA1234567", "统一社会信用代码：51340000MJA1234567"),
        ("联系人：李明　电话：010-68591234", "联系人：李明　电话：010-68591234"),
        ("ｈｔｔｐ：／／ｗｗｗ．ｘ．ｃｎ／ａ，请登录", "http://www.x.cn/a，请登录"),
    ],
)
def test_only_the_machines_damage_is_repaired(text: str, reading: str) -> None:
    assert READER.text(text).text == reading


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("请登录https://www.jz.example.cn/a?b=1,2.查询", "https://www.jz.example.cn/a?b=1,2"),
        ("电话(010)68591234转", "(010)68591234"),
        ("邮箱zhang.san@jz.example.cn，", "zhang.san@jz.example.cn"),
        ("按GB/T 9704—2012执行", "GB/T 9704"),
        ("共1,234,567.50元", "1,234,567.50"),
        ("自10:30:15起", "10:30:15"),
        ("附件为名单.docx", ".docx"),
        ("字形(cid:12)不明", "(cid:12)"),
        ("执行 SELECT * FROM t; 后退出", "SELECT * FROM t"),
        ("称为“Belt and Road (BRF)”的", "Belt and Road (BRF)"),
        ('标记<br/>和name="id"', "<br/>"),
        ("路径C:\\a\\b.txt", "C:\\a\\b.txt"),
    ],
)
def test_what_is_no_chinese_text_is_protected(text: str, kept: str) -> None:
    assert kept in {text[start:end] for start, end, _ in spans(text)}
    masked = mask(text)
    assert len(masked) == len(text)
    assert guarded(Shown(text)) == masked
    assert all(a == b or b in KEPT for a, b in zip(text, masked, strict=True))


@pytest.mark.parametrize("text", ["接入APP,实现", "会员120名", "Yahoo!公司", "1.总体要求", "“工会”(GDP)"])
def test_a_single_word_or_number_needs_no_protection(text: str) -> None:
    assert mask(text) == text


# what careless rules have damaged: blanks of forms, code, formulae, references, lists, chains (␣ is a wide space)
GOOD = (
    """
填表日期：␣␣␣␣年␣␣月␣␣日
签名：␣␣␣␣日期：
身份证号：␣␣␣␣␣␣电话：
编号：␣␣密级：
委托代理人：␣␣␣␣␣␣（签名）
本人␣␣␣␣，身份证号␣␣␣␣，自愿加入。
联系人：␣␣␣，电话：␣␣␣。
说法正确的是（␣␣）。
（␣␣␣）年（␣␣）月
张三（1980—␣），男
江工发〔2024〕␣号
（盖章）␣␣␣␣年␣月␣日
␣␣年␣␣月␣␣日
（https://a.b.cn/x?z=(4)）
下载“通知(定稿).pdf”文件
区间（0，1]和[0，1)内
区间为[0,1)，而（0,1]不同
公式为=SUM(工资,奖金)
公式为=IF(合格,"是","否")
函数f(工会)
执行print("工会")命令
变量名称="工会"
JSON：{"姓名":"张三","年龄":18}
SELECT 姓名,年龄 FROM 会员表 WHERE 单位='总工会';
张三,李四.工会工作创新[J].理论,2021(3):45-52.
［序号］．作者．文章题目．刊名
负责人：———␣日期：———
邮政编码：100865␣地址：北京
2023.05—2024.06␣江州大学
9:00␣开幕式
中共江州市委 江州市人民政府
《中共中央 国务院关于加强工作的意见》
《财政部 国家税务总局 民政部关于公告》
本报讯（记者 张三 通讯员 李四）
出席：张三 李四 王五 赵六
姓名 性别 年龄 职务 备注
显示器27"、管径3/4"的
55"、65"电视
年龄<18岁或>60岁者
<姓名>张三</姓名>
比分为21：15、21：18
第12：00号
提出：“要把‘1+3+N’抓实。”
“‘Q&A’环节”
焦耳—楞次定律
微信公众号—服务大厅—我要报名
审␣判␣长␣张三
1.张三 市总工会主席
张三 李四 王五（女） 赵六（满族）
日语「カタカナ」
A. 正确 B. 错误
第␣页␣共␣页
1-2022年
王阳明（1472—1529年）
""".strip()
    .replace("␣", "\u3000")
    .split("\n")
)


@pytest.mark.parametrize("text", GOOD)
def test_a_good_text_is_left_alone_and_nothing_is_asked(text: str) -> None:
    proof = READER.text(text)
    assert (proof.text, proof.findings) == (text, [])


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2001\u200b年\n8月10日", "2001年8月10日"),
        ("2015年 4月\n23日", "2015年4月23日"),
        ("根据《\u200b\n工会法》", "根据《工会法》"),
        ("2023年-2024年-2025年", "2023年—2024年—2025年"),
        ("得分=（权重）,满分", "得分=（权重），满分"),
        ("9：00－17：00", "9:00－17:00"),
        ("＂五一＂国际劳动节", "“五一”国际劳动节"),
        ("第135~137页", "第135～137页"),
        ("“要把'1+3+N'抓实”", "“要把‘1+3+N’抓实”"),
        ("二○一五年四月\n二十三日", "二〇一五年四月二十三日"),
        ("王阳明（1472-1529年）", "王阳明（1472—1529年）"),
        ("通过Windows 10（专业版）,其中", "通过Windows 10（专业版），其中"),
        ("“工会”→“会员”,按", "“工会”→“会员”，按"),
    ],
)
def test_damage_under_damage_is_repaired_in_one_pass(text: str, reading: str) -> None:
    proof = READER.text(text)
    assert proof.text == reading
    assert READER.text(reading).edits == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        *(
            (text, "D04")
            for text in ("5-10元", "1000-2000元", "第3-5条", "第10-12页", "五-八月", "1,000-2,000元", "5-10kg")
        ),
        *((text, "F03") for text in ("二〇二二年五月6日", "会议于二〇二二年五月6日召开", "2022年5月六日")),
        *((text, "B01") for text in ("总工发「2022」12号", "总工发〈2022〉12号", "总工发<2022>12号")),
        *((text, "C03") for text in ("劳模、工匠、等等", "名称、等等")),
        *((text, "S05") for text in ("任命王 东 明，男", "同志 王 东 明。")),
        ("国发[22]第05号", "B02"),
        ("總工會關於发展會員的通知", "V01"),
    ],
)
def test_what_the_drafter_may_have_written_is_kept_and_asked_about(text: str, rule: str) -> None:
    proof = READER.text(text)
    assert proof.text == text
    assert rule in {finding.rule for finding in proof.findings}


@pytest.mark.parametrize(
    ("role", "text", "reading"),
    [
        ("colophon", "中华全国总工会办公厅 2022 年 5 月 7 日印发", "中华全国总工会办公厅 2022年5月7日印发"),
        ("signature", "2022 年 5 月 6 日", "2022年5月6日"),
        ("attachment", "附件：1.2024 年度名单", "附件：1.2024年度名单"),
        ("recipient", "各省总工会: ", "各省总工会："),
        ("title", "关于开展 2025 年度工作的通知", "关于开展2025年度工作的通知"),
        ("cell", "(12)", "(12)"),
        ("toc", "总则......\t3", "总则......\t3"),
        ("body", "(1) All members shall attend.", "(1) All members shall attend."),
        ("body", "面积120㎡,高度25米", "面积120㎡，高度25米"),
        ("body", "见http://www.x.cn（ＧＤＰ）：增长", "见http://www.x.cn（GDP）：增长"),
        ("body", "气温<5，根据<工会法>规定", "气温<5，根据《工会法》规定"),
        ("body", "„五一“国际劳动节", "“五一”国际劳动节"),
        ("body", "他走了...--再见", "他走了……——再见"),
        ("body", "时间：9：30，中国队21：15战胜日本队", "时间：9:30，中国队21：15战胜日本队"),
    ],
)
def test_a_role_and_what_stands_beside_decide(role: str, text: str, reading: str) -> None:
    proof = READER.text(text, role)
    assert proof.text == reading
    assert READER.text(reading, role).edits == []


def test_the_words_of_a_user_keep_both_halves_of_a_pair_and_nothing_else() -> None:
    def read(text: str, word: str, script: str = "keep") -> str:
        return Proofreader(load().rules, Usage(script, (word,))).text(text).text

    assert read("人才中心(职工)", "中心(") == "人才中心(职工)"
    assert read('在"五一"节,好', '"五一') == '在"五一"节，好'
    assert read("關於臺灣發佈的總工會通知", "臺灣", "simplified") == "关于臺灣发布的总工会通知"


def test_a_query_that_is_raised_to_a_change_never_meets_another() -> None:
    policy = replace(load().rules, certainty=(("B04", "likely"), ("T02", "likely")))
    reader = Proofreader(policy, Usage())
    assert reader.text("（a（b中）《（c（d中））》）").text == "（a〔b中〕《（c〔d中〕）》）"
    assert reader.text("《a《b中》（《c《d中》》）》").text == "《a〈b中〉（《c〈d中〉》）》"


def test_half_a_character_is_no_matter_for_the_converter() -> None:
    assert READER.text("總工會\ud800發", script="simplified").text == "总工会\ud800发"


def test_what_fills_its_cell_or_shares_one_is_proven_by_the_page() -> None:
    """In archive these are asked about; on a page that shows the machine's damage they are repaired."""
    assert "2021—2025年" in set_in_cells("根据2021-2025年的规划").text
    assert "2021-2025年" in set_in_cells("根据2021-2025年的规划", narrow="-0123456789").text
    assert "《工会法》" in set_in_cells("根据<工会法>的规定").text
    assert "<工会法>" in set_in_cells("根据<工会法>的规定", narrow="<>").text
    assert "上午09:30" in set_in_cells("定于上午09：30开始", narrow="：0123456789").text
    assert "上午09：30" in set_in_cells("定于上午09：30开始").text


# -- evidence ------------------------------------------------------------------------------------------------------------


def test_a_mark_lost_in_the_whole_document_is_one_cause() -> None:
    parts = (("p", "接入APP,实现一网通办,提升效能"), ("p", "一是抓落实,二是强督导"), ("p", "三是重实效,四是见行动"))
    once = normalise(built(parts[:1]))
    assert [edit.certainty for edit in once.edits] == [Certainty.LIKELY, Certainty.CERTAIN]
    assert {edit.certainty for edit in normalise(built(parts)).edits} == {Certainty.CERTAIN}
    mixed = normalise(built((*parts, ("p", "五是，六是"))))
    assert mixed.edits[0].certainty is Certainty.LIKELY
    assert lost_marks(Whole("甲,乙,丙,丁；戊;己")) == {","}


def set_in_cells(text: str, *, narrow: str = "") -> Document:
    """A page with a paragraph whose characters stand 16 points apart, those of ``narrow`` 8."""
    x, sets = 79.4, []
    for c in text:
        sets.append(Set(x, 200.0, c, 16, "fang"))
        x += 8 if c in narrow else 16
    pdf = Pdf()
    pdf.page(sets)
    return process(Path("t.pdf"), pdf.data(), load())


def test_a_comma_in_a_full_cell_is_certain_whatever_its_code() -> None:
    (wide,) = (edit for edit in set_in_cells("工会接入APP,实现一网通办").edits if edit.rule == "P01")
    (narrow,) = (edit for edit in set_in_cells("工会接入APP,实现一网通办", narrow=",").edits if edit.rule == "P01")
    assert (wide.certainty, narrow.certainty) == (Certainty.CERTAIN, Certainty.LIKELY)


def test_a_bracket_in_a_full_cell_is_repaired_in_a_document_number() -> None:
    assert "总工发〔2022〕12号" in set_in_cells("根据总工发(2022)12号文件").text
    asked = set_in_cells("根据总工发(2022)12号文件", narrow="()")
    assert "总工发(2022)12号" in asked.text
    assert [finding.suggestion for finding in asked.findings if finding.rule == "B01"] == ["〔2022〕"]


def test_a_spaced_name_is_certain_on_a_page_and_likely_in_a_text(sample: Path, shared: Path) -> None:
    config = load()
    for path, certainty in ((sample, Certainty.CERTAIN), (shared / "corpus" / "seed" / "seed.txt", Certainty.LIKELY)):
        document = process(Path(path.name), path.read_bytes(), config)
        assert {edit.certainty for edit in document.edits if edit.rule == "S05"} == {certainty}


# -- characters and script -------------------------------------------------------------------------------------------------


def test_a_radical_is_the_ideograph_of_its_script() -> None:
    assert READER.text("⼾籍管理规定").text == "户籍管理规定"
    assert READER.text("⼾籍管理規則關於").text == "戶籍管理規則關於"


def test_compatibility_ideographs_are_the_unified_ones_and_the_twelve_stay() -> None:
    assert READER.text("\uf967\uf9e2").text == "不梨"
    twelve = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
    assert READER.text(twelve).text == twelve


def test_nothing_else_that_looks_composed_is_taken_apart() -> None:
    text = "10 m²，①②⑴㈠Ⅲ，25℃，120㎡，№5，½，™，…，ⅲ，㎏"
    assert READER.text(text).text == text


def test_private_use_is_asked_about_unless_a_table_knows_it() -> None:
    proof = READER.text("中\ue5e5华\uf06e")
    assert (proof.text, [finding.rule for finding in proof.findings]) == ("中\ue5e5华\uf06e", ["U04", "U04"])
    assert "U+E5E5" in proof.findings[0].message
    config = load()
    ours = Proofreader(config.rules, Usage(private_use=(("\ue5e5", "央"),)))
    assert ours.text("中\ue5e5华").text == "中央华"
    assert READER.text("\ue81e").text == "龴"


def test_a_bullet_of_a_symbol_font_is_known_by_its_font(shared: Path) -> None:
    path = shared / "corpus" / "real" / "cihc2019_contest_notice.pdf"
    document = process(path, path.read_bytes(), load())
    assert "\uf06e" in document.source
    assert "\uf06e" not in document.text
    assert {edit.after for edit in document.edits if edit.rule == "U04"} == {"■", "➢"}


def test_unknown_characters_of_one_kind_are_one_query_with_all_places() -> None:
    document = ran("甲\ue000乙\ue000丙\ue001")
    assert [(f.span, f.places) for f in document.findings if f.rule == "U04"] == [
        (Span(1, 2), (Span(3, 4),)),
        (Span(5, 6), ()),
    ]


def test_a_glyph_without_a_character_is_asked_about_once() -> None:
    document = process(Path("t.txt"), "总工\ufffd关于通知\ue000的通知".encode(), load())
    assert sorted(f.rule for f in document.findings if f.rule in ("LAY-09", "U04")) == ["LAY-09", "U04"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("关于发布通知", SIMPLIFIED),
        ("關於發佈通知", TRADITIONAL),
        ("工会", SIMPLIFIED),
        ("工作", UNKNOWN),
        ("", UNKNOWN),
        ("關於：总工会发布通知", SIMPLIFIED),
    ],
)
def test_the_script_of_a_text_is_told_by_what_only_one_has(text: str, script: str) -> None:
    assert judge(text) == script


def test_script_is_converted_only_when_asked_and_only_from_the_other() -> None:
    text = "總工會關於發佈「十四五」規劃的通知，毛澤東同志，朱鎔基同志"
    assert READER.text(text).text == text
    wanted = "总工会关于发布“十四五”规划的通知，毛泽东同志，朱镕基同志"
    assert READER.text(text, script="simplified").text == wanted
    assert READER.text("总工会发布通知", script="traditional").text == "總工會發布通知"
    assert READER.text("总工会发布通知", script="simplified").edits == []
    assert READER.text("工作", script="simplified").edits == []


def test_a_name_is_kept_and_one_the_conversion_would_miss_is_given() -> None:
    proof = READER.text("畢昇與魏徵關於發佈", script="simplified")
    assert proof.text == "毕昇与魏徵关于发布"
    assert all(edit.certainty is Certainty.LIKELY for edit in proof.edits)


def test_a_stray_character_of_the_other_script_is_asked_about_but_not_in_a_name() -> None:
    proof = READER.text("全国总工会关于發展会员的通知")
    assert [(f.rule, f.found) for f in proof.findings] == [("V01", "發")]
    assert READER.text("朱镕基、钱锺书、张昇民同志关于发展会员的通知").findings == []


# -- several paragraphs ----------------------------------------------------------------------------------------------------


def test_a_quotation_of_several_paragraphs_opens_each_and_closes_once() -> None:
    text = "他指出：\n“第一，要学习。\n“第二，要落实。”\n会议强调。"
    assert READER.text(text).findings == []
    assert [f.rule for f in READER.text("“第一，要学习。\n会议强调。").findings] == ["Q04"]


def test_a_document_has_one_query_for_all_nested_brackets() -> None:
    document = normalise(built((("p", "（见附件（略））"), ("p", "（含省（区、市）本级）"))))
    assert [(f.rule, len(f.places)) for f in document.findings] == [("B04", 1)]


# -- speed ---------------------------------------------------------------------------------------------------------------

ADVERSARIAL = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (240, 240))
from pipeline.config import load
from pipeline.proof.reader import proofreader
reader = proofreader(load())
units = ['工', '“', '”', '"', "'", '《', '<', '（', '(', ')', '—', '…', '.', '一一对', '1-', '1,', '１', 'a', 'a.', 'a ', 'a,',
    '工 ', ' ', '二○', '〔2022〕', '2022年5月', '14：', '10～', '等……', '⼯', '「', '``', '三、四', '“一', '《工', '工—', '(一', 'http://',
    'a@', '工.', '！？', '\\ue5e5', '(cid:1', '總', '[2', '工1', '1）', 'x<', '<工', '&a', '="', 'A-', 'a(', '关于工的通知', '工会，“工会”']
for unit in units:
    reader.paragraph((unit * 60_000)[:60_000])
for one, two in (('（', '】'), ('《', '>'), ('“', '‘'), ('(', '）'), ('〈', '》'), ('a', ' '), ('1', '-'), ('“', '”')):
    reader.paragraph(one * 30_000 + two * 30_000)
for text in ('2022年5' + ' ' * 60_000 + 'x', '甲\\n，' + ' ' * 60_000 + 'x', '甲乙 丙丁\\n，' * 8_000, '（（中）《' * 8_000 + '》）' * 8_000):
    reader.paragraph(text)
"""


def test_no_text_makes_a_rule_run_away() -> None:
    """Sixty thousand characters of one thing, in a process that may use four minutes; a rule that backtracks needs hours."""
    done = subprocess.run([sys.executable, "-c", ADVERSARIAL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2_000_000


# -- documents -------------------------------------------------------------------------------------------------------------


def test_the_sample_reads_as_its_truth(sample: Path, shared: Path) -> None:
    truth = json.loads((shared / "corpus" / "seed" / "seed.truth.json").read_text(encoding="utf-8"))
    for path in (sample, shared / "corpus" / "seed" / "seed.txt"):
        document = process(Path(path.name), path.read_bytes(), load())
        mine = [(block.kind, document.own_text(block)) for block in document.blocks]
        assert mine == [(block["kind"], block["text"]) for block in truth["blocks"]]
        assert {block_text(document, block)[:3] for block in document.blocks if block.kind == "cc"} == {"抄送："}


def test_every_rule_of_the_stage_looks_at_blocks_but_the_one_that_protects() -> None:
    assert [rule.id for rule in RULES if rule.find is None] == ["N01"]
    for text, _ in RULES[0].examples:
        assert isinstance(text, str)
        proof = READER.text(text)
        assert (proof.text, proof.edits) == (text, [])
