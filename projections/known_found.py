"""What is asked and told of a day by two times: the book as it was known then, and as it is known now."""

from datetime import date, datetime
from sqlite3 import Cursor
from typing import Any, Literal

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.scheme import Policy

Said = Literal[
    "name", "outlet", "erased", "tier", "tier_since", "aum", "aum_date", "owners", "owner_roles", "system_owner",
    "tags", "links", "facts", "profile_score", "products",
]  # fmt: skip
"""What a customer's page says in one value."""
Kind = Literal["customer", Said, "in_hand", "duty", "duty_owners", "duty_due", "entry"]


class Side(msgspec.Struct, frozen=True):
    """The book by one of the two times."""

    cursor: Cursor
    policy: Policy
    calendar: Calendar


class Scope(msgspec.Struct, frozen=True):
    """Whom it is about: one customer, those a member of staff looked after on the day, or an outlet's."""

    customer_no: str = ""
    staff: str = ""
    outlet: str = ""


class Found(msgspec.Struct, frozen=True):
    """One thing that is known now and was not then.

    `kind`: what differs; "entry" is an entry recorded since, "customer" that somebody is known by this number or was
    (`then`, `now`), "in_hand" who has the entry at `corrects` in hand. `then` and `now`: ids of tiers, staff, roles and
    outlets, dates, fen, states of duties, None for none; of several things (tags, links, facts by their names,
    products) those that differ. `positions`: the events recorded since that made the difference, as far as rows and
    entries name them. Of entries, `code` and `details` are what a sentence is made of (projections/history_words.py).
    """

    customer_no: str
    name: str
    kind: Kind
    then: Any = None
    now: Any = None
    duty: str = ""
    occurrence: str = ""
    positions: tuple[int, ...] = ()
    event: str = ""
    occurred_on: date | None = None
    recorded_at: datetime | None = None
    by: str = ""
    corrects: int | None = None
    code: str = ""
    details: dict[str, Any] = {}
