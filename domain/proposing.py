"""What to do first: of all the customers to whom something is owed, the act that is worth most now.

For each customer one act is proposed, the one that does most of what is owed. An act is worth the sum of what each
duty presses, times the customer's worth: one step more than the customer's tier counts from below. So of two customers
with the same duties the richer comes first, and one call that does three duties comes before three that do one.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from guanhu.domain.scheme import Discharge

ActKind = Literal["message", "contact", "visit"]

DOES: dict[ActKind, frozenset[Discharge]] = {
    "message": frozenset({"sent"}),
    "contact": frozenset({"reached"}),
    "visit": frozenset({"visit", "joint_visit", "department_visit"}),
}
"""What an act that succeeds discharges, from the act of least trouble to that of most."""

OVERDUE = 8
PRESSING = ((0, 6), (2, 4), (7, 2))
"""How much a duty presses that is due within so many days; less than all of these: `LATER`."""
LATER = 1


class Owed(msgspec.Struct, frozen=True):
    """A duty that is open or overdue: until when, what discharges it, how many acts it still wants."""

    duty: str
    overdue: bool
    due: date | None
    kinds: tuple[Discharge, ...]
    missing: int = 1


class Candidate(msgspec.Struct, frozen=True):
    """A customer to whom something is owed; `step` counts the tiers from below, 0 is untiered. AUM in fen."""

    customer_no: str
    step: int
    aum_fen: int
    owed: tuple[Owed, ...]


class Proposal(msgspec.Struct, frozen=True):
    """An act for a customer: the duties it discharges at once, the most pressing first, and what it is worth."""

    customer_no: str
    act: ActKind
    duties: tuple[str, ...]
    overdue: int
    due: date | None
    worth: int


def pressing(owed: Owed, today: date) -> int:
    """How much a duty presses on a day."""
    if owed.overdue:
        return OVERDUE
    if owed.due is None:
        return LATER
    left = (owed.due - today).days
    return next((points for days, points in PRESSING if left <= days), LATER)


def propose(candidates: Iterable[Candidate], today: date, most: int) -> list[Proposal]:
    """At most `most` proposals, the worthiest first; of equals what is due first, then larger AUM, then by number."""
    found = [(proposal, candidate.aum_fen) for candidate in candidates if (proposal := best_act(candidate, today))]
    found.sort(key=lambda each: (-each[0].worth, each[0].due or date.max, -each[1], each[0].customer_no))
    return [proposal for proposal, _aum in found[:most]]


def best_act(candidate: Candidate, today: date) -> Proposal | None:
    """The act that is worth most for a customer, of equals the one of less trouble; None where no act would help."""
    best: Proposal | None = None
    for act, does in DOES.items():
        proposal = _proposed(candidate, act, [owed for owed in candidate.owed if does & set(owed.kinds)], today)
        if proposal and (best is None or proposal.worth > best.worth):
            best = proposal
    return best


def _proposed(candidate: Candidate, act: ActKind, touched: Sequence[Owed], today: date) -> Proposal | None:
    """An act that brings these duties on; only those that want no further act are discharged by it."""
    if not touched:
        return None
    # A duty that wants several acts is brought on by its share.
    points = sum(pressing(owed, today) * 60 // owed.missing for owed in touched)
    done = sorted((owed for owed in touched if owed.missing == 1), key=lambda owed: -pressing(owed, today))
    return Proposal(
        candidate.customer_no, act, tuple(owed.duty for owed in done), sum(owed.overdue for owed in done),
        min((owed.due for owed in touched if owed.due), default=None), points * (candidate.step + 1),
    )  # fmt: skip


class Load(msgspec.Struct, frozen=True):
    """A day's work in customers: to be seen to, seen to already, and as many as a day has room for (0: no limit)."""

    to_do: int
    done: int
    room: int

    @property
    def over(self) -> int:
        """How many customers do not fit into the day any more."""
        return max(0, self.to_do + self.done - self.room) if self.room else 0


def room_of_a_day(capacity: int, working_days: int) -> int:
    """How many customers of a post's capacity fall to one working day of a month in which each is seen once.

    `capacity`: customers that the posts can look after (the scheme's roles), 0 where none counts them.
    """
    return -(-capacity // working_days) if capacity and working_days else 0
