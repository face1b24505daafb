"""The log's words: kinds of entries, and the labels of the sheets that are handed in."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Protocol

from guanhu.language import N_, _, terms

KINDS: Mapping[str, str] = {
    "contact": N_("contact"),
    "visit": N_("visit"),
    "promise": N_("promise made"),
    "promise_kept": N_("promise kept"),
    "promise_excused": N_("promise excused"),
    "referral": N_("referred"),
    "referral_accepted": N_("referral accepted"),
    "referral_returned": N_("referral returned"),
    "event": N_("important event"),
    "opinion": N_("opinion voiced"),
    "request": N_("help requested"),
    "request_answered": N_("request answered"),
    "waiver": N_("duty waived"),
}
COLUMNS: Mapping[str, str] = {
    "date": N_("date"),
    "customer_no": N_("number"),
    "name": N_("name"),
    "tier": N_("tier"),
    "kind": N_("kind"),
    "channel": N_("channel"),
    "outcome": N_("outcome"),
    "began": N_("began"),
    "minutes": N_("minutes"),
    "staff": N_("by"),
    "companions": N_("with"),
    "note": N_("note"),
    "next": N_("next step"),
    "written": N_("written"),
    "late": N_("written late"),
    "corrected": N_("corrected"),
}


class Entry(Protocol):
    """What the words of an entry are made of (projections/log.py)."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def subject(self) -> str:
        """What it is about."""

    @property
    def occurrence(self) -> str:
        """The occurrence of a waived duty, by its key."""

    @property
    def channel(self) -> str:
        """The channel of a contact."""


class Names(Protocol):
    """Names of staff and duties."""

    def staff(self, staff_id: str | None) -> str:
        """A member of staff."""

    def duty(self, duty_id: str) -> str:
        """A duty."""

    def occurrence(self, key: str) -> str:
        """An occurrence of one."""


def occurrence_words(key: str, named: Callable[[str], str]) -> str:
    """Which one of a duty's occurrences, for people: a period, a date, a festival; whose day it is by `named`."""
    if key == "once":
        return _("once")
    first, colon, rest = key.partition(":")
    if colon and re.fullmatch(r"\d{4}-\d\d-\d\d", first):
        return f"{first} {named(rest)}"
    year, dash, festival = key.partition("-")
    return f"{year} {terms.festival(festival)}" if dash and festival in terms.FESTIVALS else key


def kind_text(entry: Entry, names: Names) -> str:
    """What an entry is, and what it is about."""
    kind = _(KINDS[entry.kind]) if entry.kind in KINDS else entry.kind
    said: Mapping[str, Callable[[str], str]] = {
        "event": terms.important_event,
        "waiver": names.duty,
        "referral": names.staff,
        "referral_accepted": names.staff,
        "referral_returned": names.staff,
        "request": terms.request,
        "request_answered": terms.request,
    }
    subject = said.get(entry.kind, str)(entry.subject)
    channel = terms.channel(entry.channel) if entry.channel and entry.kind == "contact" else ""
    which = names.occurrence(entry.occurrence) if entry.occurrence else ""
    about = _(", ").join(part for part in (subject, which) if part)
    return _(": ").join(part for part in (channel or kind, about) if part)


def kind_short(entry: Entry) -> str:
    """The same in fewer words: of an important event which one it is, of all else what it is."""
    if entry.kind == "event" and entry.subject:
        return terms.important_event(entry.subject)
    kind = _(KINDS[entry.kind]) if entry.kind in KINDS else entry.kind
    return terms.channel(entry.channel) if entry.channel and entry.kind == "contact" else kind


def sheet_labels(named: Mapping[str, str]) -> dict[str, str]:
    """All words of a sheet: `column.<id>` and `<word>.<id>`, as `projections.log_sheet` asks for them.

    `named`: those of the book, `staff.<id>`, `tier.<id>`, `duty.<id>`.
    """
    labels = {f"column.{name}": _(title) for name, title in COLUMNS.items()}
    labels |= {f"kind.{kind}": _(title) for kind, title in KINDS.items()}
    for word, ids in (
        ("channel", terms.CHANNELS),
        ("outcome", terms.OUTCOMES),
        ("outcome.visit", {**terms.OUTCOMES, **terms.VISIT_OUTCOMES}),
        ("event", terms.IMPORTANT_EVENTS),
        ("request", terms.REQUESTS),
    ):
        labels |= {f"{word}.{id_}": _(title) for id_, title in ids.items()}
    labels |= {f"outcome.{id_}": _(title) for id_, title in terms.CLOSINGS.items()}
    labels |= {"sheet": _("work log"), "late": _("written late")}
    return labels | {"corrected": _("corrected"), "withdrawn": _("withdrawn"), **named}


def visit_times(began: time | None, seconds: int | None) -> str:
    """From when to when a visit was, as far as it says so."""
    if began is None:
        return "" if seconds is None else _("{minutes} min", minutes=-(-seconds // 60))
    if seconds is None:
        return _("from {time}", time=f"{began:%H:%M}")
    ends = (began.hour * 60 + began.minute + seconds // 60) % (24 * 60)
    return f"{began:%H:%M}-{ends // 60:02}:{ends % 60:02}"
