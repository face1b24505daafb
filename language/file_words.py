"""The words of files that are read in: what each is a file of, and the columns that it must have."""

from collections.abc import Mapping

from guanhu.language import N_, _
from guanhu.language.terms import fact, named

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

MEANINGS: Mapping[str, str] = {
    "customer_no": N_("customer number"),
    "balance_yuan": N_("balance"),
    "balance_date": N_("date of the balance"),
    "date": N_("date"),
    "owner": N_("owner's staff number"),
    "outlet": N_("outlet"),
    "channel": N_("channel"),
    "outcome": N_("outcome"),
    "duration_seconds": N_("duration in seconds"),
    "staff": N_("who did it"),
    "note": N_("note"),
    "next_date": N_("next step on"),
    "product": N_("product"),
    "amount_yuan": N_("amount"),
    "opened_on": N_("opened on"),
    "matures_on": N_("matures on"),
    "product_no": N_("product number"),
    "staff_id": N_("staff number"),
    "role": N_("post"),
}
"""What the columns of files hold, for people; those of a customer's profile are `terms.FACTS`."""


def meaning(id_: str) -> str:
    """Name what a column of a file holds."""
    return named(MEANINGS, id_) if id_ in MEANINGS else fact(id_)


def columns(ids: str) -> str:
    """Name columns that a file lacks, given with commas between them."""
    return _(", ").join(named(COLUMNS, id_) for id_ in ids.split(", "))
