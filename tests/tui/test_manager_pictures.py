"""How the log, the outlet and the meeting sheet look, in both languages and sizes, dark and light."""

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.acts import log_contact
from guanhu.store.assigning import release
from guanhu.store.book import Book
from guanhu.store.posts import arrange_leave
from guanhu.tests.books import day, stated
from guanhu.tests.tui.branch import ME, TODAY, app_on, busy_branch
from guanhu.tests.tui.desks import settled

LOOKS = (("zh", (160, 45), "dark"), ("en", (160, 45), "dark"), ("zh", (80, 24), "dark"), ("zh", (160, 45), "light"))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """The branch of the other tests, with a customer who rose, one who waits, and somebody away."""
    found = busy_branch(tmp_path)
    stated(found, "2026-11-24", {"20005": 300_000})
    release(found, "20003", ME, TODAY, by=ME)
    arrange_leave(found, "R2", ME, TODAY, day("2026-11-27"), by=ME)
    log_contact(found, "20001", "phone", "reached_success", TODAY, note="约周五见面", next_on=day("2026-11-27"), by=ME)
    return found


@pytest.mark.parametrize("place", ["log", "outlet", "meeting"])
@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
def test_looks(
    place: str, language: str, size: tuple[int, int], theme: str, book: Book, tmp_path: Path, snap_compare: Any
) -> None:
    async def ready(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.2)

    app = app_on(book, tmp_path, language=language, start=place, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=ready)
