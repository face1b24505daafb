"""A customer's account while events change it, and as it was before: what follows is derived from both."""

import msgspec

from guanhu.domain.balances import Entry, Step, last_entry, steps, unpack


class Account(msgspec.Struct, gc=False):
    """A customer's row of the account table while it is being changed."""

    customer_id: int
    aum: int | None = None
    aum_day: int | None = None
    tier: str | None = None
    tier_since: int | None = None
    next_move: int | None = None
    series: bytes = b""

    @property
    def entries(self) -> list[Entry]:
        """The balances as entries."""
        return unpack(self.series)

    @property
    def steps(self) -> list[Step]:
        """The balances as carried."""
        return steps(unpack(self.series))

    @property
    def last_day(self) -> int:
        """The day of the newest entry, 0 where there is none."""
        last = last_entry(self.series)
        return last[0] if last else 0


class Before(msgspec.Struct, gc=False):
    """An account as it was before this transaction, and the earliest day on which it differs."""

    series: bytes
    aum: int | None
    tier: str | None
    tier_since: int | None
    next_move: int | None
    day: int
    late: bool
    aum_day: int | None
