"""The line of a screen in which somebody is looked for: what is typed searches, a few keys leave it.

Digits and letters are typed, since numbers and names are searched. Enter and down go to what was found. The key that
begins a search is not typed but begins it anew: no name and no number has its sign. In the empty line the help's sign
opens the help.
"""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from guanhu.language import N_
from guanhu.tui.folding import folded
from guanhu.tui.keys import bindings

ANEW = "/"
"""What is typed by the key of `app.find`."""


HELP = "?"
"""What is typed by the key of `app.help`: no name and no number begins with it."""


class FindBox(Input):
    """An input for what is looked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "list_open"),
        *bindings("list.open", words={"list.open": N_("To the list")}),
    ]

    class Left(Message):
        """On to what was found."""

        def __init__(self, box: "FindBox") -> None:
            super().__init__()
            self.box = box

        @property
        def control(self) -> "FindBox":
            """The box."""
            return self.box

    def action_list_open(self) -> None:
        """To what was found."""
        self.post_message(self.Left(self))

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        """What is there is selected, so that what is typed next stands in its place."""
        if event.character and folded(event.character) == ANEW:
            event.stop()
            event.prevent_default()
            self.action_select_all()
        elif not self.value and event.character and folded(event.character) == HELP:
            event.stop()
            event.prevent_default()
            self.call_later(self.app.run_action, "app.app_help")
