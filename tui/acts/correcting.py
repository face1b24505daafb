"""An entry of the log corrected by a new event: nothing is edited, both stay."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs
from textual import on

from guanhu.domain.contact import CHANNELS
from guanhu.domain.errors import Refused
from guanhu.domain.visit_times import times_of, times_text
from guanhu.language import _, terms
from guanhu.projections.customer_log import ActLine, act_at
from guanhu.projections.log import LogEntry, entries_at
from guanhu.store.acts import correct_entry
from guanhu.store.book import Book
from guanhu.store.withdrawing import withdraw
from guanhu.tui.acts.about import About
from guanhu.tui.acts.form import ActForm, Done, Prepared
from guanhu.tui.acts.learning import last_acts, members
from guanhu.tui.acts.outcomes import SPOKEN, correctable, outcome_field, outcome_options
from guanhu.tui.acts.undoing import undo_corrections
from guanhu.tui.acts.wording import act_words
from guanhu.tui.asking import told
from guanhu.tui.cells import day_month
from guanhu.tui.forms import Field, Values
from guanhu.tui.ground import Ground
from guanhu.tui.names import outcome_shown
from guanhu.tui.widgets.choice import Choice

SHOWN = 5
"""Entries that are offered, the newest first: what is older is corrected where it stands in the log."""

CHANGE, WITHDRAW = "change", "withdraw"


class CorrectForm(ActForm):
    """What an entry should have said, or that it should not be there."""

    ONLY_ONE = "which"

    def __init__(self, about: About, position: int = 0) -> None:
        """`position` of the entry; without one, one of the newest entries is chosen."""
        self._position = position
        self._entries: dict[str, LogEntry] = {}
        self._people: dict[str, str] = {}
        super().__init__(about, entry=position)

    def words(self) -> str:
        """What is done."""
        return _("Correct the log")

    def act_fields(self) -> Sequence[Field]:
        """Which, how, and what it should say; a visit has no channel, and a contact no companions and no clock time."""
        change = ("how", CHANGE)
        channels = tuple((each, terms.channel(each)) for each in CHANNELS)
        return (
            Field("which", _("Which"), "choice", (("", ""),)),
            Field("how", _("How"), "choice", ((CHANGE, _("correct it")), (WITHDRAW, _("take it out")))),
            outcome_field(SPOKEN, only_with=change),
            Field("channel", _("Channel"), "choice", channels, only_with=change),
            Field("along", _("Together with"), hint=_("names, pinyin initials or ids, blanks between"),
                  only_with=change),
            Field("note", _("Note"), only_with=change),
            Field("times", _("Clock time"), hint=_("if known: 14:30, 14:30-15:10, 14:30 40 (minutes)"),
                  only_with=change),
            Field("on", _("Date"), "day", only_with=change),
            Field("next_on", _("Next step"), "day", only_with=change),
            Field("reason", _("Reason"), needed=True),
        )  # fmt: skip

    def prepare(self, ground: Ground) -> Prepared:
        """The newest entries, or the one that was named."""
        if self._position:
            shown = act_at(ground.cursor, self.about.customer_no, self._position)
        else:
            shown = last_acts(ground, self.about.customer_no)[:SHOWN]
        if not shown:
            return Prepared(nothing=_("There is no entry to correct."))
        entries = {each.position: each for each in entries_at(ground.cursor, [act.position for act in shown])}
        # What a restricted customer's notes say is not shown here either.
        self._entries = {str(act.position): structs.replace(entries[act.position], note=act.note) for act in shown}
        self._people = {str(act.position): " ".join(map(ground.names.staff, act.companions)) for act in shown}
        options = tuple((str(act.position), act_line(act, ground)) for act in shown)
        only = _("Entry: {what}", what=options[0][1]) if len(options) == 1 else ""
        return Prepared(only, options={"which": options}, staff=members(ground))

    def _prepared(self, found: Prepared) -> None:
        super()._prepared(found)
        if not found.nothing:
            self._fill(self.texts["which"])

    @on(Choice.Changed, "#field-which")
    def _other(self, event: Choice.Changed) -> None:
        self._fill(event.choice.value)

    def away_now(self, texts: Mapping[str, str]) -> frozenset[str]:
        """What such an entry does not say; nothing of it where it is taken out."""
        entry = self._entries.get(texts["which"])
        visit = entry is not None and entry.kind == "visit"
        return super().away_now(texts) | ({"channel"} if visit else {"along", "times"})

    def _fill(self, which: str) -> None:
        """Show what the entry says now, where nobody has typed yet."""
        entry = self._entries.get(which)
        if entry is None:
            return
        self._offer_outcomes(entry, entry.channel)
        values = {
            "outcome": entry.outcome, "channel": entry.channel or CHANNELS[0], "along": self._people[which],
            "note": entry.note, "times": _times_text(entry), "on": entry.on.isoformat(),
            "next_on": entry.next_on.isoformat() if entry.next_on else "",
        }  # fmt: skip
        for name, value in values.items():
            self.fill(name, value)

    @on(Choice.Changed, "#field-channel")
    def _by_another(self, event: Choice.Changed) -> None:
        if (entry := self._entries.get(self.texts["which"])) is not None:
            self._offer_outcomes(entry, event.choice.value)

    def _offer_outcomes(self, entry: LogEntry, channel: str) -> None:
        """What can come of such an act, and what the entry says as long as it says that it was such an act."""
        visit = entry.kind == "visit"
        offered = SPOKEN if visit else correctable(channel)
        if entry.outcome not in offered and channel == entry.channel:
            offered = (*offered, entry.outcome)
        self.offer("outcome", outcome_options(offered, entry.kind))

    def save(self, book: Book, values: Values, command: str) -> Done:
        """A new event that names the entry; only what differs is said anew."""
        position = int(values["which"])
        if values["how"] == WITHDRAW:
            taken = withdraw(book, position, values["reason"], by=self.by, command=command).receipt
            said = act_words(self.about.name, _("entry taken out"))
            return Done(said, undo_corrections(taken.positions[:1], self.by))
        changes = self._changes(self._entries[values["which"]], values)
        given = {name: value for name, value in changes.items() if value is not None}
        receipt = correct_entry(
            book, position, reason=values["reason"], clear=[name for name in changes if name not in given],
            by=self.by, command=command, **given,
        )  # fmt: skip
        return Done(act_words(self.about.name, _("entry corrected")), undo_corrections(receipt.positions[:1], self.by))

    def writes(self, values: Values) -> str:
        """Only what differs from the entry."""
        entry = self._entries.get(values["which"])
        if entry is None or values["how"] == WITHDRAW:
            return _("Writes: the entry is taken out. It stays in the history.")
        try:
            changed = self._changes(entry, values)
        except Refused as error:
            return told(error)
        fields = {"companions": "along", "began_at": "times", "duration": "times"}
        labels = [each.label for each in self.fields if each.id in {fields.get(name, name) for name in changed}]
        if not labels:
            return _("Nothing differs yet.")
        return _("Writes: a correction of {fields}", fields=_(", ").join(labels))

    def _changes(self, entry: LogEntry, values: Values) -> dict[str, Any]:
        """The fields that are not as the entry has them; None for what it should not say at all."""
        pairs = {
            "outcome": (entry.outcome, values["outcome"]), "note": (entry.note, values["note"]),
            "on": (entry.on, values["on"] or entry.on), "next_on": (entry.next_on, values["next_on"]),
        }  # fmt: skip
        if entry.kind == "visit":
            along = tuple(each.staff_id for each in self.named(values["along"]))
            began, seconds = times_of(values["times"])
            pairs["companions"] = entry.companions, along
            if values["times"] != _times_text(entry):
                pairs |= {"began_at": (entry.began_at, began), "duration": (entry.duration_seconds, seconds)}
        else:
            pairs["channel"] = entry.channel, values["channel"]
        return {name: new for name, (old, new) in pairs.items() if new != old}


def act_line(act: ActLine, ground: Ground) -> str:
    """An act in a line, to choose from."""
    how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
    who = ground.names.staff(act.staff)
    return f"{day_month(act.on, ground.day)} {how} {outcome_shown(act.outcome, act.kind)} {who}".rstrip()


def _times_text(entry: LogEntry) -> str:
    """When a visit was, as it is typed."""
    if entry.kind != "visit":
        return ""
    began, seconds = entry.began_at, entry.duration_seconds
    return times_text(began, seconds, _("{minutes} min", minutes=-(-seconds // 60)) if seconds is not None else "")
