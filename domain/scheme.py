"""A scheme: the policy of a bank as data (方案) - tiers, roles, rating rules, duties, profile weights.

A measure puts a customer in a tier; a tier names roles; events and the calendar raise duties with a
deadline, for a role or several together; recorded acts discharge them (SCHEMES.md, "What the schemes
have in common"). Amounts in a scheme file are whole yuan; everything here is fen.
"""

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import Any, Literal

import msgspec

from guanhu.domain.money import YUAN
from guanhu.domain.scheme_flags import FlagRules
from guanhu.domain.scheme_part import Part

Trigger = Literal[
    "period",
    "while",
    "entering",
    "balance_change",
    "maturity",
    "event",
    "birthday",
    "festival",
    "assignment",
    "demotion",
    "promise",
    "referral",
    "request",
    "staff_day",
    "outlet_day",
]
Discharge = Literal[
    "reached", "visit", "joint_visit", "department_visit", "sent", "referral", "facts", "score", "answer"
]
Period = Literal["week", "month", "quarter", "half_year", "year"]


class Names(Part, frozen=True, forbid_unknown_fields=True):
    """A name in both languages."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """The name in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


class Role(Part, frozen=True, forbid_unknown_fields=True):
    """A post; `capacity` is how many customers one holder can look after (0: not counted)."""

    id: str
    names: Names
    capacity: int = 0
    owns: bool = True


class Tier(Part, frozen=True, forbid_unknown_fields=True):
    """A band of the measure from `from_yuan` to the next tier's floor, and who is responsible.

    `roles` lead; where `joint`, one owner of each; `assists` help where asked.
    `down_months`/`watch_months` override the rating's for customers held in this tier.
    """

    id: str
    names: Names
    from_yuan: int
    roles: tuple[str, ...]
    joint: bool = False
    assists: tuple[str, ...] = ()
    down_months: int | None = None
    watch_months: int | None = None

    @property
    def floor(self) -> int:
        """The floor in fen."""
        return self.from_yuan * YUAN


class Rating(Part, frozen=True, forbid_unknown_fields=True):
    """How the measure moves a customer between tiers (DESIGN 6).

    `measure`: the balance of the day, or its mean over the month to date. `up`: on the day itself, or
    when the month ends. Down: after `down_months` + `watch_months` full months below the floor, to
    the tier of the highest value of those months.
    """

    measure: Literal["balance", "month_average"] = "balance"
    up: Literal["at_once", "month_end"] = "at_once"
    down_months: int = 1
    watch_months: int = 0


class Clause(Part, frozen=True, forbid_unknown_fields=True):
    """Which customers: every key that is given must hold. AUM bands are half-open, in yuan.

    `near_percent`: within that many percent below the next tier's floor; `below_floor`: under the
    floor of the tier still held.
    """

    tiers: tuple[str, ...] = ()
    tiered: bool = False
    aum_from: int | None = None
    aum_to: int | None = None
    mark: str = ""
    near_percent: int = 0
    below_floor: bool = False


class Due(Part, frozen=True, forbid_unknown_fields=True):
    """How long after the day that raises it a duty is due; neither key: on that day."""

    days: int = 0
    working_days: int = 0


class By(Clause, frozen=True, forbid_unknown_fields=True):
    """Who owes the duty for the customers of this clause, and what differs for them.

    `owner`: whoever the customer is assigned to, whatever the post. `together`: all roles at once.
    `owned`: only customers whose own owner holds a role. The first clause that fits counts.
    """

    roles: tuple[str, ...] = ()
    owner: bool = False
    owned: bool = False
    together: bool = False
    discharge: tuple[Discharge, ...] = ()
    due: Due | None = None
    period: Period | None = None


class Change(Part, frozen=True, forbid_unknown_fields=True):
    """A change between two reported balances that counts: from that many yuan, by tier of the larger."""

    either_from: int
    thresholds: dict[str, int]
    outflow: Due
    inflow: Due


class Duty(Part, frozen=True, forbid_unknown_fields=True):
    """Something owed to a customer (SCHEMES.md 1, duties): what raises it, for whom, by whom, by when."""

    id: str
    names: Names
    trigger: Trigger
    by: tuple[By, ...]
    who: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()
    discharge: tuple[Discharge, ...] = ("reached", "visit")
    silent: bool = True
    period: Period | None = None
    times: int = 1
    first_until_day: int = 0
    soft_day: int = 0
    opens_days_before: int = 0
    due: Due = Due()
    bulk_due: Due | None = None
    late_days: int = 30
    write_up_days: int = 0
    facts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    also_events: tuple[str, ...] = ()
    event_due: Due = Due()
    change: Change | None = None
    festivals: tuple[str, ...] = ()
    once_contacted: bool = False


class Profile(Part, frozen=True, forbid_unknown_fields=True):
    """What each known fact adds to the profile's score (together 100), and the score of a full file."""

    weights: dict[str, int]
    full_score: int


class Festival(Part, frozen=True, forbid_unknown_fields=True):
    """A festival by its id in the calendar."""

    id: Literal["new_year", "spring_festival", "dragon_boat", "mid_autumn", "national_day"]
    names: Names


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A whole scheme; tiers from low to high."""

    id: str
    version: int
    names: Names
    untiered: Names
    system_owner_role: str
    roles: tuple[Role, ...]
    tiers: tuple[Tier, ...]
    rating: Rating
    profile: Profile
    festivals: tuple[Festival, ...]
    duties: tuple[Duty, ...]
    flags: FlagRules = FlagRules()

    @cached_property
    def floors(self) -> list[int]:
        """Floors of the tiers in fen, from low to high."""
        return [tier.floor for tier in self.tiers]

    @cached_property
    def bounds(self) -> dict[str | None, tuple[int, int]]:
        """Floor and next floor in fen by tier (None: untiered), where a balance within them moves nobody.

        Empty for schemes that rate by another measure, or not at once.
        """
        if self.rating.measure != "balance" or self.rating.up != "at_once":
            return {}
        edges = [-(1 << 63), *self.floors, 1 << 63]
        return {tier: (edges[step], edges[step + 1]) for tier, step in self.rank.items()}

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """A place for what is derived from the scheme once, such as which clauses apply."""
        return {}

    @cached_property
    def rank(self) -> dict[str | None, int]:
        """Steps by tier id: untiered (None) is 0, the lowest tier 1."""
        return {None: 0, **{tier.id: n for n, tier in enumerate(self.tiers, 1)}}

    @cached_property
    def duty(self) -> dict[str, Duty]:
        """Duties by id."""
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def role(self) -> dict[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    def tier(self, tier_id: str | None) -> Tier | None:
        """The tier of that id; None for untiered or an id of another scheme."""
        step = self.rank.get(tier_id, 0)
        return self.tiers[step - 1] if step else None

    def step_of(self, fen: int) -> int:
        """The step whose band holds `fen`: 0 untiered, 1 the lowest tier."""
        return bisect_right(self.floors, fen)

    def tier_at(self, step: int) -> str | None:
        """The tier id of a step."""
        return self.tiers[step - 1].id if step else None

    def tier_of(self, fen: int) -> str | None:
        """The tier whose band holds `fen`, None below the lowest floor."""
        return self.tier_at(bisect_right(self.floors, fen))


class Policy(msgspec.Struct, frozen=True):
    """The schemes adopted, each from a date; decisions of a date follow the one in force on it."""

    adopted: tuple[tuple[date, Scheme], ...]

    def on(self, day: date) -> Scheme:
        """The scheme in force on `day` (the first one for days before any)."""
        current = self.adopted[0][1]
        for since, scheme in self.adopted:
            if since > day:
                break
            current = scheme
        return current

    def on_ordinal(self, day: int) -> Scheme:
        """The same for a day ordinal."""
        return self.on(date.fromordinal(day))

    def changes_after(self, day: date) -> list[date]:
        """The dates after `day` on which another scheme takes over."""
        return [since for since, _ in self.adopted[1:] if since > day]
