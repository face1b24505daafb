"""The form of an act for a customer: what it learns when it opens, what the act would do, what it did.

The form stands at once, so that keys typed fast fall into it; what the book proposes fills the fields that nobody has
touched a moment later.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Input, Static

from guanhu.domain.money import format_yuan
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.store.book import Book
from guanhu.tui.acts.about import About
from guanhu.tui.acts.learning import settled_words
from guanhu.tui.acts.people import Member, people
from guanhu.tui.acts.undoing import Settled, Undo, saying
from guanhu.tui.cells import day_month, fit, weekday
from guanhu.tui.desk import ActDone, desk_of
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.widgets import form_screen
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.form_screen import FormScreen

__all__ = ["About", "ActForm", "Done", "Prepared"]


TEXT_CELLS = 30
"""Cells of a text in the line of what is going to be written; the whole stands in its field."""


class Prepared(msgspec.Struct, frozen=True):
    """What a form learns from the book when it opens.

    `last`: what was done last, in words. `values`: proposals by field; `options`: choices by field. `staff`: who can be
    named. `nothing`: why the act can't be done at all, "" where it can.
    """

    last: str = ""
    values: dict[str, str] = {}
    options: dict[str, tuple[tuple[str, str], ...]] = {}
    staff: tuple[Member, ...] = ()
    nothing: str = ""


class Done(msgspec.Struct, frozen=True):
    """A saved act: whom and what in words, the act that corrects it (None: no event does), the duties it did.

    `also`: a line more that is said of it.
    """

    what: str
    undo: Undo | None = None
    did: tuple[Settled, ...] = ()
    also: str = ""


class Logged(msgspec.Struct, frozen=True):
    """What is said of a saved act, the act that takes it back, and the act in few words."""

    said: str
    undo: Undo | None
    what: str


class ActForm(FormScreen):
    """The base of the forms of acts; the result is whether the act was saved."""

    CSS_PATH: ClassVar[Any] = [
        Path(form_screen.__file__).with_suffix(".tcss"),
        Path(__file__).with_suffix(".tcss"),
    ]  # fmt: skip
    MANY: ClassVar[bool] = False
    """The act can be for many customers at once."""

    def __init__(self, about: About, others: Sequence[str] = ()) -> None:
        """`others`: the numbers of the customers that an act for many is for."""
        self.about = about
        self.others = tuple(others)
        self.staff: tuple[Member, ...] = ()
        self._proposed: dict[str, str] = {}
        whom = _("{count} customers", count=len(others)) if others else f"{about.name} {about.customer_no}".lstrip()
        super().__init__(
            f"{self.words()}  {whom}", self.act_fields(), self._write, preview=self._preview_words,
            draft=f"{type(self).__name__} {'' if others else about.customer_no}",
        )  # fmt: skip

    # ------------------------------------------------------------ what a form of an act says
    def words(self) -> str:
        """What is done."""
        raise NotImplementedError

    def act_fields(self) -> Sequence[Field]:
        """The fields, in the order of the enter key."""
        raise NotImplementedError

    def prepare(self, ground: Ground) -> Prepared:
        """A question: what the form proposes and offers."""
        return Prepared()

    def foresee(self, ground: Ground, values: Values) -> str:
        """A question: what the act would do; "" where there is nothing to say. May raise what a rule refuses."""
        return ""

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Do the act; in a thread. Whatever a rule refuses."""
        raise NotImplementedError

    # ------------------------------------------------------------ what they share
    @property
    def customers(self) -> tuple[str, ...]:
        """The numbers of the customers whom the act is for."""
        return self.others or (self.about.customer_no,)

    @property
    def today(self) -> date:
        """Today: what acts are dated, unless somebody says otherwise."""
        return desk_of(self).today

    @property
    def by(self) -> str:
        """Who acts."""
        return desk_of(self).staff

    def named(self, text: str) -> tuple[Member, ...]:
        """The members of staff in a text; Refused("unknown_staff", "ambiguous_staff")."""
        return people(text, self.staff)

    def on_mount(self) -> None:
        """Stand, and learn what is proposed."""
        super().on_mount()
        last = Static(id="last")
        last.display = False  # until there is something to say
        self.query_one(".dialog").mount(last, before=0)
        self.ask("prepare", self._prepare, self._prepared)

    def _prepare(self, ground: Ground) -> Prepared:
        return self.prepare(self._at_today(ground))

    def _prepared(self, found: Prepared) -> None:
        if found.nothing:
            self.app.notify(found.nothing, markup=False, severity="warning")
            self.dismiss(False)
            return
        self.staff = found.staff
        last = self.query_one("#last", Static)
        last.update(Text(visible(found.last, multiline=True)))
        last.display = bool(found.last)
        for name, options in found.options.items():
            self.offer(name, options)
        for name, value in found.values.items():
            self.propose(name, value)
        self._changed()

    def offer(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """Give a choice its options: what was chosen stays, else the first is, or none where somebody must say it."""
        choice = self.query_one(f"#field-{name}", Choice)
        choice.options = tuple(options)
        ids = [id_ for id_, _words in options]
        field = next(each for each in self.fields if each.id == name)
        if choice.value not in ids:
            choice.value = self._untouched[name] = ids[0] if ids and not field.needed else ""
        choice.refresh(layout=True)
        self.say_now()

    def option_words(self, name: str) -> dict[str, str]:
        """The words of a choice by id."""
        return dict(self.query_one(f"#field-{name}", Choice).options)

    def fill(self, name: str, value: str) -> None:
        """Fill a field that nobody has touched."""
        widget = self.query_one(f"#field-{name}")
        if isinstance(widget, Choice | Input) and widget.value == self._untouched.get(name, ""):
            widget.value = self._untouched[name] = value
            if isinstance(widget, Input) and widget.has_focus:
                widget.action_select_all()  # typing replaces it, as where one comes later

    def propose(self, name: str, value: str) -> None:
        """The same with a proposal, which is called one as long as it stands."""
        self.fill(name, value)
        if value:
            self._proposed[name] = value

    def _meaning(self, field: Field) -> str:
        return self._named_proposal(field, super()._meaning(field))

    def _named_proposal(self, field: Field, words: str) -> str:
        if words and self.texts[field.id] == self._proposed.get(field.id):
            return _("{words} (proposed)", words=words)
        return words

    # ------------------------------------------------------------ what is going to be written
    def writes(self, values: Values) -> str:
        """All that the event will say, wherever its field stands."""
        parts = (self._named_proposal(field, self._written(field, values[field.id])) for field in self.fields)
        return _("Writes: {what}", what=_("; ").join(filter(None, parts)))

    def _written(self, field: Field, value: Any) -> str:
        """A field as it is going to be written; "" where nothing stands in it."""
        if value in (None, ""):
            return ""
        if field.kind == "choice":
            return self.option_words(field.id).get(value, "")
        if field.kind == "day":
            return f"{field.label} {day_month(value, self.today)} {weekday(value)}"
        if field.kind == "money":
            return f"{field.label} {format_yuan(value)}"
        said = " ".join(value.split())
        return f"{field.label} {said if cell_len(said) <= TEXT_CELLS else fit(said, TEXT_CELLS)}"

    def unready(self) -> str:
        """What is still to be filled in, or mended."""
        missing = [each.label for each in self.fields if each.is_needed(self.texts) and not self.texts[each.id].strip()]
        if missing:
            return _("Not ready to save: {fields}", fields=_(", ").join(missing))
        return _("Not ready to save.")

    def _preview_words(self, ground: Ground, values: Values) -> str:
        return self.foresee(self._at_today(ground), values)

    def _at_today(self, ground: Ground) -> Ground:
        """What acts do is judged today, whatever day is looked at."""
        return Ground(ground.cursor, ground.policy, ground.calendar, self.today, ground.staff)

    def _write(self, book: Book, values: Values, command: str) -> Logged:
        done, today = self.save(book, values, command), self.today
        said = [_("Logged: {act}", act=done.what)]
        if duties := settled_words(book, today, done.did):
            said.append(_("Discharged: {duties}", duties=duties))
        if done.also:
            said.append(done.also)
        return Logged("\n".join(said), done.undo and saying(done.undo, done.what, done.did, today), done.what)

    def _saved(self, answer: object) -> None:
        """Say what was done, and keep what corrects it; where nothing does, undoing must not fall on an older act."""
        if isinstance(answer, Logged):
            desk_of(self).acts.append(ActDone(answer.said, answer.undo, answer.what))
            self.app.notify(answer.said, markup=False)
        super()._saved(answer)
