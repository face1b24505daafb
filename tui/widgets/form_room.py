"""The room that the fields of a form have on the screen, and what a short screen hides of them."""

from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.language import _
from guanhu.tui.forms import Field

SHARE = 90
"""Percent of the screen's height that a form takes at most, as in its stylesheet."""
LEAST_FIELDS = 3
"""Lines of the fields, whatever the screen's height."""


class FormRoom(ModalScreen[bool]):
    """A form whose `fields` scroll between its title and what stands under them, where the screen is too short."""

    fields: tuple[Field, ...] = ()

    def text_of(self, field: Field) -> str:
        """What stands in a field."""
        raise NotImplementedError

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
        for said in box.query("#longer, #writes, #preview, #refused").results(Static):
            said.set_class(not str(said.content), "-empty")
        others = (each for each in box.children if each is not fields and each.display)
        beside = sum(each.outer_size.height + each.styles.margin.height for each in others)
        room = self.size.height * SHARE // 100 - box.gutter.height - beside
        fields.styles.max_height = max(LEAST_FIELDS, room)
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
        rows = self.query(".field").results()
        return [
            field.label for field, row in zip(self.fields, rows, strict=True)
            if row.virtual_region.y >= line and field.needed and not self.text_of(field).strip()
        ]  # fmt: skip
