"""What the figures of the outlet's screen and of the meeting sheet open to."""

from collections.abc import Callable, Sequence
from datetime import date

from guanhu.domain.red_flags.found import Flag
from guanhu.language import _, terms
from guanhu.projections.flag_customers import Flagged, flagged_customers
from guanhu.projections.log import Asked, LogEntry, entries_at, log_entries
from guanhu.projections.outlet_tiers import Mover, Moves, outlet_moves
from guanhu.projections.queue import DutyItem
from guanhu.projections.workload import STATES, workload
from guanhu.tui.acts.form import About
from guanhu.tui.cells import day_month, wan
from guanhu.tui.ground import Ground
from guanhu.tui.log_rows import log_columns, row_id
from guanhu.tui.names import Names
from guanhu.tui.screens.behind import Behind
from guanhu.tui.signs import Signs, state
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.pages import Row


class DutiesBehind(Behind[DutyItem]):
    """The duties of a member of staff (None: of all, "": of nobody) at an outlet, by state."""

    def __init__(
        self, words: str, outlet: str | None, staff: str | None, since: date, states: Sequence[str] = STATES, *,
        day: date | None = None,
    ) -> None:  # fmt: skip
        """As they are on `day`; on the day looked at where none is given."""
        self.words = words
        self._outlet, self._staff, self._since, self._states = outlet, staff, since, states
        self._on = day
        self._day = since

    def told(self) -> str:
        """As Behind."""
        return _("done and missed: those so since {day}", day=self._since.isoformat()) if "done" in self._states else ""

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        self._day = self._on or ground.day
        found = workload(
            ground.cursor, ground.policy, ground.calendar, self._day, outlet=self._outlet, since=self._since
        )
        rows: list[Row] = []
        for each in self._states:
            items = found.of(self._staff, (each,))
            if items:
                rows.append(Row(each, heading=f"{terms.status(each)} {len(items)}"))
                rows += [Row(f"{item.customer_no or item.owner}:{item.duty}:{item.occurrence}", item) for item in items]
        return rows

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""
        today = self._day
        return [
            Column("name", _("Customer"), lambda item: _whom(item, names), 8, 14, 2),
            Column("tier", _("Tier"), lambda item: names.tier(item.tier) if item.customer_no else "", 9, 12, 1,
                   priority=2),
            Column("aum", _("AUM, wan"), lambda item: wan(item.aum_fen), 9, 11, 0, "right", priority=2),
            Column("duty", _("Duty"), lambda item: names.duty(item.duty), 12, 24, 3),
            Column("state", _("State"), lambda item: state(item.status, signs), 10, 12),
            Column("due", _("Due"), lambda item: day_month(item.due, today), 6, 10),
            Column("done", _("Done on"), lambda item: day_month(item.done_on, today), 7, 10, priority=3),
            Column("owners", _("Owed by"), lambda item: names.staff_list(item.owners), 8, 20, 2, priority=1),
        ]  # fmt: skip

    def about(self, item: DutyItem) -> About | None:
        """As Behind."""
        return About(item.customer_no, item.name, item.duty, item.occurrence) if item.customer_no else None


def _whom(item: DutyItem, names: Names) -> tuple[str, str]:
    """The customer; in place of one that it is a duty of staff or outlets, in the words of Today."""
    if item.customer_no:
        return item.name or item.customer_no, "strong"
    return (_("(outlet)") if names.outlet_name(item.name) else _("(own day)")), "muted"


class MoversBehind(Behind[tuple[Mover, Moves]]):
    """Customers who moved between two dates, those whom `wanted` takes, grouped by where they went.

    `stayed`: how many more the line counts, who are in the tier still.
    """

    def __init__(
        self, words: str, outlet: str | None, days: tuple[date, date], wanted: Callable[[Mover], bool], stayed: int = 0
    ) -> None:
        self.words = words
        self._stayed = stayed
        self._outlet, self._days, self._wanted = outlet, days, wanted

    def told(self) -> str:
        """As Behind."""
        days = _("{first} to {last}", first=self._days[0].isoformat(), last=self._days[1].isoformat())
        if not self._stayed:
            return days
        return f"{days}  " + _("who moved; {count} more stayed in the tier", count=f"{self._stayed:,}")

    def nothing(self) -> str:
        """As Behind: the row may count customers who stayed."""
        return _("Nobody moved; who stayed stands behind the tier, in the list of tiers.")

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        moves = outlet_moves(ground.cursor, ground.policy, ground.calendar, self._outlet, *self._days)
        groups: dict[str | None, list[Mover]] = {}
        for mover in moves.movers:
            if self._wanted(mover):
                groups.setdefault(mover.to_tier, []).append(mover)
        rows: list[Row] = []
        for tier in sorted(groups, key=lambda tier: -moves.rank.get(tier, 0)):
            into = _("into {tier}: {count}", tier=ground.names.tier(tier), count=len(groups[tier]))
            rows.append(Row(f"to {tier}", heading=into))
            rows += [Row(mover.customer_no, (mover, moves)) for mover in groups[tier]]
        return rows

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""
        return [
            Column("name", _("Customer"), lambda each: (each[0].name or each[0].customer_no, "strong"), 8, 14, 2),
            Column("no", _("Number"), lambda each: (each[0].customer_no, "muted"), 9, 16, 1, priority=2),
            Column("before", _("Tier before"), lambda each: _before(each[0], names), 11, 12, 1),
            Column("after", _("Tier now"), lambda each: _after(each[0], each[1], names, signs), 11, 14, 1),
            Column("fen_before", _("AUM before, wan"), lambda each: wan(each[0].from_fen), 15, 15, 0, "right"),
            Column("fen_after", _("AUM now, wan"), lambda each: wan(each[0].to_fen), 12, 12, 0, "right"),
        ]

    def about(self, item: tuple[Mover, Moves]) -> About | None:
        """As Behind."""
        return About(item[0].customer_no, item[0].name)


def _before(mover: Mover, names: Names) -> str:
    return _("new") if mover.came else names.tier(mover.from_tier)


def _after(mover: Mover, moves: Moves, names: Names, signs: Signs) -> tuple[str, str]:
    if mover.came:
        return f"  {names.tier(mover.to_tier)}", ""
    up = moves.rose(mover)
    return f"{signs.up if up else signs.down} {names.tier(mover.to_tier)}", "good" if up else "late"


class EntriesBehind(Behind[LogEntry]):
    """The entries of the log of one day at an outlet, of a member of staff or of all."""

    def __init__(self, words: str, outlet: str, staff: str, day: date):
        self.words = words
        self._outlet, self._staff, self._on = outlet, staff, day

    def told(self) -> str:
        """As Behind."""
        return self._on.isoformat()

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        entries = log_entries(ground.cursor, Asked(outlet=self._outlet, first=self._on, last=self._on))[1]
        own = [each for each in entries if not self._staff or self._staff in (each.staff, *each.companions)]
        return [Row(row_id(entry), entry) for entry in own]

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""
        return log_columns(names, signs, many=not self._staff)

    def about(self, item: LogEntry) -> About | None:
        """As Behind."""
        return About(item.customer_no, item.name)


class FlagBehind(Behind[LogEntry]):
    """The entries of the log behind a red flag, by their positions."""

    def __init__(self, words: str, positions: Sequence[int]):
        self.words = words
        self._positions = positions

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        return [Row(row_id(entry), entry) for entry in entries_at(ground.cursor, self._positions)]

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""
        return log_columns(names, signs, many=True, by_staff=True)

    def about(self, item: LogEntry) -> About | None:
        """As Behind."""
        return About(item.customer_no, item.name)


class FlagCustomers(Behind[Flagged]):
    """The customers of a red flag that is about many at once, as they were on its day."""

    def __init__(self, words: str, flag: Flag):
        self.words = words
        self._flag = flag

    def told(self) -> str:
        """As Behind."""
        return _("on {day}", day=self._flag.day.isoformat())

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        found = flagged_customers(ground.cursor, ground.policy, ground.calendar, self._flag)
        return [Row(each.customer_no, each) for each in found]

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""
        return [
            Column("name", _("Customer"), lambda each: (each.name or each.customer_no, "strong"), 8, 14, 2),
            Column("no", _("Number"), lambda each: (each.customer_no, "muted"), 9, 16, 1),
            Column("tier", _("Tier"), lambda each: names.tier(each.tier), 9, 12, 1),
            Column("aum", _("AUM, wan"), lambda each: wan(each.aum_fen), 9, 12, 0, "right"),
            Column("owners", _("Owner"), lambda each: names.staff_list(each.owners), 8, 20, 2),
        ]

    def about(self, item: Flagged) -> About | None:
        """As Behind."""
        return About(item.customer_no, item.name)
