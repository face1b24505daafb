"""Steps of the tests of acts: stand on a customer, type as an input method does, read what a form says."""

from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input, Static

from guanhu.store.book import Book
from guanhu.tests.tui.branch import rows
from guanhu.tests.tui.desks import settled
from guanhu.tui.acts.form import ActForm
from guanhu.tui.widgets.long_list import LongList

ACT = "SELECT kind, channel, outcome, note, staff, companions, next_day FROM act ORDER BY position DESC LIMIT 1"
"""What the newest act of the log says."""


async def stand_on(pilot: Pilot[Any], customer_no: str) -> None:
    """Put the cursor on the first duty of a customer."""
    listing = pilot.app.screen.query_one("#queue", LongList)
    found = (listing.row_at(n) for n in range(listing.rows))
    row = next(row for row in found if row and not row.heading and row.item.customer_no == customer_no)
    listing.highlight(row.id)
    await settled(pilot)


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Type a text as an input method commits it."""
    field = pilot.app.screen.focused
    assert isinstance(field, Input)
    field.insert_text_at_cursor(text)
    await settled(pilot)


def said(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


def form(pilot: Pilot[Any]) -> ActForm:
    screen = pilot.app.screen
    assert isinstance(screen, ActForm)
    return screen


def shown(pilot: Pilot[Any], name: str) -> str:
    return str(form(pilot).query_one(f"#{name}", Static).content)


def newest_topics(book: Book, count: int) -> list[str]:
    """What the last events say, oldest first."""
    question = "SELECT topic FROM stored_events ORDER BY rowid DESC LIMIT ?"
    return [topic for (topic,) in reversed(rows(book, question, count))]
