"""How customers stand in a replay's model on a day, and in what two such pictures differ.

A picture of a customer holds what staff see of one: tier, owners, balance, duties, marks, facts, affairs, products,
the entries of the log. It is a flat mapping, so that the difference of two is the change.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.calendar import Calendar
from guanhu.domain.facts import EVER
from guanhu.domain.scheme import Policy
from guanhu.projections.projection import ASKED_AT_ONCE, chunks, marks
from guanhu.projections.queue import UNDONE, Asked, DutyItem, duty_list

Value = str | int | tuple[str, ...] | None

WHATS = (
    "customer", "outlet", "fact", "balance", "tier", "owner", "system_owner", "duty", "mark", "tag", "link", "affair",
    "product", "entry",
)  # fmt: skip
"""What can change, in the order in which changes are told."""

STATES = ("open", "overdue", "done", "missed", "waived")
"""The states of a duty that a replay tells: one that is yet to come is none."""


class Change(msgspec.Struct, frozen=True):
    """One thing that became different. `what`: of `WHATS`; `before` and `after` as stored, None where there was none.

    tier: ids; balance: fen; owner: ids of staff; duty: its states (`detail`: duty, occurrence, opens, due, done_by);
    mark, tag, link, fact: "set", of a fact "changed" too, its value is not told; affair: "open" or how it was closed;
    product: "held" or "ended"; entry: its outcome, or "withdrawn".
    """

    what: str
    customer_no: str
    before: Value
    after: Value
    detail: dict[str, Any]


class Seen(msgspec.Struct):
    """One thing of a picture: what is compared, what is told of it, and what belongs to it."""

    value: Any
    shown: Value
    detail: dict[str, Any]


Key = tuple[str, str]
"""(what, which)."""

Picture = dict[Key, Seen]


class DutyState(msgspec.Struct, frozen=True):
    """A duty as it stands."""

    duty: str
    occurrence: str
    status: str
    due: date | None


class Stand(msgspec.Struct, frozen=True):
    """A customer after a step: what a person wants to see first."""

    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    owners: tuple[str, ...]
    system_owner: str
    marks: tuple[str, ...]
    duties: tuple[DutyState, ...]


# ---------------------------------------------------------------- what stands in rows
def pictures(cursor: Cursor, ids: Iterable[int], day: int, hidden: frozenset[int]) -> dict[int, Picture]:
    """Everything but the duties, of each customer whom the model knows. `hidden`: whose personal data are not told."""
    found: dict[int, Picture] = defaultdict(dict)
    for part in chunks(list(ids), ASKED_AT_ONCE):
        listed = marks(part)
        for cid, outlet, personal, restricted, erased in cursor.execute(
            f"SELECT id, outlet, personal, restricted, erased FROM customer WHERE id IN ({listed})", part
        ):
            picture = found[cid]
            state = "erased" if erased else "restricted" if restricted else "known"
            picture["customer", ""] = Seen(state, state, {})
            picture["outlet", ""] = Seen(outlet, outlet or None, {})
            for fact, (value, _since) in msgspec.msgpack.decode(personal).items():
                picture["fact", fact] = Seen(value, "set", {"fact": fact})
        for question, see in _SEEN:
            for cid, *row in cursor.execute(question.format(listed), part):
                if cid in found:
                    see(found[cid], row, day)
    for cid in hidden & found.keys():
        for key in [key for key in found[cid] if key[0] in ("tag", "link")]:
            del found[cid][key]
    return found


def _account(picture: Picture, row: list[Any], day: int) -> None:
    aum, aum_day, tier = row
    if aum is not None:
        on = date.fromordinal(aum_day) if aum_day else None
        picture["balance", ""] = Seen(aum, aum, {"on": on})
        picture["tier", ""] = Seen(tier or "", tier or None, {})


def _care(picture: Picture, row: list[Any], day: int) -> None:
    seat, staff, role, start, end = row
    if not start <= day < end:
        return
    what = "owner" if seat == "owner" else "system_owner"
    seen = picture.setdefault((what, ""), Seen((), (), {"roles": ()}))
    seen.value = seen.shown = (*seen.value, staff)
    seen.detail = {"roles": (*seen.detail["roles"], role)}


def _mark(picture: Picture, row: list[Any], day: int) -> None:
    mark, start, end = row
    if start <= day < end:
        picture["mark", mark] = Seen(1, "set", {"mark": mark})


def _tag(picture: Picture, row: list[Any], day: int) -> None:
    picture["tag", row[0]] = Seen(1, "set", {"tag": row[0]})


def _link(picture: Picture, row: list[Any], day: int) -> None:
    other, relation = row
    picture["link", f"{other} {relation}"] = Seen(1, "set", {"other_id": other, "relation": relation})


def _affair(picture: Picture, row: list[Any], day: int) -> None:
    position, kind, subject, staff, other, due, closed, how = row
    state = how or "closed" if closed is not None else "open"
    detail = {
        "position": position, "kind": kind, "subject": subject, "staff": staff, "other": other,
        "due": date.fromordinal(due) if due else None,
    }  # fmt: skip
    picture["affair", str(position)] = Seen((state, staff, other, due), state, detail)


def _product(picture: Picture, row: list[Any], day: int) -> None:
    number, product, amount, matures, end = row
    state = "held" if end == EVER else "ended"
    detail = {
        "product_no": number, "product": product, "amount_fen": amount,
        "matures_on": date.fromordinal(matures) if matures else None,
    }  # fmt: skip
    picture["product", number] = Seen((state, product, amount, matures), state, detail)


def _entry(picture: Picture, row: list[Any], day: int) -> None:
    position, kind, channel, outcome, staff, on, corrected = row
    shown = "withdrawn" if kind == "withdrawn" else outcome
    detail = {"position": position, "kind": kind, "channel": channel, "staff": staff, "on": date.fromordinal(on)}
    picture["entry", str(position)] = Seen((shown, channel, on, corrected), shown, detail)


_SEEN = (
    ("SELECT customer_id, aum, aum_day, tier FROM account WHERE customer_id IN ({})", _account),
    (
        "SELECT customer_id, seat, staff, role, start, end FROM care WHERE customer_id IN ({}) AND seat <> 'gap'"
        " ORDER BY start, position",
        _care,
    ),
    ("SELECT customer_id, mark, start, end FROM mark WHERE customer_id IN ({})", _mark),
    ("SELECT customer_id, tag FROM tag WHERE customer_id IN ({})", _tag),
    ("SELECT customer_id, other_id, relation FROM link WHERE customer_id IN ({})", _link),
    (
        "SELECT customer_id, position, kind, subject, staff, other, due, closed, how FROM affair"
        " WHERE customer_id IN ({})",
        _affair,
    ),
    ("SELECT customer_id, product_no, product, amount, matures, end FROM product WHERE customer_id IN ({})", _product),
    (
        "SELECT customer_id, position, kind, channel, outcome, staff, day, corrected FROM act"
        " WHERE customer_id IN ({})",
        _entry,
    ),
)


# ---------------------------------------------------------------- duties
def duties(
    cursor: Cursor, policy: Policy, calendar: Calendar, day: date, ids: Sequence[int], since: date | None
) -> dict[int, Picture]:
    """The duties of these customers on a day; of what is over, what was settled on `since` or later (None: all)."""
    found: dict[int, Picture] = defaultdict(dict)
    for part in chunks(list(ids), ASKED_AT_ONCE):
        asked = Asked(customers=tuple(part), statuses=STATES, since=since)
        for item in duty_list(cursor, policy, calendar, day, asked, staff_too=False).items:
            found[item.customer_id]["duty", f"{item.duty} {item.occurrence}"] = _duty(item)
    return found


def _duty(item: DutyItem) -> Seen:
    detail = {
        "duty": item.duty, "occurrence": item.occurrence, "opens": item.opens, "due": item.due,
        "done_by": item.done_by if item.status == "done" else None,
    }  # fmt: skip
    return Seen(item.status, item.status, detail)


def undone(picture: Mapping[Key, Seen]) -> Picture:
    """The duties of a picture that wait to be done."""
    return {key: seen for key, seen in picture.items() if key[0] == "duty" and seen.value in UNDONE}


# ---------------------------------------------------------------- differences
def changes(customer_no: str, before: Mapping[Key, Seen], after: Mapping[Key, Seen]) -> list[Change]:
    """In what two pictures differ, in the order of `WHATS`."""
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old.value == new.value:
            continue
        seen = new or old
        assert seen is not None
        shown_before = old.shown if old else None
        shown_after = new.shown if new else None
        if key[0] == "fact" and old and new:
            shown_after = "changed"
        found.append(Change(key[0], customer_no, shown_before, shown_after, seen.detail))
    return sorted(found, key=lambda change: WHATS.index(change.what))


def in_order(found: Iterable[Change], customer_nos: Sequence[str]) -> list[Change]:
    """Changes by customer, in the order of these, and of each in the order of `WHATS`."""
    place = {no: n for n, no in enumerate(customer_nos)}
    return sorted(found, key=lambda change: (place[change.customer_no], WHATS.index(change.what)))


def stand(customer_no: str, name: str, picture: Mapping[Key, Seen]) -> Stand:
    """What a person wants to see first of a picture."""

    def shown(what: str) -> Any:
        seen = picture.get((what, ""))
        return seen.shown if seen else None

    waiting = [
        DutyState(seen.detail["duty"], seen.detail["occurrence"], seen.value, seen.detail["due"])
        for seen in undone(picture).values()
    ]
    waiting.sort(key=lambda each: (each.status != "overdue", each.due or date.max, each.duty))
    system: tuple[str, ...] = shown("system_owner") or ()
    return Stand(
        customer_no, name, shown("tier"), shown("balance"), shown("owner") or (), system[0] if system else "",
        tuple(sorted(which for what, which in picture if what == "mark")), tuple(waiting),
    )  # fmt: skip
