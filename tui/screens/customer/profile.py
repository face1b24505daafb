"""The profile as a form: every fact that counts with what it adds to the score, the other known facts below."""

from typing import ClassVar

import msgspec
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from guanhu.domain.scheme import Profile as Weights
from guanhu.domain.text import visible
from guanhu.language import N_, _, terms
from guanhu.store.book import Book, Receipt
from guanhu.store.registering import record_profile
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.asking import new_command
from guanhu.tui.desk import desk_of
from guanhu.tui.fact_values import shown, stored
from guanhu.tui.keys import bindings
from guanhu.tui.learned import learned
from guanhu.tui.screens.customer.pane import Pane, View
from guanhu.tui.signs import Signs, signs_of

HINTS = {
    "birthday": "1980-05-17",
    "lunar_birthday": N_("08-15, leap month L06-01"),
}
"""How a fact is written, where that is not plain."""
BAR = 12


class FactRow(msgspec.Struct, frozen=True):
    """A fact in the form: its value as known, what it adds to the score (0: nothing)."""

    fact: str
    value: str
    weight: int


def fact_rows(weights: Weights, known: dict[str, str]) -> list[FactRow]:
    """What counts by weight, then what else the catalogue names, then the bank's own facts."""
    counted = sorted(weights.weights, key=lambda fact: -weights.weights[fact])
    others = [fact for fact in terms.FACTS if fact not in weights.weights and fact != "name"]
    own = sorted(fact for fact in known if fact not in weights.weights and fact not in terms.FACTS)
    facts = (*counted, *others, *own)
    return [FactRow(fact, shown(fact, known.get(fact, "")), weights.weights.get(fact, 0)) for fact in facts]


class Profile(Pane):
    """Enter begins to type, ctrl+s saves what was changed, escape leaves the line; texts stay until they are saved."""

    NAME: ClassVar[str] = N_("Profile")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.open", words={"list.open": N_("Fill in")}),
        *bindings("form.save"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: View | None = None
        self._known: dict[str, str] = {}
        self._shown_no = ""
        self._command = new_command()

    def compose(self) -> ComposeResult:
        """The score and the form."""
        yield Static(id="score", markup=False)
        yield VerticalScroll(id="facts", can_focus=True)

    async def _fill(self, rows: list[FactRow]) -> None:
        """Lines for other facts than those shown: another customer, or another scheme."""
        form = self.query_one("#facts", VerticalScroll)
        await form.remove_children()
        lines = []
        for row in rows:
            label = Static(Text(visible(terms.fact(row.fact)), no_wrap=True), classes="fact-label")
            hint = _(HINTS[row.fact]) if row.fact in HINTS else ""
            field = Input(row.value, placeholder=hint, name=row.fact, classes="fact-input")
            lines.append(Horizontal(label, field, Static(classes="fact-points"), classes="fact"))
        await form.mount_all(lines)

    def show(self, view: View) -> None:
        """Show the customer; what was typed and not saved stays."""
        self._view = view
        self.run_worker(self._show(view), group="profile", exclusive=True)

    async def _show(self, view: View) -> None:
        page = view.page
        rows = [] if page.erased or page.restricted else fact_rows(view.scheme.profile, page.profile)
        if page.customer_no != self._shown_no or [each.name for each in self._inputs()] != [row.fact for row in rows]:
            self._shown_no = page.customer_no
            await self._fill(rows)
        else:
            for field, row in zip(self._inputs(), rows, strict=True):
                if field.value == self._known.get(row.fact, ""):
                    field.value = row.value
        self._known = {row.fact: row.value for row in rows}
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
        self.query_one("#score", Static).update(_score(view, changed, signs))
        for field, points in zip(self._inputs(), self.query(".fact-points").results(Static), strict=True):
            points.update(_points(str(field.name), field.value.strip(), weights, signs, field.name in changed))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
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
        desk, command = desk_of(self), self._command
        no, day, by = view.no, desk.day, desk.staff

        def act(book: Book) -> Receipt:
            return record_profile(book, no, "", _checked(changed), "", day, by=by, command=command)

        def saved(_receipt: Receipt) -> None:
            self._known |= changed
            self._command = new_command()
            self._tell()

        facts = _(", ").join(terms.fact(fact) for fact in changed)
        said = _("Profile of {name}: {facts}", name=visible(view.page.name), facts=facts)
        self.do(act, saved, said=said, undo_of=lambda receipt: take_back(receipt, by))


def _checked(changed: dict[str, str]) -> dict[str, str]:
    """What was typed as it is stored; an empty text takes a fact back. Refused for what can't be right."""
    emptied = {fact: "" for fact, text in changed.items() if not text}
    return emptied | learned({fact: stored(fact, text) for fact, text in changed.items()})


def _score(view: View, changed: dict[str, str], signs: Signs) -> Content:
    """The score as number and bar, and what saving would make of it."""
    weights = view.scheme.profile.weights
    score = view.page.profile_score
    known = {**view.page.profile, **changed}
    given = [fact for fact in weights if known.get(fact) or (fact == "birthday" and known.get("lunar_birthday"))]
    after = sum(weights[fact] for fact in given)
    full = score * BAR // 100
    bar = Content.assemble(("#" * full, "$good"), ("." * (BAR - full), "$muted"))
    parts: list[Content | str | tuple[str, str]] = [
        _("Profile {score} of 100", score=score), "  [", bar, "]  ", _standard(score, view.scheme.profile.full_score),
    ]  # fmt: skip
    if changed:
        words = _("not saved yet: {count} facts, then {score}", count=len(changed), score=after)
        parts.append((f"\n{words}", "bold $soon"))
    else:
        words = _("{sign} counts   + would add", sign=signs.done)
        parts.append((f"\n{words}", "$muted"))
    return Content.assemble(*parts)


def _standard(score: int, full: int) -> tuple[str, str]:
    """Whether the file is complete as the scheme wants it, which is not all that could be known."""
    if score < full:
        return _("not complete yet: {full} are wanted", full=full), "$soon"
    if score < 100:
        return _("complete: {full} are enough, the rest may be added", full=full), "$good"
    return _("complete, nothing is missing"), "$good"


def _points(fact: str, text: str, weights: dict[str, int], signs: Signs, changed: bool) -> Content:
    """What a fact adds: a sign where it is known, what it would add where it is not."""
    weight = weights.get(fact, 0)
    mark = (" *", "bold $soon") if changed else ("", "")
    if not weight:
        return Content.assemble(("", ""), mark)
    return Content.assemble((f"{signs.done} {weight:>2}", "$good") if text else (f"+ {weight:>2}", "$muted"), mark)
