"""Ids in front of a person: tiers, duties, roles, staff and outlets by their names in the language in force."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Cursor

from rich.cells import cell_len

from guanhu.domain.scheme import Policy, Scheme
from guanhu.language import _, current, terms
from guanhu.language.log_words import occurrence_words
from guanhu.projections.naming import outlet_names, staff_names
from guanhu.tui.cells import fit


class Names:
    """The names as they were when the book was read: usable on any thread afterwards.

    The scheme of the day names tiers, duties and roles, an earlier one those it has no more.
    """

    def __init__(self, cursor: Cursor, policy: Policy, scheme: Scheme) -> None:
        self._schemes = [scheme, *(adopted for _day, adopted in reversed(policy.adopted))]
        self._staff, self._outlets = staff_names(cursor), outlet_names(cursor)

    # ------------------------------------------------------------ the scheme's
    def tier(self, tier_id: str | None) -> str:
        """The tier's name; untiered has one too."""
        if not tier_id or tier_id == "untiered":
            return self._schemes[0].untiered.to(current())
        found = next((tier for scheme in self._schemes if (tier := scheme.tier(tier_id))), None)
        return found.names.to(current()) if found else tier_id

    def tier_or_none(self, tier_id: str | None, aum_fen: int | None) -> str:
        """The tier's name; nothing for who has no balance."""
        return self.tier(tier_id) if aum_fen is not None else ""

    def of_scheme(self, scheme_id: str, version: int) -> Callable[[str | None], str]:
        """The names of tiers as one version of a scheme has them; else as they are named now."""
        wanted = (scheme_id, version)
        scheme = next((scheme for scheme in self._schemes if (scheme.id, scheme.version) == wanted), None)

        def name(tier_id: str | None) -> str:
            if scheme is None:
                return self.tier(tier_id)
            if not tier_id:
                return scheme.untiered.to(current())
            found = scheme.tier(tier_id)
            return found.names.to(current()) if found else self.tier(tier_id)

        return name

    def scheme(self, scheme_id: str, version: int) -> str:
        """A scheme by its name, and the version."""
        found = next((scheme for scheme in self._schemes if scheme.id == scheme_id), None)
        name = found.names.to(current()) if found else scheme_id
        return _("{scheme}, version {version}", scheme=name, version=version)

    def duty(self, duty_id: str) -> str:
        """The duty's name."""
        found = next((scheme.duty[duty_id] for scheme in self._schemes if duty_id in scheme.duty), None)
        return found.names.to(current()) if found else duty_id

    def occurrence(self, key: str, opens: date | None = None) -> str:
        """Which one of a duty's occurrences, for people: a period, a date, a member of staff or festival by name."""
        if key == "once":  # the only one of its duty: its day says which
            return opens.isoformat() if opens else ""
        return occurrence_words(key, lambda id_: self._staff.get(id_) or self.outlet(id_))

    def role(self, role_id: str) -> str:
        """The role's name."""
        found = next((scheme.role[role_id] for scheme in self._schemes if role_id in scheme.role), None)
        return found.names.to(current()) if found else terms.role(role_id)

    def in_order(self, role_ids: Iterable[str]) -> list[str]:
        """Roles as the scheme lists them, each once; those that it has no more stand last."""
        order = list(self._schemes[0].role)
        return sorted(set(role_ids), key=lambda role: (order.index(role) if role in order else len(order), role))

    # ------------------------------------------------------------ the bank's
    def staff(self, staff_id: str | None) -> str:
        """The name of a member of staff; the id where there is no name."""
        return self._staff.get(staff_id, "") or staff_id if staff_id else ""

    def staff_list(self, staff_ids: Iterable[str]) -> str:
        """Several members of staff in a line."""
        return listed(map(self.staff, staff_ids))

    def is_staff(self, staff_id: str) -> bool:
        """Whether the book knows a member of staff by this id."""
        return staff_id in self._staff

    def outlet(self, code: str | None) -> str:
        """The name of an outlet; the code where there is no name."""
        return self._outlets.get(code, "") or code if code else ""

    def outlet_name(self, code: str) -> str:
        """The name of an outlet that the book knows, "" for what is none."""
        return self._outlets.get(code, "")

    # ------------------------------------------------------------ all of them
    def labels(self) -> dict[str, str]:
        """All names by `staff.<id>`, `tier.<id>`, `duty.<id>` and `role.<id>`, for sheets that know no language."""
        found = {f"staff.{staff}": self.staff(staff) for staff in self._staff}
        found["tier.untiered"] = self.tier(None)
        for scheme in self._schemes:
            found |= {f"tier.{tier.id}": self.tier(tier.id) for tier in scheme.tiers}
            found |= {f"duty.{duty.id}": self.duty(duty.id) for duty in scheme.duties}
            found |= {f"role.{role.id}": self.role(role.id) for role in scheme.roles}
        return found


def listed(parts: Iterable[str]) -> str:
    """Words in a line, with the separator of the language; empty ones are left out."""
    return _(", ").join(part for part in parts if part)


def capital(words: str) -> str:
    """Words as a label has them: English begins with a capital."""
    return words[:1].upper() + words[1:]


def first_of(words: Sequence[str], width: int) -> str:
    """Of some words the first ones that `width` cells have room for, at least one, and how many more there are."""
    for told in range(len(words), 1, -1):
        shown = listed(words[:told]) + (f" +{len(words) - told}" if told < len(words) else "")
        if cell_len(shown) <= width:
            return shown
    more = f" +{len(words) - 1}" if len(words) > 1 else ""
    return f"{fit(words[0], min(cell_len(words[0]), max(1, width - len(more))))}{more}" if words else ""


def outcome_shown(outcome: str, kind: str = "contact") -> str:
    """What came of an act, on a screen: without the middle dot of the names, which is of ambiguous width."""
    return terms.outcome(outcome, kind).replace("·", " ")


def duties_counted(duties: Mapping[str, int], names: Names) -> list[str]:
    """Duties by name, each with how often where that is more than once."""
    told = ((names.duty(duty), count) for duty, count in duties.items())
    return [f"{name} {count}" if count > 1 else name for name, count in told]


def customers_counted(count: int) -> str:
    """So many customers, in words."""
    return _("1 customer") if count == 1 else _("{count} customers", count=f"{count:,}")


def month_text(month: date) -> str:
    """The month of a day, as the language says it."""
    return f"{month.year}年{month.month}月" if current() == "zh" else f"{month:%Y-%m}"


def day_text(day: date | None) -> str:
    """A date for people, the same in both languages; nothing for no date."""
    return day.isoformat() if day else ""
