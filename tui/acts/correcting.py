"""An entry of the log corrected by a new event: nothing is edited, both stay."""

from collections.abc import Sequence
from typing import Any

from textual import on

from guanhu.domain.contact import CHANNELS
from guanhu.domain.errors import Refused
from guanhu.language import _, terms
from guanhu.projections.customers import ActLine
from guanhu.store.acts import correct_entry
from guanhu.store.book import Book
from guanhu.store.withdrawing import withdraw
from guanhu.tui.acts.about import About
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.learning import last_acts, members
from guanhu.tui.acts.outcomes import SPOKEN, fitting, outcome_field, outcome_options
from guanhu.tui.acts.undoing import undo_corrections
from guanhu.tui.acts.wording import act_words
from guanhu.tui.asking import told
from guanhu.tui.cells import day_month
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.widgets.choice import Choice

SHOWN = 5
"""Entries that are offered, the newest first: what is older is corrected where it stands in the log."""

CHANGE, WITHDRAW = "change", "withdraw"


class CorrectForm(ActForm):
    """What an entry should have said, or that it should not be there."""

    def __init__(self, about: About, position: int = 0) -> None:
        """`position` of the entry; without one, one of the newest entries is chosen."""
        self._position = position
        self._acts: dict[str, ActLine] = {}
        super().__init__(about)

    def words(self) -> str:
        """What is done."""
        return _("Correct the log")

    def act_fields(self) -> Sequence[Field]:
        """Which, how, and what it should say; a visit has no channel, and a contact no companions."""
        return (
            Field("which", _("Which"), "choice", (("", ""),)),
            Field("how", _("How"), "choice", ((CHANGE, _("correct it")), (WITHDRAW, _("take it out")))),
            outcome_field(SPOKEN),
            Field("channel", _("Channel"), "choice", tuple((each, terms.channel(each)) for each in CHANNELS)),
            Field("along", _("Together with"), hint=_("visits only")),
            Field("note", _("Note")),
            Field("on", _("Date"), "day"),
            Field("next_on", _("Next step"), "day"),
            Field("reason", _("Reason"), needed=True),
        )

    def prepare(self, ground: Ground) -> Prepared:
        """The newest entries, or the one that was named."""
        acts = last_acts(ground, self.about.customer_no)
        shown = [act for act in acts if not self._position or self._position in (act.position, act.corrected)][:SHOWN]
        if not shown:
            return Prepared(nothing=_("There is no entry to correct."))
        self._acts = {str(act.position): act for act in shown}
        self._names = {str(act.position): [ground.names.staff(each) for each in act.companions] for act in shown}
        options = tuple((str(act.position), _line(act, ground)) for act in shown)
        return Prepared(options={"which": options}, staff=members(ground))

    def _prepared(self, found: Prepared) -> None:
        super()._prepared(found)
        if not found.nothing:
            self._fill(str(self._text_of("which")))

    @on(Choice.Changed, "#field-which")
    def _other(self, event: Choice.Changed) -> None:
        self._fill(event.choice.value)

    def _fill(self, which: str) -> None:
        """Show what the entry says now, where nobody has typed yet."""
        act = self._acts.get(which)
        if act is None:
            return
        self._offer_outcomes(act, act.channel)
        following = act.next_on.isoformat() if act.next_on else ""
        values = {
            "outcome": act.outcome, "channel": act.channel or CHANNELS[0], "along": " ".join(self._names[which]),
            "note": act.note, "on": act.on.isoformat(), "next_on": following,
        }  # fmt: skip
        for name, value in values.items():
            self.fill(name, value)

    @on(Choice.Changed, "#field-channel")
    def _by_another(self, event: Choice.Changed) -> None:
        act = self._acts.get(self._text_of("which"))
        if act is not None:
            self._offer_outcomes(act, event.choice.value)

    def _offer_outcomes(self, act: ActLine, channel: str) -> None:
        """What can come of such an act, and what the entry says whatever it is."""
        offered = SPOKEN if act.kind == "visit" else fitting(channel)
        if act.outcome and act.outcome not in offered:
            offered = (*offered, act.outcome)
        self.offer("outcome", outcome_options(offered, act.kind))

    def _text_of(self, name: str) -> str:
        return self.texts[name]

    def save(self, book: Book, values: Values, command: str) -> Done:
        """A new event that names the entry; only what differs is said anew."""
        position = int(values["which"])
        if values["how"] == WITHDRAW:
            taken = withdraw(book, position, values["reason"], by=self.by, command=command).receipt
            said = act_words(self.about.name, _("entry taken out"))
            return Done(said, undo_corrections(taken.positions[:1], self.by))
        changes = self._changes(self._acts[values["which"]], values)
        receipt = correct_entry(book, position, reason=values["reason"], by=self.by, command=command, **changes)
        return Done(act_words(self.about.name, _("entry corrected")), undo_corrections(receipt.positions[:1], self.by))

    def writes(self, values: Values) -> str:
        """Only what differs from the entry."""
        act = self._acts.get(values["which"])
        if act is None or values["how"] == WITHDRAW:
            return _("Writes: the entry is taken out. It stays in the history.")
        try:
            changed = self._changes(act, values)
        except Refused as error:
            return told(error)
        fields = {"companions": "along"}
        labels = [each.label for each in self.fields if each.id in {fields.get(name, name) for name in changed}]
        if not labels:
            return _("Nothing differs yet.")
        return _("Writes: a correction of {fields}", fields=_(", ").join(labels))

    def _changes(self, act: ActLine, values: Values) -> dict[str, Any]:
        """The fields that are not as the entry has them."""
        visit = act.kind == "visit"
        along = tuple(each.staff_id for each in self.named(values["along"])) if visit else ()
        pairs = {
            "outcome": (act.outcome, values["outcome"]), "note": (act.note, values["note"]),
            "on": (act.on, values["on"] or act.on), "next_on": (act.next_on, values["next_on"]),
        }  # fmt: skip
        pairs |= {"companions": (act.companions, along)} if visit else {"channel": (act.channel, values["channel"])}
        return {name: new for name, (old, new) in pairs.items() if new != old}


def _line(act: ActLine, ground: Ground) -> str:
    how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
    who = ground.names.staff(act.staff)
    return f"{day_month(act.on, ground.day)} {how} {terms.outcome(act.outcome, act.kind)} {who}".rstrip()
