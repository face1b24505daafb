"""The replay on the screen: steps with what they changed, moves, kinds, days, the story, the file; on a busy branch."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.projections.replay_scope import Scope
from guanhu.projections.replay_step import Step
from guanhu.store.book import Book
from guanhu.tests.tui.branch import app_on, busy_branch, rows
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.screens import replay
from guanhu.tui.screens.replay import CustomerReplay, ReplayScreen
from guanhu.tui.screens.replay_list import StepList


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def at_replay(book: Book, folder: Path, steps: Any, size: tuple[int, int] = (160, 45)) -> None:
    drive(app_on(book, folder, start="replay"), steps, size)


def at_customer(book: Book, folder: Path, no: str, steps: Any, size: tuple[int, int] = (160, 45)) -> None:
    """Stand at a customer's replay, opened by its key from the customer's page."""

    async def go(pilot: Pilot[Any]) -> None:
        pilot.app.open_customer(no)  # type: ignore[attr-defined]
        await settled(pilot)
        await pilot.press("Z")
        await settled(pilot)
        assert isinstance(pilot.app.screen, CustomerReplay)
        await steps(pilot)

    drive(app_on(book, folder, start="customers"), go, size)


def listing(pilot: Pilot[Any]) -> StepList:
    return pilot.app.screen.query_one("#steps", StepList)


def shown(pilot: Pilot[Any]) -> list[Step]:
    found = (listing(pilot).row_at(n) for n in range(listing(pilot).rows))
    return [row.item for row in found if row]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(line.rstrip() for line in lines(pilot.app))


async def typed(pilot: Pilot[Any], words: str) -> None:
    pilot.app.screen.query_one(Input).value = words
    await pilot.press("enter")
    await settled(pilot)


def test_a_customers_page_leads_to_what_happened_with_them(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        found = shown(pilot)
        assert {no for step in found for no in step.customers} == {"20002"}
        assert [step.topic for step in found if step.position][:3] == ["registered", "balances", "tiers"]
        assert "Replay: 李秀英" in text(pilot)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, ReplayScreen)

    at_customer(book, tmp_path, "20002", steps)


def test_the_step_under_the_cursor_says_what_it_changed_and_what_stood_then(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        at = next(n for n, step in enumerate(shown(pilot)) if step.topic == "contact")
        listing(pilot).move_to(at)
        await settled(pilot)
        assert "What it changed" in text(pilot)
        assert "done: monthly contact (2026-11)" in text(pilot)
        assert "After it  200k-500k" in text(pilot)

    for size in ((160, 45), (80, 24)):
        at_customer(book, tmp_path, "20002", steps, size)


def test_what_changed_for_several_customers_stands_under_their_names(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        listing(pilot).move_to(next(n for n, step in enumerate(shown(pilot)) if step.topic == "tiers"))
        await settled(pilot)
        card = [line.rpartition("│")[2].rstrip() for line in lines(pilot.app)]
        at = next(n for n, line in enumerate(card) if line.strip() == "李秀英")
        assert card[at + 1].strip() == "tier: 200k-500k, first balance"
        assert len(card[at + 1]) - len(card[at + 1].lstrip()) > len(card[at]) - len(card[at].lstrip())

    at_replay(book, tmp_path, steps)


def test_brackets_lead_from_one_move_of_tier_or_owner_to_the_next(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        moved = [n for n, step in enumerate(shown(pilot)) if {"tier", "owner"} & {each.what for each in step.changes}]
        assert len(moved) >= 2
        gone = []
        for _ in moved:
            await pilot.press("right_square_bracket")
            await settled(pilot)
            gone.append(listing(pilot).cursor)
        assert gone == moved
        await pilot.press("left_square_bracket")
        await settled(pilot)
        assert listing(pilot).cursor == moved[-2]
        assert not listing(pilot).is_heading(moved[-2])

    at_customer(book, tmp_path, "20002", steps)


def test_a_manager_sees_the_outlet_and_f_narrows_it_to_a_kind(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, ReplayScreen)
        assert screen.scope == Scope(outlet="01")
        everything = len(shown(pilot))
        await pilot.press("f", "j", "enter")
        await settled(pilot)
        assert "[tiers and owners]" in text(pilot)
        assert {step.topic for step in shown(pilot)} <= {"tiers", "assigned", "released"}
        await pilot.press("backspace")
        await settled(pilot)
        assert len(shown(pilot)) == everything

    at_replay(book, tmp_path, steps)


def test_a_long_replay_comes_page_by_page(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def whole(pilot: Pilot[Any]) -> None:
        counts.append([step.position for step in shown(pilot)])

    counts: list[list[int | None]] = []
    for page in (100, 3):
        monkeypatch.setattr(replay, "PAGE", page)
        monkeypatch.setattr(replay, "FIRST_PAGE", page)
        at_replay(book, tmp_path, whole)
    assert counts[0] == counts[1]
    assert len(counts[0]) > 9


def test_d_goes_to_a_day_and_begins_earlier_where_it_must(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        assert "in order of writing from 2026-10-24" in text(pilot)
        await pilot.press("d")
        await settled(pilot)
        await typed(pilot, "2024-01-01")
        assert "in order of writing from 2024-01-01" in text(pilot)
        await pilot.press("d")
        await settled(pilot)
        await typed(pilot, "")
        assert "in order of writing from" not in text(pilot)

    at_replay(book, tmp_path, steps)


def test_the_whole_story_stands_on_the_next_page(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("l")
        await settled(pilot)
        assert "the first balance, " in text(pilot)
        told = [line.strip() for line in text(pilot).splitlines()]
        assert "Missed every month: monthly contact, near next tier." in told[told.index("2025-02 to 2025-05") + 1]
        await pilot.press("end")
        await settled(pilot, 0.5)
        said = " ".join(text(pilot).split())
        assert "11-02: 王芳 gets in touch (WeCom: reached, other)." in said
        assert "As it stands on 2026-11-24" in text(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert listing(pilot).has_focus

    at_customer(book, tmp_path, "20002", steps, (100, 45))


def test_enter_opens_the_event_to_its_last_field(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        at = next(n for n, step in enumerate(shown(pilot)) if step.topic == "contact")
        listing(pilot).move_to(at)
        await pilot.press("enter")
        await settled(pilot, 0.1)
        assert "Hash for the proof" in text(pilot)
        assert "WeCom" in text(pilot)

    at_customer(book, tmp_path, "20002", steps)


def test_e_writes_the_steps_a_line_each_and_records_that(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    async def steps(pilot: Pilot[Any]) -> None:
        before = [step.position for step in shown(pilot)]
        await pilot.press("e")
        await settled(pilot)
        await typed(pilot, str(path))
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert [step["position"] for step in found] == before

    at_customer(book, tmp_path, "20002", steps)
    assert rows(book, "SELECT kind, subject, form FROM look") == [("export", "replay", "jsonl")]


def test_who_is_nobody_here_is_asked_whose_replay(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await settled(pilot, 0.1)
        assert "Whose replay?" in text(pilot)
        await pilot.press("j", "enter")  # the outlet, after a customer to be named
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ReplayScreen)
        assert screen.scope == Scope(outlet="01")

    app = app_on(book, tmp_path, start="replay")
    app.staff = ""
    drive(app, steps)


def test_other_places_keep_their_keys_on_a_customers_page(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        pilot.app.open_customer("20002")  # type: ignore[attr-defined]
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        assert pilot.app.screen.PLACE == "outlet"  # type: ignore[attr-defined]

    drive(app_on(book, tmp_path, start="customers"), steps)
