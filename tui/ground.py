"""What a question stands on: one snapshot of the book, the day asked about, who asks, and the names of things."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from sqlite3 import Cursor

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.errors import Refused
from guanhu.domain.scheme import Policy, Scheme
from guanhu.language import current, terms
from guanhu.language.log_words import occurrence_words
from guanhu.projections.policy import policy_of
from guanhu.store.book import Book


class Names:
    """Ids in front of a person, as they were when the book was read: usable on any thread afterwards."""

    def __init__(self, cursor: Cursor, policy: Policy, scheme: Scheme) -> None:
        self._schemes = [scheme, *(adopted for _day, adopted in reversed(policy.adopted))]
        self._staff: dict[str, str] = dict(cursor.execute("SELECT id, name FROM staff").fetchall())
        self._outlets: dict[str, str] = dict(cursor.execute("SELECT code, name FROM outlet").fetchall())

    def tier(self, tier_id: str | None) -> str:
        """A tier's name; untiered has one too."""
        if not tier_id or tier_id == "untiered":
            return self._schemes[0].untiered.to(current())
        found = next((tier for scheme in self._schemes if (tier := scheme.tier(tier_id))), None)
        return found.names.to(current()) if found else tier_id

    def duty(self, duty_id: str) -> str:
        """A duty's name."""
        found = next((scheme.duty[duty_id] for scheme in self._schemes if duty_id in scheme.duty), None)
        return found.names.to(current()) if found else duty_id

    def role(self, role_id: str) -> str:
        """A role's name."""
        found = next((scheme.role[role_id] for scheme in self._schemes if role_id in scheme.role), None)
        return found.names.to(current()) if found else terms.role(role_id)

    def staff(self, staff_id: str | None) -> str:
        """The name of a member of staff; the id where there is none."""
        return self._staff.get(staff_id, "") or staff_id if staff_id else ""

    def outlet(self, code: str | None) -> str:
        """The name of an outlet; the code where there is none."""
        return self._outlets.get(code, "") or code if code else ""

    def occurrence(self, key: str) -> str:
        """Which one of a duty's occurrences."""
        return occurrence_words(key, lambda id_: self._staff.get(id_) or self.outlet(id_))

    def labels(self) -> dict[str, str]:
        """All names by `staff.<id>`, `tier.<id>`, `duty.<id>` and `role.<id>`, for sheets that know no language."""
        found = {f"staff.{staff}": self.staff(staff) for staff in self._staff}
        found["tier.untiered"] = self.tier(None)
        for scheme in self._schemes:
            found |= {f"tier.{tier.id}": self.tier(tier.id) for tier in scheme.tiers}
            found |= {f"duty.{duty.id}": self.duty(duty.id) for duty in scheme.duties}
            found |= {f"role.{role.id}": self.role(role.id) for role in scheme.roles}
        return found


class Ground(msgspec.Struct, frozen=True, dict=True):
    """One snapshot of the book; the cursor lives only while the question is asked."""

    cursor: Cursor
    policy: Policy
    calendar: Calendar
    day: date
    staff: str

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme in force on the day."""
        return self.policy.on(self.day)

    @cached_property
    def names(self) -> Names:
        """The names of tiers, duties, roles, staff and outlets."""
        return Names(self.cursor, self.policy, self.scheme)


@contextmanager
def standing(book: Book, day: date, staff: str) -> Iterator[Ground]:
    """A snapshot to ask on; Refused("no_scheme"), and what the store refuses."""
    with book.reading() as cursor:
        policy = policy_of(cursor)
        if policy is None:
            raise Refused("no_scheme")
        yield Ground(cursor, policy, book.calendar, day, staff)
