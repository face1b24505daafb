"""The screen of red flags: grouped, narrowed, opened, the doubts always beside; evidence from the form to the book."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from guanhu.domain.red_flags import standing
from guanhu.domain.red_flags.found import Flag
from guanhu.projections.evidence import evidence_for
from guanhu.projections.flag_customers import of_many
from guanhu.store.acts import log_contact
from guanhu.store.assigning import release
from guanhu.store.book import Book
from guanhu.store.evidence import attach_evidence
from guanhu.store.posts import give_role
from guanhu.tests.books import day
from guanhu.tests.tui.branch import ME, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_list import LongList

NOTE = "介绍我行新发行的三年期大额存单额度,客户表示考虑"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A branch whose manager made one call of four seconds and wrote one note for five customers; R2 inspects."""
    opened = busy_branch(tmp_path)
    give_role(opened, "R2", "inspector", "01", day("2026-01-01"))
    for no in ("20001", "20002", "20003", "20004", "20006"):
        log_contact(opened, no, "phone", "reached_other", day("2026-11-24"), note=NOTE, duration=90, by=ME)
    log_contact(opened, "20006", "phone", "reached_other", day("2026-11-20"), note="约见", duration=4, by=ME)
    opened.staff = "R2"
    yield opened
    opened.close()


def at_flags(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (160, 45), language: str = "en") -> None:
    app = GuanhuApp(
        book, "R2", day("2026-11-24"), start="flags", language=language, settings=Settings(), folder=folder
    )
    drive(app, steps, size)


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def screen(pilot: Pilot[Any]) -> object:
    return pilot.app.screen


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot, 0.15)


def shown(pilot: Pilot[Any]) -> list[str]:
    """The flags on the list."""
    table = pilot.app.screen.query_one("#flags", LongList)
    found = (table.row_at(n) for n in range(table.rows))
    return [row.item.id for row in found if row and not row.heading]


def test_flags_stand_by_kind_with_rule_entries_and_doubts_beside(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.15)
        assert shown(pilot)[0] == "copied_notes"
        assert {"short_call", "copied_notes"} <= set(shown(pilot))
        found = "5 notes alike, 5 customers"
        for part in ("[by quarter]", "Copied notes 1  weight 6", found, "False alarm?", NOTE[:20]):
            assert part in text(pilot)

    at_flags(book, tmp_path, steps)


def test_a_narrow_screen_has_the_rule_and_the_doubts_too(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.15)
        assert "规则" in text(pilot)
        assert "可能误报" in text(pilot)

    at_flags(book, tmp_path, steps, (80, 24), "zh")


def test_enter_opens_the_entries_behind_or_the_customer(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "enter")
        assert isinstance(screen(pilot), BehindScreen)
        assert pilot.app.screen.query_one("#behind", LongList).rows == 5
        await press(pilot, "escape")
        while shown(pilot)[0] != "short_call":
            await press(pilot, "f")
            names = [option.id for option in pilot.app.screen.query_one("OptionList").options]  # type: ignore[attr-defined]
            await press(pilot, *["down"] * names.index("short_call"), "enter")
        assert set(shown(pilot)) == {"short_call"}
        assert "only short call" in text(pilot)
        await press(pilot, "enter")
        assert isinstance(screen(pilot), CustomerScreen)

    at_flags(book, tmp_path, steps)


def test_a_flag_about_many_opens_to_its_customers_and_each_to_its_page(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "TOGETHER", 1)
    release(book, "20005", "T1", day("2026-11-01"), by=ME)
    about_many: list[Flag] = []

    async def steps(pilot: Pilot[Any]) -> None:
        table = pilot.app.screen.query_one("#flags", LongList)
        found = [row.item for n in range(table.rows) if (row := table.row_at(n)) and not row.heading]
        about_many.extend(flag for flag in found if of_many(flag))
        table.highlight(about_many[0].key)
        await press(pilot, "enter")
        assert isinstance(screen(pilot), BehindScreen)
        assert pilot.app.screen.query_one("#behind", LongList).rows == about_many[0].measured["customers"]
        await press(pilot, "enter")
        assert isinstance(screen(pilot), CustomerScreen)

    at_flags(book, tmp_path, steps)


def test_other_days_and_other_people(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "less_than_sign")
        assert "2026-07-01 to 09-30" in text(pilot)
        assert "copied_notes" not in shown(pilot)
        await press(pilot, "greater_than_sign", "l")
        assert "2026-01-01 to 11-24" in text(pilot)
        assert "copied_notes" in shown(pilot)
        await press(pilot, "z")
        options = pilot.app.screen.query_one("OptionList").options  # type: ignore[attr-defined]
        index = [option.id for option in options].index("staff:T1")
        await press(pilot, *["down"] * index, "enter")
        assert "copied_notes" not in shown(pilot)

    at_flags(book, tmp_path, steps)


def test_an_inspector_attaches_evidence_and_the_flag_follows(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "X")  # of five entries one is chosen first
        await press(pilot, "enter")
        await press(pilot, "1", "3", *"7", "enter", "enter", *"none", "ctrl+s")
        await settled(pilot, 0.3)
        assert shown(pilot)[0] == "contradicted"
        assert "Evidence  call record, 2026-11-24, not reached" in text(pilot)

    at_flags(book, tmp_path, steps)
    with book.reading() as cursor:
        (found,) = evidence_for(cursor, [row[0] for row in cursor.execute("SELECT position FROM act").fetchall()])
    assert (found.kind, found.reached, found.seconds, found.text, found.by) == ("call_record", False, 7, "none", "R2")
    assert rows(book, "SELECT count(*) FROM evidence")[0] == (1,)


def test_the_entries_to_choose_from_stand_in_columns_with_their_whole_notes(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "X")
        options = [words for _id, words in pilot.app.screen._options]  # type: ignore[attr-defined]
        assert len(options) == 5
        assert all(words.endswith(NOTE) for words in options)
        assert len({cell_len(words) for words in options}) == 1, "a name in Chinese takes two cells a sign"
        shown_there = text(pilot)
        for name in ("张伟", "Anna Schmidt"):
            assert name in shown_there

    at_flags(book, tmp_path, steps)


def test_who_may_not_inspect_is_told_so_and_keeps_the_text(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, "X", "enter", "1", "3", "7", "ctrl+s")
        await settled(pilot, 0.3)
        assert "inspectors" in text(pilot)
        assert "7" in text(pilot)

    book.staff = "T1"
    app = GuanhuApp(book, "T1", day("2026-11-24"), start="flags", language="en", settings=Settings(), folder=tmp_path)
    drive(app, steps, (160, 45))
    assert rows(book, "SELECT count(*) FROM evidence")[0] == (0,)


def test_evidence_is_told_with_its_entry_in_the_log(book: Book, tmp_path: Path) -> None:
    (position,) = (row[0] for row in rows(book, "SELECT position FROM act WHERE note = '约见'"))
    attach_evidence(book, position, "customer_said", day("2026-11-23"), reached=False, text="未接到", by="R2")

    async def steps(pilot: Pilot[Any]) -> None:
        table = pilot.app.screen.query_one("#entries", LongList)
        await press(pilot, "z")
        options = pilot.app.screen.query_one("OptionList").options  # type: ignore[attr-defined]
        await press(pilot, "home", *["down"] * [option.id for option in options].index(f"staff:{ME}"), "enter")
        await press(pilot, "l", "g")
        for _ in range(table.rows):
            if table.row is not None and table.row.item.position == position:
                break
            await pilot.press("j")
        await settled(pilot, 0.15)
        assert "Evidence  customer called back" in text(pilot)

    app = GuanhuApp(book, "R2", day("2026-11-24"), start="log", language="en", settings=Settings(), folder=tmp_path)
    drive(app, steps, (160, 45))
