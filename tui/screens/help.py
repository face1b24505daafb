"""All keys, searchable: those that work where one is first, then what the signs mean, then all other keys.

Above them stand the places with their keys, always in sight: the bar has no room for all of them on a narrow screen.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from guanhu.domain.pinyin import initials
from guanhu.domain.text import fold, visible
from guanhu.language import N_, _, chinese
from guanhu.tui.cells import CUT, fit
from guanhu.tui.keymap import FILE_NAME
from guanhu.tui.keys import ACTIONS, FORM, GROUPS, Action, bindings
from guanhu.tui.signs import legend, signs_of
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.parts import GAP, Part, Parts
from guanhu.tui.widgets.prose import Prose

PATH_CELLS = 40
MOST_KEYS = 24
FREE_KEY = "f3"
"""The key of the example: no action has it."""


class Line(msgspec.Struct, frozen=True):
    """A line: keys or a sign, what it does or means, the action's stable name ("": a sign), what finds it."""

    keys: str
    words: str
    name: str
    found_by: str


class HelpScreen(ModalScreen[None]):
    """`keys` are the keys of each action as people read them, `here` the actions that work on the screen below."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.cancel", words={"form.cancel": N_("Back")}),
        ("down", "move(1)"),
        ("up", "move(-1)"),
        ("pagedown", "page_down"),
        ("pageup", "page_up"),
    ]

    def __init__(self, keys: Mapping[str, str], here: frozenset[str], folder: str) -> None:
        super().__init__()
        self._keys = keys
        self._here = here
        self._folder = folder

    def compose(self) -> ComposeResult:
        """An input, the list, and how a key is changed."""
        with Vertical(classes="dialog") as box:
            box.border_title = _("Keys and signs")
            box.border_subtitle = _("Esc: back")
            yield Parts(self._places(), id="help-places")
            yield Input(placeholder=_("Search"))
            yield LongList(self._columns(), markable=False)
            yield Prose(id="key-name", classes="muted")

    def _places(self) -> list[Part]:
        """Every place with its key."""
        return [(self._keys[each.id], _(each.words)) for each in ACTIONS.values() if each.group == "go"]

    def on_mount(self) -> None:
        """All keys."""
        self._show("")

    def _columns(self) -> list[Column]:
        """Keys and what they do in one, as wide as the longest keys of all: it stands still, however few are shown."""
        width = min(MOST_KEYS, max(cell_len(line.keys) for _words, group in self._groups() for line in group))

        def cell(line: Line) -> Text:
            return Text.assemble((fit(line.keys, width), "bold"), GAP, visible(line.words))

        return [Column("keys", f"{fit(_('Keys'), width)}{GAP}{_('Action')}", cell, width + 18, flex=1)]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(fold(event.value).strip())

    @on(LongList.Highlighted)
    def _moved(self, event: LongList.Highlighted) -> None:
        """Who wants another key learns the action's name, and the file that it goes into."""
        event.stop()
        name = event.row.item.name
        line = f'"{name}" = "{FREE_KEY}"'
        words = _("For another key write {line} under [keys] in the file {file}.", line=line, file=self._file)
        self.query_one("#key-name", Prose).update(visible(words) if name else "")

    @property
    def _file(self) -> str:
        """The key file as short as it can be said; of a long path the end."""
        path, home = Path(self._folder) / FILE_NAME, Path.home()
        shown = f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
        return shown if cell_len(shown) <= PATH_CELLS else f"{CUT}/{path.parent.name}/{path.name}"

    def _show(self, wanted: str) -> None:
        rows: list[Row] = []
        for words, group in self._groups():
            lines = [line for line in group if wanted in line.found_by]
            if lines:
                rows.append(Row(f"#{words}", heading=words))
                rows += [Row(f"{words}/{line.name}{line.keys}", line) for line in lines]
        listing = self.query_one(LongList)
        listing.empty = _("Nothing found.")
        listing.show(ListSource(rows), keep=False)

    def _groups(self) -> list[tuple[str, list[Line]]]:
        here = [action for action in ACTIONS.values() if action.id in self._here]
        told = legend(signs_of(self.app))
        signs = [Line(sign, words, "", fold(f"{sign} {words} {_('Signs')}")) for sign, words in told]
        groups = [(_("Here"), [self._line(action) for action in here]), (_("Signs"), signs)]
        for group, words in GROUPS.items():
            others = [each for each in ACTIONS.values() if each.group == group and each.id not in self._here]
            lines = [self._line(action) for action in others]
            groups.append((_(words), lines + (_in_forms() if group == FORM else [])))
        return groups

    def _line(self, action: Action) -> Line:
        zh, keys = chinese(action.words), self._keys[action.id]
        found_by = fold(f"{zh} {initials(zh)} {action.words} {action.id} {keys}")
        return Line(keys, _(action.words), action.id, found_by)

    def action_move(self, step: int) -> None:
        """Up and down while the input has the focus."""
        list_ = self.query_one(LongList)
        list_.move_to(list_.cursor + step, step=step)

    def action_page_down(self) -> None:
        """A page down, as in the list."""
        self.query_one(LongList).action_list_page_down()

    def action_page_up(self) -> None:
        """A page up."""
        self.query_one(LongList).action_list_page_up()

    def action_form_cancel(self) -> None:
        """Back to the screen."""
        self.dismiss(None)


def _in_forms() -> list[Line]:
    """The keys of forms that are no actions: nobody may give them away."""
    told = (
        (_("digit"), _("choose, and go on to the next field")),
        (_("Enter"), _("next field, on the last one save; right after a digit it stays")),
        (_("Up, Down"), _("another field, whatever stands in this one")),
    )
    return [Line(keys, words, "", fold(f"{keys} {words}")) for keys, words in told]
