"""How Today and the forms of acts look: in both languages and sizes, dark and light."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, busy_branch
from guanhu.tests.tui.desks import settled

Compare = Callable[..., bool]

LOOKS = {
    "zh-wide-dark": ("zh", (160, 45), {"theme": "dark"}),
    "en-wide-dark": ("en", (160, 45), {"theme": "dark"}),
    "zh-small-dark": ("zh", (80, 24), {"theme": "dark"}),
    "zh-wide-light": ("zh", (160, 45), {"theme": "light"}),
    "zh-small-ascii": ("zh", (80, 24), {"theme": "contrast", "borders": "ascii"}),
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def pressing(*keys: str) -> Callable[[Pilot[Any]], Any]:
    """Press keys and wait until all is drawn that follows the cursor."""

    async def before(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.3)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await settled(pilot, 0.3)
        for blinking in pilot.app.screen.query("Input"):
            blinking.cursor_blink = False  # type: ignore[attr-defined]
        await settled(pilot)

    return before


@pytest.mark.parametrize("look", LOOKS)
def test_today_looks_as_it_did(book: Book, tmp_path: Path, snap_compare: Compare, look: str) -> None:
    language, size, settings = LOOKS[look]
    app = app_on(book, tmp_path, language=language, **settings)
    assert snap_compare(app, terminal_size=size, run_before=pressing("n"))


@pytest.mark.parametrize("look", ["zh-small-dark", "en-wide-dark"])
@pytest.mark.parametrize("keys", ["c", "v", "x"])
def test_the_forms_of_acts_look_as_they_did(
    book: Book, tmp_path: Path, snap_compare: Compare, look: str, keys: str
) -> None:
    language, size, settings = LOOKS[look]
    app = app_on(book, tmp_path, language=language, **settings)
    assert snap_compare(app, terminal_size=size, run_before=pressing("n", keys))


def test_why_looks_as_it_did(book: Book, tmp_path: Path, snap_compare: Compare) -> None:
    app = app_on(book, tmp_path, language="zh", theme="dark")
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing("n", "w"))
