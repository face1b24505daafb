"""Language, theme and borders: each choice holds at once and is kept."""

from typing import Any, ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from guanhu.language import N_, _
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import bindings
from guanhu.tui.settings import Settings
from guanhu.tui.signs import signs_of
from guanhu.tui.theme import named_theme
from guanhu.tui.widgets.options import Options, move_option

CHOICES: tuple[tuple[str, str, str], ...] = (
    ("language", "zh", N_("Language: 中文")),
    ("language", "en", N_("Language: English")),
    ("language", "", N_("Language: as the system has it")),
    ("theme", "dark", N_("Theme: dark")),
    ("theme", "light", N_("Theme: light")),
    ("theme", "contrast", N_("Theme: high contrast")),
    ("borders", "line", N_("Borders: lines")),
    ("borders", "ascii", N_("Borders: plain signs, for consoles that draw lines badly")),
)
"""Setting, value, words."""


def chosen(settings: Settings, name: str, value: str) -> Settings:
    """The settings with one of them changed."""
    changes: dict[str, Any] = {name: value}
    return msgspec.structs.replace(settings, **changes)


class SettingsScreen(ModalScreen[None]):
    """Choose with enter; escape leaves."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.cancel", words={"form.cancel": N_("Back")}),
        ("j", "move(1)"),
        ("k", "move(-1)"),
    ]

    def compose(self) -> ComposeResult:
        """The choices."""
        with Vertical(classes="dialog"):
            yield Options()

    def on_mount(self) -> None:
        """Show what holds, and what holds from then on: the theme can change otherwise too."""
        self._fill(0)
        self.watch(self.app, "theme", self._themed, init=False)

    def _themed(self) -> None:
        self._fill(self.query_one(OptionList).highlighted or 0)

    def _fill(self, highlighted: int) -> None:
        desk = desk_of(self)
        sign = signs_of(self.app).marked
        options = self.query_one(OptionList)
        options.clear_options()
        before = CHOICES[0][0]
        for name, value, words in CHOICES:
            if name != before:
                options.add_option(None)  # a line between two settings
                before = name
            holds = (named_theme(self.app.theme) if name == "theme" else getattr(desk.settings, name)) == value
            options.add_option(Option(Text(f"{sign if holds else ' '} {_(words)}")))
        options.highlighted = highlighted
        self.query_one(".dialog").border_title = _("Settings")
        self.query_one(".dialog").border_subtitle = _("Enter: choose   Esc: back")

    def action_move(self, step: int) -> None:
        """Up and down as in lists."""
        move_option(self.query_one(OptionList), step)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        name, value, _words = CHOICES[event.option_index]
        desk = desk_of(self)
        desk.apply(chosen(desk.settings, name, value))
        self._fill(event.option_index)

    def action_form_cancel(self) -> None:
        """Back to the screen."""
        self.dismiss(None)
