"""The line below every screen: the keys that work where one is, as many as fit, help always.

First those that the screen chose to show: acts, then lists, how it is looked at, what works everywhere. Where all of
them have room the rest of the line goes to keys that work as well: the acts that are done most, then the others in the
order of `FURTHER`, within a group in the order of `keys.py`. Moving in lists and going to places are left to the help.
"""

from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

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
from guanhu.tui.keys import ACTIONS, GROUPS

ORDER = {group: n for n, group in enumerate(GROUPS)}
OFTEN = tuple(f"act.{name}" for name in ("call", "visit", "message", "promise", "kept", "correct", "refer"))
"""The acts that are done most: of the keys that fill the line they come first."""
FURTHER = ("view", "act", "app")
"""Groups of the keys that follow: what only this screen has, the other acts, what works everywhere."""
OTHER_WAY = "view.previous"
"""Never fills it: `view.next` stands in the line, and leads round to the same."""
NUMBER = {name: n for n, name in enumerate(ACTIONS)}
LEAST = 5
"""Cells that a key with its words takes at least."""
LAST = "app.help"
"""Stands at the right end, whatever else has room."""
UNDO = "app.undo"
BACK = "app.back"
TIME = "view.time"


@runtime_checkable
class Offering(Protocol):
    """A screen that knows which of its keys have nothing to act on."""

    def pointless(self, action: str) -> bool:
        """Whether the key of an action has nothing to act on now."""


@runtime_checkable
class Working(Protocol):
    """A screen that may have a work under way, which its key back then stops."""

    @property
    def busy(self) -> bool:
        """Whether it has."""


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
        working = self._working()
        last = next((self._part(binding) for binding in working if binding.id == LAST), Text())
        room = self.size.width - cell_len(last.plain) - 1
        chosen = sorted((each for each in working if each.id != LAST and self._chosen(each)), key=self._rank)
        text = Text()
        if self._append(text, chosen, room):
            self._append(text, sorted(filter(self._fills, working), key=_importance), room)
        space = max(0, self.size.width - cell_len(text.plain) - cell_len(last.plain))
        return Text.assemble(text, " " * space, last, no_wrap=True, overflow="crop")

    def _append(self, text: Text, bindings: list[Binding], room: int) -> bool:
        """Append what there is room for; whether there was room for all."""
        whole = True
        for binding in bindings:
            if room - cell_len(text.plain) < LEAST:
                return False  # nothing more is drawn: this runs with every change of the focus
            part = self._part(binding)
            if cell_len(text.plain) + cell_len(part.plain) <= room:
                text.append_text(part)
            else:
                whole = False
        return whole

    def on_click(self, event: events.Click) -> None:
        """A click is the key."""
        if key := event.style.meta.get("key"):
            event.stop()
            self.app.simulate_key(key)

    def _working(self) -> list[Binding]:
        """The bindings that work now, one for each action."""
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
            if enabled and (binding.show or binding.id) and not self._pointless(binding):
                found.setdefault(binding.action, binding)
        return list(found.values())

    def _chosen(self, binding: Binding) -> bool:
        """Whether it stands in the line first."""
        return binding.show or self._leads_back(binding)

    def _fills(self, binding: Binding) -> bool:
        """Whether it may stand in what is left of the line."""
        name = binding.id or ""
        return not self._chosen(binding) and name in NUMBER and name != OTHER_WAY and ACTIONS[name].group in FURTHER

    def _rank(self, binding: Binding) -> tuple[bool, int]:
        """What leads out of a look back stands before all else: no bar is too narrow for it."""
        return not self._leads_back(binding), _group(binding)

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
        screen = self.screen
        if isinstance(screen, Offering) and screen.pointless(binding.id or ""):
            return True
        return binding.id == UNDO and (desk.last_act is None or desk.last_act[1] is None)

    def _part(self, binding: Binding) -> Text:
        key = self.get_component_rich_style("key-bar--key")
        words = _("Another time, or back") if self._leads_back(binding) else _(binding.description)
        if binding.id == BACK and isinstance(self.screen, Working) and self.screen.busy:
            words = _("Stop")
        part = Text.assemble((f" {self.app.get_key_display(binding)}", key), f" {words} ")
        part.stylize(Style(meta={"key": binding.key}))
        return part


def _group(binding: Binding) -> int:
    return ORDER.get((binding.id or "").partition(".")[0], 0)


def _importance(binding: Binding) -> tuple[int, int]:
    action = ACTIONS[binding.id or ""]
    if action.id in OFTEN:
        return -1, OFTEN.index(action.id)
    return FURTHER.index(action.group), NUMBER[action.id]
