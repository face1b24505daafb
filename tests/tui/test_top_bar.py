"""The bar above: no key without its name, and where the others are to be read."""

import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.text import Text
from textual.pilot import Pilot

from guanhu.language import _
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.places import PLACES
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.parts import in_lines
from guanhu.tui.widgets.top_bar import TopBar

KEYS = dict(zip((place.id for place in PLACES), "123456789FZ", strict=True))


def at_place(book: Book, folder: Path, language: str, size: tuple[int, int], place: str) -> str:
    """The bar of a place."""
    shown = []

    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        shown.append(pilot.app.screen.query_one(TopBar).render().plain)

    drive(
        GuanhuApp(book, STAFF, TODAY, language=language, start=place, settings=Settings(), folder=folder), steps, size
    )
    return shown[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("place", ["today", "replay"])
def test_no_key_stands_without_a_name(book: Book, tmp_path: Path, language: str, width: int, place: str) -> None:
    bar = at_place(book, tmp_path, language, (width, 24), place)
    assert cell_len(bar) <= width
    told = [each for each in PLACES if re.search(f" {KEYS[each.id]} ?({_(each.words)}|{_(each.short)})", bar)]
    keys = re.findall(r"(?<= )[1-9FZ](?= |[^\x00-\x7f])", bar)
    assert len(told) == len(keys), bar
    assert place in {each.id for each in told}, "the place stood on has its name"
    assert (f"? {_('more')}" in bar) == (len(told) < len(PLACES))


def test_at_80_columns_all_places_have_their_chinese_names(book: Book, tmp_path: Path) -> None:
    bar = at_place(book, tmp_path, "zh", (80, 24), "today")
    assert all(KEYS[each.id] in bar for each in PLACES)
    assert "王芳" in bar


def test_the_help_names_every_place_with_its_key(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        shown = "\n".join(lines(pilot.app))
        assert all(f"{KEYS[each.id]} {_(each.words)}" in shown for each in PLACES)

    app = GuanhuApp(book, STAFF, TODAY, language="en", settings=Settings(), folder=tmp_path)
    drive(app, steps, (80, 24))


def test_parts_are_never_broken() -> None:
    parts = [Text(word) for word in ("one two", "三四", "five six seven")]
    assert [line.plain for line in in_lines(parts, 14)] == ["one two  三四", "five six seven"]
    assert [line.plain for line in in_lines(parts, 3)] == ["one two", "三四", "five six seven"]


def test_the_name_of_what_is_open_does_not_touch_a_place(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        shown = pilot.app.screen.query_one(TopBar).render()
        opened = max(shown.spans, key=lambda span: span.start if "bold" in str(span.style) else -1)
        assert shown.plain[opened.start - 1] == " "
        assert shown.plain[opened.start] != " "

    drive(GuanhuApp(book, STAFF, TODAY, language="zh", settings=Settings(), folder=tmp_path), steps, (80, 24))
