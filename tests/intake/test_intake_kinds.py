"""The six kinds of files, and that the quick way through a statement finds what the careful one finds."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.intake.balances import read_balances
from guanhu.intake.header import find_header
from guanhu.intake.mapping import ColumnMapping
from guanhu.intake.records import AssignmentRecord, ContactRecord, CustomerRecord, ProductRecord, StaffRecord
from guanhu.intake.refusal import Refusal, UnreadableFile
from guanhu.intake.rows import RowReader
from guanhu.intake.source import Source, open_source

Write: TypeAlias = Callable[..., str]
Read: TypeAlias = Callable[[Source], tuple[list[Any], list[Any]]]

DAY = date(2026, 11, 24)


def test_a_customer_with_everything(write: Write, read: Read) -> None:
    path = write(
        "客户号,姓名,性别,出生日期,农历生日,手机号,地址,年龄,职业,网点,管户人,余额(万元),数据日期,子女\n"
        "C1,张伟,男,1980/5/1,闰04-15,13800138000,深圳,46,医生,0755,S1,1.5,20261124,两个\n"
    )
    assert read(open_source(path, "customers")) == (
        [
            CustomerRecord(
                2,
                "C1",
                "张伟",
                {
                    "sex": "male",
                    "birthday": "1980-05-01",
                    "lunar_birthday": "L04-15",
                    "phone": "13800138000",
                    "address": "深圳",
                    "age": "46",
                    "occupation": "医生",
                    "子女": "两个",
                },
                "0755",
                "S1",
                1_500_000,
                DAY.toordinal(),
            )
        ],
        [],
    )


def test_a_customer_with_a_number_only(write: Write, read: Read) -> None:
    assert read(open_source(write("customer_no\nC1\n"), "customers"))[0] == [
        CustomerRecord(2, "C1", "", {}, "", "", None, None)
    ]


def test_a_customers_balance_needs_a_date_and_a_date_alone_is_none(write: Write, read: Read) -> None:
    path = write("customer_no,balance_yuan,date\nC1,5,\nC2,,2026-11-24\nC3,,\n")
    records, refusals = read(open_source(path, "customers"))
    assert refusals == [Refusal(2, "date", "", "missing_date")]
    assert [(record.balance_fen, record.balance_day) for record in records] == [(None, None), (None, None)]
    records, _ = read(open_source(path, "customers", day=DAY))
    assert (records[0].balance_fen, records[0].balance_day) == (500, DAY.toordinal())


def test_a_contact(write: Write, read: Read) -> None:
    path = write(
        "客户号,联系时间,渠道,结果,通话时长(秒),工号,备注,下次联系日期\n"
        "C1,2026-11-24 10:05,电话,接通·有意向,90,S1,想买基金,2026-12-01\nC2,2026-11-24,短信,已发送,,,,\n"
    )
    assert read(open_source(path, "contacts"))[0] == [
        ContactRecord(2, "C1", DAY, "phone", "reached_success", 90, "S1", "想买基金", date(2026, 12, 1)),
        ContactRecord(3, "C2", DAY, "message", "sent", None, "", "", None),
    ]


def test_a_contact_has_a_date_of_its_own(write: Write, read: Read) -> None:
    path = write("customer_no,channel,outcome\nC1,phone,sent\n")
    with pytest.raises(UnreadableFile) as caught:
        open_source(path, "contacts", day=DAY)
    assert caught.value.details["column"] == "date"
    path = write("customer_no,date,channel,outcome\nC1,,phone,sent\n")
    assert read(open_source(path, "contacts", day=DAY))[1] == [Refusal(2, "date", "", "missing_value")]


def test_a_product(write: Write, read: Read) -> None:
    path = write(
        "客户号,产品名称,金额(万元),起息日,到期日,产品代码\nC1,稳健一号,20,20260101,99991231,P1\nC1,定期,1,,,\n"
    )
    assert read(open_source(path, "products"))[0] == [
        ProductRecord(2, "C1", "稳健一号", 20_000_000, date(2026, 1, 1), None, "P1"),
        ProductRecord(3, "C1", "定期", 1_000_000, None, None, ""),
    ]


def test_a_member_of_staff(write: Write, read: Read) -> None:
    path = write("工号,姓名,岗位,网点\nS1,李娜,客户经理；大堂经理,0755\nS2,王芳,,\n")
    assert read(open_source(path, "staff"))[0] == [
        StaffRecord(2, "S1", "李娜", ("relationship_manager", "lobby_manager"), "0755"),
        StaffRecord(3, "S2", "王芳", (), ""),
    ]


def test_an_assignment_with_and_without_a_role(write: Write, read: Read) -> None:
    assert read(open_source(write("客户号,工号,角色\nC1,S1,客户经理\nC2,S1,\n"), "assignments"))[0] == [
        AssignmentRecord(2, "C1", "S1", "relationship_manager"),
        AssignmentRecord(3, "C2", "S1", ""),
    ]
    assert read(open_source(write("客户号,工号\nC1,S1\n"), "assignments"))[0] == [AssignmentRecord(2, "C1", "S1", "")]


CELL = st.one_of(
    st.sampled_from(["", " ", "C1", "Total", "合计", "12", "0012", "1.50", "1.5", ".50", "-3", "1,000.00", "2026-11-24",
                     "20261124", "9999999999999.99", "99999999999999", "x.12", "1E3", "１２", "²", "1.2.34", '=""']),
    st.text(max_size=6),
    st.from_regex(r"[0-9]{0,18}(\.[0-9]{0,3})?", fullmatch=True),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(
    rows=st.lists(st.lists(CELL, max_size=4), max_size=12),
    header=st.permutations(["customer_no", "balance_yuan", "date"]),
    day=st.sampled_from([None, DAY]),
)
def test_the_quick_way_finds_what_the_careful_one_finds(
    rows: list[list[str]], header: list[str], day: date | None
) -> None:
    numbered = list(enumerate(rows, 2))
    found = find_header("balances", [(1, header)], ColumnMapping(), dated=day is not None)
    assert found is not None
    quick, careful = (RowReader("balances", found, ColumnMapping(), day) for _ in range(2))
    for _ in range(2):  # the second time with the days of the first remembered
        assert read_balances(quick, numbered) == careful.read(numbered)
