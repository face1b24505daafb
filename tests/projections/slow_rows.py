"""What a branch put together from its events holds: posts, and of each customer balances, seats, acts, affairs."""

from dataclasses import dataclass, field

from guanhu.domain.balances import Entry, carried, steps
from guanhu.domain.facts import EVER


@dataclass
class Post:
    """A role at an outlet, on the days [start, end)."""

    staff: str
    role: str
    outlet: str
    start: int
    end: int = EVER


@dataclass
class Sat:
    """A seat at a customer's, on the days [start, end)."""

    staff: str
    role: str
    seat: str
    start: int
    bulk: bool
    end: int = EVER


@dataclass
class Mark:
    """A mark, on the days [start, end)."""

    mark: str
    start: int
    end: int = EVER


@dataclass
class Bought:
    """A product held on the days [start, end)."""

    product: str
    fen: int
    matures: int | None
    start: int
    position: int
    end: int = EVER


@dataclass
class Taken:
    """What was taken up for a customer; `staff` has it in hand."""

    kind: str
    subject: str
    day: int
    staff: str
    due: int | None
    closed: int | None = None


@dataclass
class Entered:
    """An entry of the log: day, who, when written down, what."""

    day: int
    staff: tuple[str, ...]
    recorded: int
    kind: str
    outcome: str = ""
    roles: frozenset[str] = frozenset()
    imported: bool = False


@dataclass
class Customer:
    """All that the events say of one customer."""

    no: str
    outlet: str
    known: dict[str, tuple[str, int]]
    entries: list[Entry] = field(default_factory=list)
    tiers: list[tuple[int, str]] = field(default_factory=list)
    seats: list[Sat] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    products: dict[str, Bought] = field(default_factory=dict)
    acts: dict[int, Entered] = field(default_factory=dict)
    affairs: dict[int, Taken] = field(default_factory=dict)
    waived: dict[tuple[str, str], int] = field(default_factory=dict)
    log: list[Entered] = field(default_factory=list)
    erased: bool = False

    def tier(self, day: int) -> str:
        """The tier decided last by a day, "" for none."""
        return next((tier for since, tier in reversed(self.tiers) if since <= day), "")

    def aum(self, day: int) -> int | None:
        """The balance of a day."""
        return carried(steps(self.entries), day)

    def owners(self, day: int) -> list[tuple[str, str]]:
        """(staff, role) of the owners on a day."""
        return [(x.staff, x.role) for x in self.seats if x.seat == "owner" and x.start <= day < x.end]

    def marked(self, day: int) -> frozenset[str]:
        """The marks of a day."""
        return frozenset(x.mark for x in self.marks if x.start <= day < x.end)

    def score(self, weights: dict[str, int], day: int) -> int:
        """The profile's score on a day; a birthday by the moon is a birthday."""
        facts = {fact for fact, (value, since) in self.known.items() if value and since <= day}
        if "lunar_birthday" in facts:
            facts.add("birthday")
        return sum(weights[fact] for fact in facts if fact in weights)
