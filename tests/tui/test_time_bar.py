"""The time bar: the whole interface stands on what was known by a time, says so, writes nothing, and comes back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Input, Static

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of
from guanhu.language import _
from guanhu.store import moments, registering, statements
from guanhu.store.acts import log_contact
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.moment_book import MomentBook
from guanhu.store.moment_files import moments_folder
from guanhu.store.opening import init_book
from guanhu.tests.tui.desks import STAFF, drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.customer import CustomerScreen
from guanhu.tui.settings import Settings
from guanhu.tui.time_bar import TimeBar
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.long_work import LongWork
from guanhu.tui.widgets.top_bar import TopBar

TODAY = date(2026, 11, 24)
READ_ONLY = "Another day or time is shown, and nothing can be written there; ^t leads back to the present."
CUSTOMERS = (("C1", "张伟", 60_000_000), ("C2", "李娜", 25_000_000))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Two customers since the 20th; on the 24th a third comes, and a call of the 19th is written down."""
    at = [datetime(2026, 11, 20, 4, tzinfo=UTC)]
    book = init_book(tmp_path / "book.db", clock=lambda: at[0], staff_id=STAFF, staff_name="王芳")
    for no, name, fen in CUSTOMERS:
        registering.register(book, no, name, {}, "01", date.min)
        with book.writing(by=STAFF) as w:
            statements.report(w, f"core{no}", [(2, no, fen, date(2026, 11, 2).toordinal())], w.book_day)
        assign(book, no, STAFF, date(2026, 11, 2), by=STAFF)
    at[0] = datetime(2026, 11, 24, 4, tzinfo=UTC)
    registering.register(book, "C3", "新来客", {}, "01", date.min, by=STAFF)
    log_contact(book, "C1", "phone", "reached_success", date(2026, 11, 19), note="补记", by=STAFF)
    book.staff = STAFF
    yield book
    book.close()


def app_on(book: Book, folder: Path, **settings: Any) -> GuanhuApp:
    """The interface at the customers."""
    return GuanhuApp(
        book, STAFF, TODAY, start="customers", language=settings.get("language", "en"), settings=Settings(**settings),
        folder=folder,
    )  # fmt: skip


async def look_back(pilot: Pilot[Any], known: str, day: str = "") -> None:
    """Open the bar, say a time and perhaps a day, and go there."""
    await pilot.press("T")
    await settled(pilot)
    bar = pilot.app.screen
    assert isinstance(bar, TimeBar)
    bar.query_one("#day", Input).value = day
    bar.query_one("#known", Input).value = known
    await pilot.pause()
    await pilot.press("enter")
    await settled(pilot)


def shown(app: Any) -> str:
    """All that stands on the screen."""
    return "\n".join(lines(app))



def means(app: Any, field: str) -> str:
    """What the bar says a field means."""
    return str(app.screen.query_one(f"#means-{field}", Static).render())


def test_the_interface_stands_on_what_was_known_then_and_comes_back(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await pilot.press("z", "z")  # everybody's
        await settled(pilot)
        assert "新来客" in shown(app)
        await look_back(pilot, "2026-11-20 18:00")
        assert isinstance(app.book, MomentBook)
        assert (app.day, app.known_at) == (date(2026, 11, 20), datetime(2026, 11, 20, 10, tzinfo=UTC))
        assert "新来客" not in shown(app)
        assert "张伟" in shown(app)
        await pilot.press("1")
        await settled(pilot)
        assert "read-only" in lines(app)[0]
        await pilot.press("2", "T")
        await settled(pilot)
        fields = [app.screen.query_one(each, Input).value for each in ("#day", "#known")]
        assert fields == ["", "2026-11-20 18:00"]
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert (app.book, app.day, app.known_at) == (book, TODAY, None)
        assert "新来客" in shown(app)
        assert "read-only" not in lines(app)[0]

    drive(app_on(book, tmp_path), steps)


def test_a_moment_that_was_left_is_not_held_open(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        left: list[Book] = []
        for time in ("2026-11-20 18:00", "2026-11-21 18:00"):
            await look_back(pilot, time)
            assert isinstance(app.book, MomentBook)
            left.append(app.book)
        assert [bool(each._readers._idle) for each in left] == [False, True]
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert not any(each._readers._idle for each in left)
        with left[0].reading() as cursor:  # a question that was on its way
            assert cursor.execute("SELECT count(*) FROM customer").fetchone() == (2,)
        assert not left[0]._readers._idle

    drive(app_on(book, tmp_path), steps)


def test_a_day_and_a_time_are_named_apart_and_their_meaning_is_shown(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await pilot.press("T")
        await settled(pilot)
        app.screen.query_one("#known", Input).value = "昨天 18:00"
        await pilot.pause()
        assert (means(app, "known"), means(app, "day")) == ("2026-11-23 18:00", "")
        assert "Shows 2026-11-23 by what was recorded by 2026-11-23 18:00" in shown(app)
        app.screen.query_one("#known", Input).value = "no such time"
        await pilot.pause()
        assert means(app, "known") == "?"
        await pilot.press("enter")
        await settled(pilot)
        assert "This is not a date or time: no such time" in shown(app)
        await pilot.press("escape")
        await look_back(pilot, "昨天", "11-03")
        assert "As of 2026-11-03 | known by 2026-11-23 | read-only" in lines(app)[0]
        assert "T Another time, or back" in lines(app)[-1]
        assert not app._notifications  # nothing covers the keys
        await pilot.press("T")
        await settled(pilot)
        assert app.screen.query_one("#day", Input).value == "2026-11-03"
        await pilot.press("escape")
        await look_back(pilot, "", "11-10")
        assert (app.book, app.day, app.known_at) == (book, date(2026, 11, 10), None)

    drive(app_on(book, tmp_path), steps, (120, 30))


def test_a_day_alone_asks_by_all_that_is_known_now(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await pilot.press("T")
        await settled(pilot)
        assert app.focused is not None
        assert app.focused.id == "day"
        await pilot.press(*"11-20")
        await pilot.pause()
        assert "Shows 2026-11-20 by all that is known now." in shown(app)
        app.screen.query_one("#known", Input).value = "11-21"
        await pilot.pause()
        assert "Shows 2026-11-20 by what was recorded by 2026-11-21 23:59" in shown(app)
        app.screen.query_one("#known", Input).value = "no such time"
        await pilot.pause()
        assert "Shows" not in shown(app)
        app.screen.query_one("#known", Input).value = ""
        await pilot.press("enter")
        await settled(pilot)
        assert (app.book, app.day, app.known_at) == (book, date(2026, 11, 20), None)
        app.open_customer("C1")
        await settled(pilot)
        assert "补记" in shown(app)  # written down on the 24th, of the 19th
        assert "As of 2026-11-20 | provisional | read-only" in shown(app)
        await pilot.press("c")
        await settled(pilot)
        in_front: object = app.screen
        assert isinstance(in_front, CustomerScreen), "a look back begins no act"
        await pilot.press("T", "ctrl+t", "c")
        await settled(pilot)
        assert app.screen.query("#field-note")

    drive(app_on(book, tmp_path), steps, (120, 40))


def test_a_look_back_offers_no_act_and_no_new_inspection(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await pilot.press("8")
        await settled(pilot)
        assert "J New inspection" in lines(app)[-1]
        await look_back(pilot, "2026-11-20 18:00")
        assert "New inspection" not in shown(app)
        assert "No inspection had been opened by then." in shown(app)
        assert not {entry.words for entry in app._entries()} & {"New inspection", "Call", "Visit"}

    drive(app_on(book, tmp_path), steps, (120, 30))


@pytest.mark.parametrize("place", "123456789FZ")
def test_every_place_keeps_its_words_on_a_wide_screen(book: Book, tmp_path: Path, place: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await look_back(pilot, "2026-11-20 18:00", "2026-11-03")
        await pilot.press(place)
        await settled(pilot)
        bar = app.screen.query_one(TopBar).render().plain
        assert all(_(each.words) in bar for each in app.places)

    drive(app_on(book, tmp_path, language="zh"), steps, (160, 45))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_that_leads_back_is_seen_on_a_narrow_screen(book: Book, tmp_path: Path, language: str) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await look_back(pilot, "11-20 13:00")
        for place in ("1", "2", "9"):
            await pilot.press(place)
            await settled(pilot)
            assert lines(pilot.app)[-1].startswith(f" T {_('Another time, or back')}"), place

    drive(app_on(book, tmp_path, language=language), steps, (80, 24))


def test_acts_are_refused_in_one_sentence_and_nothing_is_written(book: Book, tmp_path: Path) -> None:
    with book.reading() as cursor:
        before = book.recorder.head(cursor)

    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await look_back(pilot, "2026-11-20")
        front = app.screen
        for key in ("c", "v", "a", "u", "I", "M"):
            await pilot.press(key)
            await settled(pilot)
            assert app.screen is front
            said = [notice.message for notice in app._notifications]
            assert said[-1] == READ_ONLY
        failed: list[Exception] = []
        front.do(lambda at: registering.register(at, "C9", "某人", {}, "01", TODAY), print, failed=failed.append)  # type: ignore[attr-defined]
        await settled(pilot)
        assert isinstance(failed[0], Refused)
        assert failed[0].code == "moment_is_read_only"

    drive(app_on(book, tmp_path), steps)
    with book.reading() as cursor:
        assert book.recorder.head(cursor) == before


@pytest.mark.parametrize("chosen", ["yesterday", "+7"])
def test_another_day_is_marked_and_takes_no_act_however_it_was_chosen(
    book: Book, tmp_path: Path, chosen: str
) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        app.open_customer("C1")
        await settled(pilot)
        app.look_at(day_of(chosen, TODAY))
        await settled(pilot)
        front: object = app.screen
        assert "read-only" in lines(app)[0]
        await pilot.press("c")
        await settled(pilot)
        assert app.screen is front
        assert [notice.message for notice in app._notifications] == [READ_ONLY]
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert (app.day, app.looking_back) == (TODAY, False)
        assert "read-only" not in lines(app)[0]
        await pilot.press("c")
        await settled(pilot)
        assert app.screen.query("#field-note")

    drive(app_on(book, tmp_path), steps, (120, 40))


def test_a_terminal_left_open_over_midnight_stands_on_the_new_day(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        book.clock = lambda: datetime(2026, 11, 25, 4, tzinfo=UTC)
        app.follow_clock()
        assert (app.day, app.looking_back) == (date(2026, 11, 25), False)
        app.look_at(date(2026, 11, 20))
        book.clock = lambda: datetime(2026, 11, 26, 4, tzinfo=UTC)
        app.follow_clock()
        assert (app.day, app.looking_back) == (date(2026, 11, 20), True)

    drive(app_on(book, tmp_path), steps)


def test_what_others_write_does_not_reload_a_look_back_and_shows_after_it(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await pilot.press("z", "z")
        await look_back(pilot, "2026-11-20")
        version = app.version
        registering.register(book, "C4", "又一位", {}, "01", TODAY, by=STAFF)
        await settled(pilot, 0.8)
        assert app.version == version
        assert "又一位" not in shown(app)
        await pilot.press("T", "ctrl+t")
        await settled(pilot)
        assert "又一位" in shown(app)

    drive(app_on(book, tmp_path), steps)


def test_a_making_is_stopped_by_escape_and_nothing_moves(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_book: Book, _known: datetime, tell: Any) -> None:
        while True:
            tell(1, 2)

    monkeypatch.setattr(moments, "open_moment", endless)

    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await pilot.press("T")
        await settled(pilot)
        bar = app.screen
        assert isinstance(bar, TimeBar)
        work = bar.query_one(LongWork)
        bar.query_one("#known", Input).value = "2026-11-21"
        await pilot.press("enter")
        await pilot.pause(0.3)
        told = shown(app)
        assert "50 %" in told, "how far it is"
        assert "Esc: stop" in told
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is bar
        assert not work.running
        await pilot.press("escape")
        await settled(pilot)
        assert len(app.screen_stack) == 1
        assert (app.book, app.known_at) == (book, None)
        assert not moments_folder(book.path).exists()

    drive(app_on(book, tmp_path), steps)


@pytest.mark.parametrize(
    ("language", "settings"),
    [("en", {}), ("zh", {"theme": "light"}), ("zh", {"theme": "contrast"}), ("en", {"borders": "ascii"})],
)
def test_the_bar_above_is_marked_in_every_look_and_fits(
    book: Book, tmp_path: Path, language: str, settings: dict[str, str]
) -> None:
    read_only, both = {
        "en": ("read-only", "As of 2026-11-03 | known by 2026-11-20 18:00 | read-only"),
        "zh": ("只读", "回看 2026-11-03 | 只按截至 2026-11-20 18:00 的记录 | 只读"),
    }[language]

    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        bar = app.screen.query_one(TopBar)
        plain = bar.rich_style
        await look_back(pilot, "2026-11-20 18:00")
        drawn = bar.render()
        assert cell_len(drawn.plain) == 80
        assert drawn.plain.endswith(f" | {read_only} ")
        assert "2026-11-20 18:00" in drawn.plain
        told = {place.id for place in app.places if f" {app._keys_of(f'go.{place.id}')}" in drawn.plain}
        assert told < {place.id for place in app.places}
        assert {"en": " ? more", "zh": " ? 更多"}[language] in drawn.plain, "it says where the others are to be read"
        style = drawn.spans[-1].style
        assert isinstance(style, Style)
        assert style.bold
        assert style.bgcolor != plain.bgcolor
        await look_back(pilot, "2026-11-20 18:00", "2026-11-03")
        assert f" {both} " in lines(app)[0]

    drive(app_on(book, tmp_path, language=language, **settings), steps)


def test_without_colours_the_mark_is_reversed(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def steps(pilot: Pilot[Any]) -> None:
        await look_back(pilot, "2026-11-20 18:00")
        style = pilot.app.screen.query_one(TopBar).render().spans[-1].style
        assert isinstance(style, Style)
        assert style.reverse

    drive(app_on(book, tmp_path), steps)


def test_a_customer_who_came_later_is_not_there(book: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, GuanhuApp)
        await look_back(pilot, "2026-11-20")
        app.open_customer("C1")
        await settled(pilot)
        assert "张伟" in shown(app)
        assert "补记" not in shown(app)
        assert "read-only" in lines(app)[0]
        await pilot.press("T", "ctrl+t")
        await settled(pilot)
        assert "补记" in shown(app)
        assert app.screen.query(LongList)

    drive(app_on(book, tmp_path), steps, (160, 45))
