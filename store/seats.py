"""Seats taken from a file: whose seat each row takes, and from when (DESIGN 6: what is undated holds on every date)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from guanhu.domain.events import stamped
from guanhu.domain.facts import EVER
from guanhu.domain.staff import CustomersAssigned
from guanhu.domain.statement import COLUMN_ROWS
from guanhu.projections.posts import posts_on
from guanhu.projections.projection import chunks, marks
from guanhu.store.writer import Writer


class Taken(msgspec.Struct, frozen=True):
    """A seat taken by one row."""

    customer_no: str
    staff_id: str
    role: str
    seat: str
    on: date
    replaces: str


class Seating:
    """The seats of a batch of customers while rows take them."""

    def __init__(self, w: Writer, customer_nos: Iterable[str], day: date | None) -> None:
        self._w = w
        self.day = day
        self.today = w.book.today
        scheme = w.policy.on(self.today)
        self.system_role = scheme.system_owner_role
        self.scheme = scheme
        self.posts = posts_on(w.cursor, self.today.toordinal())
        self.taken: list[Taken] = []
        self.seats: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self.tiers: dict[str, str | None] = {}
        for part in chunks(list(dict.fromkeys(customer_nos)), 900):
            rows = w.cursor.execute(
                "SELECT no, staff, role, seat FROM care JOIN customer ON id = customer_id"
                f" WHERE no IN ({marks(part)}) AND end = ? AND seat <> 'gap'",
                (*part, EVER),
            )
            for no, *held in rows:
                self.seats[no].append((held[0], held[1], held[2]))
            self.tiers.update(
                w.cursor.execute(
                    f"SELECT no, tier FROM customer JOIN account ON id = customer_id WHERE no IN ({marks(part)})",
                    part,
                ).fetchall()
            )

    def take(self, customer_no: str, staff_id: str, role: str, seat: str) -> str:
        """Give a seat to a member of staff; "" when done, "same" when they hold it, else the reason of refusal."""
        held_roles = self.posts.roles_of(staff_id)
        role = role or (self.system_role if seat == "system" else self._fitting(customer_no, staff_id))
        if role not in held_roles:
            return "role_not_held"
        seats = self.seats[customer_no]
        if (staff_id, role, seat) in seats:
            return "same"
        former = self._former(customer_no, role, seat)
        same_seat = [held for held in seats if held[2] == seat]
        on = self.day or (self.today if same_seat else date.min)
        self.taken.append(Taken(customer_no, staff_id, role, seat, on, former))
        self.seats[customer_no] = [held for held in seats if not (held[0] == former and held[2] == seat)]
        self.seats[customer_no].append((staff_id, role, seat))
        if seat == "owner" and role == self.system_role and not any(held[2] == "system" for held in seats):
            # Whoever keeps such customers' records is there: no system seat stays empty beside them.
            self.take(customer_no, staff_id, role, "system")
        return ""

    def write(self) -> None:
        """The seats taken become events: columns by staff, role, seat and day."""
        grouped: dict[tuple[str, str, str, date], list[tuple[str, str]]] = defaultdict(list)
        for taken in self.taken:
            grouped[taken.staff_id, taken.role, taken.seat, taken.on].append((taken.customer_no, taken.replaces))
        for (staff_id, role, seat, on), pairs in grouped.items():
            for part in chunks(pairs, COLUMN_ROWS):
                event = CustomersAssigned(
                    *stamped(self._w.stamp(on)), tuple(no for no, _ in part), staff_id, role, seat, True,
                    tuple(former for _, former in part),
                )  # fmt: skip
                self._w.append(f"assignment:{self._w.command}", event)

    def _fitting(self, customer_no: str, staff_id: str) -> str:
        """The post that suits the customer's tier best, else the first in the scheme's order."""
        held = self.posts.roles_of(staff_id)
        tier = self.scheme.tier(self.tiers.get(customer_no))
        for role in (*(tier.roles if tier else ()), *(tier.assists if tier else ())):
            if role in held:
                return role
        return next((role.id for role in self.scheme.roles if role.id in held and role.owns), "")

    def _former(self, customer_no: str, role: str, seat: str) -> str:
        """Whose seat is taken over: that of the same role; in a tier of one owner, that of whoever is there."""
        seats = [held for held in self.seats[customer_no] if held[2] == seat]
        for staff_id, held_role, _ in seats:
            if held_role == role:
                return staff_id
        tier = self.scheme.tier(self.tiers.get(customer_no))
        if seat == "owner" and seats and not (tier and tier.joint):
            return seats[0][0]
        return ""
