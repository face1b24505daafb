"""What stands around every screen: the line of keys, tabs, the help, the palette, the theme in force."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.desk import ActDone, desk_of
from guanhu.tui.settings import Settings
from guanhu.tui.theme import NAMES, named_theme
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.parts import in_even_lines, in_lines
from guanhu.tui.widgets.tab_line import TabLine


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Any:
    book = busy_branch(tmp_path_factory.mktemp("branch"))
    yield book
    book.close()


def app_at(branch: Book, folder: Path, place: str = "today", language: str = "en") -> GuanhuApp:
    return GuanhuApp(branch, ME, TODAY, start=place, language=language, settings=Settings(), folder=folder)


def test_the_line_of_keys_is_filled_where_all_that_a_screen_shows_has_room(branch: Book, tmp_path: Path) -> None:
    told = {}

    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        told[pilot.app.size.width] = lines(pilot.app)[-1]

    for width in (80, 160, 200):
        drive(app_at(branch, tmp_path), steps, (width, 30))
    shown = ["c Call", "v Visit", "m Message", "Enter Open", "w Why"]
    places = [told[200].index(each) for each in shown]
    assert places == sorted(places)
    acts = ["^p Commands", "p Promise", "K Promise kept", "x Correct", "r Refer"]
    for width in (160, 200):
        places = [told[width].index(each) for each in acts]
        assert places == sorted(places), "what a screen shows stands first, then the acts that are done most"
    assert told[200].index("r Refer") < told[200].index("d Day"), "then how it is looked at"
    assert not any(key in told[200] for key in ("1 Today", "j Down")), "the bar above and the help have these"
    assert "d Day" not in told[80]
    for line in told.values():
        assert line.endswith("? Help ")
    assert cell_len(told[200].replace("? Help ", "").rstrip()) > 170


def test_what_can_be_undone_stands_in_the_line_of_a_wide_screen(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        assert "u Undo" not in lines(pilot.app)[-1]
        desk_of(pilot.app.screen).acts.append(ActDone("done", lambda _book: None))
        pilot.app.screen.refresh_bindings()
        await settled(pilot, 0.1)
        assert "u Undo" in lines(pilot.app)[-1]

    drive(app_at(branch, tmp_path), steps, (160, 30))


def test_the_theme_that_is_worn_is_ticked_however_it_came_about(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        pilot.app.theme = NAMES["light"]
        await settled(pilot)
        ticked = [line for line in lines(pilot.app) if "✓ Theme" in line]
        assert len(ticked) == 1
        assert "light" in ticked[0]
        assert any(">" in line and "Language: 中文" in line for line in lines(pilot.app)), "told without colour"

    drive(app_at(branch, tmp_path), steps)
    assert {named_theme(name) for name in NAMES.values()} == set(NAMES)


def test_the_columns_of_the_help_stand_still_while_one_searches(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        found = []
        for wanted in ("", "call", "ctrl"):
            pilot.app.screen.query_one(Input).value = wanted
            await settled(pilot)
            found += [line.index("Action") for line in lines(pilot.app) if "Keys  " in line]
        assert len(found) == 3
        assert len(set(found)) == 1
        assert any("^s" in line and "Ctrl and s" in line for line in lines(pilot.app)), "how such keys are written"

    drive(app_at(branch, tmp_path), steps, (160, 45))


def test_the_help_is_leafed_through_by_pages_while_one_can_search(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        listing = pilot.app.screen.query_one(LongList)
        began = listing.cursor
        await pilot.press("pagedown")
        await pilot.pause()
        assert listing.cursor > began + 4
        await pilot.press("pageup")
        await pilot.pause()
        assert listing.cursor == began

    drive(app_at(branch, tmp_path), steps)


@pytest.mark.parametrize("height", [12, 24, 45])
def test_the_palette_takes_the_height_that_there_is(branch: Book, tmp_path: Path, height: int) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("colon")
        await settled(pilot)
        list_, box = pilot.app.screen.query_one(OptionList).region, pilot.app.screen.query_one(".dialog").region
        assert list_.height == height - 8
        assert (list_.bottom, box.bottom) == (box.bottom - 1, height - 2), "no row is cut, no line left over"

    drive(app_at(branch, tmp_path), steps, (100, height))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("place", ["today", "log", "meeting"])
def test_at_80_columns_nothing_touches_the_edge(branch: Book, tmp_path: Path, place: str, language: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        assert lines(pilot.app)[0].rstrip() == lines(pilot.app)[0][:-1]

    drive(app_at(branch, tmp_path, place, language), steps)


def test_in_a_look_back_the_names_stand_wide_where_there_is_room(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        assert isinstance(pilot.app, GuanhuApp)
        pilot.app.look_at(TODAY.replace(day=16))
        await settled(pilot)
        bar = lines(pilot.app)[0]
        assert bar.startswith(" 1 今日  2 客户  3 我的客户日志 ")
        assert "回看 2026-11-16" in bar

    drive(app_at(branch, tmp_path, language="zh"), steps, (160, 45))


@given(at=st.integers(0, 3))
def test_tabs_stand_still_whichever_is_in_front(at: int) -> None:
    names = ("概览", "Log", "层级", "历史")
    tabs = TabLine()
    tabs._tabs, tabs._at = names, at
    tabs.get_component_rich_style = lambda *_names, **_how: ""  # type: ignore[assignment,method-assign]
    line = tabs.render().plain
    assert [line.index(name) for name in names] == [1, 7, 14, 20]
    assert f"[{names[at]}]" in line
    assert "  [" in f"  {line}", "it touches no other"


@given(words=st.lists(st.text("ab 中", min_size=1, max_size=9), min_size=1, max_size=12), width=st.integers(10, 60))
def test_parts_in_even_lines_need_no_more_lines_and_no_more_room(words: list[str], width: int) -> None:
    parts = [Text(word) for word in words]
    lines, even = list(in_lines(parts, width)), in_even_lines(parts, width)
    assert len(even) == len(lines)
    assert "".join(line.plain for line in even).replace(" ", "") == "".join(words).replace(" ", "")
    assert max(line.cell_len for line in even) <= max(width, *(part.cell_len for part in parts))
    assert max(line.cell_len for line in even) <= max(line.cell_len for line in lines)
