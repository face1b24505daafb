"""Which of a duty's occurrences is meant, in words: a period, a product, an event, whom a customer was given to.

An occurrence's key is the program's; what it says to people depends on what raises the duty.
"""

from collections.abc import Callable, Mapping
from datetime import date

from guanhu.language import _, terms
from guanhu.projections.queue import DutyItem
from guanhu.tui.because import Known, event_of
from guanhu.tui.cells import day_month


def which(item: DutyItem, known: Known) -> str:
    """Which occurrence of its duty an item is; the key where the scheme has the duty no more."""
    duty = known.scheme.duty.get(item.duty)
    said = _WHICH.get(duty.trigger) if duty else None
    return said(item, known) if said else known.names.occurrence(item.occurrence, item.opens)


def _begun(item: DutyItem, known: Known) -> str:
    return _("since {day}", day=day_month(item.opens, known.today)) if item.opens else ""


def _change(item: DutyItem, known: Known) -> str:
    return _("change of {day}", day=day_month(_day_in(item.occurrence) or item.opens, known.today))


def _assigned(item: DutyItem, known: Known) -> str:
    key, _colon, staff = item.occurrence.partition(":")
    day = day_month(_day_in(key) or item.opens, known.today)
    return _("to {name} {day}", name=known.names.staff(staff), day=day) if staff else _("assigned {day}", day=day)


def _birthday(item: DutyItem, known: Known) -> str:
    if event_of(item):
        return _event(item, known)
    return _("birthday {day}", day=day_month(_day_in(item.occurrence) or item.due, known.today))


def _event(item: DutyItem, known: Known) -> str:
    return f"{terms.important_event(event_of(item))} {_taken_up(item, known)}".strip()


def _maturity(item: DutyItem, known: Known) -> str:
    return str(item.basis[0]) if item.basis else item.occurrence


def _demoted(item: DutyItem, known: Known) -> str:
    return _("to {tier}", tier=known.names.tier(str(item.basis[1]))) if len(item.basis) > 1 else _begun(item, known)


def _made(item: DutyItem, known: Known) -> str:
    return _("made {day}", day=day) if (day := _taken_up(item, known)) else ""


def _referral(item: DutyItem, known: Known) -> str:
    sender = known.names.staff(str(known.affairs.get(item.occurrence, {}).get("staff", "")))
    return _("from {name}", name=sender) if sender else _taken_up(item, known)


def _request(item: DutyItem, known: Known) -> str:
    kind = terms.request(str(item.basis[0])) if item.basis else ""
    if kind == known.names.duty(item.duty):
        return _made(item, known)
    return f"{kind} {_taken_up(item, known)}".strip()


def _taken_up(item: DutyItem, known: Known) -> str:
    """The day of the entry that an occurrence is named after, where it is known."""
    on = known.affairs.get(item.occurrence, {}).get("on")
    return day_month(on, known.today) if isinstance(on, date) else ""


def _day_in(key: str) -> date | None:
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None


_WHICH: Mapping[str, Callable[[DutyItem, Known], str]] = {
    "while": _begun,
    "entering": _begun,
    "balance_change": _change,
    "assignment": _assigned,
    "birthday": _birthday,
    "event": _event,
    "maturity": _maturity,
    "demotion": _demoted,
    "promise": _made,
    "referral": _referral,
    "request": _request,
}
