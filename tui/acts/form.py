"""The form of an act for a customer: what it learns when it opens, what the act would do, what it did.

The form stands at once, so that keys typed fast fall into it; what the book proposes fills the fields that nobody has
touched a moment later.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from textual.widgets import Input

from guanhu.language import _
from guanhu.store.book import Book, Receipt
from guanhu.tui.acts.about import About
from guanhu.tui.acts.learning import discharged, settled_words
from guanhu.tui.acts.people import Member, people
from guanhu.tui.acts.undoing import Settled, Undo, saying
from guanhu.tui.asking import told
from guanhu.tui.desk import ActDone, desk_of
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.form_screen import FormScreen

__all__ = ["About", "ActForm", "Done", "Prepared"]


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
    """A saved act: whom and what in words, the act that corrects it (None: no event does).

    `receipt` of an act that may have done duties, to those of `whom`. `also`: a line more that is said of it.
    """

    what: str
    undo: Undo | None = None
    receipt: Receipt | None = None
    whom: tuple[str, ...] = ()
    also: str = ""


class Logged(msgspec.Struct, frozen=True):
    """What is said of a saved act, the act that takes it back, and the act in few words."""

    said: str
    undo: Undo | None
    what: str


class ActForm(FormScreen):
    """The base of the forms of acts; the result is whether the act was saved."""

    MANY: ClassVar[bool] = False
    """The act can be for many customers at once."""
    ONLY_ONE: ClassVar[str] = ""
    """A choice that is no question where the book offers only one: that is said above, and taken."""

    def __init__(self, about: About, others: Sequence[str] = (), *, entry: int = 0) -> None:
        """`others`: the numbers of the customers that an act for many is for; `entry`: the position of what it changes.

        Texts that were left at one entry are not continued at another.
        """
        self.about = about
        self.others = tuple(others)
        self.staff: tuple[Member, ...] = ()
        self._proposed: dict[str, str] = {}
        self._no_question: frozenset[str] = frozenset()
        self._left_choices: dict[str, str] = {}
        """What was chosen the last time, until the options are there."""
        whom = _("{count} customers", count=len(others)) if others else f"{about.name} {about.customer_no}".lstrip()
        super().__init__(
            f"{self.words()}  {whom}", self.act_fields(), self._write, preview=self._preview_words,
            draft=f"{type(self).__name__} {'' if others else about.customer_no} {entry or ''}".rstrip(),
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
    def by(self) -> str:
        """Who acts."""
        return desk_of(self).staff

    def named(self, text: str) -> tuple[Member, ...]:
        """The members of staff in a text; Refused("unknown_staff", "ambiguous_staff")."""
        return people(text, self.staff)

    def on_mount(self) -> None:
        """Stand, and learn what is proposed."""
        self._left_choices = dict(self.draft.texts) if self.draft else {}
        self.ask("prepare", self._prepare, self._prepared)

    def _prepare(self, ground: Ground) -> Prepared:
        return self.prepare(self._at_today(ground))

    def _prepared(self, found: Prepared) -> None:
        if found.nothing:
            self.app.notify(found.nothing, markup=False, severity="warning")
            self.dismiss(False)
            return
        self.staff = found.staff
        self.say_above(found.last)
        for name, options in found.options.items():
            self.offer(name, options)
        if len(found.options.get(self.ONLY_ONE, ())) == 1:
            self._no_question = frozenset({self.ONLY_ONE})
        for name, value in found.values.items():
            self.propose(name, value)
        self._changed()

    def offer(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """Give a choice its options: what was chosen stays, else the first is, or none where somebody must say it."""
        choice = self.query_one(f"#field-{name}", Choice)
        choice.options = tuple(options)
        ids = [id_ for id_, _words in options]
        field = next(each for each in self.fields if each.id == name)
        left = self._left_choices.pop(name, "")
        if left in ids or choice.value not in ids:
            self.untouched[name] = ids[0] if ids and not field.unchosen else ""
            choice.value = left if left in ids else self.untouched[name]
        choice.refresh(layout=True)
        self.say_now()

    def away_now(self, texts: Mapping[str, str]) -> frozenset[str]:
        """Nor is asked what is no question."""
        return super().away_now(texts) | self._no_question

    def _read(self) -> dict[str, Any]:
        return super()._read() | {name: self.texts[name] for name in self._no_question}

    def begun_anew(self) -> None:
        """Learn again what is proposed."""
        self._left_choices = {}
        self.ask("prepare", self._prepare, self._prepared)

    def fill(self, name: str, value: str) -> None:
        """Fill a field that nobody has touched."""
        widget = self.query_one(f"#field-{name}")
        if isinstance(widget, Choice | Input) and widget.value == self.untouched.get(name, ""):
            widget.value = self.untouched[name] = value
            if isinstance(widget, Input) and widget.has_focus:
                widget.action_select_all()  # typing replaces it, as where one comes later

    def propose(self, name: str, value: str) -> None:
        """The same with a proposal, which is called one as long as it stands."""
        self.fill(name, value)
        if value:
            self._proposed[name] = value

    def _meaning(self, field: Field) -> str:
        return self.as_proposed(field, super()._meaning(field))

    def as_proposed(self, field: Field, words: str) -> str:
        """The form says which values are its own."""
        if words and self.texts[field.id] == self._proposed.get(field.id):
            return _("{words} (proposed)", words=words)
        return words

    # ------------------------------------------------------------ what it will do, and did
    def _preview_words(self, ground: Ground, values: Values) -> str:
        return self.foresee(self._at_today(ground), values)

    def _at_today(self, ground: Ground) -> Ground:
        """What acts do is judged today, whatever day is looked at."""
        return Ground(ground.cursor, ground.policy, ground.calendar, self.today, ground.staff)

    def _write(self, book: Book, values: Values, command: str) -> Logged:
        done, today = self.save(book, values, command), self.today
        did, words = self._did(book, done)
        late = self.not_in_it(done.receipt) if done.receipt else ""
        said = "\n".join(filter(None, (_("Logged: {act}", act=done.what), words, done.also, late)))
        return Logged(said, done.undo and saying(done.undo, done.what, did, today), done.what)

    def _did(self, book: Book, done: Done) -> tuple[tuple[Settled, ...], str]:
        """The duties that an act did, and what is said of them; the act stands, whatever hinders reading them."""
        if done.receipt is None:
            return (), ""
        try:
            did = discharged(book, self.today, done.whom, done.receipt)
            duties = settled_words(book, self.today, did)
        except Exception as error:  # a failure here must not look as if nothing had been logged
            return (), _("What it discharged could not be read: {why}", why=told(error))
        return did, _("Discharged: {duties}", duties=duties) if duties else ""

    def _saved(self, answer: object) -> None:
        """Say what was done, and keep what corrects it; where nothing does, undoing must not fall on an older act."""
        if isinstance(answer, Logged):
            desk_of(self).acts.append(ActDone(answer.said, answer.undo, answer.what))
            self.app.notify(answer.said, markup=False)
        super()._saved(answer)
