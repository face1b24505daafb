"""A thing planted in the made-up branch, as tests and benchmarks ask for it."""

from datetime import date

import msgspec


class Planted(msgspec.Struct, frozen=True):
    """One thing planted: the flag that should find it, whose it is, of which customer and day ("" and None: any)."""

    flag: str
    staff: str
    customer_no: str = ""
    day: date | None = None

    def is_it(self, flag: str, staff: str, customer_no: str | None, day: date) -> bool:
        """Whether a flag is this one."""
        return (
            flag == self.flag and self.staff in ("", staff) and self.customer_no in ("", customer_no)
            and self.day in (None, day)
        )  # fmt: skip
