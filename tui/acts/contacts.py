"""A contact logged, and one message to one or to many."""

from collections.abc import Sequence

from textual import on

from guanhu.domain.contact import CHANNELS
from guanhu.domain.text import visible
from guanhu.language import _, terms
from guanhu.projections.by_number import customer_names
from guanhu.projections.foreseen import Draft
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.messages import log_message
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.learning import foreseen_words, last_acts, last_reached, last_words, rhythm
from guanhu.tui.acts.outcomes import fitting, outcome_field, outcome_options
from guanhu.tui.acts.undoing import take_back
from guanhu.tui.acts.wording import act_words, when
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.names import outcome_shown
from guanhu.tui.widgets.choice import Choice

MESSAGE_CHANNELS = ("wecom", "message", "letter", "other")
MESSAGE_OUTCOMES = ("sent", "replied")
NAMED = 5
"""Customers of a message to many that are named before it is saved."""


class ContactForm(ActForm):
    """A call, or a contact by another channel: `c`, a digit, the note, ctrl+s."""

    def words(self) -> str:
        """What is done."""
        return _("Call")

    def act_fields(self) -> Sequence[Field]:
        """Outcome first: a digit and on to the note."""
        return (
            outcome_field(fitting(CHANNELS[0])),
            Field("note", _("Note"), now=_("write what was said, then ^s saves.")),
            Field("next_on", _("Next step"), "day", hint=_("tomorrow, next Wed, +7, 11-30")),
            Field("channel", _("Channel"), "choice", tuple((each, terms.channel(each)) for each in CHANNELS)),
            Field("on", _("Date"), "day", hint=_("today")),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """The next step in the rhythm of last time; the outcome is for who was there to say."""
        acts = last_acts(ground, self.about.customer_no)
        return Prepared(last_words(acts, ground), {"next_on": rhythm(last_reached(acts, "contact"))})

    def on_mount(self) -> None:
        """A draft may have come by another channel than the first."""
        self.offer("outcome", outcome_options(fitting(self.texts["channel"])))

    @on(Choice.Changed, "#field-channel")
    def _by_another(self, event: Choice.Changed) -> None:
        self.offer("outcome", outcome_options(fitting(event.choice.value)))

    def foresee(self, ground: Ground, values: Values) -> str:
        """The duties that it would discharge."""
        draft = Draft("contact", values["outcome"], values["on"] or self.today, (self.by,))
        return foreseen_words(ground, self.customers, draft)

    def save(self, book: Book, values: Values, command: str) -> Done:
        """Into the log."""
        no, on = self.about.customer_no, values["on"] or self.today
        receipt = log_contact(
            book, no, values["channel"], values["outcome"], on, note=values["note"], next_on=values["next_on"],
            by=self.by, command=command,
        )  # fmt: skip
        what = f"{terms.channel(values['channel'])} {outcome_shown(values['outcome'])}"
        said = act_words(self.about.name, what, when(on, self.today))
        return Done(said, take_back(receipt, self.by), receipt, self.customers)


class MessageForm(ActForm):
    """One message, to the customer under the cursor or to all that are selected."""

    MANY = True

    def words(self) -> str:
        """What is done."""
        return _("Message")

    def act_fields(self) -> Sequence[Field]:
        """The text first."""
        return (
            Field("text", _("Text"), needed=True, hint=_("what you sent; nothing is sent from here")),
            Field("channel", _("Channel"), "choice", tuple((each, terms.channel(each)) for each in MESSAGE_CHANNELS)),
            outcome_field(MESSAGE_OUTCOMES, "sent"),
            Field("next_on", _("Next step"), "day", hint=_("tomorrow, next Wed, +7, 11-30")),
            Field("on", _("Date"), "day", hint=_("today")),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """The channel of the last message."""
        acts = last_acts(ground, self.customers[0])
        last = next((act for act in acts if act.outcome in MESSAGE_OUTCOMES and act.channel in MESSAGE_CHANNELS), None)
        said = self._whom(ground) if self.others else last_words(acts, ground)
        return Prepared(said, {"channel": last.channel} if last else {})

    def _whom(self, ground: Ground) -> str:
        """The first of the customers by name, and how many more there are: who writes sees to whom."""
        named = self.others[:NAMED]
        found = customer_names(ground.cursor, named)
        shown = [f"{found.get(no, '')} {no}".strip() for no in named]
        if len(self.others) > NAMED:
            shown.append(_("and {count} more", count=len(self.others) - NAMED))
        return visible(_("To: {customers}", customers=_(", ").join(shown)))

    def foresee(self, ground: Ground, values: Values) -> str:
        """The duties that it would discharge, of all customers."""
        draft = Draft("contact", values["outcome"], values["on"] or self.today, (self.by,))
        return foreseen_words(ground, self.customers, draft)

    def save(self, book: Book, values: Values, command: str) -> Done:
        """One act of logging; those who must not be written to are named."""
        on = values["on"] or self.today
        done = log_message(
            book, self.customers, values["channel"], values["outcome"], values["text"], on, next_on=values["next_on"],
            by=self.by, command=command,
        )  # fmt: skip
        left = {no for no, _why in done.left_out}
        written = tuple(no for no in self.customers if no not in left)
        whom = _("{count} customers", count=len(written)) if self.others else self.about.name
        what = f"{terms.channel(values['channel'])} {outcome_shown(values['outcome'])}"
        left_out = _("Left out: {customers}", customers=_(", ").join(sorted(left))) if left else ""
        said = act_words(whom, what, when(on, self.today))
        return Done(said, take_back(done.receipt, self.by), done.receipt, written, left_out)
