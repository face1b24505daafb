"""The first start, without a book: look at the demo, begin a book, or begin one with a file of the bank."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.store.book import Book
from guanhu.tui.beginning import Beginning, Tell
from guanhu.tui.keys import bindings
from guanhu.tui.screens.making import MakingScreen
from guanhu.tui.widgets.long_work import LongWork
from guanhu.tui.widgets.options import Options
from guanhu.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from guanhu.tui.app import GuanhuApp

WAYS: tuple[tuple[str, str, str], ...] = (
    ("demo", N_("Look at the demo branch"),
     N_("A made-up branch with three outlets, 25 staff, 2,000 customers and two years of work. Made in a temporary "
        "file that is gone afterwards: nothing you try there is real.")),
    ("new", N_("Begin a new book"),
     N_("An empty book with the default scheme, an outlet, and you as outlet manager and relationship manager.")),
    ("file", N_("Begin with a file of the bank"),
     N_("A new book, and then a list of customers or balances: CSV, TSV, XLSX or XLS. What would happen is shown "
        "before anything is written.")),
)  # fmt: skip
"""Id, what it is called, what it means."""


class StartScreen(MakingScreen):
    """Shown in place of a book that is not there."""

    CSS_PATH = "start.tcss"
    STOPPED = N_("Stopped; nothing is left behind.")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.open", "list.down", "list.up", "form.cancel", shown=("list.open", "form.cancel"),
                  words={"form.cancel": N_("Stop")}),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._way = 0

    def words(self) -> str:
        """As WorkScreen."""
        return _("Begin")

    def body(self) -> ComposeResult:
        """What it is, the ways, what the one under the cursor means."""
        with Vertical(id="start-box"):
            yield Static(Text(_("Guanhu: look after the customers of a bank branch by tier.")), classes="strong")
            yield Static(Text(self._where()), classes="muted", id="start-where")
            yield Options(*(Option(Text(_(words)), id=id_) for id_, words, _means in WAYS), id="start-ways")
            yield Prose(id="start-means")
            keys = _("Up, Down: choose   Enter: begin   F2: language and colours   ^q: quit")
            yield Static(Text(keys), classes="muted", id="start-keys")
            yield LongWork(id="start-work")

    def on_mount(self) -> None:
        """The ways have the keys."""
        ways = self.query_one(OptionList)
        ways.highlighted = self._way
        ways.focus()

    @property
    def _beginning(self) -> Beginning | None:
        return cast("GuanhuApp", self.app).beginning

    def _where(self) -> str:
        place = self._beginning
        return (
            _("There is no book at {path} yet.", path=visible(str(place.path))) if place else _("There is no book yet.")
        )

    # ------------------------------------------------------------ the ways
    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._way = event.option_index
        self.query_one("#start-means", Prose).update(_(WAYS[self._way][2]))

    def action_list_down(self) -> None:
        """To the next way."""
        self.query_one(OptionList).action_cursor_down()

    def action_list_up(self) -> None:
        """To the way before."""
        self.query_one(OptionList).action_cursor_up()

    def action_list_open(self) -> None:
        """Go the way under the cursor."""
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._beginning is None or self.busy:
            return
        if event.option.id == "demo":
            self._demo(self._beginning)
        else:
            self._new_book(self._beginning.path, importing=event.option.id == "file")

    def _demo(self, beginning: Beginning) -> None:
        def make(tell: Tell) -> Book:
            return beginning.make_demo(tell)

        self.begin(_("Making up two years of a branch"), make, self._open)

    def _open(self, book: Book, *, importing: bool = False) -> None:
        app = cast("GuanhuApp", self.app)
        app.open_book(book, book.staff)
        if importing:
            from guanhu.tui.screens.importing import ImportScreen

            app.call_later(app.push_screen, ImportScreen())

    # ------------------------------------------------------------ a new book
    def _new_book(self, path: Path, *, importing: bool) -> None:
        from guanhu.tui.screens.new_book import NewBook

        form = NewBook(path)

        def closed(_saved: bool | None) -> None:
            if form.book is not None:
                self._open(form.book, importing=importing)

        self.app.push_screen(form, closed)
