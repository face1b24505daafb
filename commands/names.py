"""Ids in front of a person: tiers, duties, roles and members of staff by their names in the language in force."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from sqlite3 import Cursor

from guanhu.domain.scheme import Policy, Scheme
from guanhu.language import _, current, terms
from guanhu.language.log_words import occurrence_words


class Names:
    """The scheme of the day names tiers, duties and roles, an earlier one those it has no more."""

    def __init__(self, cursor: Cursor, policy: Policy, scheme: Scheme) -> None:
        self._cursor = cursor
        self._schemes = [scheme, *(adopted for _day, adopted in reversed(policy.adopted))]
        self._language = current()

    @cached_property
    def _staff(self) -> dict[str, str]:
        return dict(self._cursor.execute("SELECT id, name FROM staff").fetchall())

    @cached_property
    def _outlets(self) -> dict[str, str]:
        return dict(self._cursor.execute("SELECT code, name FROM outlet").fetchall())

    def tier(self, tier_id: str | None) -> str:
        """The tier's name; untiered has one too."""
        if not tier_id or tier_id == "untiered":
            return self._schemes[0].untiered.to(self._language)
        found = next((tier for scheme in self._schemes if (tier := scheme.tier(tier_id))), None)
        return found.names.to(self._language) if found else tier_id

    def of_scheme(self, scheme_id: str, version: int) -> Callable[[str | None], str]:
        """The names of tiers as one version of a scheme has them; else as they are named now."""
        wanted = (scheme_id, version)
        scheme = next((scheme for scheme in self._schemes if (scheme.id, scheme.version) == wanted), None)

        def name(tier_id: str | None) -> str:
            if scheme is None:
                return self.tier(tier_id)
            if not tier_id:
                return scheme.untiered.to(self._language)
            found = scheme.tier(tier_id)
            return found.names.to(self._language) if found else self.tier(tier_id)

        return name

    def occurrence(self, key: str, opens: date | None = None) -> str:
        """Which one of a duty's occurrences, for people: a period, a date, a member of staff or festival by name."""
        if key == "once" and opens:
            return opens.isoformat()
        return occurrence_words(key, lambda id_: self._staff.get(id_) or self.outlet(id_))

    def tier_or_none(self, tier_id: str | None, aum_fen: int | None) -> str:
        """The tier's name; nothing for who has no balance."""
        return self.tier(tier_id) if aum_fen is not None else ""

    def duty(self, duty_id: str) -> str:
        """The duty's name."""
        found = next((scheme.duty[duty_id] for scheme in self._schemes if duty_id in scheme.duty), None)
        return found.names.to(self._language) if found else duty_id

    def role(self, role_id: str) -> str:
        """The role's name."""
        found = next((scheme.role[role_id] for scheme in self._schemes if role_id in scheme.role), None)
        return found.names.to(self._language) if found else terms.role(role_id)

    def roles(self, role_ids: Iterable[str]) -> str:
        """Several roles in a line."""
        return listed(self.role(role) for role in role_ids)

    def staff(self, staff_id: str | None) -> str:
        """The name of a member of staff; the id where there is no name."""
        return self._staff.get(staff_id, "") or staff_id if staff_id else ""

    def staff_list(self, staff_ids: Iterable[str]) -> str:
        """Several members of staff in a line."""
        return listed(self.staff(staff) for staff in staff_ids)

    @property
    def staff_ids(self) -> frozenset[str]:
        """Everybody the book knows."""
        return frozenset(self._staff)

    def scheme_labels(self) -> dict[str, str]:
        """`tier.<id>` and `duty.<id>` of all schemes."""
        tiers = dict.fromkeys(tier.id for scheme in self._schemes for tier in scheme.tiers)
        duties = dict.fromkeys(duty.id for scheme in self._schemes for duty in scheme.duties)
        labels = {f"tier.{tier}": self.tier(tier) for tier in tiers}
        return labels | {f"duty.{duty}": self.duty(duty) for duty in duties}

    def outlet_name(self, code: str) -> str:
        """The name of an outlet that the book knows, "" for what is none."""
        return self._outlets.get(code, "")

    def outlet(self, code: str | None) -> str:
        """The name of an outlet; the code where there is no name."""
        return self._outlets.get(code, "") or code if code else ""


def listed(parts: Iterable[str]) -> str:
    """Words in a line, with the separator of the language."""
    return _(", ").join(part for part in parts if part)


def day_text(day: date | None) -> str:
    """A date for people, the same in both languages."""
    return day.isoformat() if day else ""
