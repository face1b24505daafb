"""What the interface is drawn with: cells, signs, themes, settings."""

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.theme import Theme

from guanhu.tui.cells import CUT, days_away, fit, wan
from guanhu.tui.settings import Settings, read_settings, write_settings
from guanhu.tui.signs import LINE, PLAIN, STYLES, Signs, state
from guanhu.tui.theme import themes
from guanhu.tui.widgets.columns import Column, place

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXT, st.integers(0, 60), st.sampled_from(["left", "right", "center"]))
def test_a_fitted_text_has_exactly_its_cells(text: str, width: int, align: str) -> None:
    assert cell_len(fit(text, width, align)) == width


def test_a_cut_text_says_so() -> None:
    assert fit("中国工商银行营业部", 12) == "中国工商银" + CUT


def test_control_characters_are_never_drawn() -> None:
    assert "\x1b" not in fit("a\x1b[31mb", 20)


def test_amounts_are_in_ten_thousands_and_nothing_is_nothing() -> None:
    assert (wan(123_456_700), wan(None), wan(0)) == ("123.5", "", "0.0")


def test_days_are_counted_from_today() -> None:
    today = date(2026, 11, 24)
    said = [days_away(today + timedelta(days=n), today) for n in (-3, 0, 1, 5)]
    assert said == ["3 days ago", "today", "tomorrow", "in 5 days"]


@pytest.mark.parametrize("signs", [LINE, PLAIN])
def test_every_sign_is_one_cell_wide_in_every_console(signs: Signs) -> None:
    for name in set(Signs.__struct_fields__) - {"more"}:
        sign = getattr(signs, name)
        assert len(sign) == 1
        assert unicodedata.east_asian_width(sign) in ("N", "Na"), name


def test_the_signs_of_plain_consoles_are_ascii() -> None:
    assert all(str(getattr(PLAIN, name)).isascii() for name in PLAIN.__struct_fields__)


def test_states_differ_by_sign_not_only_by_colour() -> None:
    for signs in (LINE, PLAIN):
        assert len({state(status, signs)[0] for status in STYLES}) == len(STYLES)


def colours() -> list[tuple[str, str, Color, Color]]:
    """Theme, name, ink and ground of every colour that text is written in."""
    found = []
    for theme in themes():
        named = theme.variables
        ground = Color.parse(theme.background or "")
        inks = dict.fromkeys(("late", "soon", "good", "muted", "marked", "key"), ground)
        inks |= {"on-bar": Color.parse(named["bar"]), "on-cursor": Color.parse(named["cursor"])}
        found += [(theme.name, name, Color.parse(named[name]), on) for name, on in inks.items()]
    return found


def luminance(colour: Color) -> float:
    """Relative luminance, WCAG 2."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(("theme", "name", "ink", "ground"), colours())
def test_every_colour_can_be_read(theme: str, name: str, ink: Color, ground: Color) -> None:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


# How the common kinds of colour blindness see (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN_BY = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
}


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_late_and_good_differ_for_every_kind_of_eyes(theme: Theme, eyes: str) -> None:
    def seen(name: str) -> tuple[float, ...]:
        rgb = Color.parse(theme.variables[name]).normalized
        return tuple(sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in SEEN_BY[eyes])

    distance = sum((a - b) ** 2 for a, b in zip(seen("late"), seen("good"), strict=True)) ** 0.5
    assert distance > 0.25


def test_settings_are_kept_and_read_again(tmp_path: Path) -> None:
    settings = Settings(language="zh", theme="light", borders="ascii")
    write_settings(tmp_path / "new", settings)
    assert read_settings(tmp_path / "new") == settings


@pytest.mark.parametrize("line", ["", "theme = 3", 'theme = "pink"', 'colour = "red"'])
def test_a_setting_that_is_wrong_is_as_it_comes_and_the_others_count(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.toml").write_text(f'{line}\nborders = "ascii"\n', "utf-8")
    assert read_settings(tmp_path) == Settings(borders="ascii")


@pytest.mark.parametrize("text", ["[theme", "\x00", "= 1"])
def test_a_settings_file_that_is_no_toml_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    assert read_settings(tmp_path) == Settings()


def column(n: int, width: int, more: int, flex: int, priority: int) -> Column:
    """A column that may grow by `more` cells (0: as it likes)."""
    return Column(str(n), "", str, width, width + more if more else 0, flex, priority=priority)


COLUMNS = st.lists(
    st.builds(
        column, st.integers(), st.integers(1, 30), st.integers(0, 20), st.integers(0, 3), st.integers(0, 3),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@given(COLUMNS, st.integers(1, 200))
def test_columns_never_overlap_nor_leave_the_line(columns: list[Column], room: int) -> None:
    placed = place(columns, room, 2)
    at = 2
    for each in placed:
        assert each.start >= at
        at = each.start + each.width
    assert at <= room + 2


@given(COLUMNS, st.integers(1, 200))
def test_columns_give_way_by_priority(columns: list[Column], room: int) -> None:
    shown = [each.column for each in place(columns, room)]
    gone = [column for column in columns if not any(column is each for each in shown)]
    if gone and sum(column.width for column in columns if not column.priority) + len(columns) <= room:
        assert max((column.priority for column in shown), default=0) <= min(column.priority for column in gone)


def test_spare_room_is_given_by_flex_up_to_the_widest() -> None:
    columns = [Column("a", "", str, 10, 12, 1), Column("b", "", str, 10, 0, 1), Column("c", "", str, 10)]
    assert [each.width for each in place(columns, 60)] == [12, 34, 10]
