"""While a long work is under way no key disturbs it: one stops it, or leaves and is told what is so then."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from guanhu.projections.whatif.courses import Asked
from guanhu.store import whatif
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, drive, lines, settled
from guanhu.tui import work_screen
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens import importing
from guanhu.tui.screens.importing import ImportScreen
from guanhu.tui.screens.whatif import Tried, WhatIfScreen
from guanhu.tui.screens.whatif_form import Plan
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_work import LongWork

STOPPED = "Stopped. What was taken in before is whole; the file again goes on from there."


def app_on(book: Book, folder: Path) -> GuanhuApp:
    return GuanhuApp(book, STAFF, TODAY, settings=Settings(language="en"), folder=folder)


def said(app: GuanhuApp) -> list[str]:
    return [notice.message for notice in app._notifications]


async def reviewed(pilot: Pilot[Any], folder: Path) -> ImportScreen:
    """The import with a file that was looked through."""
    file = folder / "balances.csv"
    file.write_text("customer_no,balance_yuan,date\nC1,5,2026-11-24\n", "utf-8")
    screen = ImportScreen(folder)
    pilot.app.push_screen(screen)
    await settled(pilot)
    screen.look_at(file, None, None)
    await settled(pilot, 0.05)
    assert screen.looked is not None
    return screen


def endless(_book: object, _looked: object, _by: object, tell: Callable[[int, int], object]) -> None:
    while True:
        tell(1, 2)


def test_no_key_disturbs_an_import(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "take", endless)
    app = app_on(book, tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        screen = await reviewed(pilot, tmp_path)
        version = app.version
        await pilot.press("ctrl+s")
        await pilot.pause(0.05)
        for key in ("2", "1", "f2", "ctrl+p", "T", "question_mark", "ctrl+s", "x", "u", "k"):
            await pilot.press(key)
            assert app.screen is screen, key
            assert screen.query_one(LongWork).running, key
        assert said(app) == []
        assert lines(app)[-1].split() == ["Esc", "Stop", "^q", "Quit"]
        await pilot.press("escape")
        await settled(pilot, 0.05)
        assert said(app) == [STOPPED]
        assert app.version > version, "some of it may be in the book"
        assert app.screen is screen

    drive(app, steps)


def test_who_quits_during_an_import_is_told_what_is_in(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importing, "take", endless)
    app = app_on(book, tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        await reviewed(pilot, tmp_path)
        await pilot.press("ctrl+s")
        await pilot.pause(0.05)
        await pilot.press("ctrl+q")

    drive(app, steps)
    assert "What was taken in before is whole" in " ".join(capsys.readouterr().err.split())


def test_in_another_language_a_file_that_was_looked_through_stands_there_still(book: Book, tmp_path: Path) -> None:
    app = app_on(book, tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        await reviewed(pilot, tmp_path)
        app.apply(msgspec.structs.replace(app.settings, language="zh"))
        await settled(pilot, 0.1)
        assert "balances.csv" in "\n".join(lines(app)[5:])

    drive(app, steps)


def test_in_a_look_back_a_file_is_not_taken_in(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    monkeypatch.setattr(importing, "take", lambda *args: taken.append(args))
    app = app_on(book, tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        await reviewed(pilot, tmp_path)
        app.look_at(TODAY - timedelta(days=30))
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert taken == []
        assert any("nothing can be written there" in words for words in said(app))

    drive(app, steps)


def test_what_was_tried_before_midnight_is_no_answer_after_it(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, tried = app_on(book, tmp_path), Tried()
    with book.reading() as cursor:
        from guanhu.projections.policy import policy_of

        policy = policy_of(cursor)
    assert policy is not None
    plan = Plan(policy.on(TODAY), Asked(TODAY - timedelta(days=60), TODAY))
    real = whatif.what_if

    def slow(*args: Any) -> object:
        while app.day == TODAY:
            args[-1](0, 1)
        return real(*args)

    monkeypatch.setattr(whatif, "what_if", slow)

    async def steps(pilot: Pilot[Any]) -> None:
        screen = WhatIfScreen(tried)
        app.push_screen(screen)
        await settled(pilot)
        await pilot.press("escape")
        screen._begin(plan)
        await pilot.pause(0.05)
        assert screen.work.running
        app.look_at(TODAY + timedelta(days=1))
        await settled(pilot, 0.05)
        await settled(pilot, 0.05)
        assert not screen.busy
        assert tried.answer is None

    drive(app, steps)


def test_a_key_of_the_user_s_own_is_the_one_that_says_it_does_nothing(book: Book, tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text('[keys]\n"act.assign" = "f9"\n', "utf-8")
    app = GuanhuApp(book, STAFF, TODAY, start="scheme", settings=Settings(language="en"), folder=tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("a")
        assert said(app) == []
        await pilot.press("f9")
        assert said(app) == ["Assign: not on this screen."]

    drive(app, steps)


def test_every_screen_with_a_long_work_is_one_that_nothing_disturbs() -> None:
    folder = Path(work_screen.__file__).parent / "screens"
    with_work = {path.name for path in folder.rglob("*.py") if "yield LongWork(" in path.read_text("utf-8")}
    begun = {path.name for path in folder.rglob("*.py") if "self.begin(" in path.read_text("utf-8")}
    assert with_work
    assert with_work <= begun, "the work is begun by WorkingScreen"
