"""Maturity retention: what is still with the bank of the money of products that matured (figure_rules.py, retained)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from guanhu.domain.balances import steps, unpack
from guanhu.domain.figure_rules import Kept, Matured, retained
from guanhu.projections.day import open_day
from guanhu.projections.figures.case import Case, Inquiry
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks


def maturity_retention(inquiry: Inquiry) -> Iterator[Case]:
    """The money that matured in the period and what was kept of it, judged by the AUM."""
    by_day: dict[int, list[tuple[int, str, Kept]]] = defaultdict(list)
    for cid, outlet, kept in _kept(inquiry):
        by_day[kept.first - 1].append((cid, outlet, kept))
    for day, found in sorted(by_day.items()):
        at = open_day(inquiry.cursor, inquiry.policy, inquiry.calendar, date.fromordinal(day))
        ids = list({cid for cid, _outlet, _kept in found})
        figures, care = at.figures(ids), at.care(ids)
        for cid, outlet, kept in found:
            staff = tuple(dict.fromkeys(staff for staff, _role in care[cid].owners))
            yield Case(
                cid, kept.kept, kept.matured, staff, outlet, figures[cid][2] or "", kept.judged, kept.positions,
                then=kept.first, was=kept.before, is_now=kept.after,
            )  # fmt: skip


def _kept(inquiry: Inquiry) -> Iterator[tuple[int, str, Kept]]:
    """What became of the money of each customer with products that matured in the period: (id, outlet, ...)."""
    matured: dict[int, list[Matured]] = defaultdict(list)
    condition = "p.matures BETWEEN :first AND :until AND p.end >= p.matures AND p.start <= p.matures"
    for cid, day, fen, position in inquiry.rows(
        "p.customer_id, p.matures, p.amount, p.position", "product p", condition
    ):
        matured[cid].append(Matured(day, fen, position))
    for part in chunks(list(matured), ASKED_AT_ONCE):
        rows = inquiry.cursor.execute(
            "SELECT id, outlet, series FROM customer JOIN account ON customer_id = id"
            f" WHERE id IN ({marks(part)})",
            part,
        ).fetchall()
        for cid, outlet, series in rows:
            for kept in retained(matured[cid], steps(unpack(series)), inquiry.asked):
                yield cid, outlet, kept
