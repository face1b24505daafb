"""Text is refused, replaced, folded or quoted by what is in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.text import clean, csv_safe, fold, narrow, visible

HARMFUL = [
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b"),
    *("\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029", "\udc80"),
]


@pytest.mark.parametrize("char", [*HARMFUL, "\t", "\n", "\r"])
def test_harmful_characters_are_refused_coming_in_and_replaced_going_out(char: str) -> None:
    with pytest.raises(Refused) as refused:
        clean(f"张{char}三")
    assert refused.value.code == "control_character"
    assert refused.value.details == {"character": f"U+{ord(char):04X}", "value": "张\ufffd三"}
    assert visible(f"张{char}三") == "张\ufffd三"


def test_lines_are_kept_only_where_lines_are_asked_for() -> None:
    assert clean("一\r\n二\n三", multiline=True) == "一\n二\n三"
    assert visible("一\n二\t", multiline=True) == "一\n二\ufffd"
    for other in "\t\r\x0b\x0c\x1b\u2028":
        with pytest.raises(Refused):
            clean(f"一{other}二", multiline=True)


def test_blanks_at_the_ends_are_dropped_and_marks_composed() -> None:
    assert clean("\u3000 张三\r\n") == "张三"
    assert clean("e\u0301") == "é"


def test_a_control_at_the_end_is_no_blank() -> None:
    with pytest.raises(Refused):
        clean("张三\x1c")


@given(st.text())
def test_what_is_clean_stays_as_it_is_and_is_shown_as_it_is(text: str) -> None:
    try:
        cleaned = clean(text)
    except Refused:
        return
    assert clean(cleaned) == cleaned == visible(cleaned)
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned)


@given(st.text())
def test_what_is_shown_keeps_its_length_and_holds_no_control(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in shown)


@pytest.mark.parametrize(("one", "other"), [("ＡＢＣ", "abc"), ("Straße", "STRASSE"), ("é", "E\u0301"), ("Ａ１", "a1")])
def test_texts_that_differ_in_form_alone_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_only_full_width_ascii_is_narrowed() -> None:
    assert narrow("－１２，３４５．６７（￥）ＡＢｃ～\u3000") == "-12,345.67(￥)ABc~ "
    assert narrow("²①，。") == "²①,。"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-cmd", "@SUM", "\t=1", "\r1", "-", "+-1", "-1,2", "-1E5", "＝1", "-1\n"]
)
def test_a_formula_is_quoted(cell: str) -> None:
    assert csv_safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "张三", "-12.50", "+8613800000000", "-1,234.50", "1=1", "a@b"])
def test_numbers_and_plain_text_are_left_alone(cell: str) -> None:
    assert csv_safe(cell) == cell
