"""A form of a call over an empty screen, for the tests of forms."""

from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from guanhu.store import acts
from guanhu.store.book import Book, Receipt
from guanhu.tests.tui.desks import TODAY
from guanhu.tui.forms import Field, Values
from guanhu.tui.widgets.form_screen import FormScreen

FIELDS = (
    Field("channel", "Channel", "choice", (("phone", "phone"), ("wecom", "WeCom"), ("message", "text message"))),
    Field("note", "Note", needed=True),
    Field("next", "Next", "day"),
    Field("amount", "Amount", "money"),
)


class Empty(Screen[None]):
    """What a form stands over."""

    def compose(self) -> ComposeResult:
        yield Static("below")


def save_call(book: Book, values: Values, command: str) -> Receipt:
    """The act of the form."""
    return acts.log_contact(
        book, "C1", values["channel"], "reached_success", TODAY, note=values["note"], next_on=values["next"], by="S1",
        command=command,
    )  # fmt: skip


def form(save: Any = save_call, **more: Any) -> FormScreen:
    """The form of a call."""
    return FormScreen("Call", FIELDS, save, draft="call", first="note", **more)


def acts_of(book: Book) -> list[tuple[Any, ...]]:
    """What the log has."""
    with book.reading() as cursor:
        return cursor.execute("SELECT kind, channel, note, next_day FROM act").fetchall()
