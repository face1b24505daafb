"""What opening the interface loads: nothing that the first frame does not need."""

import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from guanhu.store.book import Book
from guanhu.store.keys import KeyFile, write_key_file
from guanhu.tests.tui.desks import desk_app, drive, settled
from guanhu.tui import desk

LATER = (
    "pypinyin", "holidays", "lunardate", "xlsxwriter", "python_calamine", "cryptography", "typer", "babel",
    "guanhu.tui.palette", "guanhu.tui.screens", "guanhu.intake", "guanhu.commands",
)  # fmt: skip


def test_the_app_loads_nothing_heavy_before_it_is_needed() -> None:
    code = f"import sys, guanhu.tui.app; print(*[name for name in {LATER!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert loaded.split() == []


def test_what_must_come_before_textual_does_not_load_it() -> None:
    code = "import sys, guanhu.tui.input_method as i; i.before_textual(); print('textual' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert told == "False\n"


def test_the_first_question_is_asked_without_what_only_writing_needs(book: Book) -> None:
    code = """
import sys
from datetime import date
from pathlib import Path
from guanhu.store.book import Book
from guanhu.tui.starting import interface
book = Book(Path(sys.argv[1]))
app = interface(book, "S1", date(2026, 11, 24))
print(app.ahead is not None, *[name for name in sys.argv[2:] if name in sys.modules])
"""
    for_writing = ("eventsourcing", "cryptography", "hashlib", "guanhu.store.writer", "guanhu.domain.scheme_file")
    command = [sys.executable, "-c", code, str(book.path), *for_writing]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split() == ["True"]


def test_the_book_is_ready_for_acts_soon_after_the_first_frame(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "LOADING_AFTER", 0.01)
    loaded = Event()
    monkeypatch.setattr(book, "load_all", loaded.set)

    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.1)
        assert loaded.is_set()

    drive(desk_app(Screen, book), steps)


def test_a_key_file_that_is_not_the_books_is_told_after_the_first_frame(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "LOADING_AFTER", 0.01)
    write_key_file(book.path, KeyFile(bytes(32)))
    opened = Book(book.path)

    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.2)
        assert [each.severity for each in pilot.app._notifications] == ["error"]

    drive(desk_app(Screen, opened), steps)
    opened.close()
