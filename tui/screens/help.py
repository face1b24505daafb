"""All keys, searchable: those that work where one is first, then all others."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from guanhu.domain.pinyin import initials
from guanhu.domain.text import fold
from guanhu.language import N_, _, chinese
from guanhu.tui.keys import ACTIONS, GROUPS, Action, bindings
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row


class HelpScreen(ModalScreen[None]):
    """`keys` are the keys of each action as people read them, `here` the actions that work on the screen below."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.cancel", words={"form.cancel": N_("Back")}),
        ("down", "move(1)"),
        ("up", "move(-1)"),
    ]

    def __init__(self, keys: Mapping[str, str], here: frozenset[str], folder: str) -> None:
        super().__init__()
        self._keys = keys
        self._here = here
        self._folder = folder

    def compose(self) -> ComposeResult:
        """An input and the list."""
        with Vertical(classes="dialog") as box:
            box.border_title = _("Keys")
            box.border_subtitle = _("your own: {folder}", folder=self._folder)
            yield Input(placeholder=_("Search"))
            yield LongList(self._columns(), markable=False)

    def on_mount(self) -> None:
        """All keys."""
        self._show("")

    def _columns(self) -> list[Column]:
        return [
            Column("keys", _("Keys"), lambda action: (self._keys[action.id], "strong"), 14, 24, flex=1),
            Column("words", _("Action"), lambda action: _(action.words), 18, 28, flex=2),
            Column("id", _("Name for the key file"), lambda action: (action.id, "muted"), 20, priority=1),
        ]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(fold(event.value).strip())

    def _show(self, wanted: str) -> None:
        found = [action for action in ACTIONS.values() if not wanted or wanted in self._searched(action)]
        rows: list[Row] = []
        for words, group in self._groups(found):
            if group:
                rows.append(Row(f"#{words}", heading=words))
                rows += [Row(f"{words}/{action.id}", action) for action in group]
        self.query_one(LongList).show(ListSource(rows), keep=False)

    def _groups(self, found: list[Action]) -> list[tuple[str, list[Action]]]:
        here = [action for action in found if action.id in self._here]
        others = [action for action in found if action.id not in self._here]
        groups = [(_("Here"), here)]
        for group, words in GROUPS.items():
            groups.append((_(words), [action for action in others if action.group == group]))
        return groups

    def _searched(self, action: Action) -> str:
        zh = chinese(action.words)
        return fold(f"{zh} {initials(zh)} {action.words} {action.id} {self._keys[action.id]}")

    def action_move(self, step: int) -> None:
        """Up and down while the input has the focus."""
        list_ = self.query_one(LongList)
        list_.move_to(list_.cursor + step, step=step)

    def action_form_cancel(self) -> None:
        """Back to the screen."""
        self.dismiss(None)
