"""Circulars set by the tests themselves: between them every part of GB/T 9704-2012 and every special form."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from tests.pdf import Pdf, Set, lines

RED = "1 0 0 rg"
HEIGHT = 841.89
FULL = "各级工会要进一步提升政治站位把深入学习宣传贯彻贺信精"  # 26 characters at 17 points fill the line
SEAL = "1 0 0 RG 2 w 500 180 m 500 213 473 240 440 240 c 407 240 380 213 380 180 c 380 147 407 120 440 120 c 473 120 500 147 500 180 c s"


def centred(text: str, y: float, size: float = 22.0, font: str = "title", raw: str = "") -> Set:
    """A line on the centre line of the type area."""
    return Set(300 - sum(size if ord(c) > 0x2000 else size / 2 for c in text) / 2, y, text, size, font, raw=raw)


def number(n: int) -> Set:
    """A page number where GB/T 9704-2012 7.5 puts it."""
    return Set(450 if n % 2 else 95, 772, f"— {n} —", 14, "song")


def grid(xs: list[float], ys: list[float]) -> str:
    """The drawing of a ruled table."""
    across = [(xs[0], y, xs[-1], y) for y in ys]
    down = [(x, a, x, b) for x in xs for a, b in pairwise(ys)]
    return "0.5 w " + " ".join(f"{a} {HEIGHT - b} m {c} {HEIGHT - d} l S" for a, b, c, d in across + down)


def notice() -> bytes:
    """A joint notice with letterhead, headings, footnote, attachments with a table, seal and imprint."""
    pdf = Pdf()
    pdf.page(
        [
            Set(79.4, 120, "000012", 16, "song"),
            Set(79.4, 149, "秘密★1年", 16, "hei"),
            Set(79.4, 178, "特急", 16, "hei"),
            Set(112, 220, "临江市人力资源局", 24, "title", raw=RED),
            Set(340, 238, "文件", 24, "title", raw=RED),
            Set(112, 256, "临江市财政局", 24, "title", raw=RED),
            centred("临人发〔2023〕41号", 310, 16, "fang"),
            centred("临江市人力资源局 临江市财政局", 380),
            centred("关于做好培训工作的通知", 410),
            *lines(
                ["各县（市、区）人力资源局、财政局,市直有关单位:", "　　" + FULL[2:], FULL[:25] + "①"],
                y=460,
                advance=17.0,
            ),
            Set(113.4, 547, "一、提高认识", 16, "hei"),
            *lines(["　　（一）加强领导。"], y=576, font="kai", advance=17.0),
            *lines(["各级工会要进一步提升政治站位把"], x=249.4, y=576, advance=17.0),
            *lines(["深入学习贯彻落实。"], y=605, advance=17.0),
            Set(79.4, 700, "①见市政府2022年工作报告。", 10.5, "song"),
            number(1),
        ],
        drawing=f"1 0 0 RG 2 w 79 {HEIGHT - 325} m 521 {HEIGHT - 325} l S",
    )
    pdf.page(
        [
            Set(113.4, 120, "二、抓好落实", 16, "hei"),
            Set(113.4, 149, "（一）明确任务", 16, "kai"),
            *lines(
                ["　　1．分工负责。各单位要各负其责。", "　　（1）每月报送一次。", "　　特此通知。"],
                y=178,
                advance=17.0,
            ),
            *lines(
                ["　　附件：1．经费测算表", "　　　　　2．" + FULL[:20], "　　　　　　实施方案"], y=294, advance=17.0
            ),
            Set(350, 640, "临江市人力资源局"),
            Set(366, 669, "临江市财政局"),
            Set(370, 698, "2023年6月9日"),
            Set(113.4, 727, "（此件公开发布）"),
            number(2),
        ],
        drawing=SEAL,
    )
    xs, ys = [80.0, 160.0, 300.0, 500.0], [230.0, 260.0, 290.0, 320.0]
    cells = [["序号", "项目", "金额(万元)"], ["1", "培训", "1,250"], ["2", "", "8.05"]]
    pdf.page(
        [
            Set(79.4, 120, "附件1", 16, "hei"),
            centred("经费测算表", 180),
            centred("表1 经费测算", 220, 12, "hei"),
            *(
                Set(xs[c] + 4, ys[r] + 18, text, 12, "song")
                for r, row in enumerate(cells)
                for c, text in enumerate(row)
                if text
            ),
            *lines(["　　注：数据截至2023年5月。"], y=360),
            number(3),
        ],
        drawing=grid(xs, ys),
    )
    pdf.page(
        [
            Set(79.4, 120, "附件2", 16, "hei"),
            centred("实施方案", 180),
            *lines(["　　" + FULL[2:], "贯彻执行。"], y=240, advance=17.0),
            Set(94, 660, "抄送：市委办公室,市人大常委会办公室。", 14),
            Set(94, 690, "临江市人力资源局办公室", 14),
            Set(390, 690, "2023年6月12日印发", 14),
            number(4),
        ],
    )
    return pdf.data()


def regulation() -> bytes:
    """A notice that carries a regulation with chapters, sections and articles."""
    pdf = Pdf()
    pdf.page(
        [
            centred("关于印发《江州省工会经费管理办法》的通知", 120, 20),
            *lines(["各市总工会：", "　　" + FULL[2:], "贯彻执行。"], y=180, advance=17.0),
            Set(400, 400, "江州省总工会"),
            Set(396, 429, "2024年4月28日"),
        ]
    )
    pdf.page(
        [
            centred("江州省工会经费管理办法", 120),
            centred("（2024年4月20日江州省总工会常务会议通过）", 150, 16, "kai"),
            centred("第一章　总则", 200, 16, "hei"),
            *lines(["　　第一条　" + FULL[:21], "有关规定，制定本办法。"], y=230, advance=17.0),
            centred("第一节　收入", 300, 16, "hei"),
            *lines(["　　第二条　经费收入包括：", "　　（一）会费；", "　　（二）拨款。"], y=330, advance=17.0),
        ]
    )
    return pdf.data()


def plan() -> bytes:
    """A plan with a list of contents."""
    pdf = Pdf()
    pdf.page(
        [
            centred("江州省工会工作方案", 120),
            centred("目　录", 180, 16, "hei"),
            *lines(["一、总体要求……………………………………3", "二、主要任务……………………………………5"], y=220, advance=17.0),
        ]
    )
    pdf.page(
        [Set(113.4, 120, "一、总体要求", 16, "hei"), *lines(["　　" + FULL[2:], "贯彻执行。"], y=149, advance=17.0)]
    )
    return pdf.data()


def request() -> bytes:
    """A request with its signers, to one organ."""
    page = [
        centred("安平市总工会文件", 200, 36, raw=RED),
        Set(95, 290, "安工〔2024〕9号", 16, "fang"),
        Set(380, 290, "签发人：赵立", 16, "fang"),
        Set(444, 318, "钱明", 16, "kai"),
        centred("安平市总工会关于经费的请示", 380),
        centred("——以龙潭水库为例", 410, 16, "kai"),
        *lines(["省总工会：", "　　" + FULL[2:], "妥否，请批示。"], y=450, advance=17.0),
        Set(400, 600, "安平市总工会"),
        Set(396, 629, "2024年4月28日"),
        Set(113.4, 658, "（联系人：王一，电话：123456）"),
    ]
    return Pdf().page(page).data()


def letter() -> bytes:
    """A reply in the form of a letter, between red double rules."""
    rules = (
        "1 0 0 RG 2 w 56 742 m 538 742 l S 0.5 w 56 738 m 538 738 l S 0.5 w 56 61 m 538 61 l S 2 w 56 57 m 538 57 l S"
    )
    page = [
        centred("安平市人民政府", 92, 40, raw=RED),
        Set(370, 125, "安政函〔2022〕103号", 16, "fang"),
        centred("关于同意设立产业园的批复", 190),
        *lines(["城南区人民政府：", "　　" + FULL[2:], "此复。"], y=240, advance=17.0),
        Set(360, 420, "安平市人民政府"),
        Set(366, 449, "2022年9月14日"),
    ]
    return Pdf().page(page, drawing=rules).data()


def minutes() -> bytes:
    """Minutes, their name in the mark."""
    page = [
        centred("安平市人民政府常务会议纪要", 180, 30, raw=RED),
        centred("〔2024〕第3号", 240, 16, "fang"),
        *lines(["　　" + FULL[2:], "现将会议情况纪要如下。"], y=320, advance=17.0),
        Set(113.4, 400, "出席：", 16, "hei"),
        Set(161.4, 400, "王一、李二。"),
        Set(113.4, 429, "列席：", 16, "hei"),
        Set(161.4, 429, "赵三。"),
    ]
    return Pdf().page(page).data()


def order() -> bytes:
    """An order with its number, signed by name."""
    page = [
        centred("江州省人民政府令", 190, 36, raw=RED),
        centred("第12号", 260, 16, "fang"),
        *lines(["　　" + FULL[2:], "自公布之日起施行。"], y=330, advance=17.0),
        Set(380, 440, "省长　王一"),
        Set(380, 470, "2024年4月28日"),
    ]
    return Pdf().page(page).data()


def article() -> bytes:
    """What is no circular: running heads, two columns, a watermark."""
    left = [f"左栏第{n}行的文字内容很多" for n in "一二三四五六七八"]
    right = [f"右栏第{n}行的文字内容很多" for n in "一二三四五六七八"]
    pdf = Pdf()
    for n in (1, 2):
        pdf.page(
            [
                Set(250, 60, "工会理论研究", 9),
                *lines(left, x=80, size=14),
                *lines(right, x=320, size=14),
                Set(150, 600, "内部资料", 60, raw="0.85 g"),
                number(n),
            ]
        )
    return pdf.data()


SPECIMENS: dict[str, Callable[[], bytes]] = {
    made.__name__: made for made in (notice, regulation, plan, request, letter, minutes, order, article)
}
