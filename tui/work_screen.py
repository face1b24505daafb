"""The base of every screen: the bars above and below, what to do when the book or the day changes.

A screen writes `body()` (what stands between the bars) and `load()` (asks for all it shows); the rest comes from here.
"""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from guanhu.language import _
from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import ACTIONS, bindings
from guanhu.tui.looks import Looker
from guanhu.tui.watching import BookChanged
from guanhu.tui.widgets.key_bar import KeyBar
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.top_bar import TopBar

SAID_OFF = frozenset({"act", "view", "app"})
"""Groups of actions whose keys say a word where they do nothing."""

ON_A_CUSTOMER = frozenset(f"act.{name}" for name in (
    "call", "visit", "message", "promise", "kept", "refer", "accept", "plan", "event", "opinion", "request", "profile",
    "product", "deposit", "withdraw", "mark", "tag", "link", "assign", "waive", "correct",
))  # fmt: skip
"""The acts that are for the customer under the cursor, or for those selected."""

SHORT = 20
"""Lines below which a screen is short: what stands below a list leaves it some rows."""


class WorkScreen(Screen[None], Asking):
    """A screen on the book. `load` runs when it is mounted, and again whenever the book or the day has changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app.undo", "app.refresh", "app.copy", "app.export", "app.screenshot")
    ]
    AUTO_FOCUS: ClassVar[str | None] = "LongList"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-high")]  # noqa: RUF012 - so declared by Textual
    PLACE: ClassVar[str] = ""
    """The place's id, for the bar above; "" for a screen that is opened from another."""
    SUBJECT: ClassVar[str] = "list"
    """What a look at a screen that is no place is told to be at (look_words.SUBJECTS)."""

    _shown: tuple[int, object] | None = None

    @property
    def busy(self) -> bool:
        """Whether a work is under way that no key may disturb, but those that stop it or leave."""
        return False

    def stopped_words(self) -> str:
        """What is so once the work under way is stopped."""
        return ""

    def pointless(self, action: str) -> bool:
        """Whether a key, by its stable name, has nothing to act on in an empty list; pressed, it says so."""
        listing = self.focused
        if not isinstance(listing, LongList) or listing.rows:
            return False
        about = getattr(self, "about", None)
        return action.startswith("list.") or (action in ON_A_CUSTOMER and about is not None and about() is None)

    def compose(self) -> ComposeResult:
        """The bars and what is between."""
        yield TopBar(self.PLACE)
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What stands between the bars."""
        yield from ()

    def load(self) -> None:
        """Ask for all that is shown; what is there stays until the answers come."""

    def words(self) -> str:
        """The screen's name in the bar above, where it is no place."""
        return ""

    def on_mount(self) -> None:
        """Ask for the first time; that a place was looked at is recorded where the book wants that, after the frame."""
        self.reload()
        if self.PLACE:
            self.call_after_refresh(self._record_look)

    def _record_look(self) -> None:
        looker = Looker(self, self.PLACE)
        self.ask("look", lambda _ground: looker.leave("list", "screen"), lambda _answer: None)

    def on_screen_resume(self) -> None:
        """Back in front: ask again if what is shown is older than the book."""
        if self._shown is not None and self._shown != self._now():
            self.reload()

    def on_book_changed(self, message: BookChanged) -> None:
        """The book or the day changed while the screen is in front."""
        message.stop()
        self.refresh_bindings()
        if self._shown != self._now():
            self.reload()

    def reload(self) -> None:
        """Ask again for all that is shown."""
        self._shown = self._now()
        self.load()

    async def relabel(self) -> None:
        """The language changed: everything is composed and asked anew."""
        stood = self.focus_chain.index(self.focused) if self.focused in self.focus_chain else None
        await self.recompose()
        self.reload()
        if stood is not None and stood < len(self.focus_chain):
            self.set_focus(self.focus_chain[stood])

    def _now(self) -> tuple[int, object]:
        desk = desk_of(self)
        return desk.version, desk.day

    def on_key(self, event: events.Key) -> None:
        """A key that does nothing on this screen says so: silence would look like a fault."""
        if event.key in self.active_bindings:
            return
        for name, action in ACTIONS.items():
            if action.group in SAID_OFF and event.key in desk_of(self).keys_of(name).split(","):
                event.stop()
                self.app.notify(_("{action}: not on this screen.", action=_(action.words)), markup=False, timeout=3)

    def on_long_list_failed(self, message: LongList.Failed) -> None:
        """A list's source could not be read."""
        message.stop()
        self.tell_error(message.error)

    def action_app_refresh(self) -> None:
        """Ask again."""
        self.reload()

    def action_app_copy(self) -> None:
        """Copy what the cursor is on (OSC 52, and the program's own clipboard)."""
        if text := self.copied():
            self.app.copy_to_clipboard(text)
            self.app.notify(_("Copied."), markup=False)

    def copied(self) -> str:
        """What `y` copies: by default the cells of the row under the cursor, tabs between them."""
        focused = self.focused
        if not isinstance(focused, LongList) or focused.row is None:
            return ""
        return "\t".join(_plain(column.cell(focused.row.item)) for column in focused.columns)

    def action_app_export(self) -> None:
        """Keep a list of the screen as a file."""
        from guanhu.tui.exporting import keep_list

        keep_list(self)

    def action_app_screenshot(self) -> None:
        """Keep a picture of the screen as SVG, beside where the program was begun; for its owner only."""
        from guanhu.tui.exporting import keep_picture

        keep_picture(self)

    def action_app_undo(self) -> None:
        """Correct the last act, once it was confirmed."""
        from guanhu.tui.doing import take_back_last

        take_back_last(self)


def _plain(cell: object) -> str:
    if isinstance(cell, Text):
        return cell.plain
    return str(cell[0] if isinstance(cell, tuple) else cell).strip()
