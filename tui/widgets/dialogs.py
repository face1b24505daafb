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
from guanhu.tui.widgets.prose import Prose


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

    `chosen`: the one proposed, the first where it is not among them; None proposes none. Words that the screen has no
    room for are cut in their row; the whole stands below for the row in front.
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
        self._room = 0
        """Cells of an option."""

    def compose(self) -> ComposeResult:
        """The question and the options."""
        self._room = self.app.size.width * SHARE // 100 - BESIDE
        with Vertical(classes="dialog") as box:
            keys = _("Enter: choose   Esc: cancel")
            box.border_subtitle = _("Up, Down: move   {keys}", keys=keys) if self._chosen is None else keys
            yield Static(Text(visible(self._words, multiline=True)), classes="strong")
            options = Options(*(Option(_option(words, self._room), id=id_) for id_, words in self._options))
            asked = max(map(cell_len, visible(self._words, multiline=True).split("\n")))
            options.styles.min_width = min(ASKED, max(LEAST, asked))
            yield options
            yield Static(id="choose-more", classes="muted")
            if any(cell_len(visible(words)) > self._room for _id, words in self._options):
                yield Prose(id="choose-whole")

    def on_mount(self) -> None:
        """Stand on the option in force."""
        ids = [id_ for id_, _words in self._options]
        options = self.query_one(Options)
        first = ids.index(self._chosen) if self._chosen in ids else 0
        options.highlighted = None if self._chosen is None else first
        self.call_after_refresh(self._say_more)

    @on(OptionList.OptionHighlighted)
    def _say_whole(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        words = visible(self._options[event.option_index][1])
        for line in self.query("#choose-whole").results(Prose):
            line.update(words if cell_len(words) > self._room else "")

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


SHARE, BESIDE = 90, 12
"""Percent of the screen's width that a dialog takes, and cells of it beside an option: frame, sign, scrollbar."""
LEAST, ASKED = 36, 72
"""Cells of the options at least, and of a question at most (dialogs.tcss): the one is as wide as the other."""


def _option(words: str, room: int) -> Text:
    return Text(fit(words, min(cell_len(visible(words)), room)), no_wrap=True)


def choose(
    screen: DOMNode, words: str, options: Sequence[tuple[str, str]], chosen: str, take: Callable[[str], object]
) -> None:
    """Ask for one of several, and let `take` have its id, unless none was chosen."""

    def answered(id_: str | None) -> None:
        if id_ is not None:
            take(id_)

    screen.app.push_screen(Choose(words, options, chosen), answered)
