"""Names, dates, and what is wrong with them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rule import Parts, table
from pipeline.validate import validate
from pipeline.validate.calendar import mentions, number, printed
from pipeline.validate.recipients import names
from tests.test_rules import built


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各省、自治区、直辖市总工会，各全国产业工会：", ["各省、自治区、直辖市总工会", "各全国产业工会"]),
        ("各省、自治区、直辖市总工会：", ["各省、自治区、直辖市总工会"]),
        ("各市、县（区）人民政府：", ["各市、县（区）人民政府"]),
        ("各市、县(区)人民政府,省政府各部门:", ["各市、县（区）人民政府", "省政府各部门"]),
        ("各部门、各单位：", ["各部门", "各单位"]),
        ("市发展改革委、市财政局，各区人民政府：", ["市发展改革委、市财政局", "各区人民政府"]),
        ("各县（市、区）人民政府：", ["各县（市、区）人民政府"]),
        ("省委办公厅、省政府办公厅。", ["省委办公厅", "省政府办公厅"]),
        ("　城南区人民政府：", ["城南区人民政府"]),
        ("各市总工会； 各产业工会：", ["各市总工会", "各产业工会"]),
        ("（）：", ["（）"]),
        ("各市）、县、区：", ["各市）", "县、区"]),
        ("：", []),
    ],
)
def test_addressees_are_parted_by_the_highest_mark(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


@given(st.text("各省市县、，；（）：。 总工会", max_size=40))
def test_names_lie_in_the_text_in_order_and_hold_no_outer_white_space(text: str) -> None:
    found = names(text)
    at = 0
    for name in found:
        assert at <= name.start < name.end <= len(text)
        assert name.text == name.text.strip()
        at = name.end


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022年5月6日", datetime.date(2022, 5, 6)),
        ("二〇二二年五月六日", datetime.date(2022, 5, 6)),
        ("二○二二年十二月三十一日", datetime.date(2022, 12, 31)),
        ("２０２２年５月６日", datetime.date(2022, 5, 6)),
        ("2022 年 5 月 6 日", datetime.date(2022, 5, 6)),
        ("二零二二年十月二十日", datetime.date(2022, 10, 20)),
        ("2022年2月30日", None),
    ],
)
def test_a_date_is_read_in_every_form(text: str, date: datetime.date | None) -> None:
    (mention,) = mentions(f"会议于{text}召开")
    assert (mention.start, mention.end, mention.date) == (3, 3 + len(text), date)


@pytest.mark.parametrize(
    "text", ["0000年1月1日", "2022年5月", "12022年5月6日", "二十十二年五月六日", "2022年十十月1日"]
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert list(mentions(text)) == []


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_printed_date_is_read_back(date: datetime.date) -> None:
    assert [mention.date for mention in mentions(printed(date))] == [date]


def test_numerals() -> None:
    assert [number(n) for n in ("十", "十二", "三十", "三十一", "二〇二二", "05", "5 月"[:1])] == [
        10,
        12,
        30,
        31,
        2022,
        5,
        5,
    ]


def check(parts: Parts) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.found) for finding in validate(built(parts)).findings]


def test_a_duplicate_is_found_under_another_name() -> None:
    assert check((("addressees", "中华全国总工会，全国总工会："),)) == [("RCPT-006", "全国总工会")]


def test_addressees_in_the_imprint_need_no_colon_and_stand_for_those_above() -> None:
    document = (("title", "关于放假的通知"), ("p", "特此通知。"), ("date", "2022年5月6日"))
    assert check(document) == [("RCPT-001", None)]
    assert check((*document, ("addressees", "主送：各市总工会。"))) == []


def test_a_document_without_a_date_or_genre_is_not_asked_for_addressees() -> None:
    assert check((("title", "关于放假的通知"), ("p", "特此通知。"))) == []
    assert check((("title", "春天的故事"), ("date", "2022年5月6日"))) == []


def test_findings_of_two_dates_show_both_places() -> None:
    parts = (("date", "2022年5月8日"), ("imprint", "总工会办公厅2022年5月7日印发"))
    (finding,) = validate(built(parts)).findings
    assert finding.span is not None
    assert (finding.found, finding.expected, len(finding.places)) == ("2022年5月7日", "不早于2022年5月8日", 1)


def test_validating_twice_changes_nothing() -> None:
    document = validate(built((("addressees", "各市总工会，各市总工会"), ("date", "2022年2月30日"))))
    assert validate(document) == document


def test_the_examples_of_the_specification_fire_and_stay_silent(shared: Path) -> None:
    rows = {}
    for line in (shared / "spec" / "validation-rules.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["id"]] = row
    slots = {
        "issue-date": ("date", "{}"),
        "printing-date": ("imprint", "总工会{}印发"),
        "speech-date": ("speech-date", "（{}）"),
    }
    done = 0
    for rule in table().values():
        row = rows.get(rule.id)
        if row is None or row["input"] not in ("text", "line", "slots"):
            continue
        for polarity in ("bad", "good"):
            for example in row[polarity]:
                if row["input"] == "slots":
                    parts = tuple(
                        (slots[s][0], slots[s][1].format(v)) for s, v in zip(row["slots"], example, strict=True)
                    )
                else:
                    parts = ((row["kind"][0], example),)
                fired = any(finding.rule == rule.id for finding in rule.run(built(parts)).findings)
                assert fired == (polarity == "bad"), (rule.id, example)
                done += 1
    assert done >= 20
