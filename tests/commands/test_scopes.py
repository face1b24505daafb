"""What a command is about is all that is made of a past moment, and its answer is that of the whole moment."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from guanhu.commands import scopes
from guanhu.commands.demo_branch import build_demo
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.moment_files import moments_folder
from guanhu.tests.commands.conftest import run_line

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up branch of two years."""
    path = tmp_path_factory.mktemp("scopes") / "book.db"
    build_demo(path, customers=60, seed=5, today=TODAY)
    return path


@pytest.fixture(autouse=True)
def at_night() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 23, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        yield


def ids(book: Path) -> dict[str, str]:
    """Somebody and something of each kind, and three times in the life of the book."""
    with_customers = "SELECT staff FROM care WHERE seat = 'owner' GROUP BY staff ORDER BY count(*) LIMIT 1"
    opened = Book(book)
    with opened.reading() as cursor:
        (staff,) = cursor.execute(with_customers).fetchone()
        (no,) = cursor.execute(
            "SELECT no FROM customer JOIN care ON customer_id = id WHERE staff = ? ORDER BY id LIMIT 1", (staff,)
        ).fetchone()
        (entry,) = cursor.execute("SELECT position FROM act WHERE staff = ? LIMIT 1", (staff,)).fetchone()
        (name,) = cursor.execute("SELECT name FROM staff WHERE id = ?", (staff,)).fetchone()
        (linked,) = cursor.execute(
            "SELECT no FROM link JOIN customer ON id = customer_id UNION ALL SELECT max(no) FROM customer LIMIT 1"
        ).fetchone()
    opened.close()
    return {"staff": staff, "no": no, "entry": str(entry), "name": name, "linked": linked}


def times(book: Path) -> list[str]:
    """Some way into the log."""
    opened = Book(book)
    with opened.reading() as cursor:
        (last,) = cursor.execute("SELECT max(rowid) FROM stored_events").fetchone()
        question = "SELECT topic, state FROM stored_events WHERE rowid = ?"
        rows = [cursor.execute(question, (last * part // 10,)).fetchone() for part in (4, 8)]
        found = [decode(*row).recorded_at.isoformat() for row in rows]
    opened.close()
    return found


LINES = (
    "customer show {no}", "customer show {linked}", "customer profile {no}", "customer history {no}",
    "tier history {no}", "tier why {no}", "duty why {no} monthly_contact", "audit since --known-at '{time}' {no}",
    "entry show {entry}", "duty list --staff {staff}", "duty list --staff {name} --status done,missed,open",
    "log --staff {staff} --from 2026-01-01 --to 2026-11-24", "scheme list", "scheme show",
)  # fmt: skip


def asked(book: Path, line: str) -> Any:
    ran = run_line(f"guanhu --book {book} --lang en {line} --json")
    return json.loads(ran.out) if ran.code == 0 else (ran.code, ran.err)


def kept(book: Path) -> list[str]:
    """The kept moments, by their names without the last part: a scoped one has two."""
    return [path.stem for path in moments_folder(book).glob("*.db")]


@pytest.mark.parametrize("line", LINES)
def test_a_command_answers_from_its_scope_as_from_the_whole(
    demo: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    for time in times(demo):
        said = line.format(time=time, **ids(demo))
        if "--known-at" not in said:
            said += f" --known-at '{time}'"
        shutil.rmtree(moments_folder(demo), ignore_errors=True)
        scoped = asked(demo, said)
        if "{name}" not in line:  # names were given since the first of the times
            assert ["." in name for name in kept(demo)] == [True]
        shutil.rmtree(moments_folder(demo))
        with monkeypatch.context() as patch:
            patch.setattr(scopes, "about", lambda command, looked: None)
            whole = asked(demo, said)
        assert ["." in name for name in kept(demo)] == [False]
        assert scoped == whole


WHOLE = ("duty list --all", "log --all", "figures", "audit flags", "outlet list", "tier summary")


@pytest.mark.parametrize("line", WHOLE)
def test_what_counts_or_compares_customers_is_about_the_whole(demo: Path, line: str) -> None:
    shutil.rmtree(moments_folder(demo), ignore_errors=True)
    asked(demo, f"{line} --known-at '{times(demo)[0]}'")
    assert ["." in name for name in kept(demo)] == [False]
