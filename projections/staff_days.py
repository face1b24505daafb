"""The daily duties of staff and outlets: to look through the day, to look at each outlet (SCHEMES.md 1).

They are owed on every working day; done when it was noted, missed when the day is over.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from guanhu.domain.scheme import Duty
from guanhu.projections.day import Day
from guanhu.projections.projection import marks

if TYPE_CHECKING:
    from guanhu.projections.queue import DutyItem

PAST_DAYS = 31
"""How far back days that are over are told."""


def staff_days(
    at: Day, staff: str | None, outlet: str | None, duties: tuple[str, ...], statuses: tuple[str, ...]
) -> "list[DutyItem]":
    """The daily duties that are in one of the states on the date."""
    result: list[DutyItem] = []
    for duty in at.scheme.duties:
        if duty.trigger not in ("staff_day", "outlet_day") or (duties and duty.id not in duties):
            continue
        subjects = list(_subjects(at, duty, staff, outlet))
        for day in _days(at, history=bool({"done", "missed"} & set(statuses))):
            result += _of_day(at, duty, subjects, day, statuses)
    return result


def _subjects(at: Day, duty: Duty, staff: str | None, outlet: str | None) -> Iterator[tuple[str, str | None]]:
    """(who or which outlet it is about, who owes it)."""
    posts = at.posts
    asking = {staff, *posts.stood_in_for(staff)} if staff else None
    roles = set(duty.by[0].roles)
    if duty.trigger == "staff_day":
        for person in sorted(posts.roles if asking is None else asking & posts.roles.keys()):
            if posts.roles[person] & roles and outlet in (None, posts.outlets[person]):
                yield person, person
        return
    owing = sorted(person for person in posts.roles if posts.roles[person] & roles)
    if not owing or (asking is not None and not asking & set(owing)):
        return
    rows = at.cursor.execute(
        "SELECT code FROM outlet WHERE start <= ? AND closed > ? ORDER BY code", (at.ordinal, at.ordinal)
    )
    for (code,) in rows.fetchall():
        if outlet in (None, code):
            yield code, owing[0]


def _held_then(at: Day, duty: Duty, subject: str, owner: str | None, day: int) -> bool:
    """Whether whoever owes the duty held its post on a day that is over (and the outlet was there)."""
    roles = duty.by[0].roles
    posted = at.cursor.execute(
        f"SELECT 1 FROM post WHERE staff = ? AND role IN ({marks(roles)}) AND start <= ? AND end > ?",
        (owner, *roles, day, day),
    ).fetchone()
    if posted is None or duty.trigger == "staff_day":
        return posted is not None
    outlet = at.cursor.execute("SELECT 1 FROM outlet WHERE code = ? AND start <= ?", (subject, day)).fetchone()
    return outlet is not None


def _days(at: Day, *, history: bool) -> Iterator[int]:
    if at.calendar.is_working_day(at.date):
        yield at.ordinal
    if history:
        for n in range(1, PAST_DAYS):
            if at.calendar.is_working_day(at.date - timedelta(days=n)):
                yield at.ordinal - n


def _of_day(
    at: Day, duty: Duty, subjects: list[tuple[str, str | None]], day: int, statuses: tuple[str, ...]
) -> "Iterator[DutyItem]":
    from guanhu.projections.queue import DutyItem

    rows = at.cursor.execute("SELECT subject, position FROM day_done WHERE kind = ? AND day = ?", (duty.id, day))
    done: dict[str, int] = dict(rows.fetchall())
    on = date.fromordinal(day)
    for subject, owner in subjects:
        status = "done" if subject in done else "open" if day == at.ordinal else "missed"
        if status not in statuses or (day != at.ordinal and not _held_then(at, duty, subject, owner, day)):
            continue
        occurrence = on.isoformat() if duty.trigger == "staff_day" else f"{on.isoformat()}:{subject}"
        yield DutyItem(
            None, at.posts.names.get(subject, subject), None, None, duty.id, occurrence, duty.by[0].roles, owner,
            (owner,) if owner else (), on, on, status, None, on if status == "done" else None, done.get(subject),
        )  # fmt: skip
