"""How the customers' screens look: pictures of them in both languages, at both sizes, dark and light."""

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, busy_branch
from guanhu.tests.tui.desks import settled

LARGE, SMALL = (160, 45), (80, 24)
LOOKS = (("zh", LARGE, "dark"), ("en", LARGE, "dark"), ("zh", SMALL, "dark"), ("zh", LARGE, "light"))
TABS = {"log": 1, "balances": 2, "tiers": 3, "duties": 4, "profile": 5, "history": 6}
FOLLOWS = 0.15
Compare = Callable[..., bool]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The branch with work to do; nothing here writes."""
    opened = busy_branch(tmp_path_factory.mktemp("looks"))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times are shown as the machine's clock has them."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


def pressing(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def before(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await settled(pilot, FOLLOWS)

    return before


def looks(snap_compare: Compare, book: Book, folder: Path, look: tuple[str, tuple[int, int], str], *keys: str) -> bool:
    language, size, theme = look
    app = app_on(book, folder, language=language, start="customers", theme=theme)
    return snap_compare(app, terminal_size=size, run_before=pressing(*keys))


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_the_list(snap_compare: Compare, book: Book, tmp_path: Path, look: tuple[str, tuple[int, int], str]) -> None:
    assert looks(snap_compare, book, tmp_path, look, "j", "space")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}-{look[2]}")
def test_the_page(snap_compare: Compare, book: Book, tmp_path: Path, look: tuple[str, tuple[int, int], str]) -> None:
    assert looks(snap_compare, book, tmp_path, look, "j", "enter")


@pytest.mark.parametrize("tab", TABS)
def test_a_tab(snap_compare: Compare, book: Book, tmp_path: Path, tab: str) -> None:
    assert looks(snap_compare, book, tmp_path, LOOKS[0], "j", "enter", *["l"] * TABS[tab])


def test_the_filter(snap_compare: Compare, book: Book, tmp_path: Path) -> None:
    assert looks(snap_compare, book, tmp_path, LOOKS[2], "f")
