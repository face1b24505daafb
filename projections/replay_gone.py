"""Which events of a customer's history were taken back, so that a story leaves them out.

Seats are taken back by new releases and assignments, each of which undoes one that the plan had made: neither is part
of the story.
"""

from collections.abc import Collection, Sequence

from guanhu.projections.history import HistoryItem

_SEATS = {"released": "assigned", "assigned": "released"}
"""What a counter-event undoes."""


def taken_back(items: Sequence[HistoryItem], moves: Collection[int]) -> frozenset[int]:
    """The positions of what was taken back and stays so; `moves`: those of the moves between tiers that stand.

    An entry whose withdrawal was corrected again stands as before.
    """
    gone: set[int] = set()
    for item in items:
        match item.code:
            case "entry_withdrawn":
                gone.add(item.details["position"])
            case "entry_corrected":
                gone.discard(item.details["position"])
            case "withdrawn":
                gone.add(item.details["ref"])
            case "tier" if item.position not in moves:
                gone.add(item.position)
            case "seats_withdrawn":
                gone |= _seats(items, item)
    return frozenset(gone)


def _seats(items: Sequence[HistoryItem], taken: HistoryItem) -> set[int]:
    """The events that moved seats, and those of the same moment as `taken` that put them back."""
    seats = [item for item in items if item.code in _SEATS and taken.details["ref"] <= item.position < taken.position]
    found: set[int] = set()
    for item in reversed(seats):
        if (item.recorded_at, item.by) != (taken.recorded_at, taken.by):
            continue
        former = next((each for each in seats if each.position not in found and _undoes(item, each)), None)
        if former is not None:
            found |= {item.position, former.position}
    return found


def _undoes(item: HistoryItem, former: HistoryItem) -> bool:
    """Whether one event puts back what an earlier one had moved."""
    seat, staff = item.details["seat"], item.details["staff"]
    if former.position >= item.position or former.details["seat"] != seat:
        return False
    if former.code == _SEATS[item.code]:
        return bool(former.details["staff"] == staff)
    return item.code == former.code == "assigned" and bool(former.details["replaces"] == staff)
