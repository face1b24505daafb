"""Sentences in lines: whole words, Chinese between any two characters, no stop at the beginning of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from guanhu.tui.widgets.breaking import HANG, NEVER_FIRST
from guanhu.tui.widgets.prose import folded

TEXT = st.text("张伟客户，。、（）AUM word 12-3/4 ", max_size=80)


def lines(text: str, width: int) -> list[str]:
    return folded(Content(text), width).plain.split("\n")


@given(TEXT, st.integers(8, 60))
def test_no_line_is_too_long_and_nothing_is_lost(text: str, width: int) -> None:
    text = text.strip()
    told = lines(text, width)
    assert all(cell_len(line) <= width for line in told)
    assert "".join(told).replace(" ", "") == text.replace(" ", "")


def test_a_stop_stays_with_what_it_ends() -> None:
    told = lines("条件成立期间一直有效，不设期限。", 30)
    assert len(told) == 2
    assert told[1] == "期限。"


def test_a_chinese_sentence_begins_on_the_line_of_the_word_before_it() -> None:
    assert lines("AUM 达到五万元及以上的客户", 14)[0] == "AUM 达到五万元"


def test_an_indented_line_wraps_with_its_indent() -> None:
    assert lines("  one two three", 9) == ["  one two", "  three"]


@pytest.mark.parametrize("stop", sorted(NEVER_FIRST - set(".,;:!?%)")))
def test_no_line_begins_with_a_stop(stop: str) -> None:
    told = lines(f"客户经理{stop}网点负责人{stop}", 8)
    assert not any(line.startswith(stop) for line in told)


def test_styles_stay_with_their_words() -> None:
    told = folded(Content.assemble("客户经理", ("主管", "bold")), 8)
    assert [(span.start, span.end) for span in told.spans if span.style == "bold"] == [(5, 7)]


@pytest.mark.parametrize("sign", ["!", "▸", "✓", "o"])
def test_a_line_goes_on_where_the_text_behind_its_sign_begins(sign: str) -> None:
    told = lines(f"{sign} 资金异动跟进 减少十九万", 18)
    assert len(told) == 2
    assert told[1].startswith("  ")
    assert told[1][2] != " "


def test_a_line_goes_on_where_it_is_told_to_hang() -> None:
    assert lines(f"时限  {HANG}客户新分配给管户", 14) == ["时限  客户新分", "      配给管户"]


@pytest.mark.parametrize(("text", "width", "whole"), [
    ("11-23 减少 19.0万，余 324.0万", 25, "324.0万"),
    ("birthday 1970-11-26  (in 2 days)", 28, "(in 2 days)"),
    ("floor 50.00 wan and 110.00 wan short", 27, "110.00 wan"),
    ("完成期限是产品到期后 10 个工作日", 23, "10 个"),
    ("期间电话 9 -> 11，折合每月", 14, "9 -> 11"),
])  # fmt: skip
def test_a_number_stays_with_its_unit(text: str, width: int, whole: str) -> None:
    assert whole in folded(Content(text), width).plain


def test_the_last_line_holds_no_lone_word_while_another_can_be_spared() -> None:
    assert lines("一二三四五六七八九", 16) == ["一二三四五六七", "八九"]
    assert lines("short of the next tier", 18) == ["short of the", "next tier"]


def test_parts_are_kept_whole_where_no_line_is_left_half_empty() -> None:
    assert lines("资金异动跟进  11-24 到期  减少十九万", 30) == ["资金异动跟进  11-24 到期", "减少十九万"]


def test_no_item_of_a_list_is_broken_where_the_line_is_nearly_full() -> None:
    assert lines("缺：生日、地址、电话号码、性别", 18) == ["缺：生日、地址、", "电话号码、性别"]


def test_a_date_stays_with_the_word_before_it() -> None:
    assert lines("▸ birthday greeting  until 11-25  birthday", 37) == ["▸ birthday greeting", "  until 11-25  birthday"]
