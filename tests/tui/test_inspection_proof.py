"""The proof and the looks in the interface: checkpoints made and held against the book, who looked, how fine."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.looks import Wanted, level_of, looks
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.keeping_checkpoints import keep_checkpoint
from guanhu.store.looking import Look, record_look, set_looking
from guanhu.store.proving import book_key
from guanhu.tests.store.inspected import CUSTOMERS, INSPECTOR, RM, TODAY, a_branch, opened
from guanhu.tests.tui.desks import settled
from guanhu.tests.tui.inspecting import at_inspections, press, said, text, write
from guanhu.tui.screens.looks import LooksScreen
from guanhu.tui.widgets.long_list import LongList


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


async def done(pilot: Pilot[Any]) -> None:
    """A long work has ended and is told."""
    await settled(pilot, 0.1)


# ---------------------------------------------------------------- the proof
def test_a_checkpoint_is_written_and_the_book_verified_against_it(book: Book, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "U")
        await write(pilot, str(kept))
        await press(pilot, "enter")
        await done(pilot)
        assert kept.exists()
        assert kept.with_name("kept.txt.leaves").exists()
        assert "Checkpoint over" in text(pilot)
        await press(pilot, "enter")
        await done(pilot)
        assert "There is a file already" in text(pilot)
        await press(pilot, "tab")
        await write(pilot, str(kept))
        await press(pilot, "enter")
        await done(pilot)
        assert "kept.txt: PROVEN" in text(pilot)
        await press(pilot, "escape")
        assert not pilot.app.screen.query(Input)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_what_lies_after_the_checkpoint_is_said_to_be_unproven(book: Book, tmp_path: Path) -> None:
    keep_checkpoint(book, tmp_path / "kept.txt")
    log_contact(book, CUSTOMERS[0], "phone", "reached_other", TODAY, by=RM)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "U", "tab")
        await write(pilot, str(tmp_path / "kept.txt"))
        await press(pilot, "enter")
        await done(pilot)
        assert "未经证明" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps, (80, 24), "zh")


def test_a_book_that_was_changed_is_not_proven_and_the_entry_named(book: Book, tmp_path: Path) -> None:
    keep_checkpoint(book, tmp_path / "kept.txt")
    with closing(sqlite3.connect(book.path)) as connection:
        connection.execute("DROP TRIGGER stored_events_no_update")
        connection.execute("UPDATE stored_events SET state = state || x'00' WHERE rowid = 7")
        connection.commit()

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "U", "tab")
        await write(pilot, str(tmp_path / "kept.txt"))
        await press(pilot, "enter")
        await done(pilot)
        assert "Entries 1 to 6 are proven" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_the_key_that_was_noted_is_the_one_that_checks(book: Book, tmp_path: Path) -> None:
    keep_checkpoint(book, tmp_path / "kept.txt")
    key = str(book_key(book))

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "U", "tab")
        await write(pilot, str(tmp_path / "kept.txt"))
        await press(pilot, "tab")
        for noted, told in (("", "key beside the book"), (key, "kept.txt: PROVEN"), (key[:-4], "not a key")):
            await write(pilot, noted)
            await press(pilot, "enter")
            await done(pilot)
            assert told in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_a_file_that_is_not_there_is_told(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "U", "tab")
        await write(pilot, str(tmp_path / "none.txt"))
        await press(pilot, "enter")
        await done(pilot)
        assert "There is no such file" in text(pilot)

    at_inspections(book, INSPECTOR, tmp_path, steps)


# ---------------------------------------------------------------- who looked
def shown(pilot: Pilot[Any]) -> list[str]:
    table = pilot.app.screen.query_one("#looks", LongList)
    found = (table.row_at(n) for n in range(table.rows))
    return [f"{row.item.by} {row.item.subject}" for row in found if row]


def test_looks_are_listed_newest_first_and_narrowed(book: Book, tmp_path: Path) -> None:
    for staff, subject in ((RM, "log"), (INSPECTOR, "flags"), (RM, "replay")):
        record_look(book, Look("export", subject, "csv", TODAY, {"outlet": "01"}, 7), by=staff)
    record_look(book, Look("unmasked", "customer", "screen", TODAY, {}, 1, (CUSTOMERS[0],)), by=RM)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "at")
        await settled(pilot, 0.1)
        assert isinstance(pilot.app.screen, LooksScreen)
        assert shown(pilot) == [f"{RM} customer", f"{RM} replay", f"{INSPECTOR} flags", f"{RM} log"]
        assert "outlet " in text(pilot)
        assert "outlet=01" not in text(pilot)
        await press(pilot, "f", "down", "enter")
        await settled(pilot, 0.1)
        assert shown(pilot) == [f"{RM} replay", f"{INSPECTOR} flags", f"{RM} log"]
        await press(pilot, "z")
        options = pilot.app.screen.query_one("OptionList").options  # type: ignore[attr-defined]
        await press(pilot, *["down"] * [option.id for option in options].index(INSPECTOR), "enter")
        await settled(pilot, 0.1)
        assert shown(pilot) == [f"{INSPECTOR} flags"]
        await press(pilot, "backspace")
        await settled(pilot, 0.1)
        assert len(shown(pilot)) == 4

    at_inspections(book, INSPECTOR, tmp_path, steps)


def test_who_opens_a_sample_is_told_where_lists_are_recorded(book: Book, tmp_path: Path) -> None:
    number = opened(book)
    set_looking(book, "lists", by=INSPECTOR)

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        await settled(pilot, 0.1)

    at_inspections(book, INSPECTOR, tmp_path, steps)
    with book.reading() as cursor:
        _total, found = looks(cursor, Wanted(INSPECTOR, kinds=("list",)))
    assert {"inspection": number} in [look.scope for look in found if look.subject == "inspection"]


@pytest.mark.parametrize(("staff", "level"), [(INSPECTOR, 1), (RM, 0)])
def test_how_fine_looking_is_recorded_is_for_inspectors_to_say(
    book: Book, tmp_path: Path, staff: str, level: int
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "at", "ampersand", "down", "enter")
        await settled(pilot, 0.1)
        assert said(pilot)

    at_inspections(book, staff, tmp_path, steps)
    with book.reading() as cursor:
        assert level_of(cursor) == level
