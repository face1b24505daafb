"""What a form says before it is saved: what saving is going to write, or what is still missing; one rule for all."""

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len
from textual.widgets import Input

from guanhu.domain.money import format_yuan
from guanhu.language import _
from guanhu.tui.cells import day_month, fit, weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, Values
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.form_keys import FormKeys

TEXT_CELLS = 30
"""Cells of a text in the line of what is going to be written; the whole stands in its field."""


class FormWrites(FormKeys):
    """A form with its texts, and the line about them. `deed`: what the last key does where nothing is written."""

    deed = ""

    def text_of(self, field: Field) -> str:
        """What stands in a field."""
        widget = self.query_one(f"#field-{field.id}")
        return widget.value if isinstance(widget, Input | Choice) else ""

    def option_words(self, name: str) -> Mapping[str, str]:
        """The words of a choice by id."""
        return dict(self.query_one(f"#field-{name}", Choice).options)

    def writes(self, values: Values) -> str:
        """All that saving will write, wherever its field stands; "" where nothing is written."""
        if self.deed:
            return ""
        parts = [self.as_proposed(field, self.written(field, values[field.id])) for field in self.shown_fields]
        said = _("; ").join(filter(None, parts))
        return _("Writes: {what}", what=said) if said else _("Nothing is filled in yet.")

    def as_proposed(self, field: Field, words: str) -> str:
        """A value in words, called a proposal where it is one."""
        return words

    def written(self, field: Field, value: Any) -> str:
        """A field as it is going to be written; "" where nothing stands in it."""
        if value in (None, ""):
            return ""
        if field.kind == "choice":
            return self.option_words(field.id).get(value, "")
        if field.kind == "day":
            return f"{field.label} {day_month(value, desk_of(self).today)} {weekday(value)}"
        if field.kind == "money":
            return f"{field.label} {format_yuan(value)}"
        return f"{field.label} {shortened(value, TEXT_CELLS)}"

    def unready(self) -> str:
        """What is still to be filled in, or that something must be mended."""
        texts = self.texts
        missing = [
            each.label for each in self.shown_fields if each.is_needed(texts) and not texts[each.id].strip()
        ]  # fmt: skip
        named = _(", ").join(missing)
        if self.deed:
            return _("Still to be filled in: {fields}", fields=named) if missing else ""
        return _("Not ready to save: {fields}", fields=named) if missing else _("Not ready to save.")


def shortened(text: str, width: int) -> str:
    """A text in a line of at most so many cells, marked where it was cut."""
    line = " ".join(text.split())
    return line if cell_len(line) <= width else fit(line, width)
