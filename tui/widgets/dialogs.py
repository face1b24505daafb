"""Small questions: yes or no, a line of text, one of several. Each is pushed and answers by its result."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.tui.cells import fit
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.options import Options, move_option


class Confirm(ModalScreen[bool]):
    """Yes or no; escape is no. `words` ask, `about` tells what it is about."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "answer(True)"),
        ("n", "answer(False)"),
        ("left,right,h,l", "app.focus_next"),
        *bindings("form.cancel", words={"form.cancel": N_("No")}),
    ]

    def __init__(self, words: str, about: str = "") -> None:
        super().__init__()
        self._words = words
        self._about = about

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        yes, no = _("Yes"), _("No")
        with Vertical(classes="dialog"):
            yield Static(Text(visible(self._words, multiline=True)), classes="strong")
            if self._about:
                yield Static(Text(visible(self._about, multiline=True)))
            with Horizontal(classes="buttons"):
                yield Button(Text(f"{yes} (y)"), id="yes")
                yield Button(Text(f"{no} (n)"), id="no")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answered by a key."""
        self.dismiss(yes)

    def action_form_cancel(self) -> None:
        """No."""
        self.dismiss(False)


class AskText(ModalScreen[str | None]):
    """A line of text; None when it was cancelled. The text is as it was typed."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.cancel")]

    def __init__(self, words: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._words = words
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question and an input."""
        with Vertical(classes="dialog") as box:
            box.border_subtitle = _("Enter: go on   Esc: cancel")
            yield Static(Text(visible(self._words)), classes="strong")
            yield Input(self._value, placeholder=self._hint, select_on_focus=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)

    def action_form_cancel(self) -> None:
        """Nothing was entered."""
        self.dismiss(None)


class Choose(ModalScreen[str | None]):
    """One of several, each an id and its words; None when none was chosen.

    `chosen`: the one proposed, the first where it is not among them; None proposes none.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "move(1)"),
        ("k", "move(-1)"),
        *bindings("form.cancel"),
    ]

    def __init__(self, words: str, options: Sequence[tuple[str, str]], chosen: str | None = "") -> None:
        super().__init__()
        self._words = words
        self._options = options
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The question and the options."""
        with Vertical(classes="dialog") as box:
            box.border_subtitle = _("Enter: choose   Esc: cancel")
            yield Static(Text(visible(self._words, multiline=True)), classes="strong")
            yield Options(*(Option(_option(words), id=id_) for id_, words in self._options))
            yield Static(id="choose-more", classes="muted")

    def on_mount(self) -> None:
        """Stand on the option in force."""
        ids = [id_ for id_, _words in self._options]
        options = self.query_one(Options)
        first = ids.index(self._chosen) if self._chosen in ids else 0
        options.highlighted = None if self._chosen is None else first
        self.call_after_refresh(self._say_more)

    @on(Options.Moved)
    @on(events.Resize)
    def _in_sight_changed(self) -> None:
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        """Below the options how many there are beyond those in sight."""
        options = self.query_one(Options)
        above = _("{count} more above", count=options.above) if options.above else ""
        below = _("{count} more below", count=options.below) if options.below else ""
        line = self.query_one("#choose-more", Static)
        line.display = bool(above or below)
        line.update(Text("   ".join(filter(None, (above, below)))))

    def action_move(self, step: int) -> None:
        """Up and down as in lists."""
        move_option(self.query_one(Options), step)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)

    def action_form_cancel(self) -> None:
        """None was chosen."""
        self.dismiss(None)


WIDEST = 60
"""Cells of an option in a dialog that a screen of 80 columns has room for."""


def _option(words: str) -> Text:
    return Text(fit(words, min(cell_len(visible(words)), WIDEST)), no_wrap=True)


def choose(
    screen: DOMNode, words: str, options: Sequence[tuple[str, str]], chosen: str, take: Callable[[str], object]
) -> None:
    """Ask for one of several, and let `take` have its id, unless none was chosen."""

    def answered(id_: str | None) -> None:
        if id_ is not None:
            take(id_)

    screen.app.push_screen(Choose(words, options, chosen), answered)
