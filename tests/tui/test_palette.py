"""The palette finds every action and every customer by what one would type."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from guanhu.store.book import Book
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tests.tui.sample_screens import Morning, Page, app_on, screen_of, use_samples
from guanhu.tui.palette import Palette, entry, matching


@pytest.fixture(autouse=True)
def own_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    use_samples(monkeypatch)


@pytest.mark.parametrize("typed", ["电话联系", "dhlx", "dianhua", "call", "act.call", "ＣＡＬＬ"])
def test_the_palette_finds_an_action_by_every_name(book: Book, tmp_path: Path, typed: str) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        morning = screen_of(pilot, Morning)
        await pilot.press("ctrl+p")
        palette = screen_of(pilot, Palette)
        palette.query_one(Input).value = typed
        await settled(pilot, 0.15)
        await pilot.press("enter")
        await settled(pilot)
        assert morning.calls == 1

    drive(app_on(book, tmp_path), steps)


@pytest.mark.parametrize("typed", ["zw", "张伟", "zhangwei", "C1", "8001"])
def test_the_palette_finds_a_customer_and_opens_the_page(book: Book, tmp_path: Path, typed: str) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p")
        palette = screen_of(pilot, Palette)
        palette.query_one(Input).value = typed
        await settled(pilot, 0.15)
        options = palette.query_one(OptionList)
        at = next(n for n, each in enumerate(palette._shown) if each.words.endswith(" C1"))
        assert "123.5" in palette._shown[at].aside
        options.highlighted = at
        await pilot.press("enter")
        await settled(pilot)
        assert screen_of(pilot, Page).customer_no == "C1"
        assert " C1 " in lines(pilot.app)[0]
        await pilot.press("escape")
        await settled(pilot)
        screen_of(pilot, Morning)

    drive(app_on(book, tmp_path), steps)


def test_the_palette_says_when_nothing_is_found_and_opens_once(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p", "ctrl+p", *"[b]qqq")
        await settled(pilot, 0.15)
        assert len(pilot.app.screen_stack) == 2
        assert any("Nothing found." in line for line in lines(pilot.app))
        await pilot.press("enter")
        await pilot.press("escape")
        await settled(pilot)
        screen_of(pilot, Morning)

    drive(app_on(book, tmp_path), steps)


def test_the_best_match_stands_first() -> None:
    named = (("a.b", "Message"), ("c.d", "Visit"), ("e.f", "Save"))
    entries = [entry(name, words, "", lambda: None) for name, words in named]
    assert [each.words for each in matching(entries, "bf")] == ["Visit"]
    assert matching(entries, "s")[0].words == "Save"
    assert matching(entries, " ") == entries
