"""Cells: what each column takes, what it refuses and why."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from guanhu.domain.contact import CHANNELS, OUTCOMES
from guanhu.domain.errors import Refused
from guanhu.intake import checks
from guanhu.intake.refusal import Refusal
from guanhu.intake.source import Source, open_source
from guanhu.intake.words import is_total

Write: TypeAlias = Callable[..., str]
Read: TypeAlias = Callable[[Source], tuple[list[Any], list[Any]]]

DAY = date(2026, 11, 24)
GOOD_ID = "11010819500305007" + ric.calc_check_digit("110108195003050070")


def refused(check: Callable[[str], object], cell: str) -> str:
    """The code with which a check refuses a cell."""
    with pytest.raises(Refused) as caught:
        check(cell)
    return caught.value.code


@pytest.mark.parametrize("number", ["C1", "0012", "6222-01", "客1", "x" * 64, "'0012", '="0012"'])
def test_a_customer_number_is_kept_as_it_is(number: str) -> None:
    assert checks.customer_no(number) == number.strip("'=\"")


@pytest.mark.parametrize("number", ["C 1", "C\u200b1", "C\x1b1", "C\u202e1", "x" * 65, "C\u30001", "C\t1", "C\n1"])
def test_a_customer_number_with_blanks_controls_or_invisible_signs_is_refused(number: str) -> None:
    assert refused(checks.customer_no, number) == "bad_customer_no"


def test_a_number_whose_digits_a_spreadsheet_lost_is_never_taken() -> None:
    for check in (checks.customer_no, checks.code, checks.identity_no, checks.phone):
        assert refused(check, "1.10101E+17") == "digits_lost"


@pytest.mark.parametrize(
    "cell", [GOOD_ID, GOOD_ID[:6] + " " + GOOD_ID[6:], "44030619600101007x", "31011519550505" + "0077"]
)
def test_an_identity_number_that_adds_up_is_taken(cell: str) -> None:
    assert checks.identity_no(cell) == cell.replace(" ", "").upper()


@pytest.mark.parametrize(
    "cell",
    [GOOD_ID[:17], "11010819500305" + "0070", "110108195013050070", "11010119500305007", "张伟", "0" * 18, "1" * 19],
)
def test_an_identity_number_that_does_not_add_up_is_refused(cell: str) -> None:
    assert refused(checks.identity_no, cell) == "bad_identity_no"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0755-12345678", "0755-12345678"),
        ("(0755) 82345678", "(0755) 82345678"),
        ("0755-82345678-123", "0755-82345678-123"),
        ("82345678", "82345678"),
        ("400-800-1234", "400-800-1234"),
        ("+852 2345 6789", "+852 2345 6789"),
        ("12800138000", None),
        ("138001380001", None),
        ("138****8000", None),
        ("无", None),
    ],
)
def test_telephones_are_lightly_checked(cell: str, kept: str | None) -> None:
    if kept is None:
        assert refused(checks.phone, cell) == "bad_phone"
    else:
        assert checks.phone(cell) == kept


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("04-15", "04-15"),
        ("4-5", "04-05"),
        ("闰04-15", "L04-15"),
        ("L04-15", "L04-15"),
        ("闰4月15日", "L04-15"),
        ("1965-04-15", "04-15"),
        ("12-30", "12-30"),
    ],
)
def test_a_lunar_birthday_is_a_month_and_a_day(cell: str, kept: str | None) -> None:
    assert checks.lunar_birthday(cell) == kept


@pytest.mark.parametrize("cell", ["13-01", "04-31", "0-1", "四月", "0415-1-1-1"])
def test_no_lunar_month_has_31_days(cell: str) -> None:
    assert refused(checks.lunar_birthday, cell) == "not_a_lunar_date"


@pytest.mark.parametrize(("cell", "seconds"), [("90", 90), ("90秒", 90), ("1:02:03", 3723), ("02:03", 123), ("0", 0)])
def test_a_duration_is_seconds(cell: str, seconds: int) -> None:
    assert checks.duration(cell) == seconds


@pytest.mark.parametrize("cell", ["-1", "1.5", "1:75", "长", "1234567", "²", "86401", "24:00:01"])
def test_no_other_duration_is_guessed(cell: str) -> None:
    assert refused(checks.duration, cell) == "bad_duration"


def test_every_id_stands_for_itself() -> None:
    assert [checks.channel(id_) for id_ in CHANNELS] == list(CHANNELS)
    assert [checks.outcome(id_) for id_ in OUTCOMES] == list(OUTCOMES)


@pytest.mark.parametrize(
    ("cell", "id_"),
    zip(["电话", "企业微信", "短信", "信函", "到店", "其他"], CHANNELS, strict=True),
)
def test_channels_are_known_in_chinese(cell: str, id_: str) -> None:
    assert checks.channel(cell) == id_


@pytest.mark.parametrize(
    ("cell", "id_"),
    [
        *zip(
            [
                "接通·有意向",
                "接通·婉拒",
                "接通·其他",
                "已预约",
                "已回复",
                "已发送",
                "未接通",
                "已留言",
                "号码错误",
                "请勿打扰",
            ],
            OUTCOMES,
            strict=True,
        ),
        ("接通有意向", "reached_success"),
        ("接通 • 婉拒", "reached_declined"),
        ("接通-其他", "reached_other"),
    ],
)
def test_outcomes_are_known_in_chinese_with_or_without_the_dot(cell: str, id_: str) -> None:
    assert checks.outcome(cell) == id_


@pytest.mark.parametrize("between", [";", "；", "、", "/", " ; "])
def test_several_roles_stand_in_one_cell(between: str) -> None:
    cell = between.join(["客户经理", "大堂经理", "relationship_manager"])
    assert checks.roles(cell) == ("relationship_manager", "lobby_manager")


def test_a_role_of_a_banks_own_scheme_passes_and_an_unknown_word_does_not() -> None:
    assert checks.role("private_banker") == "private_banker"
    assert refused(checks.role, "保安") == "unknown_role"


def test_sexes_are_known_by_word_and_code_and_unknown_is_no_fact() -> None:
    assert [checks.sex(cell) for cell in ("男", "女", "M", "F", "1", "2", "未知")] == [
        "male", "female", "male", "female", "male", "female", "",
    ]  # fmt: skip
    assert refused(checks.sex, "甲") == "unknown_sex"


@pytest.mark.parametrize("cell", ["99991231", "9999-12-31", "9999/12/31", "9999年12月31日", "长期"])
def test_no_end_is_none(cell: str) -> None:
    assert checks.end_reader(checks.day_reader(None))(cell) is None


@pytest.mark.parametrize("cell", ["1899-12-31", "2201-01-01", "2026-02-30", "26-1-1", "x", "46350"])
def test_days_out_of_reach_are_no_dates(cell: str) -> None:
    assert refused(checks.day_reader(None), cell) == "not_a_date"


@given(st.text())
def test_no_text_gets_through_with_a_control_character(cell: str) -> None:
    with suppress(Refused):
        kept = checks.text(cell)
        assert not any(ord(sign) < 32 or 0x202A <= ord(sign) <= 0x202E for sign in kept)


@given(st.text(min_size=1))
def test_checks_answer_any_text_with_a_value_or_a_code(cell: str) -> None:
    for check in (
        checks.customer_no, checks.code, checks.phone, checks.identity_no, checks.lunar_birthday, checks.duration,
        checks.channel, checks.role, checks.roles, checks.sex, checks.note, checks.day_reader(None),
        checks.day_reader("%d/%m/%Y"),
    ):  # fmt: skip
        with suppress(Refused):
            check(cell)


@pytest.mark.parametrize(
    ("word", "total"), [("合计", True), (" 合　计：", True), ("Total", True), ("会计", False), ("C1", False)]
)
def test_a_total_is_known_by_its_first_filled_cell(word: str, total: bool) -> None:
    assert is_total(["", word, "1"]) is total


def test_the_first_bad_cell_in_the_order_of_the_file_is_named_as_it_stands(write: Write, read: Read) -> None:
    path = write("姓名,手机号码,客户号,生日\n张伟,12,C 1,x\n李娜,13800138000,C2,2026-13-01\n王\x1b芳,,C3,\n钱,,,\n")
    assert read(open_source(path, "customers"))[1] == [
        Refusal(2, "手机号码", "12", "bad_phone"),
        Refusal(3, "生日", "2026-13-01", "not_a_date"),
        Refusal(4, "姓名", "王\x1b芳", "control_character"),
        Refusal(5, "客户号", "", "missing_value"),
    ]


def test_a_long_value_is_cut(write: Write, read: Read) -> None:
    path = write(f"客户号,备注\nC1,{'长' * 2001}\n")
    assert read(open_source(path, "customers"))[1] == [Refusal(2, "备注", "长" * 80, "too_long")]


@pytest.mark.parametrize(
    ("amount", "reason"),
    [("", "missing_value"), ("x", "not_an_amount"), ("NaN", "not_an_amount"), ("1E400", "not_an_amount"),
     ("1_000", "not_an_amount"), ("1.005", "not_an_amount"), ("٣", "not_an_amount"),
     ("99999999999999", "amount_too_large")],
)  # fmt: skip
def test_amounts_that_are_none_are_refused(write: Write, read: Read, amount: str, reason: str) -> None:
    path = write(f"客户号,余额\nC1,{amount}\n")
    assert read(open_source(path, "balances", day=DAY))[1] == [Refusal(2, "余额", amount, reason)]


@pytest.mark.parametrize(
    ("amount", "fen"),
    [("1,234.50", 123450), ("１，２３４.５０", 123450), ("-5", -500), ("(5.00)", -500), ("￥5", 500), ("0", 0),
     ("1.5", 150), (".50", 50), ("9999999999999.99", 999_999_999_999_999)],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(write: Write, read: Read, amount: str, fen: int | None) -> None:
    path = write(f'客户号;余额\nC1;"{amount}"\n')
    assert read(open_source(path, "balances", day=DAY))[0] == [(2, "C1", fen, DAY.toordinal())]


def test_a_blank_date_is_the_given_day_or_refused(write: Write, read: Read) -> None:
    path = write("客户号,余额,日期\nC1,1,\nC2,1,2026-11-23\n")
    records = read(open_source(path, "balances", day=DAY))[0]
    assert [row[3] for row in records] == [DAY.toordinal(), DAY.toordinal() - 1]
    assert read(open_source(path, "balances"))[1] == [Refusal(2, "日期", "", "missing_date")]


def test_a_mended_looking_date_with_a_time_is_a_day(write: Write, read: Read) -> None:
    path = write("客户号,余额,日期\nC1,1,2026/11/24 10:05:00\n")
    assert read(open_source(path, "balances"))[0][0][3] == DAY.toordinal()


@pytest.mark.parametrize("cell", ["622202123456", "6222021234567890", "6222 0202 0001 2345 678", "6222-0212-3456-7890"])
def test_a_card_number_of_12_to_19_digits_is_taken_as_digits(cell: str) -> None:
    assert checks.card_no(cell) == "".join(each for each in cell if each.isdigit())


@pytest.mark.parametrize("cell", ["12345", "62220212345", "62220202000123456789", "6222 0212 3456 789X"])
def test_another_card_number_is_refused(cell: str) -> None:
    with pytest.raises(Refused) as refused:
        checks.card_no(cell)
    assert refused.value.code == "bad_card_no"
