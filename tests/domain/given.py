"""Customers as a test tells of them: each step gives a new customer, so that one line is one story.

    a_customer(210_000, since="2026-01-05").contacted("2026-02-10").status("monthly_contact", "2026-02-15")

Amounts are yuan, days are ISO dates. A balance moves the customer up at once, as the scheme has it; a fall of
the tier is told by `fell_to`.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import Obligation, obligations
from guanhu.domain.facts import EVER, Act, Affair, Facts, Product, Seat
from guanhu.domain.occurrences import UNDONE, Occurrence, Person, View, occurrences
from guanhu.domain.responsibility import Care, owed_by
from guanhu.domain.scheme import Policy, Scheme

CALENDAR = Calendar()
FEN = 100


@cache
def personal() -> Scheme:
    """The default scheme."""
    text = files("guanhu.domain").joinpath("schemes", "personal.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Scheme)


def day(text: str) -> int:
    """The ordinal of an ISO date."""
    return date.fromisoformat(text).toordinal()


def iso(ordinal: int | None) -> str | None:
    """The ISO date of an ordinal, None for none."""
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def policy() -> Policy:
    """The default scheme from the first day on, as `init` adopts it."""
    return Policy(((date.min, personal()),))


NOTHING = Facts(
    customer_no="C1", steps=[], reported=[], tiers=[], marks=[], birthday="", lunar_birthday="",
    known={}, scores=[], acts=[], seats=[], products=[], affairs=[],
)  # fmt: skip


def tier_on(facts: Facts, on: str) -> str | None:
    """The tier held on a day."""
    return next((tier for since, tier in reversed(facts.tiers) if since <= day(on)), None)


@dataclass(frozen=True)
class Customer:
    """One customer's facts so far, and the questions that tests put to the rules."""

    facts: Facts = NOTHING
    waived_on: dict[tuple[str, str], int] = field(default_factory=dict)
    rules: Policy = field(default_factory=policy, repr=False)

    def _with(self, **changes: object) -> "Customer":
        return replace(self, facts=msgspec.structs.replace(self.facts, **changes))

    # ------------------------------------------------------------ what happened
    def balance(self, on: str, yuan: float) -> "Customer":
        """The bank reports a balance (whole fen); a higher tier is reached at once."""
        step = (day(on), round(yuan * FEN))
        rise: list[tuple[int, str | None]] = []
        scheme = personal()
        held = tier_on(self.facts, on)
        if not self.facts.tiers or scheme.step_of(step[1]) > scheme.rank[held]:
            rise = [(day(on), scheme.tier_of(step[1]))]
        return self._with(
            steps=[*self.facts.steps, step], reported=[*self.facts.reported, step], tiers=[*self.facts.tiers, *rise]
        )

    def fell_to(self, tier: str | None, on: str) -> "Customer":
        """A month's end moves the customer down."""
        return self._with(tiers=[*self.facts.tiers, (day(on), tier)])

    def marked(self, mark: str, since: str, until: str | None = None) -> "Customer":
        """A mark is set on a day, and taken off on another."""
        return self._with(marks=[*self.facts.marks, (mark, day(since), day(until) if until else EVER)])

    def born(self, birthday: str, known: str = "2000-01-01") -> "Customer":
        """The birthday by the common calendar becomes known."""
        return self._with(birthday=birthday, known={**self.facts.known, "birthday": day(known)})

    def born_by_the_moon(self, birthday: str, known: str = "2000-01-01") -> "Customer":
        """The birthday by the lunar calendar becomes known."""
        since = {"birthday": day(known), "lunar_birthday": day(known)}
        return self._with(lunar_birthday=birthday, known={**self.facts.known, **since})

    def known(self, on: str, *names: str) -> "Customer":
        """Facts of the profile become known."""
        return self._with(known={**self.facts.known, **{name: day(on) for name in names}})

    def scored(self, on: str, score: int) -> "Customer":
        """The profile reaches a score."""
        return self._with(scores=[*self.facts.scores, (day(on), score)])

    def _acted(
        self, on: str, kind: str, outcome: str, roles: Sequence[str] = (), recorded: str | None = None
    ) -> "Customer":
        act = Act(day(on), kind, outcome, frozenset(roles), len(self.facts.acts) + 1, day(recorded or on))
        return self._with(acts=sorted([*self.facts.acts, act], key=lambda act: act.day))

    def contacted(self, on: str, outcome: str = "reached_success", recorded: str | None = None) -> "Customer":
        """A contact, which reached the customer unless its outcome says otherwise."""
        return self._acted(on, "contact", outcome, recorded=recorded)

    def sent_a_message(self, on: str, recorded: str | None = None) -> "Customer":
        """A message that was sent, without an answer."""
        return self._acted(on, "contact", "sent", recorded=recorded)

    def visited(self, on: str, *roles: str, outcome: str = "reached_success") -> "Customer":
        """A visit by people of these posts."""
        return self._acted(on, "visit", outcome, roles)

    def passed_upward(self, on: str) -> "Customer":
        """A referral, as the act of whoever referred."""
        return self._acted(on, "referral", "")

    def given_to(
        self, staff: str, on: str, until: str | None = None, role: str = "relationship_manager", bulk: bool = False
    ) -> "Customer":
        """Assigned to a member of staff as owner."""
        seat = Seat(staff, role, "owner", day(on), day(until) if until else EVER, bulk)
        return self._with(seats=[*self.facts.seats, seat])

    def holds(self, product_no: str, since: str, matures: str | None, until: str | None = None) -> "Customer":
        """A product, of 100,000 yuan."""
        end = day(until) if until else EVER
        product = Product(product_no, "deposit", 100_000 * FEN, day(matures) if matures else None, day(since), end)
        return self._with(products=[*self.facts.products, product])

    def _affair(self, kind: str, subject: str, on: str, due: str | None, closed: str | None, staff: str) -> "Customer":
        ref = len(self.facts.affairs) + 1
        affair = Affair(kind, subject, ref, day(on), staff, day(due) if due else None, day(closed) if closed else None)
        return self._with(affairs=[*self.facts.affairs, affair])

    def event(self, kind: str, on: str) -> "Customer":
        """An important event in the customer's life."""
        return self._affair("event", kind, on, None, None, "")

    def promised(self, on: str, due: str, kept: str | None = None, by: str = "rm") -> "Customer":
        """A promise to the customer."""
        return self._affair("promise", "", on, due, kept, by)

    def referred(self, on: str, to: str = "rm", answered: str | None = None) -> "Customer":
        """A referral to a relationship manager, perhaps accepted or returned."""
        return self._affair("referral", "", on, None, answered, to)

    def requested(self, kind: str, on: str, due: str | None = None, answered: str | None = None) -> "Customer":
        """The outlet asks the department for a joint visit or for support."""
        return self._affair("request", kind, on, due, answered, "manager")

    def waived(self, duty: str, key: str, on: str) -> "Customer":
        """An occurrence need not be done."""
        return replace(self, waived_on={**self.waived_on, (duty, key): day(on)})

    def under(self, *adopted: tuple[str, Scheme]) -> "Customer":
        """Other schemes than the default, each from a date."""
        return replace(self, rules=Policy(tuple((date.fromisoformat(since), scheme) for since, scheme in adopted)))

    # ------------------------------------------------------------ what is asked
    def obligations(self, duty: str | None = None) -> list[Obligation]:
        """What the rules make of the facts."""
        return [ob for ob in obligations(self.facts, self.rules, CALENDAR) if duty in (None, ob.duty)]

    def all_on(self, on: int, history: bool = False) -> list[Occurrence]:
        """All occurrences as they are on a day."""
        return self.seen(self.obligations(), on, history)

    def seen(self, owed: list[Obligation], on: int, history: bool = False) -> list[Occurrence]:
        """Occurrences of obligations made before, as they are on a day."""
        view = View(on, self.rules, CALENDAR, history)
        person = Person(self.facts.birthday, self.facts.lunar_birthday, self.facts.acts, self.waived_on)
        return [one for ob in owed for one in occurrences(ob, person, view)]

    def told(self, duty: str, on: str, history: bool = False) -> list[Occurrence]:
        """Occurrences of a duty on a day, by key."""
        return sorted((one for one in self.all_on(day(on), history) if one.duty == duty), key=lambda one: one.key)

    def the(self, duty: str, on: str, key: str | None = None) -> Occurrence:
        """The one occurrence of the duty on a day, periods and dates that are over included where a key is given."""
        (one,) = [one for one in self.told(duty, on, key is not None) if key in (None, one.key)]
        return one

    def status(self, duty: str, on: str, key: str | None = None) -> str | None:
        """The state of the one occurrence on a day; None where there is none."""
        found = [one.status for one in self.told(duty, on, key is not None) if key in (None, one.key)]
        assert len(found) < 2, found
        return found[0] if found else None

    def statuses(self, duty: str, *days: str, key: str | None = None) -> list[str | None]:
        """The states on some days, in their order."""
        return [self.status(duty, on, key) for on in days]

    def undone(self, on: str) -> set[str]:
        """The duties that are open or overdue on a day."""
        return {one.duty for one in self.all_on(day(on)) if one.status in UNDONE}

    def dates(self, duty: str, on: str, key: str | None = None) -> tuple[str | None, str | None]:
        """When the one occurrence opens and when it is due."""
        one = self.the(duty, on, key)
        return iso(one.opens), iso(one.due)

    def owers(self, duty: str, on: str, care: Care, posts: dict[str, frozenset[str]] | None = None) -> object:
        """The staff who owe the one occurrence, None where it is not owed."""
        one = self.the(duty, on)
        scheme = self.rules.on(date.fromisoformat(on))
        roles = posts or {}
        return owed_by(scheme.duty[duty].by[one.by], care, scheme, lambda staff: roles.get(staff, frozenset()))


def a_customer(yuan: float | None = None, since: str = "2026-01-05") -> Customer:
    """A customer with that balance since a day, or with none."""
    return Customer() if yuan is None else Customer().balance(since, yuan)


def cared_for(*owners: tuple[str, str], system: str | None = "system", manager: str | None = "manager") -> Care:
    """Owners as (staff, role), lead first, beside the system owner, the outlet manager and the department."""
    return Care(owners, system, manager, ("department",))


POSTS = {
    "teller": frozenset({"high_counter_teller"}),
    "low": frozenset({"low_counter_teller"}),
    "lobby": frozenset({"lobby_manager"}),
    "rm": frozenset({"relationship_manager"}),
    "system": frozenset({"relationship_manager"}),
    "supervisor": frozenset({"rm_supervisor"}),
    "manager": frozenset({"outlet_manager"}),
    "department": frozenset({"department"}),
}
"""The posts of the staff of these tests, by id."""

RM = ("rm", "relationship_manager")
SUPERVISOR = ("supervisor", "rm_supervisor")
MANAGER = ("manager", "outlet_manager")
TELLER = ("teller", "high_counter_teller")
LOW = ("low", "low_counter_teller")
