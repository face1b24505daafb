"""Whom an act is for."""

import msgspec


class About(msgspec.Struct, frozen=True):
    """A customer whom an act is for, and the duty and occurrence that one came from, where one did."""

    customer_no: str
    name: str
    duty: str = ""
    occurrence: str = ""
