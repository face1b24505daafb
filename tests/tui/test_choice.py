"""A choice of a form is made by one key, and the same outcome has the same key everywhere."""

from textual.pilot import Pilot

from guanhu.domain.contact import CHANNELS, OUTCOMES
from guanhu.store.book import Book
from guanhu.tests.tui.desks import desk_app, drive, lines, settled
from guanhu.tests.tui.sample_forms import Empty, form, save_call
from guanhu.tui.forms import Field
from guanhu.tui.widgets.choice import DIGITS, Choice
from guanhu.tui.widgets.form_screen import FormScreen


def test_a_choice_is_made_by_number_arrow_mouse_and_full_width_digit(book: Book) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = form()
        pilot.app.push_screen(screen)
        await settled(pilot)
        choice = screen.query_one(Choice)
        chosen = []
        for key in ("3", "right", "left", "h", "space", "l", "２", "9"):
            choice.focus()  # a digit goes on to the next field
            await pilot.pause()
            await pilot.press(key)
            chosen.append(choice.value)
        assert chosen == ["message", "phone", "message", "wecom", "message", "phone", "wecom", "wecom"]

    drive(desk_app(Empty, book), steps)


def test_an_outcome_has_one_digit_in_every_form() -> None:
    from guanhu.tui.acts.outcomes import SPOKEN, correctable, fitting, outcome_field

    found: dict[str, set[str]] = {}
    for offered in (SPOKEN, *map(fitting, CHANNELS), *map(correctable, CHANNELS)):
        field = outcome_field(offered)
        for (outcome, _words), digit in zip(field.options, DIGITS, strict=False):
            found.setdefault(outcome, set()).add(digit)
    assert found == {outcome: {digit} for outcome, digit in zip((*SPOKEN, "replied", "sent"), DIGITS, strict=True)}


def test_only_what_is_written_is_answered_in_writing() -> None:
    from guanhu.tui.acts.outcomes import fitting

    assert {channel for channel in CHANNELS if "replied" in fitting(channel)} == {"wecom", "message", "letter", "other"}


def test_a_choice_that_is_needed_is_asked_for(book: Book) -> None:
    from guanhu.tui.acts.outcomes import outcome_field

    async def steps(pilot: Pilot[None]) -> None:
        screen = FormScreen("Call", (outcome_field(OUTCOMES), Field("note", "Note")), save_call)
        pilot.app.push_screen(screen)
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert any("This must be filled in: Outcome" in line for line in lines(pilot.app))
        await pilot.press("0")
        assert screen.texts["outcome"] == OUTCOMES[9]

    drive(desk_app(Empty, book), steps)
