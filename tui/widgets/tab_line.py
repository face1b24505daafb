"""A line of tabs: the one in front is told by brackets and by its ground; a click goes to one."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

GAP = "  "
"""Between two tabs: the brackets of the one in front stand in cells of their own, so that no name ever moves."""


class TabLine(Widget):
    """Names of tabs, drawn in one piece."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-line--here"}

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs: Sequence[str] = ()
        self._at = 0

    def show(self, names: Sequence[str], at: int) -> None:
        """Show these tabs, the one at `at` in front."""
        self._tabs, self._at = names, at
        self.refresh()

    def render(self) -> Text:
        """The line."""
        here = self.get_component_rich_style("tab-line--here")
        text = Text(no_wrap=True, overflow="crop")
        for n, name in enumerate(self._tabs):
            text.append(GAP if n else "")
            part = Text(f"[{name}]" if n == self._at else f" {name} ", here if n == self._at else "")
            part.stylize(Style(meta={"tab": n}))
            text.append_text(part)
        return text

    def on_click(self, event: events.Click) -> None:
        """Go to the tab under the mouse."""
        index = event.style.meta.get("tab")
        if index is not None:
            event.stop()
            self.post_message(self.Chosen(index))
