"""What follows from the policy, derived anew for every customer: tiers to come, and duties.

Needed when a scheme is adopted.
"""

from collections.abc import Iterator

from guanhu.projections.projection import Projection
from guanhu.projections.settle import settle

AT_ONCE = 10_000
"""Customers held in memory at a time."""


def rederive(p: Projection) -> None:
    """Derive anew, under the projection's policy, what of every customer is not decided yet."""
    if p.policy is None:
        return
    settle(p)
    for part in _ids(p):
        accounts = p.load(part)
        for cid in part:
            # Decided tiers stand (DESIGN 6): only days after the book's can differ.
            if accounts[cid].series:
                p.changing(accounts[cid], p.book_day + 1)
            p.touch(cid)
        settle(p)


def _ids(p: Projection) -> Iterator[list[int]]:
    last = 0
    while True:
        rows = p.cursor.execute("SELECT id FROM customer WHERE id > ? ORDER BY id LIMIT ?", (last, AT_ONCE)).fetchall()
        if not rows:
            return
        yield [cid for (cid,) in rows]
        last = rows[-1][0]
