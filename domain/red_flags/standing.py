"""How the book stands: duties waived in bulk, dates that passed, customers without owner, owners over capacity."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from guanhu.domain.red_flags.found import Found
from guanhu.domain.scheme_flags import BulkWaivers, OverCapacity, Ownerless


class Waiver(msgspec.Struct, frozen=True, gc=False):
    """A duty waived: the position, by whom, and the day on which it was written."""

    position: int
    by: str
    day: int


def bulk_waivers(waivers: Iterable[Waiver], rule: BulkWaivers) -> Iterator[Found]:
    """Who waived more than `rule.waivers` duties on one day."""
    held: dict[tuple[str, int], list[int]] = defaultdict(list)
    for waiver in waivers:
        held[waiver.by, waiver.day].append(waiver.position)
    for (by, day), positions in held.items():
        if len(positions) > rule.waivers:
            yield Found(by, None, day, by, {"waivers": len(positions)}, tuple(positions))


class Missed(msgspec.Struct, frozen=True, gc=False):
    """An occurrence of a duty that went by undone: whose it is, which, when it was due and when it became missed."""

    staff: str
    customer: int
    duty: str
    occurrence: str
    due: date
    day: int
    customer_no: str


def passed(missed: Iterable[Missed]) -> Iterator[Found]:
    """Each date that was missed is one flag, of the day on which it could no longer be done."""
    for each in missed:
        subject = f"{each.duty}:{each.customer_no}:{each.occurrence}"
        details = {"duty": each.duty, "occurrence": each.occurrence, "due": each.due.isoformat()}
        yield Found(each.staff, each.customer, each.day, subject, {}, (), details)


class Unowned(msgspec.Struct, frozen=True, gc=False):
    """A customer of a tier whom nobody owns, since a day; `tier`: which; `outlet`: where.

    `whole`: nobody of that tier at that outlet has an owner.
    """

    customer: int
    customer_no: str
    tier: str
    since: int
    outlet: str = ""
    whole: bool = False


TOGETHER = 20
"""Customers without owner of one tier at one outlet, where nobody has one, from which on they are one finding."""


def ownerless(unowned: Iterable[Unowned], day: int, rule: Ownerless) -> Iterator[Found]:
    """Those who have been without an owner for more than `rule.days` days on `day`.

    A tier that nobody of an outlet looks after is one thing to be mended, not a thousand: it is told once, with how
    many customers it is (`outlet:tier` names it) and for how long the last of them.
    """
    together: dict[tuple[str, str], list[Unowned]] = defaultdict(list)
    for each in unowned:
        if day - each.since > rule.days:
            together[(each.outlet, each.tier) if each.whole else ("", each.customer_no)].append(each)
    for (outlet, tier), group in together.items():
        if len(group) >= TOGETHER:
            measured = {"customers": len(group), "days": min(day - each.since for each in group)}
            yield Found("", None, day, f"{outlet}:{tier}", measured, (), {"tier": tier, "outlet": outlet})
            continue
        for each in group:
            measured = {"days": day - each.since}
            yield Found("", each.customer, day, each.customer_no, measured, (), {"tier": each.tier})


def over_capacity(
    owned: Mapping[str, int], capacity: Mapping[str, int], day: int, rule: OverCapacity
) -> Iterator[Found]:
    """Owners with more customers than their posts can look after; a capacity of 0 is not counted."""
    for staff, customers in owned.items():
        room = capacity.get(staff, 0)
        if room and customers * 100 > rule.percent * room:
            yield Found(staff, None, day, staff, {"customers": customers, "capacity": room})
