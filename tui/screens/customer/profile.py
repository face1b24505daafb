"""The profile as a form: every fact that counts with what it adds to the score, the other known facts below."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.store.book import Book, Receipt
from guanhu.store.registering import record_profile
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.asking import new_command
from guanhu.tui.desk import desk_of
from guanhu.tui.fact_values import stored
from guanhu.tui.forms import Draft
from guanhu.tui.keys import bindings
from guanhu.tui.learned import learned
from guanhu.tui.names import capital
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.screens.customer.profile_text import FactRow, fact_rows, points_of, score_lines
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.form_drafts import continued, draft_of

HINTS = {
    "birthday": "1980-05-17",
    "lunar_birthday": N_("08-15, leap month L06-01"),
}
"""How a fact is written, where that is not plain."""


class Profile(Pane):
    """Enter begins to type, ctrl+s saves what was changed, escape leaves the line; texts stay until they are saved.

    They are kept as forms keep theirs: another customer in front, another screen or language drops none of them.
    """

    NAME: ClassVar[str] = N_("Profile")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.open", words={"list.open": N_("Fill in")}),
        *bindings("form.save", "form.anew"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None
        """Whose lines stand there; None while they are being made, when nothing can be saved."""
        self._known: dict[str, str] = {}
        self._continued: Draft | None = None
        """What was typed the last time, where it stands there again."""
        self._command, self._tried = new_command(), ("", dict[str, str]())
        """The command that saves, and what it was to save: for whom, which facts. For others it is another."""

    def compose(self) -> ComposeResult:
        """The score and the form."""
        yield Static(id="score", markup=False)
        yield VerticalScroll(id="facts", can_focus=True)

    async def _fill(self, rows: list[FactRow], typed: Mapping[str, str]) -> None:
        """Lines for other facts than those shown: another customer, or another scheme. `typed`: what stands in them."""
        form = self.query_one("#facts", VerticalScroll)
        await form.remove_children()
        lines = []
        for row in rows:
            label = Static(Text(visible(capital(terms.fact(row.fact))), no_wrap=True), classes="fact-label")
            hint = _(HINTS[row.fact]) if row.fact in HINTS else ""
            field = Input(typed.get(row.fact, row.value), placeholder=hint, name=row.fact, classes="fact-input")
            lines.append(Horizontal(label, field, Static(classes="fact-points"), classes="fact"))
        await form.mount_all(lines)

    def show(self, view: View) -> None:
        """Show the customer; what was typed and not saved stays."""
        self.run_worker(self._show(view), group="profile", exclusive=True)

    async def _show(self, view: View) -> None:
        page = view.page
        rows = [] if page.erased or page.restricted else fact_rows(view.scheme.profile, page.profile)
        known = {row.fact: row.value for row in rows}
        before, there = self._view, [each.name for each in self._inputs()] == [row.fact for row in rows]
        if before is not None and before.no == view.no and there:
            for field, row in zip(self._inputs(), rows, strict=True):
                if field.value == self._known.get(row.fact, ""):
                    field.value = row.value
        else:
            if before is None or before.no != view.no:
                self._leave()
            self._view = None
            typed = self._kept(view.no, known)
            await self._fill(rows, typed)
        self._known, self._view = known, view
        self._tell()

    # ------------------------------------------------------------ what was typed and not saved
    def _kept(self, customer_no: str, known: Mapping[str, str]) -> dict[str, str]:
        """What was typed for a customer the last time, and differs from what is known."""
        self._continued = desk_of(self).drafts.get(_draft(customer_no))
        left = self._continued.texts if self._continued else {}
        typed = {fact: text for fact, text in left.items() if text != known.get(fact, text)}
        if not typed:
            self._forget(customer_no)
        return typed

    def _keep(self) -> None:
        """Keep what differs from what is known; a moment later the pane may be gone."""
        if self._view is None:
            return
        drafts, name, changed = desk_of(self).drafts, _draft(self._view.no), self._changed()
        left = drafts.get(name)
        if not changed:
            self._forget(self._view.no)
        elif left is None or left.texts != changed:
            drafts[name] = draft_of(changed, {})

    def _forget(self, customer_no: str) -> None:
        desk_of(self).drafts.pop(_draft(customer_no), None)
        self._continued = None
        self.refresh_bindings()

    def _leave(self) -> None:
        """The lines go: who typed there is told that it is not lost."""
        before, self._view = self._view, None
        if before is not None and _draft(before.no) in desk_of(self).drafts:
            self.app.notify(_("What you entered is kept: the form opens with it next time."), markup=False)

    def on_unmount(self) -> None:
        """As another customer in front."""
        self._leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Anew begins what was continued."""
        return self._continued is not None if action == "form_anew" else True

    def action_form_anew(self) -> None:
        """Drop what was typed, and stand as it is known."""
        if self._view is not None:
            self._forget(self._view.no)
            for field in self._inputs():
                field.value = self._known.get(str(field.name), "")
            self._tell()

    def _inputs(self) -> list[Input]:
        return list(self.query(Input))

    def _changed(self) -> dict[str, str]:
        """What was typed and differs from what is known."""
        texts = {str(field.name): field.value.strip() for field in self._inputs()}
        return {fact: text for fact, text in texts.items() if text != self._known.get(fact, "")}

    def _tell(self) -> None:
        """The score with what it would be after saving, and the points of each line."""
        view = self._view
        if view is None:
            return
        if view.page.erased or view.page.restricted:
            self.query_one("#score", Static).update(_("erased") if view.page.erased else _("restricted"))
            return
        weights, changed, signs = view.scheme.profile.weights, self._changed(), signs_of(self.app)
        since = continued(self._continued, desk_of(self).today) if self._continued else ""
        self.query_one("#score", Static).update(score_lines(view, changed, signs, since))
        for field, points in zip(self._inputs(), self.query(".fact-points").results(Static), strict=True):
            points.update(points_of(str(field.name), field.value.strip(), weights, signs, field.name in changed))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep()
        self._tell()

    @on(Input.Submitted)
    def _next_line(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and saves from the last."""
        event.stop()
        fields = self._inputs()
        at = fields.index(event.input)
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.action_form_save()

    def on_key(self, event: events.Key) -> None:
        """Up and down between the lines; escape leaves the line and keeps its text."""
        fields = self._inputs()
        focused = next((n for n, field in enumerate(fields) if field.has_focus), None)
        if focused is None or event.key not in ("up", "down", "escape"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.query_one("#facts", VerticalScroll).focus()
        else:
            fields[max(0, min(len(fields) - 1, focused + (1 if event.key == "down" else -1)))].focus()

    def action_list_open(self) -> None:
        """Begin to type in the first line that is empty and counts."""
        fields = self._inputs()
        if fields:
            next((field for field in fields if not field.value), fields[0]).focus()

    def action_form_save(self) -> None:
        """Save what was changed, as one act."""
        view, changed = self._view, self._changed()
        if view is None or not changed:
            self.app.notify(_("There is nothing to save."), markup=False)
            return
        desk, no = desk_of(self), view.no
        day, by = desk.today, desk.staff
        if self._tried != (no, changed):
            self._command, self._tried = new_command(), (no, changed)
        command = self._command

        def act(book: Book) -> Receipt:
            return record_profile(book, no, "", _checked(changed), "", day, by=by, command=command)

        def saved(_receipt: Receipt) -> None:
            if self._view is not None and self._view.no == no:
                self._known |= changed
                self._tried = ("", {})
                self._keep()
                self._tell()

        facts = _(", ").join(terms.fact(fact) for fact in changed)
        said = _("Profile of {name}: {facts}", name=visible(view.page.name), facts=facts)
        self.do(act, saved, said=said, undo_of=lambda receipt: take_back(receipt, by))


def _checked(changed: dict[str, str]) -> dict[str, str]:
    """What was typed as it is stored; an empty text takes a fact back. Refused for what can't be right."""
    emptied = {fact: "" for fact, text in changed.items() if not text}
    return emptied | learned({fact: stored(fact, text) for fact, text in changed.items()})


def _draft(customer_no: str) -> str:
    """The name under which a customer's facts are kept until they are saved."""
    return f"profile {customer_no}"
