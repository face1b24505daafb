"""A book that another version of the program used last: what is derived is made anew, then one works in it."""

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.tui.keys import bindings
from guanhu.tui.screens.making import MakingScreen
from guanhu.tui.widgets.long_work import LongWork
from guanhu.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from guanhu.tui.app import GuanhuApp
    from guanhu.tui.beginning import Mending


class MendingScreen(MakingScreen):
    """Shown in place of a book whose tables are another version's."""

    CSS_PATH = "mending.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.open", "form.cancel", shown=("list.open", "form.cancel"),
                  words={"list.open": N_("Make it ready"), "form.cancel": N_("Stop")}),
    ]  # fmt: skip

    def words(self) -> str:
        """As WorkScreen."""
        return _("Make the book ready")

    def body(self) -> ComposeResult:
        """What is the matter, what would be done, what stays as it is; the bar of the work."""
        path = visible(str(self._mending.book.path)) if self._mending else ""
        with Vertical(id="mending-box"):
            yield Static(Text(_("This book is not ready for this version yet.")), classes="strong")
            yield Static(Text(path), classes="muted", id="mending-where")
            yield Prose(id="mending-said")
            yield Static(Text(_("Enter: make it ready   ^q: leave")), classes="muted", id="mending-keys")
            yield LongWork(id="mending-work")

    def on_mount(self) -> None:
        """What would be done, and what stays."""
        said = _(
            "Another version of Guanhu used this book last, so its lists must be made anew from the log. The log, its "
            "seal and all kept checkpoints stay as they are. It takes seconds, with millions of entries some minutes; "
            "stopped half way it changes nothing."
        )
        self.query_one(Prose).update(said)

    @property
    def _mending(self) -> "Mending | None":
        return cast("GuanhuApp", self.app).mending

    def action_list_open(self) -> None:
        """Make what is derived anew."""
        if (mending := self._mending) is not None and not self.busy:
            self.begin(_("Reading events"), mending.rebuild, self._ready)

    def _ready(self, staff: str) -> None:
        if (mending := self._mending) is not None:
            cast("GuanhuApp", self.app).open_book(mending.book, staff)
