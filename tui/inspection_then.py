"""From an inspection into the book as it stood at the cut-off: a customer's page then; replay and evidence beside it.

The page is opened in a look back, in which nothing is written; who leaves it stands where one stood before. Of that
moment only the inspection's customers are made (store/moments_scoped.py): one steps along the sample there, while the
places, which are about the whole book, are refused (`Desk.run_action`).
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.domain.errors import Refused
from guanhu.language import _
from guanhu.projections.log import LogEntry, entries_at
from guanhu.projections.moment_about import About
from guanhu.store.book import Book
from guanhu.tui.acts.evidence import choose_evidence
from guanhu.tui.asking import Asking, told
from guanhu.tui.beginning import Tell
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.inspection_asked import recorded_at
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.opening import open_customer
from guanhu.tui.time_bar import Standpoint
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.long_work import LongWork, Stopped


class LookThere(ModalScreen[Standpoint | None]):
    """Makes what a look is about as it stood after an entry, with a bar; None when it was stopped."""

    CSS_PATH = "inspection_then.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.cancel")]

    def __init__(self, book: Book, position: int, about: About) -> None:
        super().__init__()
        self._book = book
        self._position = position
        self._about = about

    def compose(self) -> ComposeResult:
        """What is under way."""
        with Vertical(classes="dialog"):
            yield Static(_("The book as it stood at entry {position}", position=f"{self._position:,}"))
            yield LongWork()

    def on_mount(self) -> None:
        """Begin at once."""
        self.query_one(LongWork).start(_("Looking back"), self._make, self.dismiss, self._failed)

    def _make(self, tell: Tell) -> Standpoint:
        from guanhu.domain.known_at import day_of_moment
        from guanhu.store.moments import moment_at
        from guanhu.store.moments_scoped import scoped_at

        with self._book.reading() as cursor:
            known_at = recorded_at(cursor, self._book, self._position)
        there = scoped_at(self._book, self._position, known_at, self._about)
        if there is None:  # the whole moment is kept
            there = moment_at(self._book, self._position, known_at, tell)
        return Standpoint(there, day_of_moment(known_at), known_at)

    def _failed(self, error: Exception) -> None:
        self.dismiss(None)
        if not isinstance(error, Stopped):
            desk_of(self).tell_error(told(error), fault=not isinstance(error, Refused))

    def action_form_cancel(self) -> None:
        """Stop, and stay where one is."""
        self.query_one(LongWork).stop()


class AtCutoff(Asking):
    """For a screen that stands on a cut-off: what the cursor is on, as it was there."""

    number: str
    """The inspection's."""
    _before: Standpoint | None = None
    """Where one stood before the look at the cut-off; None while none is open."""

    @property
    def cutoff(self) -> int:
        """The position of the last entry that counts."""
        raise NotImplementedError

    def customers_here(self) -> Sequence[str]:
        """Whom the cursor is on."""
        raise NotImplementedError

    def entries_here(self) -> Sequence[int]:
        """Which entries the cursor is on."""
        raise NotImplementedError

    # ------------------------------------------------------------ the customer
    def action_view_why(self) -> None:
        """The customer's page as it stood at the cut-off."""
        self._with_customer(self._open_then)

    def action_go(self, _place: str) -> None:
        """The replay of the customer; the key leads to one's own elsewhere."""
        from guanhu.tui.screens.replay import CustomerReplay

        self._with_customer(lambda no: self.app.push_screen(CustomerReplay(no)))

    def _with_customer(self, then: Callable[[str], object]) -> None:
        numbers = self.customers_here()
        if not numbers:
            self.app.notify(_("There is no customer under the cursor."), markup=False)
        elif len(numbers) == 1:
            then(numbers[0])
        else:

            def answered(customer_no: str | None) -> None:
                if customer_no is not None:
                    then(customer_no)

            options = [(no, no) for no in numbers]
            self.app.push_screen(Choose(_("Which customer?"), options), answered)

    def _open_then(self, customer_no: str) -> None:
        desk = desk_of(self)
        if desk.book is None:
            return
        present, before = desk.book.present, Standpoint(desk.book, desk.day, desk.known_at)

        def there(standpoint: Standpoint | None) -> None:
            if standpoint is None:
                return
            open_customer(self, customer_no)
            desk.stand_on(standpoint.book, standpoint.day, standpoint.known_at)
            self._before = before
            self.app.notify(_("As it stood at the cut-off; nothing can be written here."), markup=False)

        about = About(customers=(customer_no,), inspection=self.number)
        self.app.push_screen(LookThere(present, self.cutoff, about), there)

    def come_back(self) -> None:
        """Back from the cut-off to where one stood: an inspection does not see itself from there."""
        if (before := self._before) is not None:
            self._before = None
            desk_of(self).stand_on(before.book, before.day, before.known_at)

    # ------------------------------------------------------------ evidence
    def action_act_evidence(self) -> None:
        """Attach evidence to the entry under the cursor; of several one is chosen first."""
        positions = self.entries_here()

        def question(ground: Ground) -> tuple[list[LogEntry], Names]:
            return entries_at(ground.cursor, positions), ground.names

        self.ask("evidence", question, lambda answer: choose_evidence(self, *answer))
