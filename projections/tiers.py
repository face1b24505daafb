"""Tiers on a date: how many customers and how much money in each, who is in one, who moved between two dates."""

from datetime import date
from sqlite3 import Cursor

import msgspec

from guanhu.domain.scheme import Scheme


class TierFigure(msgspec.Struct, frozen=True):
    """Customers and money in a tier (`tier` None: untiered)."""

    tier: str | None
    customers: int
    aum_fen: int


def summary(cursor: Cursor, day: date, scheme: Scheme) -> tuple[list[TierFigure], TierFigure]:
    """Each tier of the scheme from low to high, and the untiered; customers without a balance by then are in none."""
    rows = cursor.execute(
        "SELECT tier, sum(customers), sum(aum) FROM tier_day WHERE day <= ? GROUP BY tier", (day.toordinal(),)
    )
    found = {tier: (customers, fen) for tier, customers, fen in rows}
    tiers = [TierFigure(tier.id, *found.get(tier.id, (0, 0))) for tier in scheme.tiers]
    known = {"", *(tier.id for tier in scheme.tiers)}
    # Tiers of an earlier scheme, until their customers are rated anew.
    tiers += [TierFigure(tier, *figure) for tier, figure in sorted(found.items()) if tier not in known and figure[0]]
    return tiers, TierFigure(None, *found.get("", (0, 0)))
