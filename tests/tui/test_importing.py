"""Files through the interface: looked through first, taken in, stopped between batches, refused rows kept."""

import csv
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pytest
from textual.pilot import Pilot

from guanhu.domain.errors import Refused
from guanhu.intake.records import Kind
from guanhu.intake.source import open_source
from guanhu.store import importing as store_importing
from guanhu.store.book import Book
from guanhu.store.import_kinds import Context
from guanhu.store.importing import import_file
from guanhu.tests.tui.desks import STAFF, TODAY, drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.files import listing
from guanhu.tui.importing import look, take
from guanhu.tui.screens.importing import ImportScreen
from guanhu.tui.screens.importing_text import what_next
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.widgets.prose import Prose


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    files.mkdir()
    rows = [f"N{n},客户{n},1380000{n:04},{n * 1000},2026-11-20" for n in range(1, 61)]
    rows[4] = "N5,客户5,12,5000,2026-11-20"
    (files / "customers.csv").write_text("\n".join(["客户号,姓名,手机号码,余额,数据日期", *rows]), "utf-8")
    return files


def app_on(book: Book, tmp_path: Path, language: Literal["zh", "en"] = "en") -> GuanhuApp:
    settings = Settings(language=language)
    return GuanhuApp(book, STAFF, TODAY, start="scheme", settings=settings, folder=tmp_path / "config")


def counted(book: Book) -> tuple[int, int]:
    """Customers N..., and those of them with a balance."""
    with book.reading() as cursor:
        found: tuple[int, int] = cursor.execute(
            "SELECT count(*), count(aum) FROM customer LEFT JOIN account ON id = customer_id WHERE no LIKE 'N%'"
        ).fetchone()
        return found


def events(book: Book) -> int:
    with book.reading() as cursor:
        return book.recorder.head(cursor)


def unheard(_done: int, _total: int | None) -> None:
    """Nobody looks."""


def test_a_file_is_shown_before_anything_is_written_and_then_taken_in(book: Book, tmp_path: Path, folder: Path) -> None:
    before = events(book)

    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(ImportScreen(folder))
        await settled(pilot)
        await settled(pilot)
        await pilot.press("G", "enter")
        await settled(pilot)
        text = "\n".join(lines(pilot.app))
        assert "This would happen" in text
        assert "Not a telephone number: 12" in text
        assert events(book) == before
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "The file was taken in" in "\n".join(lines(pilot.app))
        assert counted(book) == (59, 59)

    drive(app_on(book, tmp_path), steps, (140, 40))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_can_be_done_next_stands_whole_on_a_small_screen(
    book: Book, tmp_path: Path, folder: Path, language: Literal["zh", "en"]
) -> None:
    def told(pilot: Pilot[None]) -> str:
        line = pilot.app.screen.query_one("#import-next", Prose)
        assert line.region.height == line.virtual_size.height
        assert pilot.app.screen.region.contains_region(line.region)
        shown = lines(pilot.app)[line.region.y : line.region.bottom]
        return " ".join(" ".join(shown).split())

    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(ImportScreen(folder))
        await settled(pilot)
        await settled(pilot)
        await pilot.press("G", "enter")
        await settled(pilot)
        assert " ".join(what_next(None, None).split()) == told(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        taken = pilot.app.screen._taken  # type: ignore[attr-defined]
        assert " ".join(what_next(taken, None).split()) == told(pilot)

    drive(app_on(book, tmp_path, language=language), steps)


def test_the_refused_rows_are_kept_to_be_mended(book: Book, tmp_path: Path, folder: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(ImportScreen(folder))
        await settled(pilot)
        await settled(pilot)
        await pilot.press("G", "enter")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)

    drive(app_on(book, tmp_path), steps, (140, 40))
    with (folder / "customers.refused.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.reader(file))
    assert [row[2] for row in kept[1:]] == ["N5"]
    assert (folder / "customers.refused.csv").stat().st_mode & 0o777 == 0o600, "it names a customer"


def test_another_kind_can_be_said_and_a_file_that_is_no_table_is_told(book: Book, tmp_path: Path, folder: Path) -> None:
    (folder / "odd.csv").write_text("甲,乙\n1,2\n", "utf-8")

    async def steps(pilot: Pilot[None]) -> None:
        screen = ImportScreen(folder)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await settled(pilot)
        screen._go(folder / "odd.csv")
        await settled(pilot)
        assert screen._looked is None
        await pilot.press("escape")  # what the columns of such a file mean can be said: test_import_columns.py
        await settled(pilot)
        screen._go(folder / "customers.csv")
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        looked = screen._looked
        assert getattr(looked, "kind", "") == "balances"
        await pilot.press("escape")
        await settled(pilot)
        assert screen.query_one("#import-files", LongList).has_focus
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen is not screen

    drive(app_on(book, tmp_path), steps, (140, 40))


def test_balances_without_a_date_are_of_today_unless_said(book: Book, folder: Path) -> None:
    file = folder / "balances.csv"
    file.write_text("客户号,余额\nC1,100\n", "utf-8")
    looked = look(book, file, None, None, STAFF, unheard)
    assert (looked.kind, looked.day, looked.result.counts.changed) == ("balances", book.today, 1)


def test_what_was_not_looked_through_is_not_taken_in(book: Book, folder: Path) -> None:
    file = folder / "balances.csv"
    file.write_text("客户号,余额\nC1,100\n", "utf-8")
    looked = look(book, file, None, None, STAFF, unheard)
    before = events(book)
    file.write_text("客户号,余额\nC1,999\nC2,1\n", "utf-8")
    with pytest.raises(Refused, match="file_changed_since"):
        take(book, looked, STAFF, unheard)
    assert events(book) == before


@pytest.mark.parametrize("stop_after", [1, 3, 5])
def test_stopped_between_batches_the_book_is_whole_and_the_file_goes_on(
    book: Book, folder: Path, monkeypatch: pytest.MonkeyPatch, stop_after: int
) -> None:
    monkeypatch.setattr(store_importing, "BATCH", 20)
    calls = 0

    def tell(_done: int, _total: int | None) -> None:
        nonlocal calls
        calls += 1
        if calls > stop_after:
            raise Stopped

    looked = look(book, folder / "customers.csv", None, None, STAFF, unheard)
    with suppress(Stopped):  # the last ones come after the end
        take(book, looked, STAFF, tell)
    customers, balances = counted(book)
    assert customers >= balances
    assert customers % 20 in (0, 19)  # whole batches, one row of the first is refused
    taken = take(book, looked, STAFF, unheard)
    assert counted(book) == (59, 59)
    assert [each.row for each in taken.result.rejected] == [6]


def test_progress_never_goes_back_nor_past_the_end(book: Book, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_importing, "BATCH", 7)
    (folder / "balances.csv").write_text(
        "\n".join(["客户号,余额,日期", *(f"C1,{n},2026-11-{n:02}" for n in range(1, 24))]), "utf-8"
    )
    files: tuple[tuple[Kind, str], ...] = (("customers", "customers.csv"), ("balances", "balances.csv"))
    for kind, name in files:
        told: list[tuple[int, int | None]] = []
        source = open_source(str(folder / name), kind)
        import_file(book, source, Context(None), by=STAFF, progress=lambda *at, told=told: told.append(at))
        done = [each for each, _total in told]
        assert done == sorted(done)
        assert told[-1][1] is not None
        assert 0 < done[-1] <= told[-1][1]


def test_folders_come_first_and_only_what_can_be_read(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "A").mkdir()
    (folder / ".hidden.csv").write_text("")
    (folder / "notes.docx").write_text("")
    assert [entry.name for entry in listing(folder)] == ["..", "A", "b", "customers.csv"]


def test_a_work_that_runs_is_stopped_by_escape(book: Book, tmp_path: Path, folder: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = ImportScreen(folder)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await settled(pilot)
        work = screen.query_one(LongWork)
        ended: list[object] = []

        def endless(tell: Any) -> None:
            while True:
                tell(1, 2)

        work.start("Working", endless, ended.append, ended.append)
        await pilot.pause(0.05)
        assert "50 %" in str(work.render())
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(ended[0], Stopped)
        assert pilot.app.screen is screen

    drive(app_on(book, tmp_path), steps)
