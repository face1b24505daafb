"""The words of files that are read in: what each is a file of, and the columns that it must have."""

from collections.abc import Mapping

from guanhu.language import N_, _
from guanhu.language.terms import named

FILES: Mapping[str, str] = {
    "customers": N_("a file of customers"),
    "balances": N_("a file of balances"),
    "contacts": N_("a file of contacts"),
    "products": N_("a file of products"),
    "staff": N_("a file of staff"),
    "assignments": N_("a file of assignments"),
}
COLUMNS: Mapping[str, str] = {
    "customer_no": N_("customer_no"),
    "balance_yuan": N_("balance_yuan"),
    "date": N_("date or balance_date"),
    "channel": N_("channel"),
    "outcome": N_("outcome"),
    "product": N_("product"),
    "amount_yuan": N_("amount_yuan"),
    "staff_id": N_("staff_id"),
    "role": N_("role or roles"),
}
"""Columns that a file must have, by the headers that may stand there (DESIGN.md 7)."""


def columns(ids: str) -> str:
    """Name columns that a file lacks, given with commas between them."""
    return _(", ").join(named(COLUMNS, id_) for id_ in ids.split(", "))
