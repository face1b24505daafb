"""The whole history: every event that touches the customer, newest first, each open to its last field."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from guanhu.domain.branch_time import branch_time
from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.projections.history import HistoryItem, customer_history
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.tui.cells import day_month, wan
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground, standing
from guanhu.tui.history_words import said_parts
from guanhu.tui.inspection_seen import sight_in
from guanhu.tui.names import first_of, listed
from guanhu.tui.screens.customer.event_fields import EventScreen, Laid, lay_open
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import PageSource, Row
from guanhu.tui.widgets.prose import Prose

MORE = 3
"""Cells that say how many more parts there are."""


class EventRow(msgspec.Struct, frozen=True):
    """An event with its words, in parts."""

    item: HistoryItem
    parts: Sequence[str]
    by: str

    @property
    def words(self) -> str:
        """All that it said."""
        return listed(self.parts)


class HistorySource(PageSource):
    """The events of a customer, newest first."""

    def __init__(self, book: Book, day: date, staff: str, customer_no: str) -> None:
        self._book = book
        self._day = day
        self._staff = staff
        self._no = customer_no
        self._total = 0

    def count(self) -> int:
        """As PageSource."""
        with standing(self._book, self._day, "") as ground:
            self._total = self._asked(ground, 1, 0)[0]
        return self._total

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """As PageSource; the book tells events oldest first."""
        first = max(0, self._total - offset - limit)
        wanted = self._total - offset - first
        if wanted <= 0:
            return ()
        with standing(self._book, self._day, "") as ground:
            _total, items = self._asked(ground, wanted, first)
            names = ground.names
            rows = [EventRow(each, said_parts(each.code, each.details, names), names.staff(each.by)) for each in items]
        return [Row(str(row.item.position), row) for row in reversed(rows)]

    def _asked(self, ground: Ground, limit: int, offset: int) -> tuple[int, list[HistoryItem]]:
        book = self._book
        return customer_history(
            ground.cursor, book.recorder, decode, book.keyring, self._no, limit=limit, offset=offset,
            sight=sight_in(book, self._staff),
        )  # fmt: skip


class Events(Pane):
    """The list in the order of writing, the whole of the highlighted event below; enter opens it to its last field."""

    NAME: ClassVar[str] = N_("History")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._no = ""

    def compose(self) -> ComposeResult:
        """The list and the event in words."""
        yield LongList(id="events", markable=False)
        with VerticalScroll(classes="panel", id="event-note", can_focus=True):
            yield Prose(id="event-text")

    def show(self, view: View) -> None:
        """Show the customer's history."""
        self._no = view.no
        desk = desk_of(self)
        if desk.book is not None:
            listing = self.query_one(LongList)
            listing.set_columns(_columns(desk.day))
            listing.sort = ("written", True)
            # Who stands at the top sees what is new come in; who looks further down is not moved.
            listing.show(HistorySource(desk.book, desk.day, desk.staff, view.no), keep=listing.cursor > 0)

    @on(LongList.Highlighted, "#events")
    def _told(self, event: LongList.Highlighted) -> None:
        event.stop()
        self.query_one("#event-text", Prose).update(event_text(event.row.item))

    @on(LongList.Opened, "#events")
    def _open(self, event: LongList.Opened) -> None:
        event.stop()
        row: EventRow = event.row.item
        book, no = desk_of(self).book, self._no
        if book is None:
            return

        def question(ground: Ground) -> Laid:
            return lay_open(book, ground, no, row.item, row.words)

        self.ask("event", question, lambda laid: self.app.push_screen(EventScreen(laid)))


def event_text(row: EventRow) -> Content:
    """An event in full: what it said, of which day, who wrote it when."""
    item = row.item
    moment = branch_time(item.recorded_at)
    written = _("written {day} {time} by {name}", day=moment.date().isoformat(), time=f"{moment:%H:%M}", name=row.by)
    aside = f"{written}  {_('entry {position}', position=item.position)}"
    return Content("\n").join([
        Content.assemble((terms.topic(item.event), "bold"), f"  {_day(row, whole=True)}"),
        Content(visible(row.words)),
        Content.styled(visible(aside), "$muted"),
    ])  # fmt: skip


def _columns(today: date) -> list[Column]:
    widest = max(cell_len(terms.topic(topic)) for topic in terms.TOPICS)
    return [
        Column("written", _("Written"), lambda row: (_written(row.item, today), "muted"), 11, 16),
        Column("on", _("Of the day"), lambda row: _day(row, today), 10),
        Column("event", _("Event"), lambda row: (terms.topic(row.item.event), "strong"), min(widest, 19), widest,
               flex=1),
        Column("words", _("What"), lambda row: row.words, 30, 0, flex=6,
               short=_in_short),
        Column("by", _("By"), lambda row: row.by, 8, 12, flex=1, priority=1),
        Column("position", _("Entry"), lambda row: (str(row.item.position), "muted"), 7, 10, align="right", priority=2),
    ]  # fmt: skip


def _in_short(row: EventRow, width: int) -> str:
    """The first parts, whole; an amount that would be cut in 万."""
    parts, fen = row.parts, row.item.details.get("fen")
    if fen is not None and cell_len(parts[0]) > width - MORE:
        parts = [_("{amount} wan", amount=wan(fen, 2)), *parts[1:]]
    return first_of(parts, width)


def _day(row: EventRow, today: date = date.min, *, whole: bool = False) -> str:
    """The day of what happened; a word for what holds on every date (DESIGN 6)."""
    on = row.item.occurred_on
    if on == date.min:
        return _("undated")
    return on.isoformat() if whole else day_month(on, today)


def _written(item: HistoryItem, today: date) -> str:
    moment = branch_time(item.recorded_at)
    return f"{day_month(moment.date(), today)} {moment:%H:%M}"
