"""What happens when a screen or a form comes up happens once: Textual itself calls the handlers of all base classes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, busy_branch
from guanhu.tests.tui.desks import drive, settled
from guanhu.tui.acts.contacts import ContactForm
from guanhu.tui.places import PLACES, Place

TUI = Path(__file__).parents[2] / "tui"
AGAIN = re.compile(r"super\(\)\._?on_(?!event\b)\w+\(")
"""A handler called by hand; `on_event` is none, but what calls them."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def test_no_handler_calls_the_one_that_textual_calls_too() -> None:
    sources = {path: path.read_text("utf-8") for path in TUI.rglob("*.py")}
    assert len(sources) > 100
    assert [path.name for path, text in sources.items() if AGAIN.search(text)] == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_a_place_asks_once_for_what_it_shows(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    screen, asked = type(place.open()), list[str]()
    load = screen.load

    def counted(self: Any) -> None:
        asked.append(place.id)
        load(self)

    monkeypatch.setattr(screen, "load", counted)

    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.05)
        assert asked == [place.id]

    drive(app_on(book, tmp_path, start=place.id), steps)


def test_a_form_learns_once_what_it_proposes_and_follows_its_fields_once(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[str]()
    for name in ("prepare", "watch_fields"):
        before = getattr(ContactForm, name)

        def counted(self: Any, *args: Any, name: str = name, before: Any = before) -> Any:
            done.append(name)
            return before(self, *args)

        monkeypatch.setattr(ContactForm, name, counted)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("c")
        await settled(pilot, 0.05)
        assert isinstance(pilot.app.screen, ContactForm)
        assert sorted(done) == ["prepare", "watch_fields"]

    drive(app_on(book, tmp_path), steps)
