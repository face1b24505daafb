"""Amounts are read exactly or refused, and written as they are read."""

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.money import LIMIT, Unit, format_wan, format_yuan, more_than_nothing, parse_yuan

amounts = st.integers(-LIMIT, LIMIT)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("12.3400000", 1234),
        ("5.", 500),
        (".5", 50),
        (".50", 50),
        ("-0.01", -1),
        ("+5", 500),
        ("1,234.50", 123450),
        ("1,2345,6789", 12345678900),
        ("(123.45)", -12345),
        ("(￥1,234)", -123400),
        ("（１，２３４．５）", -123450),
        ("￥1,234.00", 123400),
        ("¥-5", -500),
        ("-¥5", -500),
        ("−5元", -500),
        ("１２３．４５元", 12345),
        (" 5\u3000", 500),
        ("\u00a05", 500),
        ("0" * 5000 + "7", 700),
        ("10000000000000.00", LIMIT),
        ("-10000000000000", -LIMIT),
    ],
)
def test_an_amount_in_yuan_is_read_as_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("1.5", "wan", 1_500_000),
        ("1.5万元", "wan", 1_500_000),
        ("1.2345670", "wan", 1_234_567),
        ("0.000001万", "wan", 1),
        ("1.5亿", "yi", 15_000_000_000),
        ("0.0000000001", "yi", 1),
        ("-100000", "yi", -LIMIT),
    ],
)
def test_the_unit_of_the_column_scales_exactly(text: str, unit: Unit, fen: int) -> None:
    assert parse_yuan(text, unit=unit) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", ".", "¥", "()", "-.", "元", "--5", "+-5", "-¥-5", "(-5)", "(5", "5)", "5-"),
        *("NaN", "Infinity", "1E400", "1e3", "0x10", "1_000", "½", "²", "①", "٣", "१२", "〇", "十"),
        *("12.345", "1.5万", "1.5亿", "1 000", "1.2.3", "5%", "$5", "1\n2", "=1"),
        *("1,50", "1,234,", ",5", "1,,234", "1.234,50", "1,23456"),
    ],
)
def test_anything_else_is_not_an_amount(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_yuan(text)
    assert refused.value.code == "not_an_amount"


@pytest.mark.parametrize(("text", "unit"), [("1.5元", "wan"), ("1.5万元", "yi"), ("0.0000001", "wan")])
def test_a_suffix_of_another_unit_or_a_part_of_a_fen_is_refused(text: str, unit: Unit) -> None:
    with pytest.raises(Refused, match="not_an_amount"):
        parse_yuan(text, unit=unit)


@pytest.mark.parametrize("text", ["10000000000000.01", "(10,000,000,000,001)", "9" * 14, "9" * 5000])
def test_an_amount_beyond_the_bound_is_too_large(text: str) -> None:
    with pytest.raises(Refused, match="amount_too_large"):
        parse_yuan(text)


def test_a_refusal_quotes_no_control_character() -> None:
    with pytest.raises(Refused) as refused:
        parse_yuan("\x1b[2J5")
    assert refused.value.details == {"value": "\ufffd[2J5"}


@given(amounts)
def test_the_amount_of_an_act_is_more_than_nothing(fen: int) -> None:
    if fen > 0:
        assert more_than_nothing(fen) == fen
    else:
        with pytest.raises(Refused, match="not_positive"):
            more_than_nothing(fen)


@given(amounts)
def test_what_is_written_is_read_back(fen: int) -> None:
    written = format_yuan(fen)
    assert parse_yuan(written) == parse_yuan(written.replace(",", "")) == fen
    assert parse_yuan(format_wan(fen, 6), unit="wan") == fen


@given(st.text("0123456789.,-+()元¥￥１．，（） eE_N", max_size=20))
def test_nothing_is_read_that_a_plain_number_does_not_say(text: str) -> None:
    try:
        fen = parse_yuan(text)
    except Refused:
        return
    bare = text.translate(str.maketrans("１．，（）￥", "1.,()¥")).strip(" ")
    assert re.fullmatch(r"[-+¥(]{0,3}[0-9,]*\.?[0-9]*元?\)?", bare)
    assert abs(fen) == Decimal(re.sub(r"[^0-9.]", "", bare)) * 100
    assert fen == 0 or (fen < 0) == bool({"-", "("} & set(bare))


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert abs(parse_yuan(text)) <= LIMIT


@pytest.mark.parametrize(
    ("fen", "places", "written"),
    [
        (12_345, 2, "0.01"),
        (5_000, 2, "0.01"),
        (4_999, 2, "0.00"),
        (-4_999, 2, "0.00"),
        (-5_000, 2, "-0.01"),
        (999_995_000, 2, "1,000.00"),
        (1_500_000, 0, "2"),
        (-123_456_789, 4, "-123.4568"),
        (LIMIT, 2, "1,000,000,000.00"),
    ],
)
def test_ten_thousands_are_rounded_half_away_from_zero(fen: int, places: int, written: str) -> None:
    assert format_wan(fen, places) == written


def test_yuan_keep_both_decimals_and_the_sign() -> None:
    assert [format_yuan(fen) for fen in (0, 5, -5, 1_234_567)] == ["0.00", "0.05", "-0.05", "12,345.67"]
