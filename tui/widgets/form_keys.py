"""The keys of a form: which field takes them, what to do there, and how one goes on.

Enter goes to the next field when this one has what it needs, and saves from the last. A digit that chooses has gone on
by itself, so that an enter right after it, which only confirms, stays where the digit has led.
"""

from textual import events
from textual.widget import Widget
from textual.widgets import Input, Static

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.asking import told
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, value_of
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.form_now import what_to_do
from guanhu.tui.widgets.form_room import FormRoom

HERE = ">"
"""Before the label of the field that takes the keys, and before the line about it."""


class FormInput(Input):
    """An input whose enter key goes on at once, so that what comes in one stroke with it is for the next field."""

    def on_key(self, event: events.Key) -> None:
        """Before the input sees it: as a binding the enter key would be overtaken by the keys that follow."""
        there = self.screen.focused
        if there is not None and there is not self:
            there.post_message(events.Key(event.key, event.character))
        elif event.key == "enter" and isinstance(self.screen, FormKeys):
            self.screen.entered(self)
        else:
            return
        event.stop()
        event.prevent_default()


class FormKeys(FormRoom):
    """A form that is gone through by keys; its fields in the order of the enter key."""

    _led_to = ""
    """The empty field that a digit has led to, until something happens there."""

    def tell(self, words: str) -> None:
        """Why it can't be saved, or can't be gone on from here."""
        raise NotImplementedError

    def action_form_save(self) -> None:
        """Check and save."""
        raise NotImplementedError

    def typed_in(self) -> None:
        """Somebody types in the field that has the focus."""
        self._led_to = ""
        self.say_now()

    def on_descendant_focus(self) -> None:
        """Another field takes the keys: mark it, and say what to do there."""
        for line in self.query(".field"):
            line.set_class(self.focused in line.children, "-here")  # :focus-within is styled one focus late
        if (field := self._focused_field) is not None and field.id != self._led_to:
            self._led_to = ""
        self.say_now()

    @property
    def _focused_field(self) -> Field | None:
        name = (self.focused.id or "").removeprefix("field-") if self.focused else ""
        return next((field for field in self.fields if field.id == name), None)

    def say_now(self, words: str = "") -> None:
        """What to do in the field that has the focus; `words` say something else for once."""
        field, widget = self._focused_field, self.focused
        if field is not None:
            line = words or what_to_do(field, len(widget.options) if isinstance(widget, Choice) else 0, self.texts)
            self.query_one("#now", Static).update(visible(f"{HERE} {line}"))
            self.call_after_refresh(self.fit)

    def entered(self, field: Input) -> None:
        """The enter key in an input."""
        self._take(field)

    def picked(self, choice: Choice) -> None:
        """A digit goes on by itself."""
        self.go_on(choice)
        field = self._focused_field
        self._led_to = field.id if field is not None and not self.text_of(field) else ""

    def key_enter(self, event: events.Key) -> None:
        """Enter on a choice goes on as in an input; the input that it goes to must not see the key too."""
        if isinstance(self.focused, Choice):
            event.stop()
            self._take(self.focused)

    def key_down(self) -> None:
        """To the next field, whatever stands in this one; the last stays, for a list of fields has an end."""
        if self._focused_field is not self.shown_fields[-1]:
            self.focus_next()

    def key_up(self) -> None:
        """To the field before; the first stays."""
        if self._focused_field is not self.shown_fields[0]:
            self.focus_previous()

    def _take(self, widget: Widget) -> None:
        """Go on, where the field has what it needs; an enter that confirms a digit has nothing to do."""
        field = next(each for each in self.fields if widget.id == f"field-{each.id}")
        try:
            text = self.text_of(field)
            if not text.strip() and field.is_needed({each.id: self.text_of(each) for each in self.fields}):
                raise Refused("nothing_entered", field=field.label)
            value_of(field, text, desk_of(self).today)
        except Refused as reason:
            self.tell(told(reason))
            return
        if field.id == self._led_to:
            self._led_to = ""
            self.say_now(_("{field}: the digit chose already. Type here, or go on by Enter.", field=field.label))
            return
        self.go_on(widget)

    def go_on(self, widget: Widget) -> None:
        """To the next field, from the last to saving."""
        if widget.id == f"field-{self.shown_fields[-1].id}":
            self.action_form_save()
        else:
            self.focus_next()
