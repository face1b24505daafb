"""Sentences in lines: whole words, Chinese between any two characters, no stop at the beginning of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from guanhu.tui.widgets.prose import NEVER_FIRST, folded

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
    assert told[1] == "限。"


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
