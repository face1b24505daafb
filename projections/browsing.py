"""All customers, narrowed and ordered as one asks: filters as data, pages of rows that stay quick on a million.

What a list shows is decided once, as the ids in their order (`browse`, eight bytes a customer); then any page, the
count and the place of a customer in the list are read off without asking again (`browse_rows.py`).
"""

from array import array
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from sqlite3 import Cursor
from typing import Any, Literal

import msgspec

from guanhu.domain.applies import near_floor
from guanhu.domain.balances import carried, steps, unpack
from guanhu.domain.calendar import Calendar
from guanhu.domain.facts import EVER
from guanhu.domain.figure_rules import near_percent
from guanhu.domain.lunar import lunar_birthdays_in
from guanhu.domain.pinyin import spelled
from guanhu.domain.scheme import Policy, Scheme
from guanhu.projections.assignment import TIER
from guanhu.projections.queue import Asked, duty_list
from guanhu.projections.reached import REACHED_ACT
from guanhu.projections.search_keys import keys, prefixes
from guanhu.projections.searching import LAST_CHARACTER

Sort = Literal["aum", "tier", "name", "number", "reached"]
NEAR_PERCENT = 20
"""What near means where the scheme has no duty that says it."""
NEVER = EVER
"""Days of neglect that nobody can reach who was ever reached: whom nobody reached at all."""


class Browse(msgspec.Struct, frozen=True):
    """Which customers, in which order; what is not given does not narrow.

    `tiers` are ids, "" the untiered with a balance. `owner` looks after them, as owner or in the system. `near`: so
    close below the next tier's floor that the scheme owes them a word. `overdue`: a duty of theirs is. Neglected is
    whom nobody reached for that many days, `NEVER`: at all. `aum_from` and `aum_to` are fen, half-open as bands are.
    `matures_days`: a product of theirs matures from the day on within so many. `mark` and `tag` are one that they bear.
    `back`: from the last to the first; without a balance comes last in both.
    """

    text: str = ""
    tiers: tuple[str, ...] = ()
    owner: str = ""
    outlet: str = ""
    near: bool = False
    overdue: bool = False
    neglected_days: int = 0
    birthday_month: int = 0
    aum_from: int | None = None
    aum_to: int | None = None
    matures_days: int = 0
    mark: str = ""
    tag: str = ""
    sort: Sort = "aum"
    back: bool = True


def browse(cursor: Cursor, policy: Policy, calendar: Calendar, day: date, asked: Browse) -> "array[int]":
    """The ids of all customers asked for, in order; erased ones only where their number was typed."""
    scheme = policy.on(day)
    text = asked.text.strip()
    _teach(cursor, day, text)
    # Of one's own customers each is looked at; who searches the whole book asks its index.
    by_text = ("matches(no, full_name, personal)", {}) if text and asked.owner else _by_text(cursor, text)
    found = _ids(cursor, asked, scheme, day, by_text)
    if text and not found:
        found = _ids(cursor, asked, scheme, day, ("(instr(name, :text) > 0 OR instr(no, :text) > 0)", {}))
    if asked.overdue and found:
        late = _overdue(cursor, policy, calendar, day, found, asked.outlet)
        found = array("q", (cid for cid in found if cid in late))
    return found


def _ids(cursor: Cursor, asked: Browse, scheme: Scheme, day: date, by_text: tuple[str, dict[str, Any]]) -> "array[int]":
    question, values = _question(asked, scheme, day, *by_text)
    return array("q", (row[0] for row in cursor.execute(question, values)))


ASKED_BY_ID = 20_000


def _overdue(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, found: Sequence[int], outlet: str
) -> set[int]:
    """Customers to whom something is overdue, by the same rules as every list of duties."""
    by_id = tuple(found) if len(found) <= ASKED_BY_ID else ()
    asked = Asked(outlet=outlet or None, customers=by_id, statuses=("overdue",))
    return {item.customer_id for item in duty_list(cursor, policy, calendar, day, asked).items}


# ---------------------------------------------------------------- the question
_AUM = "CASE WHEN aum_day > :day THEN carried_on(series) ELSE aum END"
_ALL = f"""
    SELECT id, no, CASE WHEN restricted THEN '' ELSE name END AS name, outlet, birthday, lunar_birthday, restricted,
        erased, customer.name AS full_name, personal, coalesce({TIER}, '') AS tier, {_AUM} AS fen
    FROM customer LEFT JOIN account ON customer_id = id"""
_LAST_REACHED = f"(SELECT max(day) FROM act WHERE customer_id = all_of.id AND day <= :day AND {REACHED_ACT})"


def _question(
    asked: Browse, scheme: Scheme, day: date, by_text: str, found_by: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The question in SQL, and its values."""
    values: dict[str, Any] = {"day": day.toordinal(), "text": asked.text.strip(), **found_by}
    parts = [by_text]
    if values["text"]:
        parts.append("(NOT restricted OR instr(no, :text) > 0)")  # restricted ones are found by number alone
    if asked.owner:
        values["owner"] = asked.owner
        seats = "staff = :owner AND start <= :day AND end > :day AND seat <> 'gap'"
        parts.append(f"id IN (SELECT customer_id FROM care WHERE {seats})")
    if asked.outlet:
        values["outlet"] = asked.outlet
        parts.append("outlet = :outlet")
    if asked.tiers:
        values |= {f"tier{n}": tier for n, tier in enumerate(asked.tiers)}
        parts.append(f"fen IS NOT NULL AND tier IN ({', '.join(f':tier{n}' for n in range(len(asked.tiers)))})")
    if asked.near:
        parts.append(_near(scheme))
    if asked.neglected_days:
        values["since"] = day.toordinal() - asked.neglected_days
        parts.append(_neglected(few=bool(asked.owner or asked.outlet or asked.text.strip())))
    if asked.birthday_month:
        values["month"] = asked.birthday_month
        parts.append("NOT restricted AND born_in(birthday, lunar_birthday, :month)")
    parts += _borne(asked, values)
    where = " AND ".join(parts) or "1"
    return f"SELECT id FROM ({_ALL}) all_of WHERE {where} ORDER BY {_order(asked, scheme)}", values


def _by_text(cursor: Cursor, text: str) -> tuple[str, dict[str, Any]]:
    """What one types: a number, a name, pinyin or its initials, a phone's tail, an identity number."""
    if not text:
        return "NOT erased", {}
    last: int | None = cursor.execute("SELECT max(segment) FROM search").fetchone()[0]
    segments = ", ".join(map(str, range((last or 0) + 1)))
    values: dict[str, Any] = {"text_end": text + LAST_CHARACTER}
    sources = ["SELECT id FROM customer WHERE no >= :text AND no < :text_end"]
    for n, prefix in enumerate(prefixes(text)):
        values |= {f"key{n}": prefix, f"key{n}_end": prefix + LAST_CHARACTER}
        within = f"segment IN ({segments}) AND key >= :key{n} AND key < :key{n}_end"
        sources.append(f"SELECT customer_id FROM search WHERE {within}")
    return f"id IN ({' UNION ALL '.join(sources)})", values


def _borne(asked: Browse, values: dict[str, Any]) -> list[str]:
    """What narrows by amounts, products, marks and tags: each finds its customers by an index of its own."""
    parts = []
    if asked.aum_from is not None:
        values["aum_from"] = asked.aum_from
        parts.append("fen >= :aum_from")
    if asked.aum_to is not None:
        values["aum_to"] = asked.aum_to
        parts.append("fen < :aum_to")
    if asked.matures_days:
        values["until"] = values["day"] + asked.matures_days
        held = "start <= :day AND end > :day AND matures >= :day AND matures <= :until"
        parts.append(f"id IN (SELECT customer_id FROM product WHERE {held})")
    if asked.mark:
        values["mark"] = asked.mark
        parts.append("id IN (SELECT customer_id FROM mark WHERE mark = :mark AND start <= :day AND end > :day)")
    if asked.tag:
        values["tag"] = asked.tag
        parts.append("NOT restricted AND id IN (SELECT customer_id FROM tag WHERE tag = :tag)")
    return parts


def _near(scheme: Scheme) -> str:
    percent = near_percent(scheme) or NEAR_PERCENT
    bands = [
        f"tier = '{tier.id}' AND fen >= {near_floor(above.floor, percent)} AND fen < {above.floor}"
        for tier, above in zip(scheme.tiers, scheme.tiers[1:], strict=False)
    ]
    return f"({' OR '.join(bands) or '0'})"


def _neglected(*, few: bool) -> str:
    """Nobody reached them: looked up one by one where they are few, else against all acts of those days."""
    acts = f"FROM act WHERE day > :since AND day <= :day AND {REACHED_ACT}"
    if few:
        return f"NOT EXISTS (SELECT 1 {acts} AND customer_id = all_of.id)"
    return f"id NOT IN (SELECT customer_id {acts})"


def _order(asked: Browse, scheme: Scheme) -> str:
    """Of equals the larger AUM first, then by number."""
    way = "DESC" if asked.back else "ASC"
    if asked.sort == "number":
        return f"no {way}"
    if asked.sort == "name":
        return f"name = '', spelled(name) {way}, name {way}, no"
    if asked.sort == "reached":
        return f"{_LAST_REACHED} {way} NULLS {'LAST' if asked.back else 'FIRST'}, fen DESC, no"
    if asked.sort == "tier":
        ranks = " ".join(f"WHEN '{tier.id}' THEN {n}" for n, tier in enumerate(scheme.tiers, 1))
        return f"fen IS NULL, CASE tier {ranks} ELSE 0 END {way}, fen {way}, no"
    return f"fen {way} NULLS LAST, no"


# ---------------------------------------------------------------- what SQL does not know
@lru_cache(maxsize=1 << 16)
def _born_in(birthday: str, lunar: str, month: int, year: int) -> bool:
    """Whether a birthday falls in a month of a year; one kept by the moon is meant by the moon."""
    if lunar:
        return any(on.month == month for on in lunar_birthdays_in(year, lunar))
    return birthday[5:7] == f"{month:02d}"


def _teach(cursor: Cursor, day: date, text: str) -> None:
    """Functions for this connection, for this day and text."""
    ordinal, year, wanted = day.toordinal(), day.year, tuple(prefixes(text))

    def carried_on(series: bytes | None) -> int | None:
        return carried(steps(unpack(series)), ordinal) if series else None

    def born_in(birthday: str, lunar: str, month: int) -> bool:
        return _born_in(birthday, lunar, month, year)

    def matches(no: str, name: str, personal: bytes) -> bool:
        if no.startswith(text):
            return True
        facts = {fact: entry[0] for fact, entry in msgspec.msgpack.decode(personal).items()} if personal else {}
        return any(key.startswith(wanted) for key in keys(name, facts))

    connection = cursor.connection
    connection.create_function("carried_on", 1, carried_on, deterministic=True)
    connection.create_function("matches", 3, matches, deterministic=True)
    connection.create_function("born_in", 3, born_in, deterministic=True)
    connection.create_function("spelled", 1, lru_cache(maxsize=1 << 16)(spelled), deterministic=True)
