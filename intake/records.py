"""The checked rows of each kind of file: what the columns of DESIGN 7 become.

`row` is the line in the file (in Excel the sheet's row), from 1. Amounts are fen.
"""

from datetime import date
from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["customers", "balances", "contacts", "products", "staff", "assignments"]

BalanceRow: TypeAlias = tuple[int, str, int, int]
"""(row, customer_no, fen, date.toordinal()): a plain tuple, because a statement has a million of them."""


class CustomerRecord(msgspec.Struct, frozen=True, gc=False):
    """A customer of a customers file; `facts` holds the non-empty cells of the profile, unknown columns by header.

    `balance_day` is an ordinal (date.toordinal()); it and `balance_fen` are both there or both None.
    """

    row: int
    customer_no: str
    name: str
    facts: dict[str, str]
    outlet: str
    owner: str
    balance_fen: int | None
    balance_day: int | None


class ContactRecord(msgspec.Struct, frozen=True, gc=False):
    """A contact that was made, with channel and outcome as ids of SCHEMES.md 1; `staff` may be empty."""

    row: int
    customer_no: str
    day: date
    channel: str
    outcome: str
    duration_seconds: int | None
    staff: str
    note: str
    next_day: date | None


class ProductRecord(msgspec.Struct, frozen=True, gc=False):
    """A product that a customer holds; `matures_on` is None where it has no end."""

    row: int
    customer_no: str
    product: str
    amount_fen: int
    opened_on: date | None
    matures_on: date | None
    product_no: str


class StaffRecord(msgspec.Struct, frozen=True, gc=False):
    """A member of staff with the ids of their roles."""

    row: int
    staff_id: str
    name: str
    roles: tuple[str, ...]
    outlet: str


class AssignmentRecord(msgspec.Struct, frozen=True, gc=False):
    """A customer given to a member of staff; `role` may be empty."""

    row: int
    customer_no: str
    staff_id: str
    role: str


Record: TypeAlias = BalanceRow | CustomerRecord | ContactRecord | ProductRecord | StaffRecord | AssignmentRecord
