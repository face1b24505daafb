"""The interface around the screens: places, palette, help, jump keys, settings, undo."""

from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList

from guanhu import language
from guanhu.commands import bare
from guanhu.commands.failing import FAULT, guarded
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, drive, lines, settled, standing_at
from guanhu.tests.tui.sample_screens import Evening, Morning, NoBook, app_on, screen_of, use_samples
from guanhu.tui.app import GuanhuApp
from guanhu.tui.desk import ActDone
from guanhu.tui.jumper import Jumper
from guanhu.tui.screens.help import HelpScreen
from guanhu.tui.settings import Settings, read_settings
from guanhu.tui.widgets.dialogs import Confirm
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture(autouse=True)
def own_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    use_samples(monkeypatch)


def test_the_first_frame_is_the_first_place_with_who_and_when_above(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        first, last = lines(pilot.app)[0], lines(pilot.app)[-1]
        assert first.startswith(" 1 Today  2 Customers ")
        assert first.rstrip().endswith("营业部 王芳  2026-11-24 Tue")
        assert last.startswith(" c Call ")
        assert last.endswith(" ? Help ")

    drive(app_on(book, tmp_path), steps)


def test_digits_lead_to_places_and_back_and_screens_keep_their_state(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("j", "j", "2")
        await settled(pilot)
        screen_of(pilot, Evening)
        await pilot.press("１")
        await settled(pilot)
        assert screen_of(pilot, Morning).query_one(LongList).cursor == 2
        await pilot.click("TopBar", offset=(12, 0))
        await settled(pilot)
        screen_of(pilot, Evening)

    drive(app_on(book, tmp_path), steps)


def test_without_a_book_it_opens_at_the_first_start_and_then_in_the_book(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen_of(pilot, NoBook)
        await pilot.press("2")
        screen_of(pilot, NoBook)
        assert isinstance(pilot.app, GuanhuApp)
        pilot.app.open_book(book, STAFF)
        await settled(pilot)
        screen_of(pilot, Morning)
        assert "王芳" in lines(pilot.app)[0]

    drive(app_on(None, tmp_path), steps)


def test_help_says_what_the_signs_mean_and_how_a_key_is_changed(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("?")
        await settled(pilot)
        assert any('write "act.call" = "f3" under [keys]' in line for line in lines(pilot.app))
        assert any("keys.toml" in line for line in lines(pilot.app))
        screen_of(pilot, HelpScreen).query_one(Input).value = "overdue"
        await settled(pilot)
        assert any("!" in line and "owed to the file" in line for line in lines(pilot.app))

    drive(app_on(book, tmp_path), steps)


def test_a_new_notice_takes_the_place_of_the_last_one_and_covers_no_key(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        before = lines(pilot.app)
        pilot.app.notify("the first", markup=False)
        await settled(pilot)
        pilot.app.notify("the second", markup=False)
        await settled(pilot, 0.1)
        shown = lines(pilot.app)
        assert "the second" in shown[-2]
        assert shown[-1] == before[-1]
        assert not any("the first" in line for line in shown)
        pilot.app.clear_notifications()
        await settled(pilot, 0.1)
        assert lines(pilot.app) == before

    drive(app_on(book, tmp_path), steps, notices=True)


def test_help_shows_the_keys_of_the_screen_first_and_can_be_searched(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("?")
        await settled(pilot)
        help_ = screen_of(pilot, HelpScreen)
        assert standing_at(pilot.app, "Here")[0] < standing_at(pilot.app, "act.call")[0]
        help_.query_one(Input).value = "撤销"
        await settled(pilot)
        rows = [help_.query_one(LongList).row_at(n) for n in range(help_.query_one(LongList).rows)]
        assert [row.item.name for row in rows if not row.heading] == ["app.undo"]
        await pilot.press("escape")
        await settled(pilot)
        screen_of(pilot, Morning)

    drive(app_on(book, tmp_path), steps)


def test_jump_keys_lead_to_what_they_stand_on(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.focused, LongList)
        await pilot.press(";")
        await settled(pilot)
        screen_of(pilot, Jumper)
        assert lines(pilot.app)[1].startswith("aSearch"), "no word is covered"
        assert "Press a letter to go there; any other key leaves." in lines(pilot.app)[-1]
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(pilot.app.focused, Input)
        await pilot.press("ctrl+o", "escape")
        await settled(pilot)
        screen_of(pilot, Morning)

    drive(app_on(book, tmp_path), steps)


def test_settings_hold_at_once_and_are_kept(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("2", "j", "j", "j", "f2")
        await settled(pilot)
        for at in (0, 4, 7):
            pilot.app.screen.query_one(OptionList).highlighted = at
            await pilot.press("enter")
            await settled(pilot)
        assert language.current() == "zh"
        assert pilot.app.theme == "guanhu-light"
        assert pilot.app.has_class("-ascii")
        assert read_settings(tmp_path / "config") == Settings("zh", "light", "ascii")
        await pilot.press("escape")
        await settled(pilot)
        assert lines(pilot.app)[0].startswith(" 1 今日  2 客户 ")
        assert "客户" in lines(pilot.app)[2]
        assert isinstance(pilot.app.focused, LongList)
        await pilot.press("1")
        await settled(pilot)
        assert "搜索" in lines(pilot.app)[1]

    drive(app_on(book, tmp_path), steps)


def test_settings_that_cannot_be_written_hold_for_this_time(book: Book, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", "utf-8")

    async def steps(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, GuanhuApp)
        pilot.app.apply(Settings(language="en", theme="contrast"))
        await settled(pilot)
        assert pilot.app.theme == "guanhu-contrast"
        assert len(list(pilot.app._notifications)) == 1

    drive(app_on(book, tmp_path), steps)


def test_undo_asks_and_then_corrects(book: Book, tmp_path: Path) -> None:
    undone: list[Book] = []

    async def steps(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, GuanhuApp)
        await pilot.press("u")
        assert not undone
        pilot.app.acts.append(ActDone("[b]Call 张伟", undone.append))
        await pilot.press("u")
        await settled(pilot)
        screen_of(pilot, Confirm)
        assert any("[b]Call 张伟" in line for line in lines(pilot.app))
        await pilot.press("n", "u")
        await settled(pilot)
        assert not undone
        await pilot.press("y")
        await settled(pilot)
        assert undone == [book]
        assert pilot.app.last_act is None

    drive(app_on(book, tmp_path), steps)


def test_a_dialog_is_not_left_by_a_place_key(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(Confirm("Sure?"))
        await settled(pilot)
        await pilot.press("2", "ctrl+p", "?")
        await settled(pilot)
        screen_of(pilot, Confirm)

    drive(app_on(book, tmp_path), steps)


def test_the_row_under_the_cursor_is_copied(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("j", "y")
        await settled(pilot)
        assert pilot.app.clipboard == "1"

    drive(app_on(book, tmp_path), steps)


def test_the_bar_above_says_that_a_day_ahead_of_the_book_is_provisional(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, GuanhuApp)
        pilot.app.look_at(TODAY.replace(day=30))
        await settled(pilot)
        assert "As of 2026-11-30 | provisional | read-only" in lines(pilot.app)[0]

    drive(app_on(book, tmp_path), steps, size=(120, 24))


@pytest.mark.parametrize("width", [30, 60, 80, 160])
def test_the_bars_fill_any_width(book: Book, tmp_path: Path, width: int) -> None:
    from rich.cells import cell_len

    async def steps(pilot: Pilot[None]) -> None:
        assert {cell_len(line) for line in lines(pilot.app)} == {width}
        assert lines(pilot.app)[-1].endswith("帮助 ")

    drive(app_on(book, tmp_path, language="zh"), steps, size=(width, 24))


def test_no_color_tells_the_cursor_by_reverse(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def steps(pilot: Pilot[None]) -> None:
        list_ = pilot.app.screen.query_one(LongList)
        assert list_.get_component_rich_style("long-list--cursor").reverse
        assert list_.render_line(1).text.startswith("> ")

    drive(app_on(book, tmp_path), steps)


def test_a_screen_that_fails_ends_in_one_sentence_and_a_code_of_its_own(
    book: Book, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken(Screen[None]):
        def on_mount(self) -> None:
            customer = "张伟"
            raise RuntimeError(f"{len(customer)} characters")

    app = app_on(book, tmp_path)
    app.run = partial(app.run, headless=True)  # type: ignore[method-assign]
    app.call_later(app.push_screen, Broken())

    def work() -> int:
        bare._work(app)
        return 0

    assert guarded(work, as_json=False) == FAULT
    out, err = capfd.readouterr()
    assert (out, len(err.strip().splitlines())) == ("", 1)
    assert "RuntimeError" in err
    assert "张伟" not in err
