"""A form over a screen: fields with their labels, checked as they are typed, saved by one key, never losing a text.

The field that takes the keys has a sign before its label, and a line under the fields says what to do there. Enter goes
on when the field has what it needs; a digit that chooses has gone on by itself, so that an enter right after it stays.
A form that is cancelled keeps its texts as a draft until it is opened again; one that is refused stays open with the
reason under its fields. Below the fields there is always room, so that an input method's window has its place.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Region
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Input, Static

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.store.book import Book, Receipt
from guanhu.tui.asking import new_command, told
from guanhu.tui.cells import weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, FieldRefused, Values, read, value_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import capital
from guanhu.tui.watching import BookChanged
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.dialogs import Confirm
from guanhu.tui.widgets.form_drafts import FormDrafts
from guanhu.tui.widgets.form_keys import HERE, FormInput
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.widgets.saving import Saving

LABEL, WIDEST_LABEL = 14, 22
"""Cells of the labels, as wide as the longest of a form within these."""


class FormScreen(FormDrafts, Saving):
    """The result is whether it was saved.

    `save(book, values, command)` does the act; `said(values)` is the notice, `undo(answer)` its correcting act.
    `preview(ground, values)` says what saving would do (the duties it discharges); asked again as fields change.
    `draft` names the texts that are kept when the form is cancelled; `first` is the field that has the focus.
    `deed` says what the last key does where nothing is saved; `subject`, above the fields, what the form is about.
    Labels begin with a capital, whatever words they are.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = Path(__file__).with_suffix(".tcss")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-roomy")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.save", "form.cancel", "form.anew")]

    def __init__(
        self, title: str, fields: Sequence[Field], save: Callable[[Book, Values, str], Any], *,
        said: Callable[[Values], str] | None = None, undo: Callable[[Any], Callable[[Book], Any]] | None = None,
        preview: Callable[[Ground, Values], str] | None = None, draft: str = "", first: str = "",
        deed: str = "", subject: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._title = title
        self.deed = deed
        self._subject = subject
        self.fields = tuple(msgspec.structs.replace(each, label=capital(each.label)) for each in fields)
        self._save = save
        self._said = said
        self._undo = undo
        self._preview = preview
        self.draft_name = draft
        self._first = first
        self._command = new_command()
        self._tried: Values | None = None
        """What was sent to be saved the last time; None before the first."""
        self._other_than_tried = False
        self._read_on: date | None = None
        self.untouched, self.opened_with = {}, {}
        self._refusal = self._foreseen = ""
        self._left: Widget | None = None
        """What had the focus when saving began."""

    def compose(self) -> ComposeResult:
        """Title, fields, what saving would do, why it can't."""
        signs = max(cell_len(field.sign) for field in self.fields)
        labels = {field.id: f"{field.sign:{signs}} {field.label}" if signs else field.label for field in self.fields}
        widest = max(LABEL, min(WIDEST_LABEL, max(cell_len(each) for each in labels.values()) + 1))
        with Vertical(classes="dialog") as box:
            box.border_title = Text(visible(self._title))
            yield Prose(id="last", classes="" if self._subject else "-empty")
            yield self.kept_line()
            with VerticalScroll(can_focus=False):
                for field in self.fields:
                    with Horizontal(classes="field", id=f"row-{field.id}"):
                        yield Static(HERE, classes="here")
                        label = Static(Text(visible(labels[field.id]), no_wrap=True), classes="label")
                        label.styles.width = widest
                        yield label
                        yield self._widget(field, self.kept(field))
                        if field.kind == "day":
                            yield Static(id=f"means-{field.id}", classes="means -empty")
            yield from (Prose(id=name) for name in ("now", "longer", "writes", "preview", "refused"))
            keys = _("^s: {deed}  Enter: next  Up, Down: move  Esc: cancel", deed=self.deed or _("save"))
            yield Static(Text(keys), classes="muted")

    def _widget(self, field: Field, value: str) -> Widget:
        if field.kind == "choice":
            return Choice(
                field.options, value, unset=field.unchosen, picked=self.picked, id=f"field-{field.id}",
            )  # fmt: skip
        # A proposal is typed over, what a person has typed is not.
        fresh = value == field.value
        return FormInput(value, placeholder=field.hint, select_on_focus=fresh, id=f"field-{field.id}")

    def on_mount(self) -> None:
        """The focus on the field that is most often written."""
        self.app.clear_notifications()  # what was said of the screen below is over
        self.remember()
        self.say_above(self._subject)
        first = self._first or self.fields[0].id
        self.query_one(f"#field-{first}").focus()
        self._changed()
        self.watch_fields()

    # ------------------------------------------------------------ the texts
    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        name = (event.input.id or "").removeprefix("field-")
        if event.input.has_focus and event.value != self.untouched.get(name):
            event.input.select_on_focus = False
            # Textual leaves the first text of an input at its beginning, a pasted one too.
            self.call_after_refresh(_show_cursor, event.input)
            self.typed_in()

    @on(Input.Changed)
    @on(Choice.Changed)
    def _changed(self) -> None:
        """Say what days mean, and what saving would do."""
        self._read_on = desk_of(self).today
        self.put_away(self.away_now(self.texts))
        self.tell("")
        longer = filter(None, (self._length(field) for field in self.shown_fields if field.kind == "text"))
        self.query_one("#longer", Static).update("  ".join(longer))
        for field in self.fields:
            if field.kind == "day":
                means = self.query_one(f"#means-{field.id}", Static)
                means.update(Text(self._meaning(field)))
                means.set_class(not str(means.content), "-empty")
        try:
            values = self._read()
        except FieldRefused:
            self._show_writes(self.unready())
            self._show_preview("")
            return
        self._show_writes(self.writes(values))
        if self._preview is None:
            return
        preview = self._preview
        self.ask("preview", lambda ground: preview(ground, values), self._show_preview, delay=0.1)

    def away_now(self, texts: Mapping[str, str]) -> frozenset[str]:
        """The fields that are not asked for beside these texts."""
        return frozenset(field.id for field in self.fields if not field.is_there(texts))

    def _read(self) -> dict[str, Any]:
        return read(self.fields, self.texts, self.today, self.away)

    @property
    def today(self) -> date:
        """The day by which the fields were read: what acts are dated, unless somebody says otherwise."""
        return self._read_on or desk_of(self).today

    def on_book_changed(self, message: BookChanged) -> None:
        """After midnight the fields mean other days."""
        message.stop()
        if not self._saving:
            self._read_anew()

    def _read_anew(self) -> bool:
        """Whether another day has come since the fields were read; then they are read by it, and that is said."""
        today = desk_of(self).today
        if today == self.today:
            return False
        self._changed()
        words = _("It is {day} by now, and the days above are read by it: look at them, then save.",
                  day=f"{today:%Y-%m-%d} {weekday(today)}")  # fmt: skip
        self.tell(words)
        return True

    def _length(self, field: Field) -> str:
        """That a field shows only a part of its text: what was pasted may be longer than one thinks."""
        text, shown = self.text_of(field), self.query_one(f"#field-{field.id}").content_size.width
        if not 0 < shown < cell_len(text):
            return ""
        return _("{field}: {count} characters, of which only a part is in sight.", field=field.label, count=len(text))

    def _meaning(self, field: Field) -> str:
        if not self.text_of(field).strip():
            return ""
        try:
            day = value_of(field, self.text_of(field), self.today)
        except Refused:
            return "?"
        return f"{day:%Y-%m-%d} {weekday(day)}" if day else ""

    def _show_writes(self, words: str) -> None:
        self.query_one("#writes", Static).update(visible(words))
        self.call_after_refresh(self.fit)

    def _show_preview(self, words: str) -> None:
        self._foreseen = words
        shown = "" if words == self._refusal else words  # what is refused in the same words is said once
        self.query_one("#preview", Static).update(visible(shown, multiline=True))
        self.call_after_refresh(self.fit)

    def tell(self, words: str) -> None:
        """Why it can't be saved, or can't be gone on from here."""
        self._refusal = words
        self.query_one("#refused", Static).update(visible(words))
        if words:
            self._show_preview(self._foreseen)
        self.call_after_refresh(self.fit)

    # ------------------------------------------------------------ saving and leaving
    def action_form_save(self) -> None:
        """Check and save; a second press while the first is under way does nothing."""
        if self._saving or self._read_anew():
            return
        try:
            values = self._read()
        except FieldRefused as refused:
            self.tell(told(refused.reason))
            self.query_one(f"#field-{refused.field}").focus()
            return
        self._other_than_tried, self._tried = self._tried not in (None, values), values
        if self.deed and (book := desk_of(self).book) is not None:  # nothing is written, so a look back allows it
            self._hold(True)
            self.ask("deed", lambda _ground: self._save(book, values, self._command), self._saved, failed=self._failed)
            return
        self.save_once(
            lambda book: self._save(book, values, self._command),
            self._saved,
            said=self._said(values) if self._said else "",
            undo_of=self._undo,
        )

    def _hold(self, saving: bool) -> None:
        """While saving nothing can be typed: it would not be in what is saved."""
        super()._hold(saving)
        if saving:
            self._left = self.focused
        self.query_one(VerticalScroll).disabled = saving
        if not saving and self._left is not None:
            self._left.focus()

    def _saved(self, answer: object) -> None:
        if isinstance(answer, Receipt) and (words := self.not_in_it(answer)):
            self.app.notify(words, severity="warning", markup=False)
        self.forget()
        self.dismiss(True)

    def not_in_it(self, receipt: Receipt) -> str:
        """What is said where an earlier try was done although it seemed to fail, and the fields were changed since."""
        if not (receipt.repeated and self._other_than_tried):
            return ""
        return _("It stood in the log already, as at the first try: what was changed since is not in it.")

    def action_form_cancel(self) -> None:
        """Leave; what was entered is kept for the next time, or given up by a second word."""
        if self._saving:
            return
        if not self.touched:
            self.dismiss(False)
        elif self.draft_name:
            self.keep()
            self.dismiss(False)
        else:

            def answered(yes: bool | None) -> None:
                if yes:
                    self.dismiss(False)

            self.app.push_screen(Confirm(_("Leave the form? What you typed will be lost.")), answered)


def _show_cursor(field: Input) -> None:
    """Scroll an input to where one types."""
    before = field.value[: field.cursor_position]
    field.scroll_to_region(Region(cell_len(before), 0, 1, 1), force=True, animate=False)
