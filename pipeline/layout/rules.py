"""What the layout stage does, signed.  Its examples are source texts and the reading that comes out."""

from __future__ import annotations

from pipeline.rule import ASK, CERTAIN, LIKELY, Rule

_LINES = "各级工会要进一步提升政治站位，把深入学习宣\n传贯彻贺信精神作为重大政治任务，坚持不懈加\n强理论武装，深入学习贯彻重要论述。"
_BREAK = "传贯彻贺信精神作为重大政治任务，坚持不懈加强\n理论武装，深入学习贯彻。\n二要继续扎实推进改革。"

_LATIN = "请使用操作系统和办公软件处理文件，例如Word\nfor Windows等，不要使用其他的软件处理。"
_ADDRESS = "请登录江州工会网（https://www.jzgh.example.org/akb/\nform）查询，并且按照要求填写各项内容。"

LAY_01 = Rule(
    id="LAY-01",
    name="wrapped-line",
    title="段内换行",
    clause="无条款（版面）",
    certainty=CERTAIN,
    examples=(
        (_LINES, _LINES.replace("\n", "")),
        (_BREAK, _BREAK.replace("\n", "", 1)),
        ("一、总体要求\n二、主要任务",) * 2,
    ),
)
LAY_02 = Rule(
    id="LAY-02",
    name="page-cut-paragraph",
    title="段落跨页",
    clause="无条款（版面）",
    certainty=CERTAIN,
    examples=(
        (_LINES.replace("\n", "\f", 1), _LINES.replace("\n", "")),
        (f"{_LINES}\f二要继续扎实推进改革，努力建设高素质的",) * 2,
    ),
)
LAY_03 = Rule(
    id="LAY-03",
    name="furniture",
    title="页码、页眉等页面附属文字",
    clause="GB/T 9704-2012 7.5",
    certainty=CERTAIN,
    examples=(("特此通知。\n— 1 —", "特此通知。"), ("共有\n123\n人。",) * 2),
)
LAY_04 = Rule(
    id="LAY-04",
    name="hidden-text",
    title="页面上看不见的文字",
    clause="无条款（版面）",
    certainty=LIKELY,
    examples=(),
)
LAY_05 = Rule(
    id="LAY-05",
    name="gap-as-space",
    title="外文单词间的空格",
    clause="无条款（版面）",
    certainty=CERTAIN,
    examples=(
        (_LATIN, _LATIN.replace("\n", " ")),
        (_ADDRESS,) * 2,
    ),
)
LAY_06 = Rule(
    id="LAY-06",
    name="imprint-gap",
    title="印发机关与印发日期之间的空白",
    clause="GB/T 9704-2012 7.4.3",
    certainty=CERTAIN,
    examples=(
        ("抄送：市水利局。\n市总工会办公室 2022年5月7日 印发", "抄送：市水利局。\n市总工会办公室2022年5月7日印发"),
        ("抄送：市水利局。\n市总工会办公室2022年5月7日印发",) * 2,
    ),
)
LAY_08 = Rule(
    id="LAY-08",
    name="not-a-circular",
    title="未识别出公文要素",
    clause="GB/T 9704-2012 7",
    certainty=ASK,
    severity="info",
    cert="medium",
    message="未识别出标题、主送机关、成文日期、版记等任何公文要素，各段均按正文处理。",
    examples=(
        ("春天来了，校园里的花都开了。", None),
        ("总工会关于放假的通知\n各部门：\n现将有关事项通知如下。\n总工会\n2022年5月6日",) * 2,
    ),
)

LAY_14 = Rule(
    id="LAY-14",
    name="missing-page",
    title="页码不连续",
    clause="GB/T 9704-2012 7.5",
    certainty=ASK,
    severity="warning",
    cert="medium",
    examples=(
        ("第一页的内容。\n— 1 —\f第二页的内容。\n— 3 —", None),
        ("第一页的内容。\n— 1 —\f第二页的内容。\n— 2 —",) * 2,
        ("第一页的内容。\n— 3 —\f第二页的内容。\n— 1 —",) * 2,
    ),
)

LAY_15 = Rule(
    id="LAY-15",
    name="duplicate-text",
    title="重叠印出的同一文字只计一次",
    clause="无条款（版面）",
    certainty=CERTAIN,
    examples=(),
)

RULES = (LAY_01, LAY_02, LAY_03, LAY_04, LAY_05, LAY_06, LAY_08, LAY_14, LAY_15)
