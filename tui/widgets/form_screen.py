"""A form over a screen: fields with their labels, checked as they are typed, saved by one key, never losing a text.

The field that takes the keys has a sign before its label, and a line under the fields says what to do there. Enter goes
on when the field has what it needs; a digit that chooses has gone on by itself, so that an enter right after it stays.
A form that is cancelled keeps its texts as a draft until it is opened again; one that is refused stays open with the
reason under its fields. Below the fields there is always room, so that an input method's window has its place.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

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
from guanhu.store.book import Book
from guanhu.tui.asking import Asking, new_command, told
from guanhu.tui.cells import weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.forms import Field, FieldRefused, Values, read, value_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.dialogs import Confirm
from guanhu.tui.widgets.form_keys import HERE, FormKeys

LABEL, WIDEST_LABEL = 14, 22
"""Cells of the labels, as wide as the longest of a form within these."""
WAITING_AFTER = 0.5
"""Seconds of saving until the form says that it waits: others hold the book."""


class FormScreen(FormKeys, Asking):
    """The result is whether it was saved.

    `save(book, values, command)` does the act; `said(values)` is the notice, `undo(answer)` its correcting act.
    `preview(ground, values)` says what saving would do (the duties it discharges); asked again as fields change.
    `draft` names the texts that are kept when the form is cancelled; `first` is the field that has the focus.
    `deed` says what the last key does where nothing is saved.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = Path(__file__).with_suffix(".tcss")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-roomy")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form.save", "form.cancel")]

    def __init__(
        self, title: str, fields: Sequence[Field], save: Callable[[Book, Values, str], Any], *,
        said: Callable[[Values], str] | None = None, undo: Callable[[Any], Callable[[Book], Any]] | None = None,
        preview: Callable[[Ground, Values], str] | None = None, draft: str = "", first: str = "",
        deed: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._title = title
        self._deed = deed
        self.fields = tuple(fields)
        self._save = save
        self._said = said
        self._undo = undo
        self._preview = preview
        self._draft = draft
        self._first = first
        self._command = new_command()
        self._saving = False
        self._untouched: dict[str, str] = {}
        """What stood in the fields before anybody touched them."""
        self._left: Widget | None = None
        """What had the focus when saving began."""

    def compose(self) -> ComposeResult:
        """Title, fields, what saving would do, why it can't."""
        kept = self._drafts.get(self._draft, {}) if self._draft else {}
        widest = max(cell_len(field.label) for field in self.fields) + 1
        with Vertical(classes="dialog") as box:
            box.border_title = Text(visible(self._title))
            with VerticalScroll(can_focus=False):
                for field in self.fields:
                    with Horizontal(classes="field"):
                        yield Static(HERE, classes="here")
                        label = Static(Text(visible(field.label), no_wrap=True), classes="label")
                        label.styles.width = max(LABEL, min(widest, WIDEST_LABEL))
                        yield label
                        yield self._widget(field, kept.get(field.id, field.value))
                        if field.kind == "day":
                            yield Static(id=f"means-{field.id}", classes="means")
            yield Static(id="now")
            yield Static(id="longer")
            yield Static(id="writes")
            yield Static(id="preview")
            yield Static(id="refused")
            keys = _("^s: {deed}  Enter: next  Up, Down: move  Esc: cancel", deed=self._deed or _("save"))
            yield Static(Text(keys), classes="muted")

    def _widget(self, field: Field, value: str) -> Widget:
        if field.kind == "choice":
            return Choice(
                field.options, value, digits=field.digits, unset=field.needed, picked=self.picked,
                id=f"field-{field.id}",
            )  # fmt: skip
        # A proposal is typed over, what a person has typed is not.
        fresh = value == field.value
        return Input(value, placeholder=field.hint, select_on_focus=fresh, id=f"field-{field.id}")

    def on_mount(self) -> None:
        """The focus on the field that is most often written."""
        self._untouched = self.texts
        first = self._first or self.fields[0].id
        self.query_one(f"#field-{first}").focus()
        self._changed()
        self.watch_fields()

    # ------------------------------------------------------------ the texts
    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.id: self.text_of(field) for field in self.fields}

    def text_of(self, field: Field) -> str:
        """What stands in a field."""
        widget = self.query_one(f"#field-{field.id}")
        return widget.value if isinstance(widget, Input | Choice) else ""

    @property
    def _drafts(self) -> dict[str, Mapping[str, str]]:
        return desk_of(self).drafts

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        name = (event.input.id or "").removeprefix("field-")
        if event.input.has_focus and event.value != self._untouched.get(name):
            event.input.select_on_focus = False
            # Textual leaves the first text of an input at its beginning, a pasted one too.
            self.call_after_refresh(_show_cursor, event.input)
            self.typed_in()

    @on(Input.Changed)
    @on(Choice.Changed)
    def _changed(self) -> None:
        """Say what days mean, and what saving would do."""
        desk = desk_of(self)
        self.tell("")
        longer = filter(None, (self._length(field) for field in self.fields if field.kind == "text"))
        self.query_one("#longer", Static).update(Text("  ".join(longer)))
        for field in self.fields:
            if field.kind == "day":
                self.query_one(f"#means-{field.id}", Static).update(Text(self._meaning(field)))
        try:
            values = read(self.fields, self.texts, desk.today)
        except FieldRefused:
            self._show_writes(self.unready())
            self._show_preview("")
            return
        self._show_writes(self.writes(values))
        if self._preview is None:
            return
        preview = self._preview
        self.ask("preview", lambda ground: preview(ground, values), self._show_preview, delay=0.1)

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
            day = value_of(field, self.text_of(field), desk_of(self).today)
        except Refused:
            return "?"
        return f"{day:%Y-%m-%d} {weekday(day)}" if day else ""

    def writes(self, values: Values) -> str:
        """What saving would write, in words; "" for a form whose fields say it all."""
        return ""

    def unready(self) -> str:
        """What is missing until it can be saved; "" for a form that does not say what it writes."""
        return ""

    def _show_writes(self, words: str) -> None:
        self.query_one("#writes", Static).update(Text(visible(words)))
        self.call_after_refresh(self.fit)

    def _show_preview(self, words: str) -> None:
        self.query_one("#preview", Static).update(Text(visible(words, multiline=True)))
        self.call_after_refresh(self.fit)

    def tell(self, words: str) -> None:
        """Why it can't be saved, or can't be gone on from here."""
        self.query_one("#refused", Static).update(Text(visible(words)))
        self.call_after_refresh(self.fit)

    # ------------------------------------------------------------ saving and leaving
    def action_form_save(self) -> None:
        """Check and save; a second press while the first is under way does nothing."""
        if self._saving:
            return
        try:
            values = read(self.fields, self.texts, desk_of(self).today)
        except FieldRefused as refused:
            self.tell(told(refused.reason))
            self.query_one(f"#field-{refused.field}").focus()
            return
        self._hold(True)
        self.set_timer(WAITING_AFTER, self._say_waiting)
        self.do(
            lambda book: self._save(book, values, self._command),
            self._saved,
            said=self._said(values) if self._said else "",
            undo_of=self._undo,
            failed=self._failed,
        )

    def _hold(self, saving: bool) -> None:
        """While saving nothing can be typed: it would not be in what is saved."""
        self._saving = saving
        if saving:
            self._left = self.focused
        self.query_one(VerticalScroll).disabled = saving
        if not saving and self._left is not None:
            self._left.focus()

    def _say_waiting(self) -> None:
        if self._saving:
            self.tell(_("Saving: waiting until other terminals have finished writing ..."))

    def _saved(self, _answer: object) -> None:
        self._drafts.pop(self._draft, None)
        self.dismiss(True)

    def _failed(self, error: Exception) -> None:
        """The texts stay; after a change of them it is another act."""
        self._hold(False)
        self.tell(told(error))

    def action_form_cancel(self) -> None:
        """Leave; what was entered is kept for the next time, or given up by a second word."""
        if self._saving:
            return
        if not self._touched:
            self.dismiss(False)
        elif self._draft:
            self._drafts[self._draft] = self.texts
            self.app.notify(_("What you entered is kept: the form opens with it next time."), markup=False)
            self.dismiss(False)
        else:

            def answered(yes: bool | None) -> None:
                if yes:
                    self.dismiss(False)

            self.app.push_screen(Confirm(_("Leave the form? What you typed will be lost.")), answered)


    @property
    def _touched(self) -> bool:
        """Whether something would be lost: a text, and of a form with a draft a choice too."""
        fields = [field for field in self.fields if field.kind != "choice" or self._draft]
        return any(self.text_of(field) != self._untouched.get(field.id, "") for field in fields)


def _show_cursor(field: Input) -> None:
    """Scroll an input to where one types."""
    before = field.value[: field.cursor_position]
    field.scroll_to_region(Region(cell_len(before), 0, 1, 1), force=True, animate=False)
