"""Which field of a form takes the keys, what is said of it, and where enter, digits and escape lead."""

from textual.events import Key
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.desks import desk_app, drive, lines, settled
from guanhu.tests.tui.sample_forms import FIELDS, Empty, form, save_call
from guanhu.tui.forms import Field
from guanhu.tui.widgets.form_now import spans, what_to_do
from guanhu.tui.widgets.form_screen import FormScreen


def test_the_field_that_takes_the_keys_is_marked_and_says_what_to_do(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(form())
        await settled(pilot)
        await pilot.press("up")
        await settled(pilot)
        for field, wanted in (
            ("Channel", "press 1-3 to choose."), ("Note", "type here. Needed."),
            ("Next", "type a day: tomorrow, next Wed, +7, 11-30. May stay empty."),
            ("Amount", "type an amount in yuan. May stay empty."),
        ):  # fmt: skip
            marked = [line.split("│")[1].split() for line in lines(pilot.app) if "│ > " in line]
            assert [words[1] for words in marked] == [field, f"{field}:"]
            assert any(f"> {field}: {wanted}" in line for line in lines(pilot.app))
            await pilot.press("n", "down")
            await settled(pilot)

    drive(desk_app(Empty, book), steps)


def test_what_is_typed_after_the_last_field_begins_no_other(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press("up", "up", "up", *["down"] * 9, "6")
        assert screen.texts["amount"] == "6"
        await pilot.press(*["up"] * 9, "down", *"said")
        assert screen.texts["note"] == "said"

    drive(desk_app(Empty, book), steps)


def test_enter_stays_where_something_is_missing_or_not_understood(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press("enter", *"said", "enter", *"someday", "enter", "x", "tab", "5")
        await settled(pilot)
        assert screen.texts == {"channel": "phone", "note": "said", "next": "somedayx", "amount": "5"}

    drive(desk_app(Empty, book), steps)


def test_keys_that_come_in_one_stroke_with_enter_fall_into_the_next_field(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        for key in ("n", "o", "enter", "+", "7", "enter", "5", "0"):
            pilot.app.post_message(Key(key, "\r" if key == "enter" else key))
        await settled(pilot)
        assert screen.texts | {"channel": ""} == {"channel": "", "note": "no", "next": "+7", "amount": "50"}

    drive(desk_app(Empty, book), steps)


def test_enter_right_after_a_digit_stays_once_where_nothing_stands_yet(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = FormScreen("Call", (FIELDS[0], Field("note", "Note"), FIELDS[2]), save_call)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press("2", "enter")
        assert screen.focused is screen.query_one("#field-note")
        await pilot.press("enter")
        assert screen.focused is screen.query_one("#field-next")

    drive(desk_app(Empty, book), steps)


def test_escape_leaves_at_once_without_a_word_where_nothing_was_entered(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        for shown in (form(), FormScreen("Call", FIELDS, save_call, first="note")):
            pilot.app.push_screen(shown)
            await settled(pilot)
            await pilot.press("x", "backspace", "escape")
            await settled(pilot)
            assert isinstance(pilot.app.screen, Empty)
        assert not pilot.app._notifications

    drive(desk_app(Empty, book), steps)


def test_a_choice_alone_is_kept_too(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(form())
        await settled(pilot)
        await pilot.press("up", "3", "escape")
        await settled(pilot)
        again = form()
        pilot.app.push_screen(again)
        await settled(pilot)
        assert again.texts["channel"] == "message"

    drive(desk_app(Empty, book), steps)


def test_of_one_choice_alone_it_is_said_that_there_is_no_other() -> None:
    which = Field("which", "Which", "choice", needed=True)
    assert what_to_do(which, 1, {}) == "Which: there is only this one; Enter goes on."


def test_digits_are_said_as_they_are_read() -> None:
    assert [spans(each) for each in ("1", "12", "1234567890", "123457890")] == ["1", "1-2", "1-9, 0", "1-5, 7-9, 0"]
