"""What is due: the duties of a member of staff, an outlet or all, on any date.

The rows of `obligation` say on which days each duty stands; one indexed read finds those of the
customers in question, and `domain/occurrences.py` says how each stands on the date. Who owes it is
decided here and now, by the seats and posts of that date (`domain/responsibility.py`); what was missed
stays with who owed it on its last day (`owed_then.py`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import BIRTHDAY, ONE, Obligation
from guanhu.domain.facts import EVER, Act
from guanhu.domain.occurrences import Occurrence, Person, View, occurrences, owed_on, told
from guanhu.domain.paging import paged
from guanhu.domain.responsibility import Care, owed_by, roles_shown
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.day import Day, Figure, open_day
from guanhu.projections.duty_rows import conditions
from guanhu.projections.facts_of import act_of
from guanhu.projections.gaps import DEPARTMENT, names_department
from guanhu.projections.owed_then import OwedThen, seat_keys
from guanhu.projections.projection import chunks, marks
from guanhu.projections.staff_days import staff_days

UNDONE = ("open", "overdue")


class DutyItem(msgspec.Struct, frozen=True):
    """One line of a list of duties (DESIGN 7, `duty list --json`); the duties of staff and outlets have no customer."""

    customer_no: str | None
    name: str
    tier: str | None
    aum_fen: int | None
    duty: str
    occurrence: str
    roles: tuple[str, ...]
    owner: str | None
    owners: tuple[str, ...]
    opens: date | None
    due: date | None
    status: str
    soft_due: date | None = None
    done_on: date | None = None
    done_by: int | None = None
    acts_done: int = 0
    acts_needed: int = 1
    basis: tuple[int | str, ...] = ()
    customer_id: int = 0
    by: int = 0


class DutyList(msgspec.Struct, frozen=True):
    """The duties asked for: how many in all, and those of the page. `provisional`: the date is after the book's day."""

    day: date
    total: int
    items: list[DutyItem]
    provisional: bool


class Asked(msgspec.Struct, frozen=True):
    """Which duties are asked for; `customers`: those of these ids, staff's and outlets' own duties left out.

    `since`: of those done, waived or missed only what became so on that day or later. `due`: in place of that, only
    what was due between these days, both among them.
    """

    staff: str | None = None
    outlet: str | None = None
    customer_no: str | None = None
    duties: tuple[str, ...] = ()
    statuses: tuple[str, ...] = UNDONE
    customers: tuple[int, ...] = ()
    since: date | None = None
    due: tuple[date, date] | None = None

    @property
    def history(self) -> bool:
        """Whether what is over is asked for."""
        return bool({"done", "missed", "waived"} & set(self.statuses))


def duty_list(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, asked: Asked, *, limit: int = 0, offset: int = 0,
    staff_too: bool = True,
) -> DutyList:  # fmt: skip
    """Duties on a day, overdue first, then by due date, largest AUM, number; `limit` 0 means all.

    `staff_too`: also the daily duties of staff and outlets, which ask the calendar of working days.
    """
    at = open_day(cursor, policy, calendar, day)
    items = list(_items(at, asked))
    if staff_too and not asked.customer_no and not asked.customers:
        days = staff_days(at, asked.staff, asked.outlet, asked.duties, asked.statuses)
        items += (item for item in days if asked.since is None or _since(item) >= asked.since)
    items.sort(key=order)
    page = paged(items, limit, offset)
    return DutyList(day, len(items), page, at.provisional)


def _since(item: DutyItem) -> date:
    """From which day a daily duty is as it is; one that is undone, always."""
    if item.status in UNDONE or item.due is None:
        return date.max
    return item.due if item.status == "done" else item.due + timedelta(days=1)


def order(item: DutyItem) -> tuple[bool, date, int, str, str, str]:
    """Overdue first, then by due date (none last), then by AUM, largest first, then by number (DESIGN 7)."""
    return (
        item.status != "overdue", item.due or date.max, -(item.aum_fen or 0), item.customer_no or "", item.duty,
        item.occurrence,
    )  # fmt: skip


# ---------------------------------------------------------------- which rows
_COLUMNS = (
    "o.customer_id, o.duty, o.kind, o.key, o.start, o.end, o.since, o.by, o.opens, o.due, o.ends, o.done_on,"
    " o.done_by, o.staff, o.basis"
)

Row = tuple[int, Obligation]


def _rows(at: Day, asked: Asked) -> Iterator[Row]:
    where, values = conditions(at, asked)
    for source, names in _sources(at, asked):
        question = f"SELECT {_COLUMNS} FROM {source} WHERE {where}"
        for row in at.cursor.execute(question, {**names, **values}).fetchall():
            cid, duty, kind, key, start, end, since, by, opens, due, ends, done_on, done_by, staff, packed = row
            basis = tuple(msgspec.msgpack.decode(packed)) if packed else ()
            yield (
                cid,
                Obligation(duty, kind, key, start, end, since, by, opens, due, ends, done_on, done_by, staff, basis),
            )


def _sources(at: Day, asked: Asked) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where the rows come from: those of a person's customers by index, or all."""
    names: dict[str, Any] = {"day": at.ordinal}
    if asked.customer_no is not None:
        row = at.cursor.execute("SELECT id FROM customer WHERE no = ?", (asked.customer_no,)).fetchone()
        names["customer"] = row[0] if row else 0
        yield "(SELECT :customer AS customer_id) k CROSS JOIN obligation o ON o.customer_id = k.customer_id", names
        return
    if asked.customers:
        names["customers"] = msgspec.json.encode(asked.customers).decode()
        listed = "(SELECT value AS customer_id FROM json_each(:customers))"
        yield f"{listed} k CROSS JOIN obligation o ON o.customer_id = k.customer_id", names
        return
    if asked.staff is None:
        if asked.outlet is None:
            yield "obligation o", names
        else:
            names["outlet"] = asked.outlet
            yield "customer k CROSS JOIN obligation o ON o.customer_id = k.id AND k.outlet = :outlet", names
        return
    missed = "missed" in asked.statuses
    keys = seat_keys(at, asked.staff, ever=missed)
    names["owed_from"] = min(at.ordinal, _owed_from(asked)) if missed else at.ordinal
    names |= {f"k{n}": key for n, key in enumerate(keys)}
    listed = ", ".join(f":k{n}" for n in range(len(keys)))
    yield _cared_for([f":k{n}" for n, key in enumerate(keys) if key != DEPARTMENT]), names
    if DEPARTMENT in keys:
        # Of the customers of all outlets it owes only the duties that name it.
        schemes = [scheme for _, scheme in at.policy.adopted]
        duties = {duty.id for scheme in schemes for duty in scheme.duties if names_department(duty, scheme)}
        names |= {f"p{n}": duty for n, duty in enumerate(sorted(duties))}
        owed = ", ".join(f":p{n}" for n in range(len(duties)))
        yield f"{_cared_for([f':k{keys.index(DEPARTMENT)}'])} AND o.duty IN ({owed})", names
    yield f"(SELECT 1) k CROSS JOIN obligation o ON o.staff IN ({listed}) AND o.staff <> ''", names


def _owed_from(asked: Asked) -> int:
    """The first day on which what was missed, of what is asked for, can have been owed last."""
    first = asked.due[0] if asked.due else asked.since
    return first.toordinal() - 1 if first else 0


def _cared_for(staff: Sequence[str]) -> str:
    """The duties, owed to nobody by name, of the customers in a seat of these on the day, or since `owed_from`."""
    listed = ", ".join(staff)
    care = f"SELECT DISTINCT customer_id FROM care WHERE staff IN ({listed}) AND start <= :day AND end > :owed_from"
    return f"({care}) k CROSS JOIN obligation o ON o.customer_id = k.customer_id AND o.staff = ''"


# ---------------------------------------------------------------- from rows to lines
def _items(at: Day, asked: Asked) -> Iterator[DutyItem]:
    by_customer: dict[int, list[Obligation]] = defaultdict(list)
    for cid, obligation in _rows(at, asked):
        by_customer[cid].append(obligation)
    since = asked.due[0] if asked.due else asked.since
    view = View(at.ordinal, at.policy, at.calendar, asked.history, since.toordinal() if since else 0)
    due = (asked.due[0].toordinal(), asked.due[1].toordinal()) if asked.due else None
    wanted = frozenset(asked.statuses)
    asking = frozenset((asked.staff, *at.posts.stood_in_for(asked.staff))) if asked.staff else None
    then = OwedThen(at)
    for part in chunks(list(by_customer), 900):
        yield from _lines(at, then, part, by_customer, view, wanted, asking, due)


def _lines(
    at: Day, then: OwedThen, part: Sequence[int], by_customer: dict[int, list[Obligation]], view: View,
    wanted: frozenset[str], asking: frozenset[str | None] | None, due: tuple[int, int] | None,
) -> Iterator[DutyItem]:  # fmt: skip
    people = _people(at, part, by_customer)
    found: list[tuple[int, Occurrence, int, int]] = []
    for cid in part:
        seen: set[tuple[str, str]] = set()
        for obligation in by_customer[cid]:
            for occurrence in occurrences(obligation, people[cid], view):
                key = (occurrence.duty, occurrence.key)
                if occurrence.status in wanted and key not in seen:
                    seen.add(key)
                    if told(occurrence, obligation, people[cid], view) if due is None else _due(occurrence, *due):
                        owed = owed_on(occurrence, obligation, people[cid], view)
                        found.append((cid, occurrence, obligation.start, owed))
    figures = at.figures(list(dict.fromkeys(cid for cid, *_ in found)))
    care = then.care((cid, day) for cid, *_, day in found)
    for cid, occurrence, since, owed in found:
        scheme = at.scheme if len(at.policy.adopted) == 1 else at.policy.on_ordinal(since)
        item = _line(then.on(owed), cid, occurrence, scheme, figures[cid], care[cid, owed])
        if item is not None and (asking is None or asking.intersection(item.owners)):
            yield item


def _due(occurrence: Occurrence, first: int, last: int) -> bool:
    """Whether an occurrence was due between two days."""
    return occurrence.due is not None and first <= occurrence.due <= last


def _people(at: Day, part: Sequence[int], by_customer: dict[int, list[Obligation]]) -> dict[int, Person]:
    """Birthdays, acts and waivers, read only for those who have a recurring duty."""
    recurring = [cid for cid in part if any(ob.kind != ONE for ob in by_customer[cid])]
    acts: dict[int, list[Act]] = defaultdict(list)
    born: dict[int, tuple[str, str]] = {}
    waived: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    if recurring:
        rows = at.cursor.execute(
            "SELECT customer_id, day, kind, outcome, roles, position, recorded, imported FROM act"
            f" WHERE customer_id IN ({marks(recurring)}) AND day <= ? ORDER BY customer_id, day, position",
            (*recurring, at.ordinal),
        )
        for cid, *row in rows:
            acts[cid].append(act_of(tuple(row)))
        for cid, day, ref in at.cursor.execute(
            "SELECT customer_id, day, position FROM affair"
            f" WHERE kind = 'referral' AND customer_id IN ({marks(recurring)})",
            recurring,
        ):
            acts[cid].append(Act(day, "referral", "", frozenset(), ref, day))
            acts[cid].sort(key=lambda act: (act.day, act.position))
        if any(ob.kind == BIRTHDAY for cid in recurring for ob in by_customer[cid]):
            for cid, *days in at.cursor.execute(
                f"SELECT id, birthday, lunar_birthday FROM customer WHERE id IN ({marks(recurring)})", recurring
            ):
                born[cid] = (days[0], days[1])
    for cid, duty, occurrence, day in at.cursor.execute(
        f"SELECT customer_id, duty, occurrence, day FROM waiver WHERE customer_id IN ({marks(part)})", list(part)
    ):
        waived[cid][duty, occurrence] = day
    none: dict[tuple[str, str], int] = {}
    return {cid: Person(*born.get(cid, ("", "")), acts.get(cid, ()), waived.get(cid, none)) for cid in part}


def _line(at: Day, cid: int, occurrence: Occurrence, scheme: Scheme, figure: Figure, care: Care) -> DutyItem | None:
    """The line of one occurrence under the scheme that raised it, None where nobody owes it after all."""
    by = scheme.duty[occurrence.duty].by[occurrence.by]
    owners = (occurrence.staff_id,) if occurrence.staff_id else owed_by(by, care, scheme, at.posts.roles_of)
    if owners is None:
        return None
    no, name, tier, aum = figure
    return DutyItem(
        no, name, tier, aum, occurrence.duty, occurrence.key, roles_shown(by, scheme.tier(tier)),
        owners[0] if owners else None, owners, _date(occurrence.opens), _date(occurrence.due), occurrence.status,
        _date(occurrence.soft), _date(occurrence.done_on), occurrence.done_by, occurrence.acts_done,
        occurrence.acts_needed, occurrence.basis, cid, occurrence.by,
    )  # fmt: skip


def _date(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal is not None and 0 < ordinal < EVER else None
