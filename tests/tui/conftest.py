"""Every test of the interface speaks English unless it chooses, and leaves the user's settings alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guanhu import language
from guanhu.store.book import Book
from guanhu.tests.tui.desks import small_book


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(language, "_chosen", "en")
    monkeypatch.setenv("GUANHU_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The small branch of `desks.py`."""
    opened = small_book(tmp_path)
    yield opened
    opened.close()
