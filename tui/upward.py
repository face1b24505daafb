"""To whom a customer is passed upward (SCHEMES.md 1, referral): the relationship managers who are there that day."""

from collections.abc import Sequence
from typing import Any

import msgspec

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.customers import CustomerPage
from guanhu.projections.posts import posts_on
from guanhu.tui.cells import day_month
from guanhu.tui.ground import Ground


class Upward(msgspec.Struct, frozen=True):
    """`managers`: (staff id, name, with the outlet where there are several), who suits best first.

    `waits`: the referral that waits, in words, else "". `away`: why the customer's own relationship manager, or anybody
    of the outlet, is not among them, "" where that is not so. `proposed`: the first, "" where all are of other outlets:
    then somebody must choose.
    """

    managers: Sequence[tuple[str, str]]
    waits: str
    away: str
    proposed: str

    @property
    def hindered(self) -> str:
        """Why the customer can't be passed upward now; "" where they can."""
        return self.waits or ("" if self.managers else _("There is nobody to refer to."))


def upward(ground: Ground, page: CustomerPage) -> Upward:
    """A question: the customer's own relationship manager or who stands in for them, then the outlet's, then others."""
    posts, role = posts_on(ground.cursor, ground.day.toordinal()), ground.scheme.system_owner_role
    owners = [owner.staff_id for owner in page.owners if role in posts.roles_of(owner.staff_id)]
    own = list(dict.fromkeys(filter(None, [page.system_owner, *owners])))
    others = sorted(posts.roles, key=lambda staff: (posts.outlets.get(staff) != page.outlet, staff))
    ranked = dict.fromkeys([*own, *(posts.away[staff] for staff in own if staff in posts.away), *others])
    able = [staff for staff in ranked if role in posts.roles_of(staff) and staff not in (ground.staff, *posts.away)]
    away = _away(ground, own[0], posts.away[own[0]]) if own and own[0] in posts.away else ""
    near = [staff for staff in able if staff in own or posts.outlets.get(staff) == page.outlet]
    if able and not near:
        none = _("No relationship manager of {outlet} is there: choose one of another outlet.",
                 outlet=visible(ground.names.outlet(page.outlet)))  # fmt: skip
        away = " ".join(filter(None, (away, none)))
    several = {posts.outlets.get(staff) for staff in able} != {page.outlet}

    def words(staff: str) -> str:
        name, at = ground.names.staff(staff), ground.names.outlet(posts.outlets.get(staff))
        return f"{name} ({at})" if several and at else name

    managers = [(staff, words(staff)) for staff in able]
    return Upward(managers, _waits(ground, page, posts.away), away, able[0] if near else "")


def _away(ground: Ground, staff: str, stand_in: str) -> str:
    name, other = visible(ground.names.staff(staff)), visible(ground.names.staff(stand_in))
    return _("{name} is on leave; {other} stands in.", name=name, other=other)


def _waits(ground: Ground, page: CustomerPage, away: dict[str, str]) -> str:
    """The referral that nobody has answered yet: who has it, and since when."""
    still = [each for each in page.affairs if each["kind"] == "referral" and each["closed_on"] is None]
    if not still:
        return ""
    newest: dict[str, Any] = max(still, key=lambda each: each["on"])
    name, on = visible(ground.names.staff(newest["other"])), day_month(newest["on"], ground.day)
    waits = _("Referred to {name} on {day} already; the answer is still to come.", name=name, day=on)
    if newest["other"] in away:
        return f"{waits} {_away(ground, newest['other'], away[newest['other']])}"
    return waits
