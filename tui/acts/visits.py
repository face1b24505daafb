"""A visit, alone or together."""

from collections.abc import Sequence

from guanhu.domain.errors import Refused
from guanhu.domain.visit_times import times_of
from guanhu.language import _, terms
from guanhu.projections.customers import page
from guanhu.projections.foreseen import Draft
from guanhu.store.acts import log_visit
from guanhu.store.book import Book
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.learning import foreseen_words, last_acts, last_reached, last_words, members, rhythm
from guanhu.tui.acts.outcomes import SPOKEN, outcome_field
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words, when
from guanhu.tui.asking import told
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.names import outcome_shown


class VisitForm(ActForm):
    """A visit: `v`, a digit, the note, ctrl+s; those who came along are named by name, pinyin or id."""

    def words(self) -> str:
        """What is done."""
        return _("Visit")

    def act_fields(self) -> Sequence[Field]:
        """Outcome, what came of it, who came along."""
        return (
            outcome_field(SPOKEN, kind="visit"),
            Field("note", _("Note"), now=_("write what was said, then ^s saves.")),
            Field("along", _("Together with"), hint=_("names, pinyin initials or ids, blanks between")),
            Field("next_on", _("Next step"), "day", hint=_("tomorrow, next Wed, +7, 11-30")),
            Field("times", _("Clock time"), hint=_("if known: 14:30, 14:30-15:10, 14:30 40 (minutes)")),
            Field("on", _("Date"), "day", hint=_("today")),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """Who owes a duty together is named, but never filled in: only who was there can say who came along."""
        acts = last_acts(ground, self.about.customer_no)
        said = [last_words(acts, ground)]
        if along := self._owed_together(ground):
            names = _(", ").join(ground.names.staff(each) for each in along)
            said.append(_("Owed together with {people}: name who came along.", people=names))
        values = {"next_on": rhythm(last_reached(acts, "visit"))}
        return Prepared("\n".join(said), values, staff=members(ground, without=self.by))

    def _owed_together(self, ground: Ground) -> list[str]:
        """The others who owe an open duty of the customer together with who acts."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        for item in found.duties:
            duty = ground.scheme.duty.get(item.duty)
            if duty and item.status != "upcoming" and duty.by[item.by].together and self.by in item.owners:
                return [owner for owner in item.owners if owner != self.by]
        return []

    def foresee(self, ground: Ground, values: Values) -> str:
        """Who was understood to come along, and what the visit would discharge."""
        try:
            along = self.named(values["along"])
            times_of(values["times"])
        except Refused as error:
            return told(error)
        party = (self.by, *(each.staff_id for each in along))
        words = foreseen_words(
            ground, self.customers, Draft("visit", values["outcome"], values["on"] or self.today, party)
        )
        if not along:
            return words
        names = _(", ").join(f"{each.name} {each.post}" for each in along)
        return _("Together with {people}.", people=names) + f"\n{words}"

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Into the log, for all who took part."""
        on = values["on"] or self.today
        along = self.named(values["along"])
        began, seconds = times_of(values["times"])
        receipt = log_visit(
            book, self.about.customer_no, [each.staff_id for each in along], values["outcome"], on,
            note=values["note"], next_on=values["next_on"], began_at=began, duration=seconds, by=self.by,
            command=command,
        )  # fmt: skip
        what = f"{terms.topic('visit')} {outcome_shown(values['outcome'], 'visit')}"
        if along:
            what += " " + _("with {people}", people=_(", ").join(each.name for each in along))
        said = act_words(self.about.name, what, when(on, self.today))
        return Done(said, take_back(receipt, self.by), receipt, self.customers)
