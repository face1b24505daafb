"""Products of made-up customers: one follows another as they mature, so that some mature around any day."""

from datetime import date, timedelta
from random import Random

import msgspec

from guanhu.commands.demo_branch.money import Path
from guanhu.commands.demo_branch.people import Customer
from guanhu.domain.money import WAN
from guanhu.intake.records import ProductRecord

_TERMS = (
    ("安盈90天理财", 90), ("安盈180天理财", 180), ("稳享一年定开", 365), ("一年期大额存单", 365),
    ("一年期定期存款", 365), ("六个月定期存款", 182), ("三年期大额存单", 1096), ("储蓄国债三年期", 1096),
)  # fmt: skip
_HELD = (0.0, 0.1, 0.4, 0.8, 0.95, 1.0)
"""How many customers of each step hold something."""


class Holding(msgspec.Struct, frozen=True):
    """One product of one customer."""

    customer_no: str
    product_no: str
    product: str
    amount_fen: int
    opened_on: date
    matures_on: date

    @property
    def record(self) -> ProductRecord:
        """As a row of the core system's file."""
        return ProductRecord(
            0, self.customer_no, self.product, self.amount_fen, self.opened_on, self.matures_on, self.product_no
        )


def holdings_of(rng: Random, customer: Customer, path: Path, begins: date, today: date) -> list[Holding]:
    """All that a customer holds between two days, amounts in fen and never more than the balance of the time."""
    if rng.random() >= _HELD[customer.step]:
        return []
    found: list[Holding] = []
    for chain in range(1 if customer.step < 4 else 2):
        product, term = rng.choice(_TERMS[:6] if chain == 0 else _TERMS)
        opened = begins - timedelta(days=rng.randrange(term)) + timedelta(days=31 * customer.joined)
        while opened < today:
            amount = _amount(rng, path, (opened - begins).days // 31)
            if amount:
                number = f"{customer.no}{chain + 1}{len(found) + 1:02}"
                matures = opened + timedelta(days=term)
                found.append(Holding(customer.no, number, product, amount, opened, matures))
            opened += timedelta(days=term + rng.choice((0, 0, 1, 3)))
            if rng.random() < 0.25:
                product, term = rng.choice(_TERMS)
    return found


def _amount(rng: Random, path: Path, month: int) -> int:
    """A round amount that the balance of the month has room for."""
    known = [fen for fen in path.balances[max(month, 0) : max(month, 0) + 3] if fen is not None]
    room = min(known, default=0) * rng.randrange(25, 48) // 100
    return room // WAN * WAN if room >= WAN else room // 100_000 * 100_000
