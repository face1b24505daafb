"""Pictures of the scheme, the counter, the first start and the import, in both languages and sizes."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.tui.branch import TODAY, busy_branch
from guanhu.tests.tui.desks import settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.beginning import Beginning
from guanhu.tui.screens.importing import ImportScreen
from guanhu.tui.settings import Settings

SIZES = {"small": (80, 24), "large": (160, 45)}
LOOKS = (("zh", "large", "dark"), ("en", "large", "dark"), ("zh", "small", "dark"), ("zh", "large", "light"))
TELLER = "T1"


@pytest.fixture(autouse=True)
def in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The counter's tally tells times by the clock of the place."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = busy_branch(tmp_path)
    book.staff = TELLER
    yield book
    book.close()


def app_on(book: Book | None, tmp_path: Path, look: tuple[str, str, str], start: str = "scheme") -> GuanhuApp:
    language, _size, theme = look
    settings = Settings(language=language, theme=theme)  # type: ignore[arg-type]
    beginning = Beginning(Path("/data/guanhu/book.db"), lambda _tell: pytest.fail("nobody asked for the demo"))
    return GuanhuApp(
        book, TELLER if book else "", TODAY, start=start, settings=settings, folder=tmp_path / "config",
        beginning=beginning,
    )  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_scheme(look: tuple[str, str, str], branch: Book, tmp_path: Path, snap_compare: Any) -> None:
    async def ready(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press(*["j"] * 8)
        await settled(pilot)

    assert snap_compare(app_on(branch, tmp_path, look), terminal_size=SIZES[look[1]], run_before=ready)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_counter(look: tuple[str, str, str], branch: Book, tmp_path: Path, snap_compare: Any) -> None:
    async def ready(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press(*"2000", "enter", "j", "j")
        await settled(pilot, 0.2)

    app = app_on(branch, tmp_path, look, start="counter")
    assert snap_compare(app, terminal_size=SIZES[look[1]], run_before=ready)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_first_start(look: tuple[str, str, str], tmp_path: Path, snap_compare: Any) -> None:
    async def ready(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("down")
        await settled(pilot)

    assert snap_compare(app_on(None, tmp_path, look), terminal_size=SIZES[look[1]], run_before=ready)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_the_import_of_a_file(
    look: tuple[str, str, str], branch: Book, tmp_path: Path, snap_compare: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    rows = [
        "20001,张伟,13800138001,1900000,2026-11-24",
        "20091,新客户,12,5000,2026-11-24",
        "20092,另一位,,80000,2026-11-24",
    ]
    (folder / "客户清单.csv").write_text("\n".join(["客户号,姓名,手机号码,余额,数据日期", *rows]), "utf-8")
    monkeypatch.setattr(ImportScreen, "_set_path", lambda screen, path: _show_path(screen, Path("/data") / path.name))

    async def ready(pilot: Pilot[None]) -> None:
        await settled(pilot)
        screen = ImportScreen(folder)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await settled(pilot)
        await pilot.press("G", "enter")
        await settled(pilot)
        await settled(pilot)

    assert snap_compare(app_on(branch, tmp_path, look), terminal_size=SIZES[look[1]], run_before=ready)


def _show_path(screen: ImportScreen, path: Path) -> None:
    """A path that is the same on every machine."""
    screen.query_one("#import-path", Input).value = str(path)
