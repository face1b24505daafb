"""What somebody has begun is told and kept for `u`, whatever stands on the screen by then."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.domain.errors import Refused
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, drive, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.desk import ActDone
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.screens.customer.profile import Profile
from guanhu.tui.work_screen import WorkScreen


def app_on(book: Book, folder: Path) -> GuanhuApp:
    return GuanhuApp(book, STAFF, TODAY, folder=folder)


def said(app: GuanhuApp) -> list[str]:
    return [notice.message for notice in app._notifications]


def begun(app: GuanhuApp, gate: Event, refuse: str = "") -> list[object]:
    """An act of the screen in front that waits until the gate opens; what its `then` gets."""
    then: list[object] = []

    def act(_book: Book) -> str:
        gate.wait(5)
        if refuse:
            raise Refused(refuse)
        return "done"

    screen = app.screen
    assert isinstance(screen, WorkScreen)
    screen.do(act, then.append, said="It was done.", undo=lambda _book: None)
    return then


def left_while(app: GuanhuApp, gate: Event, refuse: str = "") -> Any:
    async def steps(pilot: Pilot[Any]) -> None:
        app.open_customer("C1")
        await settled(pilot)
        then, version = begun(app, gate, refuse), app.version
        await pilot.pause(0.05)
        await pilot.press("escape")
        gate.set()
        await settled(pilot)
        assert then == [], "the screen is gone"
        if refuse:
            assert said(app) == ["A reason must be given."]
            assert app.acts == []
        else:
            assert said(app) == ["It was done."]
            assert [act.said for act in app.acts] == ["It was done."]
            assert app.version > version, "the screen in front asks again"

    return steps


@pytest.mark.parametrize("refuse", ["", "reason_missing"])
def test_what_became_of_an_act_is_told_although_its_screen_was_left(book: Book, tmp_path: Path, refuse: str) -> None:
    app = app_on(book, tmp_path)
    drive(app, left_while(app, Event(), refuse))


def test_what_is_refused_after_one_has_quit_is_left_for_the_command_to_tell(book: Book, tmp_path: Path) -> None:
    app, gate = app_on(book, tmp_path), Event()

    async def steps(pilot: Pilot[Any]) -> None:
        begun(app, gate, "reason_missing")
        await pilot.pause(0.05)
        await pilot.press("ctrl+q")
        Timer(0.2, gate.set).start()

    drive(app, steps)
    assert [error.code for error in app.untold if isinstance(error, Refused)] == ["reason_missing"]


def test_an_undo_under_way_can_t_be_begun_again(book: Book, tmp_path: Path) -> None:
    app, gate, undone = app_on(book, tmp_path), Event(), list[int]()

    def undo(_book: Book) -> None:
        undone.append(1)
        gate.wait(5)

    async def steps(pilot: Pilot[Any]) -> None:
        app.acts.append(ActDone("An act", undo))
        for _ in range(2):
            await pilot.press("u")
            await pilot.pause(0.05)
            await pilot.press("y")
            await pilot.pause(0.05)
        gate.set()
        await settled(pilot)
        assert (undone, app.acts, app.fault) == ([1], [], None)
        assert "Undone: An act" in said(app)
        assert "There is nothing to undo." in said(app)

    drive(app, steps)


def test_an_undo_that_is_refused_leaves_the_act_in_its_place(book: Book, tmp_path: Path) -> None:
    app, gate = app_on(book, tmp_path), Event()

    def undo(_book: Book) -> None:
        gate.wait(5)
        raise Refused("entry_withdrawn")

    async def steps(pilot: Pilot[Any]) -> None:
        app.acts += [ActDone("First"), ActDone("Second", undo)]
        await pilot.press("u")
        await pilot.press("y")
        await pilot.pause(0.05)
        app.acts.append(ActDone("Third"))
        gate.set()
        await settled(pilot)
        assert [act.said for act in app.acts] == ["First", "Second", "Third"]

    drive(app, steps)


def test_in_a_look_back_nothing_is_written_whatever_key_leads_there(book: Book, tmp_path: Path) -> None:
    app = app_on(book, tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        app.look_at(TODAY - timedelta(days=30))
        app.push_screen(CustomerScreen("C1", tab=Profile))
        await settled(pilot)
        with book.reading() as cursor:
            before = cursor.execute("SELECT count(*) FROM stored_events").fetchone()
        field = next(each for each in app.screen.query(Input) if each.name == "occupation")
        field.focus()
        field.value = "teacher"
        await pilot.press("ctrl+s")
        await settled(pilot)
        with book.reading() as cursor:
            assert cursor.execute("SELECT count(*) FROM stored_events").fetchone() == before
        assert any("nothing can be written there" in words for words in said(app))
        assert field.value == "teacher", "the text stays"

    drive(app, steps, (120, 40))
