"""The room that the fields of a form have on the screen, and what a short screen hides of them."""

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.cells import fit
from guanhu.tui.forms import Field
from guanhu.tui.widgets.prose import folded

SHARE = 90
"""Percent of the screen's height that a form takes at most, as in its stylesheet."""
ABOVE = 2
"""Lines above the fields."""
LEAST_FIELDS = 3
"""Lines of the fields, whatever the screen's height."""


class FormRoom(ModalScreen[bool]):
    """A form whose `fields` scroll between its title and what stands under them, where the screen is too short."""

    fields: tuple[Field, ...] = ()
    away: frozenset[str] = frozenset()
    """Fields that are not asked for beside what stands in the others."""
    _room = 0
    """Lines of the fields."""

    @property
    def shown_fields(self) -> list[Field]:
        """The fields that are asked for."""
        return [field for field in self.fields if field.id not in self.away]

    def put_away(self, away: frozenset[str]) -> None:
        """Ask for all fields but these; the focus goes on from one that is asked for no more."""
        if away == self.away:
            return
        self.away = away
        focused = (self.focused.id or "").removeprefix("field-") if self.focused else ""
        for field in self.fields:
            self.query_one(f"#row-{field.id}").display = field.id not in away
        if focused in away:
            ids = [field.id for field in self.fields]
            later = [name for name in ids[ids.index(focused) :] if name not in away]
            self.query_one(f"#field-{later[0] if later else self.shown_fields[-1].id}").focus()
        self.call_after_refresh(self.fit)

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.id: self.text_of(field) for field in self.fields}

    def text_of(self, field: Field) -> str:
        """What stands in a field."""
        raise NotImplementedError

    def say_above(self, words: str) -> None:
        """What the form is about, above its fields: at most `ABOVE` lines, marked where that is not all."""
        told = visible(words, multiline=True).strip()
        width = self.query_one(".dialog").content_size.width or self.size.width * SHARE // 100
        lines = folded(Content(told), width).plain.split("\n")
        if len(lines) > ABOVE:
            lines = [*lines[: ABOVE - 1], fit(" ".join(lines[ABOVE - 1 :]), width)]
        above = self.query_one("#last", Static)
        above.update("\n".join(lines))
        above.set_class(not told, "-empty")

    def watch_fields(self) -> None:
        """For `on_mount`: say what is hidden whenever the fields move."""
        fields = self.query_one(VerticalScroll)
        for moved in ("scroll_y", "virtual_size", "show_vertical_scrollbar"):
            self.watch(fields, moved, self._moved)

    def _moved(self) -> None:
        self.call_after_refresh(self._say_more)

    def on_resize(self) -> None:
        """The fields have room for more, or for less."""
        self.call_after_refresh(self.fit)

    def fit(self) -> None:
        """As many lines of fields as the screen has left beside what must be seen: the preview, a refusal, the keys."""
        if not self.query(".dialog"):
            return  # it was left before the screen was drawn
        box, fields = self.query_one(".dialog", Vertical), self.query_one(VerticalScroll)
        for said in box.query("#last, #kept, #longer, #writes, #preview, #refused").results(Static):
            said.set_class(not str(said.content), "-empty")
        others = (each for each in box.children if each is not fields and each.display)
        beside = sum(each.outer_size.height + each.styles.margin.height for each in others)
        room = self.size.height * SHARE // 100 - box.gutter.height - beside
        room = max(LEAST_FIELDS, room)
        if room != self._room:  # what stands beside is laid out anew by it, and may then need other room
            self._room = room
            fields.styles.max_height = room
            self.call_after_refresh(self.fit)
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        """Fields that a short screen hides are said to be there."""
        if not self.query(".dialog"):
            return
        fields, told = self.query_one(VerticalScroll), []
        if fields.scroll_y > 0:
            told.append(_("more fields above"))
        if fields.max_scroll_y > fields.scroll_y:
            needed = self._needed_from(round(fields.scroll_y) + fields.size.height)
            below = _("below: {fields}, needed", fields=_(", ").join(needed)) if needed else _("more fields below")
            told.append(below)
        self.query_one(".dialog", Vertical).border_subtitle = "   ".join(told)

    def _needed_from(self, line: int) -> list[str]:
        """The labels of fields that stand from a line on and still need something."""
        texts = {field.id: self.text_of(field) for field in self.fields}
        return [
            field.label for field in self.shown_fields
            if field.is_needed(texts) and not texts[field.id].strip()
            and self.query_one(f"#row-{field.id}").virtual_region.y >= line
        ]  # fmt: skip
