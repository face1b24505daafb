"""A form asks, checks, saves by few keys, and keeps what was typed whatever fails."""

from collections.abc import Mapping
from datetime import date
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.domain.errors import Refused
from guanhu.store.book import Book, Receipt
from guanhu.tests.tui.desks import TODAY, desk_app, drive, lines, settled
from guanhu.tests.tui.sample_forms import FIELDS, Empty, acts_of, form, save_call
from guanhu.tui.forms import Field, FieldRefused, Values, read
from guanhu.tui.widgets import saving
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.dialogs import AskText
from guanhu.tui.widgets.form_screen import FormScreen


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        ({"note": " 到访 "}, {"channel": "", "note": "到访", "next": None, "amount": None}),
        (
            {"note": "x", "next": "+7", "amount": "1,000.50"},
            {"channel": "", "note": "x", "next": date(2026, 12, 1), "amount": 100_050},
        ),
    ],
)
def test_texts_become_values(texts: Mapping[str, str], values: Mapping[str, Any]) -> None:
    assert read(FIELDS, texts, TODAY) == values


@pytest.mark.parametrize(
    ("texts", "field", "code"),
    [
        ({}, "note", "nothing_entered"),
        ({"note": "x", "next": "someday"}, "next", "not_a_date"),
        ({"note": "x", "amount": "1e5"}, "amount", "not_an_amount"),
        ({"note": "x", "amount": "-100"}, "amount", "not_positive"),
        ({"note": "x", "amount": "0"}, "amount", "not_positive"),
        ({"note": "a\x1b[2J"}, "note", "control_character"),
    ],
)
def test_the_first_text_that_cannot_be_taken_is_named(texts: Mapping[str, str], field: str, code: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        read(FIELDS, texts, TODAY)
    assert (refused.value.field, refused.value.reason.code) == (field, code)


def test_a_call_is_logged_by_a_note_and_two_keys(book: Book) -> None:
    results: list[bool | None] = []

    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(form(), results.append)
        await settled(pilot)
        await pilot.press(*"asked", "ctrl+s")
        await settled(pilot)
        assert results == [True]
        assert acts_of(book) == [("contact", "phone", "asked", None)]

    drive(desk_app(Empty, book), steps)


def test_enter_goes_from_field_to_field_and_saves_from_the_last(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        screen.query_one(Choice).focus()
        await pilot.press("2", *"n", "enter", *"+7", "enter", "enter")
        await settled(pilot)
        assert acts_of(book) == [("contact", "wecom", "n", date(2026, 12, 1).toordinal())]

    drive(desk_app(Empty, book), steps)


def test_a_day_says_what_it_means_while_it_is_typed(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        screen.query_one("#field-next", Input).value = "下周三"
        await settled(pilot)
        assert any("2026-12-02 Wed" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps)


def test_what_saving_would_do_is_said_before(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form(preview=lambda _ground, values: f"[b]{values['note']}")
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press(*"done")
        await settled(pilot, 0.2)
        assert any("[b]done" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps)


def test_a_refusal_leaves_the_form_and_its_texts(book: Book) -> None:
    commands: list[str] = []

    def refused(_book: Book, _values: Values, command: str) -> Receipt:
        commands.append(command)
        raise Refused("disk_full")

    async def steps(pilot: Pilot[None]) -> None:
        screen = form(refused)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert any("This must be filled in: Note" in line for line in lines(pilot.app))
        await pilot.press(*"kept", "ctrl+s")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert any("The disk is full" in line for line in lines(pilot.app))
        assert screen.texts["note"] == "kept"
        assert len(commands) == 2
        assert len(set(commands)) == 1

    drive(desk_app(Empty, book), steps)


def test_two_presses_save_once(book: Book) -> None:
    wait = Event()

    def slowly(book: Book, values: Values, command: str) -> Receipt:
        wait.wait(5)
        return save_call(book, values, command)

    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(form(slowly))
        await settled(pilot)
        await pilot.press(*"n", "ctrl+s", "ctrl+s")
        wait.set()
        await settled(pilot)
        assert len(acts_of(book)) == 1

    drive(desk_app(Empty, book), steps)


def test_a_form_that_was_left_opens_with_its_texts_again(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        pilot.app.push_screen(form())
        await settled(pilot)
        await pilot.press(*"half", "escape")
        await settled(pilot)
        again = form()
        pilot.app.push_screen(again)
        await settled(pilot)
        assert again.texts["note"] == "half"
        await pilot.press("ctrl+s")
        await settled(pilot)
        fresh = form()
        pilot.app.push_screen(fresh)
        await settled(pilot)
        assert fresh.texts["note"] == ""

    drive(desk_app(Empty, book), steps)


def test_inputs_stay_off_the_bottom_row(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        assert max(each.region.bottom for each in screen.query(Input)) < pilot.app.size.height - 2

    drive(desk_app(Empty, book), steps, size=(60, 14))


def test_the_end_of_a_long_text_stays_in_sight(book: Book) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(58)) + "末尾"

    async def steps(pilot: Pilot[None]) -> None:
        for each in (form(), AskText("Where to?")):
            pilot.app.push_screen(each)
            await settled(pilot)
            field = pilot.app.focused
            assert isinstance(field, Input)
            await pilot.press("a")
            field.insert_text_at_cursor(text)
            await settled(pilot)
            assert any("末尾" in line for line in lines(pilot.app))
            await pilot.press("home")
            await settled(pilot)
            assert any(f"a{text[:5]}" in line for line in lines(pilot.app))
            await pilot.press("end")
            await settled(pilot)
            assert any("末尾" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps)


def test_while_the_book_is_locked_the_form_says_so_and_takes_no_keys(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "WAITING_AFTER", 0.01)
    free = Event()

    def slowly(_book: Book, _values: Values, _command: str) -> Receipt:
        free.wait(5)
        raise Refused("disk_full")

    async def steps(pilot: Pilot[None]) -> None:
        screen = form(slowly)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press(*"note", "ctrl+s")
        while not any("other terminals" in line for line in lines(pilot.app)):
            await pilot.pause(0.01)
        await pilot.press(*"late", "escape")
        free.set()
        await settled(pilot)
        assert pilot.app.screen is screen
        await pilot.press("!")
        assert screen.texts["note"] == "note!"

    drive(desk_app(Empty, book), steps)


def test_a_day_that_is_none_can_be_mended_where_it_stands(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press(*"n", "enter", *"11-3", "x", "ctrl+s")
        await settled(pilot)
        await pilot.press("backspace", "0")
        assert screen.texts["next"] == "11-30"

    drive(desk_app(Empty, book), steps)


def test_a_form_without_a_draft_asks_before_it_drops_what_was_typed(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = FormScreen("Call", FIELDS, save_call, first="note")
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press(*"kept", "escape")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert pilot.app.screen is screen
        assert screen.texts["note"] == "kept"
        await pilot.press("escape", "y")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Empty)

    drive(desk_app(Empty, book), steps)


def test_a_field_that_is_needed_and_out_of_sight_is_named_until_it_is_filled(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        fields = [*(Field(f"f{n}", f"Field {n}") for n in range(20)), Field("why", "Reason", needed=True)]
        screen = FormScreen("Many", fields, lambda _book, _values, _command: None)
        pilot.app.push_screen(screen)
        await settled(pilot)
        assert any("below: Reason, needed" in line for line in lines(pilot.app))
        screen.query_one("#field-why", Input).value = "so"
        await settled(pilot)
        assert any("more fields below" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps, (60, 14))


def test_a_form_grows_as_far_as_the_screen_has_room(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        fields = [Field(f"f{n}", f"Field {n}") for n in range(24)]
        pilot.app.push_screen(FormScreen("Many", fields, lambda _book, _values, _command: None))
        await settled(pilot)
        assert any("Field 23" in line for line in lines(pilot.app))
        assert not any("more fields" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps, (160, 45))


def test_a_form_on_a_short_screen_says_that_there_are_more_fields(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        fields = [Field(f"f{n}", f"Field {n}") for n in range(20)]
        pilot.app.push_screen(FormScreen("Many", fields, lambda _book, _values, _command: None))
        await settled(pilot)
        assert any("more fields below" in line for line in lines(pilot.app))
        assert not any("more fields above" in line for line in lines(pilot.app))
        pilot.app.screen.query_one("#field-f19").focus()
        await settled(pilot, 0.4)
        assert any("more fields above" in line for line in lines(pilot.app))
        assert not any("more fields below" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps, (60, 14))


def test_a_field_can_be_needed_with_a_choice_of_another() -> None:
    fields = (Field("kind", "Kind", "choice"), Field("due_on", "Until", "day", needed_with=("kind", "joint_visit")))
    assert read(fields, {"kind": "advice", "due_on": ""}, date(2026, 11, 24))["due_on"] is None
    with pytest.raises(FieldRefused) as refused:
        read(fields, {"kind": "joint_visit", "due_on": " "}, date(2026, 11, 24))
    assert refused.value.field == "due_on"
