"""Tables, CSV and help pages: measured in cells, harmless, and loyal to the amounts."""

import io
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from guanhu.commands.help import wrapped
from guanhu.commands.output import Column, cell, csv_table, shape, table
from guanhu.domain.money import parse_yuan
from guanhu.language import choose

NASTY = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)


@pytest.fixture(autouse=True)
def english() -> None:
    choose("en")


def printed(columns: list[Column], rows: list[dict[str, object]], *, csv: bool = False) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        (csv_table if csv else table)(columns, rows)
    return out.getvalue()


@given(fen=st.integers(-(10**15), 10**15))
def test_an_amount_in_csv_is_read_back_as_the_same_fen(fen: int) -> None:
    text = printed([Column("aum_fen", "AUM", "fen")], [{"aum_fen": fen}], csv=True)
    header, value = text.splitlines()
    assert header == "aum_yuan"
    assert parse_yuan(value) == fen


@given(NASTY)
def test_a_cell_is_one_line_without_anything_that_a_terminal_obeys(text: str) -> None:
    shown = cell(Column("note", "note"), text)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    assert "[red]x[/red]" in printed([Column("a", "a")], [{"a": "[red]x[/red]"}])


@pytest.mark.parametrize("text", ["=1+1", "@x", "+cmd", "-2+3"])
def test_no_cell_of_csv_is_taken_for_a_formula(text: str) -> None:
    assert printed([Column("a", "a")], [{"a": text}], csv=True).splitlines()[1] == f"'{text}"


def test_columns_stand_under_each_other_in_chinese_too() -> None:
    columns = [Column("name", "姓名"), Column("aum_fen", "AUM", "fen")]
    lines = printed(columns, [{"name": "欧阳修文", "aum_fen": 1}, {"name": "Li", "aum_fen": 12345678}]).splitlines()
    assert len({cell_len(line) for line in lines}) == 1


def test_true_and_nothing_and_lists_have_their_forms_in_csv() -> None:
    columns = [Column(name, name) for name in "abc"]
    assert printed(columns, [{"a": True, "b": None, "c": ("x", "y")}], csv=True).splitlines()[1] == "true,,x;y"
    named = {"outlet": "01", "staff": "S1"}
    assert printed(columns, [{"a": 1, "b": named, "c": ()}], csv=True).splitlines()[1] == "1,outlet=01;staff=S1,"


def test_two_shapes_at_once_are_a_slip() -> None:
    with pytest.raises(Exception, match="--json and --csv"):
        shape(True, True)


@given(st.text(alphabet="ab 中文，。", max_size=80), st.integers(6, 40))
def test_wrapped_text_keeps_within_its_width_and_loses_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((cell_len(word) for word in text.replace("中", " ").replace("文", " ").split()), default=0)
    assert all(cell_len(line) <= max(width, longest + 2) for line in lines)


def test_no_line_begins_with_chinese_punctuation() -> None:
    lines = wrapped("按客户号、姓名、拼音或首字母、电话、证件号码查找客户。", 10)
    assert not any(line[0] in "，。、；" for line in lines)
