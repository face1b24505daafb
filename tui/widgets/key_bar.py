"""The line below every screen: the keys that work where one is, as many as fit, help always."""

from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.keys import REPLACED_KEYS, key_to_character
from textual.screen import Screen
from textual.widget import Widget

from guanhu.language import _
from guanhu.tui.desk import desk_of
from guanhu.tui.keys import GROUPS

ORDER = {group: n for n, group in enumerate(GROUPS)}
LAST = "app.help"
"""Stands at the right end, whatever else has room."""
UNDO = "app.undo"
BACK = "app.back"
TIME = "view.time"


class KeyBar(Widget):
    """Drawn in one piece, so that moving the focus costs nothing; keys can be clicked."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _screen: "Screen[object]") -> None:
        self.refresh()

    def render(self) -> Text:
        """The line."""
        shown = self._shown()
        last = next((self._part(binding) for binding in shown if binding.id == LAST), Text())
        room = self.size.width - cell_len(last.plain) - 1
        text = Text()
        for binding in shown:
            part = self._part(binding)
            if binding.id != LAST and cell_len(text.plain) + cell_len(part.plain) <= room:
                text.append_text(part)
        space = max(0, self.size.width - cell_len(text.plain) - cell_len(last.plain))
        return Text.assemble(text, " " * space, last, no_wrap=True, overflow="crop")

    def on_click(self, event: events.Click) -> None:
        """A click is the key."""
        if key := event.style.meta.get("key"):
            event.stop()
            self.app.simulate_key(key)

    def _shown(self) -> list[Binding]:
        """The bindings of the footer, one for each action: acts first, what works everywhere last."""
        found: dict[str, Binding] = {}
        focused = self.screen.focused
        taken = focused.check_consume_key if focused else None
        for _node, binding, enabled, _tooltip in self.screen.active_bindings.values():
            key = binding.key
            # Textual overlooks that an input takes the keys which it gives another name than Unicode does.
            if taken and key in REPLACED_KEYS and taken(key, key_to_character(REPLACED_KEYS[key])):
                continue
            if binding.id == BACK and self.screen is self.app.screen_stack[0]:
                continue  # there is nothing to go back to
            if (binding.show or self._leads_back(binding)) and enabled and not self._pointless(binding):
                found.setdefault(binding.action, binding)
        return sorted(found.values(), key=lambda binding: ORDER.get((binding.id or "").partition(".")[0], 0))

    def _leads_back(self, binding: Binding) -> bool:
        """In a look back its key stands in the bar too."""
        return binding.id == TIME and desk_of(self).looking_back

    def _pointless(self, binding: Binding) -> bool:
        """Undoing is offered where there is something to undo, acts in the present; their keys answer anyway."""
        desk = desk_of(self)
        if desk.looking_back and (binding.id or "").startswith("act."):
            return True
        if desk.keeps_from(binding.action):
            return True
        return binding.id == UNDO and (desk.last_act is None or desk.last_act[1] is None)

    def _part(self, binding: Binding) -> Text:
        key = self.get_component_rich_style("key-bar--key")
        words = _("Another time, or back") if self._leads_back(binding) else _(binding.description)
        part = Text.assemble((f" {self.app.get_key_display(binding)}", key), f" {words} ")
        part.stylize(Style(meta={"key": binding.key}))
        return part
