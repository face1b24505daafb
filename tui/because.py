"""Why a duty is owed, in a few words made of what raised it: the fall of a balance, a product, a promise.

The whole reason, with rule and scheme, is in `projections/duty_why.py`; this is what fits beside the duty's name.
"""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from guanhu.domain.money import format_yuan
from guanhu.domain.scheme import Scheme
from guanhu.language import _, current, terms
from guanhu.projections.queue import DutyItem
from guanhu.tui.cells import day_month, wan
from guanhu.tui.names import Names

LEAST_WAN = 100_000
"""Fen from which a tenth of a 万 says enough."""


class Known(msgspec.Struct, frozen=True):
    """What the reasons are made of beside the duty: names, the scheme, the customer's missing facts and open affairs.

    `affairs`: by position as text, what was taken up (projections/customers.py).
    """

    names: Names
    scheme: Scheme
    today: date
    missing: tuple[str, ...] = ()
    affairs: Mapping[str, dict[str, object]] = {}
    last_reached: date | None = None


def because(item: DutyItem, known: Known) -> str:
    """The reason of one duty, "" where its name says all."""
    duty = known.scheme.duty.get(item.duty)
    if duty is None:
        return ""
    told = _REASONS.get(duty.trigger)
    return told(item, known) if told else ""


def _period(item: DutyItem, known: Known) -> str:
    duty = known.scheme.duty[item.duty]
    if any(clause.near_percent for clause in duty.who):
        return _near(item, known)
    if item.acts_needed > 1:
        return _("{done} of {needed} done", done=item.acts_done, needed=item.acts_needed)
    if known.last_reached is None:
        return _("never reached yet")
    return _("last reached {day}", day=day_month(known.last_reached, known.today))


def _near(item: DutyItem, known: Known) -> str:
    step = known.scheme.rank.get(item.tier, 0)
    if item.aum_fen is None or step >= len(known.scheme.floors):
        return ""
    lacking = known.scheme.floors[step] - item.aum_fen
    return _("{amount} short of {tier}", amount=_wan(lacking), tier=known.names.tier(known.scheme.tier_at(step + 1)))


def _while(item: DutyItem, known: Known) -> str:
    wanted = known.scheme.duty[item.duty].facts
    return _("missing: {facts}", facts=_(", ").join(terms.fact(fact) for fact in wanted if fact in known.missing))


def _entering(item: DutyItem, known: Known) -> str:
    duty = known.scheme.duty[item.duty]
    tier = known.scheme.tier(item.tier)
    if any(clause.below_floor for clause in duty.who) and tier and item.aum_fen is not None:
        lacking = _wan(tier.floor - item.aum_fen)
        return _("{amount} below the floor of {tier}", amount=lacking, tier=known.names.tier(tier.id))
    return _("since {day}", day=day_month(item.opens, known.today))


def _change(item: DutyItem, known: Known) -> str:
    before, after = (int(fen) for fen in item.basis[:2])
    words = (before, after, day_month(item.opens, known.today))
    if after < before:
        return _("{day}: down {amount} to {after}", day=words[2], amount=_wan(before - after), after=_wan(after))
    return _("{day}: up {amount} to {after}", day=words[2], amount=_wan(after - before), after=_wan(after))


def _maturity(item: DutyItem, known: Known) -> str:
    return f"{item.basis[0]} {_wan(int(item.basis[1]))}"  # the day is the one that it is due on


def _birthday(item: DutyItem, known: Known) -> str:
    """A visit to congratulate is owed on birthdays and on happy events (SCHEMES.md 1, birthday_visit)."""
    return _event(item, known) if event_of(item) else _("birthday")


def event_of(item: DutyItem) -> str:
    """The kind of important event that a duty is about; "" for what is about none."""
    return item.basis[0] if item.basis and isinstance(item.basis[0], str) else ""


def _festival(item: DutyItem, known: Known) -> str:
    festival = item.occurrence.partition("-")[2]
    own: dict[str, str] = {each.id: each.names.to(current()) for each in known.scheme.festivals}
    return own.get(festival) or terms.festival(festival)


def _event(item: DutyItem, known: Known) -> str:
    affair = known.affairs.get(item.occurrence, {})
    kind = terms.important_event(event_of(item)) if event_of(item) else ""
    return _joined(kind, str(affair.get("text", "")))


def _assigned(item: DutyItem, known: Known) -> str:
    return _("assigned {day}", day=day_month(item.opens, known.today))


def _demoted(item: DutyItem, known: Known) -> str:
    before, after = (str(tier) for tier in item.basis[:2])
    return _("down from {before} to {after}", before=known.names.tier(before), after=known.names.tier(after))


def _promise(item: DutyItem, known: Known) -> str:
    return str(known.affairs.get(item.occurrence, {}).get("text", ""))


def _referral(item: DutyItem, known: Known) -> str:
    affair = known.affairs.get(item.occurrence, {})
    sender = known.names.staff(str(affair.get("staff", "")))
    return _joined(_("from {name}", name=sender) if sender else "", str(affair.get("text", "")))


def _request(item: DutyItem, known: Known) -> str:
    affair = known.affairs.get(item.occurrence, {})
    kind = terms.request(str(item.basis[0])) if item.basis else ""
    named = kind == known.names.duty(item.duty)  # the duty says it already
    return _joined("" if named else kind, str(affair.get("text", "")))


def _joined(*parts: str) -> str:
    return _(", ").join(part for part in parts if part)


def _wan(fen: int) -> str:
    """An amount in 万; one that would round to nothing in yuan."""
    if abs(fen) < LEAST_WAN:
        return _("{amount} yuan", amount=format_yuan(fen))
    return _("{amount} wan", amount=wan(fen))


_REASONS: Mapping[str, Callable[[DutyItem, Known], str]] = {
    "period": _period,
    "while": _while,
    "entering": _entering,
    "balance_change": _change,
    "maturity": _maturity,
    "birthday": _birthday,
    "festival": _festival,
    "event": _event,
    "assignment": _assigned,
    "demotion": _demoted,
    "promise": _promise,
    "referral": _referral,
    "request": _request,
}
