"""Figures of what became of those who were in a tier at the start of a period: up, down, near the next tier, lost."""

from collections.abc import Iterator

from guanhu.domain.figure_rules import lost, moved, near, valued
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.figures.people import aum_on


def up_rate(inquiry: Inquiry) -> Iterator[Case]:
    """Who is in a higher tier at the end."""
    return _moved(inquiry, 1)


def down_rate(inquiry: Inquiry) -> Iterator[Case]:
    """Who is in a lower tier at the end, or in none."""
    return _moved(inquiry, -1)


def _moved(inquiry: Inquiry, way: int) -> Iterator[Case]:
    """Those who moved, and those who stayed."""
    start = inquiry.start
    scheme = inquiry.policy.on_ordinal(inquiry.until)
    movers, last = inquiry.movers, inquiry.moves
    for cid, held in start.people.items():
        mover = movers.get(cid)
        if mover is None:
            yield Case(cid, 0, 1, start.staff(cid), held.outlet, held.tier, to=held.tier, was=held.aum)
            continue
        day, _tier, position = last[cid][-1]
        part = int(moved(scheme, mover.from_tier, mover.to_tier) == way)
        positions = (position,) if position else ()
        yield Case(
            cid, part, 1, start.staff(cid), held.outlet, held.tier, day, positions, to=mover.to_tier or "",
            was=held.aum, is_now=mover.to_fen,
        )  # fmt: skip


def near_conversion(inquiry: Inquiry) -> Iterator[Case]:
    """Who was near the next tier and rose to it (SCHEMES.md 1, near_tier)."""
    start = inquiry.start
    scheme = start.scheme
    moves = inquiry.moves
    for cid, held in start.people.items():
        if not near(scheme, held.tier, held.aum):
            continue
        staff = start.staff(cid)
        rise = next((move for move in moves.get(cid, ()) if _rose(inquiry, held.tier, move)), None)
        if rise is not None:
            day, tier, position = rise
            positions = (position,) if position else ()
            yield Case(cid, 1, 1, staff, held.outlet, held.tier, day, positions, to=tier, was=held.aum)
        else:
            yield Case(cid, 0, 1, staff, held.outlet, held.tier, to=held.tier, was=held.aum)


def _rose(inquiry: Inquiry, tier: str, move: tuple[int, str, int]) -> bool:
    """Whether a move led to a higher tier than this one."""
    return moved(inquiry.policy.on_ordinal(move[0]), tier, move[1]) > 0


def attrition(inquiry: Inquiry) -> Iterator[Case]:
    """Which of the customers of the upper tiers were lost, by their balance at the end."""
    start = inquiry.start
    ids = [cid for cid, held in start.people.items() if valued(start.scheme, held.tier)]
    now = aum_on(inquiry.cursor, ids, inquiry.until)
    scheme = inquiry.policy.on_ordinal(inquiry.until)
    for cid in ids:
        held = start.people[cid]
        aum, position = now[cid]
        part = int(lost(scheme, held.aum, aum))
        yield Case(
            cid, part, 1, start.staff(cid), held.outlet, held.tier, 0, (position,), was=held.aum, is_now=aum
        )
