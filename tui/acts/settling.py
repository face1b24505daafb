"""A duty waived with its reason, and a mark set or taken off."""

from collections.abc import Sequence

from guanhu.domain.customer import MARKS, SILENT_MARKS
from guanhu.language import _, terms
from guanhu.projections.customers import page
from guanhu.projections.queue import DutyItem
from guanhu.store.affairs import waive_duty
from guanhu.store.book import Book
from guanhu.store.registering import mark
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words
from guanhu.tui.cells import day_month
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground

SPLIT = " "


class WaiveForm(ActForm):
    """One occurrence of a duty that need not be done."""

    ONLY_ONE = "which"

    def words(self) -> str:
        """What is done."""
        return _("Waive a duty")

    def act_fields(self) -> Sequence[Field]:
        """Which, and why."""
        return (Field("which", _("Which"), "choice", (("", ""),)), Field("reason", _("Reason"), needed=True))

    def prepare(self, ground: Ground) -> Prepared:
        """All that is owed, the highlighted duty first."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        own = (self.about.duty, self.about.occurrence)
        items = sorted(found.duties, key=lambda item: (item.duty, item.occurrence) != own)
        if not items:
            return Prepared(nothing=_("Nothing is owed to this customer."))
        options = []
        for item in items:
            words = f"{ground.names.duty(item.duty)}  {_standing(item, ground)}"
            options.append((f"{item.duty}{SPLIT}{item.occurrence}", words))
        only = _("The only one owed: {what}", what=options[0][1]) if len(options) == 1 else ""
        return Prepared(only, options={"which": tuple(options)})

    def save(self, book: Book, values: Values, command: str) -> Done:
        """By whom and why stands beside it for good."""
        duty, _space, occurrence = values["which"].partition(SPLIT)
        receipt = waive_duty(
            book, self.about.customer_no, duty, occurrence, values["reason"], self.today, by=self.by, command=command
        )
        return Done(act_words(self.about.name, terms.topic("waived")), take_back(receipt, self.by))


def _standing(item: DutyItem, ground: Ground) -> str:
    """How a duty stands, in the words of the card: its day says more than that it is to do."""
    if item.due is None:
        return terms.status(item.status)
    day = day_month(item.due, ground.day)
    if item.status == "overdue":
        return _("overdue {day}", day=day)
    until = _("until {day}", day=day)
    return until if item.status == "open" else f"{terms.status(item.status)}  {until}"


class MarkForm(ActForm):
    """A mark set, or taken off where it stands."""

    def words(self) -> str:
        """What is done."""
        return _("Mark")

    def act_fields(self) -> Sequence[Field]:
        """Which, and why."""
        return (
            Field("mark", _("Mark"), "choice", tuple((each, terms.mark(each)) for each in MARKS), needed=True),
            Field("reason", _("Reason"), needed=True),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """A mark that stands can be taken off."""
        found = page(ground.cursor, ground.policy, ground.calendar, ground.day, self.about.customer_no)
        standing = {str(each["mark"]) for each in found.marks}
        options = tuple(
            (f"-{each}", _("take off: {mark}", mark=terms.mark(each))) if each in standing else (each, terms.mark(each))
            for each in MARKS
        )
        return Prepared(options={"mark": options})

    def foresee(self, ground: Ground, values: Values) -> str:
        """What a mark does to the duties."""
        if values["mark"] in SILENT_MARKS:
            return _("No duty will ask to contact this customer any more.")
        return ""

    def save(self, book: Book, values: Values, command: str) -> Done:
        """The mark says who set it and why."""
        no, by, today = self.about.customer_no, self.by, self.today
        mark_id, on = values["mark"].lstrip("-"), not values["mark"].startswith("-")
        receipt = mark(book, no, mark_id, values["reason"], today, on_off=on, by=by, command=command)
        name = terms.mark(mark_id)
        what = _("mark set: {mark}", mark=name) if on else _("mark taken off: {mark}", mark=name)
        return Done(act_words(self.about.name, what), take_back(receipt, by))
