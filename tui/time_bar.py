"""The time bar: which day is asked about, and by what was recorded up to when; the whole interface then stands there.

An empty second field means all that is known. What is far from the present is made first, with a bar that shows how
far it is; nothing is changed by looking.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar, TypeVar

import msgspec
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from guanhu.domain.branch_time import branch_time
from guanhu.domain.errors import Refused
from guanhu.domain.known_at import day_of_moment, known_at, known_words
from guanhu.domain.past import past
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.store.book import Book
from guanhu.tui.asking import told
from guanhu.tui.beginning import Tell
from guanhu.tui.cells import weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.widgets.prose import Prose

Meant = TypeVar("Meant", date, datetime | None)

FIELDS = ("day", "known")


class Standpoint(msgspec.Struct, frozen=True):
    """Where the interface is to stand: the book, present or past, the day, and up to when it is known."""

    book: Book
    day: date
    known_at: datetime | None = None


class TimeBar(ModalScreen[Standpoint | None]):
    """Two fields at the top of the screen; None when it was left."""

    CSS_PATH = "time_bar.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.present", "form.cancel")]

    def compose(self) -> ComposeResult:
        """The fields, what they mean, the work, the keys."""
        desk = desk_of(self)
        own = desk.today if desk.known_at is None else day_of_moment(desk.known_at)
        day = "" if desk.day == own else desk.day.isoformat()  # another time then means its own day
        known = known_words(desk.known_at) if desk.known_at else ""
        with Vertical(classes="dialog") as box:
            box.border_title = Text(_("Look back"))
            yield from self._field("day", _("Day asked about"), day, _("today unless one is named; yesterday, 10-01"))
            yield from self._field("known", _("Known by"), known, _("all that is known now; yesterday, 10-03 18:00"))
            yield Prose(id="meant")
            yield LongWork()
            yield Prose(id="refused")
            yield Static(id="time-keys", classes="muted")

    def _field(self, name: str, label: str, value: str, hint: str) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Static(Text(f"  {label}"), id=f"label-{name}", classes="label")
            yield Input(value, placeholder=hint, id=name)
            yield Static(id=f"means-{name}", classes="means")

    def on_mount(self) -> None:
        """Typing begins at the day; it says nothing of what was known."""
        self.query_one("#day", Input).focus()
        self._typed()
        self._say_keys()

    def _say_keys(self) -> None:
        """What works: while a moment is being made all one can do is stop that."""
        keys = _("Enter: look   Tab: the other field   {key}: back to the present   Esc: leave", key="^t")
        self.query_one("#time-keys", Static).update(Text(_("Esc: stop") if self._work.running else keys))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The field that is typed into is told by a sign, as in every form."""
        for name in FIELDS:
            label = self.query_one(f"#label-{name}", Static)
            label.update(Text(("> " if event.widget.id == name else "  ") + str(label.content)[2:]))

    # ------------------------------------------------------------ what is typed
    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _known(self) -> datetime | None:
        said, book = self._text("known"), desk_of(self).book
        return known_at(said, book.clock()) if said and book else None

    def _day(self, known: datetime | None) -> date:
        said = self._text("day")
        today = desk_of(self).today
        if said:
            return past(said, today)
        return today if known is None else day_of_moment(known)

    @on(Input.Changed)
    def _typed(self) -> None:
        """Say what the phrases mean."""
        self._tell("")
        known = self._means("known", self._known, lambda at: f"{branch_time(at):%Y-%m-%d %H:%M}" if at else "")
        day = self._means("day", lambda: self._day(known), lambda day: f"{day:%Y-%m-%d} {weekday(day)}")
        understood = str(self.query_one("#means-known", Static).content) != "?"
        self.query_one("#meant", Prose).update(_meant(day, known) if day and understood else "")

    def _means(self, name: str, value: Callable[[], Meant], words: Callable[[Meant], str]) -> Meant | None:
        shown = self.query_one(f"#means-{name}", Static)
        try:
            found = value()
        except Refused:
            shown.update(Text("?"))
            return None
        shown.update(Text(words(found) if self._text(name) else ""))  # the hint of an empty field wants the room
        return found

    def _tell(self, words: str) -> None:
        refused = self.query_one("#refused", Prose)
        refused.update(visible(words))
        refused.display = bool(words)

    # ------------------------------------------------------------ going there
    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        book = desk_of(self).book
        if book is None or self._work.running:
            return
        present = book.present
        try:
            known = self._known()
            day = self._day(known)
        except Refused as error:
            self._tell(told(error))
            return
        if known is None:
            self.dismiss(Standpoint(present, day))
            return

        def make(tell: Tell) -> Book:
            from guanhu.store.moments import open_moment

            return open_moment(present, known, tell)

        self._tell("")
        self._work.start(
            _("Looking back"), make, lambda moment: self.dismiss(Standpoint(moment, day, known)), self._failed
        )
        self._say_keys()

    @property
    def _work(self) -> LongWork:
        return self.query_one(LongWork)

    def _failed(self, error: Exception) -> None:
        self._tell("" if isinstance(error, Stopped) else told(error))
        self._say_keys()

    def action_form_present(self) -> None:
        """Back to the present."""
        desk = desk_of(self)
        if desk.book is not None and not self._work.running:
            self.dismiss(Standpoint(desk.book.present, desk.today))

    def action_form_cancel(self) -> None:
        """Stop what is being made, else leave."""
        if self._work.running:
            self._work.stop()
        else:
            self.dismiss(None)


def _meant(day: date, known: datetime | None) -> str:
    """What both fields together show, in a sentence."""
    if known is None:
        return _("Shows {day} by all that is known now.", day=day.isoformat())
    said, by = N_("Shows {day} by what was recorded by {time}; what was written later is left out."), branch_time(known)
    return _(said, day=day.isoformat(), time=f"{by:%Y-%m-%d %H:%M}")
