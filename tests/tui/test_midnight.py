"""A form that is open over midnight: what it writes is what it shows."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, Static

from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, clock, drive, settled
from guanhu.tui.acts.about import About
from guanhu.tui.acts.contacts import ContactForm
from guanhu.tui.app import GuanhuApp
from guanhu.tui.settings import Settings

TOMORROW = TODAY + timedelta(days=1)


def written(book: Book) -> list[tuple[date, date]]:
    with book.reading() as cursor:
        found = cursor.execute("SELECT day, next_day FROM act").fetchall()
    return [(date.fromordinal(day), date.fromordinal(following)) for day, following in found]


def shown(pilot: Pilot[Any], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#{name}", Static).content)


async def opened(pilot: Pilot[Any]) -> ContactForm:
    form = ContactForm(About("C1", "张伟"))
    pilot.app.push_screen(form)
    await settled(pilot)
    await pilot.press("1")
    form.query_one("#field-next_on", Input).value = "tomorrow"
    await settled(pilot, 0.2)
    assert shown(pilot, "means-next_on").startswith(TOMORROW.isoformat())
    return form


def test_saving_after_midnight_shows_the_new_days_first(book: Book, tmp_path: Path) -> None:
    now = [clock()]
    book.clock = lambda: now[0]
    app = GuanhuApp(book, STAFF, TODAY, settings=Settings(language="en"), folder=tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        form = await opened(pilot)
        now[0] += timedelta(days=1)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.screen is form
        assert written(book) == []
        assert "It is 2026-11-25 Wed by now" in shown(pilot, "refused")
        assert shown(pilot, "means-next_on").startswith("2026-11-26")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert written(book) == [(TOMORROW, date(2026, 11, 26))]

    drive(app, steps, (100, 40))


def test_a_form_that_stands_open_says_that_midnight_has_passed(book: Book, tmp_path: Path) -> None:
    now = [clock()]
    book.clock = lambda: now[0]
    app = GuanhuApp(book, STAFF, TODAY, settings=Settings(language="en"), folder=tmp_path)

    async def steps(pilot: Pilot[Any]) -> None:
        await opened(pilot)
        now[0] += timedelta(days=1)
        app.follow_clock()
        await settled(pilot)
        assert "It is 2026-11-25 Wed by now" in shown(pilot, "refused")
        assert shown(pilot, "means-next_on").startswith("2026-11-26")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert written(book) == [(TOMORROW, date(2026, 11, 26))]

    drive(app, steps, (100, 40))
