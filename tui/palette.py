"""The command palette: every action that works where one is, and every customer, by what one types.

An action is found by its Chinese name, the initials or syllables of its pinyin, its English name, and its stable
name; a customer as everywhere. Nothing typed or stored passes through markup.
"""

from collections.abc import Callable
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.fuzzy import FuzzySearch
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from guanhu.domain.pinyin import initials, spelled
from guanhu.domain.text import fold, visible
from guanhu.language import _, chinese
from guanhu.projections.finding import Found, find
from guanhu.tui.asking import Asking
from guanhu.tui.cells import fit, wan
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.options import Options, move_option

CUSTOMERS = 20
LEAST = 0.05
"""The score below which an action is not shown."""
FRAME = 4
"""Lines of the box without its list: its frame, the input, the space below that."""
AROUND = FRAME + 4
"""Lines that the list leaves: the box, two above it and two below."""
NAMED = 34
"""Cells of a name, so that keys and figures stand below one another."""


class Entry(msgspec.Struct, frozen=True):
    """A line of the palette: the action's group, its words, what stands at its right, what finds it, what it does."""

    group: str
    words: str
    aside: str
    keys: tuple[str, ...]
    run: Callable[[], object]


def entry(name: str, message: str, aside: str, run: Callable[[], object]) -> Entry:
    """The entry of an action by its stable name, or of anything ("") said by an English sentence of the catalogue."""
    zh = chinese(message)
    keys = (fold(zh), initials(zh), spelled(zh), fold(message), name)
    return Entry(name.partition(".")[0], _(message), aside, keys, run)


def matching(entries: list[Entry], text: str) -> list[Entry]:
    """The entries that a text finds, the best first."""
    wanted = fold(text).strip()
    if not wanted:
        return entries
    search = FuzzySearch()
    scored = [(_score(search, wanted, each), -n) for n, each in enumerate(entries)]
    return [entries[-n] for score, n in sorted(scored, reverse=True) if score > LEAST]


def _score(search: FuzzySearch, wanted: str, candidate: Entry) -> float:
    best = 0.0
    for n, key in enumerate(candidate.keys):
        if key.startswith(wanted):
            best = max(best, 1000.0 - n - len(key) / 100)
        elif wanted in key:
            best = max(best, 500.0 - n)
        elif len(wanted) > 2:
            best = max(best, min(100.0, search.match(wanted, key)[0]))
    return best


class Palette(ModalScreen[Entry | None], Asking):
    """Type and choose; the result is the entry to run."""

    CSS_PATH = "palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.cancel"),
        ("down,ctrl+n", "move(1)"),
        ("up", "move(-1)"),
    ]

    def __init__(self, entries: list[Entry], open_customer: Callable[[str], object]) -> None:
        super().__init__()
        self._entries = entries
        self._open_customer = open_customer
        self._shown: list[Entry] = []

    def compose(self) -> ComposeResult:
        """An input and what it finds."""
        with Vertical(classes="dialog") as box:
            box.border_subtitle = _("Enter: do it   Esc: cancel")
            yield Input(placeholder=_("Name, pinyin initials, or a customer"))
            yield Options()

    def on_mount(self) -> None:
        """All actions, until something is typed."""
        self.query_one(OptionList).can_focus = False
        self._fill(self._entries)

    def on_resize(self, event: events.Resize) -> None:
        """As many lines as the screen has room for below the bar and above the line of keys."""
        self.query_one(OptionList).styles.max_height = max(1, event.size.height - AROUND)
        self.query_one(".dialog").styles.max_height = max(1, event.size.height - AROUND + FRAME)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        text = event.value
        found = matching(self._entries, text)
        self._fill(found)
        if text.strip():
            self.ask(
                "palette",
                lambda ground: _customers(ground, text),
                lambda customers: self._fill([*found, *(self._customer(*each) for each in customers)], keep=True),
                delay=0.06,
            )

    def _customer(self, found: Found, aside: str) -> Entry:
        who = f"{found.name} {found.customer_no}".lstrip()
        return Entry("", who, aside, (), lambda: self._open_customer(found.customer_no))

    def _fill(self, entries: list[Entry], *, keep: bool = False) -> None:
        """Show entries; with `keep` the one that was chosen meanwhile stays so (customers come after the actions)."""
        self._shown = entries
        options = self.query_one(OptionList)
        at = options.highlighted or 0 if keep else 0
        options.clear_options()
        nothing = Option(Text(_("Nothing found.")), disabled=True)
        options.add_options([Option(_line(each)) for each in entries] or [nothing])
        if entries:
            options.highlighted = at

    def action_move(self, step: int) -> None:
        """Up and down while the input has the focus."""
        move_option(self.query_one(OptionList), step)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _chosen(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._shown):
            self.dismiss(self._shown[at])

    def action_form_cancel(self) -> None:
        """Nothing is done."""
        self.dismiss(None)


def _customers(ground: Ground, text: str) -> list[tuple[Found, str]]:
    """The customers that a text finds, with tier and AUM in words."""
    found = find(ground.cursor, ground.policy, ground.calendar, ground.day, text, limit=CUSTOMERS)[1]
    return [(each, _standing(each, ground)) for each in found]


def _standing(found: Found, ground: Ground) -> str:
    if found.aum_fen is None:
        return ""
    return f"{ground.names.tier(found.tier)}  {_('{amount} wan', amount=wan(found.aum_fen))}"


def _line(each: Entry) -> Text:
    words = fit(each.words, max(NAMED, cell_len(visible(each.words))))
    return Text.assemble(words, "  ", (visible(each.aside), "dim"), no_wrap=True)
