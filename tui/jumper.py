"""Jump keys: a letter on everything that can be gone to; typing it goes there."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from guanhu.language import _
from guanhu.tui.folding import folded

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def targets(screen: "Screen[object]") -> list[Widget]:
    """What can take the focus and is in sight, in the order of the tab key."""
    return [widget for widget in screen.focus_chain if screen.region.overlaps(widget.region) and widget.region.area]


class Jumper(ModalScreen[Widget | None]):
    """Letters over the screen below; the result is the widget to go to, None for any other key."""

    CSS_PATH = "jumper.tcss"

    def __init__(self, widgets: Sequence[Widget]) -> None:
        super().__init__()
        self._by_letter = dict(zip(LETTERS, widgets, strict=False))

    def compose(self) -> ComposeResult:
        """What to press, and a letter before each widget's first line, on its frame or margin: it covers no word."""
        for letter, widget in self._by_letter.items():
            x, y = widget.region.offset
            sign = Static(Text(letter), classes="jump")
            sign.absolute_offset = Offset(max(0, x - 1), y)
            yield sign
        yield Static(Text(_("Press a letter to go there; any other key leaves.")), id="jump-hint")

    def on_key(self, event: events.Key) -> None:
        """Go, or leave."""
        event.stop()
        event.prevent_default()
        self.dismiss(self._by_letter.get(folded(event.character or "").lower()))

    def on_click(self) -> None:
        """Leave."""
        self.dismiss(None)
