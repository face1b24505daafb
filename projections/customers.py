"""All that is known of a customer on a date."""

from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.balances import steps, unpack
from guanhu.domain.calendar import Calendar
from guanhu.domain.facts import EVER
from guanhu.domain.masking import masked
from guanhu.domain.scheme import Policy, Profile
from guanhu.projections.by_number import customer_id
from guanhu.projections.customer_log import SHOWN_ACTS, ActLine, acts_of
from guanhu.projections.day import Day, open_day
from guanhu.projections.facts_of import known_since, scores
from guanhu.projections.of_money import in_bits
from guanhu.projections.queue import Asked, DutyItem, duty_list

TOLD = ("upcoming", "open", "overdue")
"""The duties on a customer's page: those that are not over."""


class Owner(msgspec.Struct, frozen=True):
    """Whom a customer is assigned to, in which role."""

    staff_id: str
    role: str


class BalanceLine(msgspec.Struct, frozen=True):
    """A balance from a day on."""

    date: date
    aum_fen: int


class CustomerPage(msgspec.Struct, frozen=True):
    """All that is known of a customer on a date (DESIGN 7, `customer show --json`)."""

    customer_no: str
    name: str
    outlet: str
    tier: str | None
    tier_since: date | None
    aum_fen: int | None
    aum_date: date | None
    owners: list[Owner]
    system_owner: str | None
    marks: list[dict[str, Any]]
    tags: list[str]
    links: list[dict[str, Any]]
    profile_score: int
    profile: dict[str, str]
    missing: list[str]
    duties: list[DutyItem]
    acts: list[ActLine]
    affairs: list[dict[str, Any]]
    products: list[dict[str, Any]]
    balances: list[BalanceLine]
    restricted: bool
    erased: bool
    provisional: bool


def page(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, customer_no: str, *, uncovered: bool = False
) -> CustomerPage:
    """A customer's page on a date; NotFound("unknown_customer").

    `uncovered`: with the numbers that are else shown in part (domain/masking.py); who asks for that is recorded.
    """
    cid = customer_id(cursor, customer_no)
    at = open_day(cursor, policy, calendar, day)
    no, name, tier, aum = at.figures([cid])[cid]
    care = at.care([cid])[cid]
    outlet, personal, restricted, erased, series = cursor.execute(
        "SELECT outlet, personal, restricted, erased, series FROM customer LEFT JOIN account ON customer_id = id"
        " WHERE id = ?",
        (cid,),
    ).fetchone()
    facts = {fact: entry[0] for fact, entry in msgspec.msgpack.decode(personal).items()}
    balances = [step for step in steps(unpack(series or b"")) if step[0] <= at.ordinal]
    since = _tier_since(cursor, cid, at, bool(balances))
    profile = at.scheme.profile
    return CustomerPage(
        customer_no=no,
        name=name,
        outlet=outlet,
        tier=tier,
        tier_since=since,
        aum_fen=aum if balances else None,
        aum_date=_aum_date(cursor, cid, at, balances[-1][0] if balances else None),
        owners=[Owner(staff, role) for staff, role in care.owners],
        system_owner=care.system_owner,
        marks=_marks(cursor, cid, at.ordinal, hidden=bool(restricted)),
        tags=[] if restricted else _tags(cursor, cid),
        links=[] if restricted else _links(cursor, cid),
        profile_score=_score(personal, profile, at.ordinal),
        profile={} if restricted else facts if uncovered else {each: masked(each, facts[each]) for each in facts},
        missing=[fact for fact in profile.weights if fact not in facts and not _by_moon(fact, facts)],
        duties=duty_list(cursor, policy, calendar, day, Asked(customer_no=no, statuses=TOLD)).items,
        acts=acts_of(cursor, cid, at.ordinal, hidden=bool(restricted)),
        affairs=_affairs(cursor, cid, at.ordinal, hidden=bool(restricted)),
        products=_products(cursor, cid, at.ordinal),
        balances=[BalanceLine(date.fromordinal(at_day), fen) for at_day, fen in balances],
        restricted=bool(restricted),
        erased=bool(erased),
        provisional=at.provisional,
    )


def _by_moon(fact: str, facts: dict[str, str]) -> bool:
    return fact == "birthday" and "lunar_birthday" in facts


def _tier_since(cursor: Cursor, cid: int, at: Day, rated: bool) -> date | None:
    row = cursor.execute(
        "SELECT max(day) FROM tier_move WHERE customer_id = ? AND day <= ?", (cid, at.ordinal)
    ).fetchone()
    return date.fromordinal(row[0]) if rated and row[0] else None


def _score(personal: bytes, profile: Profile, day: int) -> int:
    reached = [total for since, total in scores(known_since(personal), profile) if since <= day]
    return reached[-1] if reached else 0


def _aum_date(cursor: Cursor, cid: int, at: Day, newest: int | None) -> date | None:
    """The last day on which the balance was reported or changed, unchanged reports included."""
    if newest is None:
        return None
    rows = cursor.execute(
        "SELECT day, first_id, bits FROM report WHERE day > ? AND day <= ? AND first_id <= ? ORDER BY day DESC",
        (newest, at.ordinal, cid),
    )
    for day, first_id, bits in rows:
        if in_bits(bits, cid - first_id):
            return date.fromordinal(day)
    return date.fromordinal(newest)


def _marks(cursor: Cursor, cid: int, day: int, *, hidden: bool) -> list[dict[str, Any]]:
    rows = cursor.execute(
        "SELECT mark, start, by, reason FROM mark WHERE customer_id = ? AND start <= ? AND end > ? ORDER BY start",
        (cid, day, day),
    )
    return [
        {"mark": mark, "since": date.fromordinal(start), "by": by, "reason": "" if hidden else reason}
        for mark, start, by, reason in rows
    ]


def _tags(cursor: Cursor, cid: int) -> list[str]:
    return [row[0] for row in cursor.execute("SELECT tag FROM tag WHERE customer_id = ? ORDER BY tag", (cid,))]


def _links(cursor: Cursor, cid: int) -> list[dict[str, Any]]:
    rows = cursor.execute(
        "SELECT no, CASE WHEN restricted THEN '' ELSE name END, relation FROM link JOIN customer ON id = other_id"
        " WHERE customer_id = ? ORDER BY no",
        (cid,),
    )
    return [{"customer_no": no, "name": name, "relation": relation} for no, name, relation in rows]


def _affairs(cursor: Cursor, cid: int, day: int, *, hidden: bool) -> list[dict[str, Any]]:
    rows = cursor.execute(
        "SELECT position, kind, subject, day, staff, other, due, CASE WHEN closed <= ? THEN closed END, how, text"
        " FROM affair WHERE customer_id = ? AND day <= ? ORDER BY day DESC, position DESC LIMIT ?",
        (day, cid, day, SHOWN_ACTS),
    )
    return [
        {
            "position": position, "kind": kind, "subject": subject, "on": date.fromordinal(on), "staff": staff,
            "other": other, "due": date.fromordinal(due) if due else None,
            "closed_on": date.fromordinal(closed) if closed else None, "how": how if closed else "",
            "text": "" if hidden else text,
        }
        for position, kind, subject, on, staff, other, due, closed, how, text in rows
    ]  # fmt: skip


def _products(cursor: Cursor, cid: int, day: int) -> list[dict[str, Any]]:
    rows = cursor.execute(
        "SELECT product_no, product, amount, opened, matures FROM product WHERE customer_id = ? AND start <= ?"
        " AND end > ? ORDER BY matures IS NULL, matures, product_no",
        (cid, day, min(day, EVER)),
    )
    return [
        {
            "product_no": number, "product": product, "amount_fen": amount,
            "opened_on": date.fromordinal(opened) if opened else None,
            "matures_on": date.fromordinal(matures) if matures else None,
        }
        for number, product, amount, opened, matures in rows
    ]  # fmt: skip
