"""What one side says of customers on a day, value by value as a customer's page does, read of many at once."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from guanhu.domain.balances import unpack
from guanhu.projections.day import Day
from guanhu.projections.facts_of import known_since, scores
from guanhu.projections.known_found import Said
from guanhu.projections.projection import chunks, marks

SEVERAL = frozenset({"tags", "links", "facts", "products"})
"""Of these only what differs is told."""


def said_of(at: Day, ids: Sequence[int]) -> dict[int, dict[Said, Any]]:
    """What a side says of customers; `facts` are pairs of name and value, of restricted customers none."""
    found: dict[int, dict[Said, Any]] = {}
    for part in chunks(ids, 900):
        found.update(_part(at, part))
    return found


def differing(then: Any, now: Any, kind: Said) -> tuple[Any, Any]:
    """What both sides say of one thing, as it is told: of several things only those that differ, of facts no values."""
    if kind not in SEVERAL:
        return then, now
    was, is_now = (tuple(each for each in one or () if each not in (other or ())) for one, other in
                   ((then, now), (now, then)))  # fmt: skip
    if kind == "facts":
        return tuple(name for name, _ in was), tuple(name for name, _ in is_now)
    return was, is_now


def _part(at: Day, ids: Sequence[int]) -> Iterator[tuple[int, dict[Said, Any]]]:
    figures, care = at.figures(ids), at.care(ids)
    since, reported = _tier_since(at, ids), _aum_dates(at, ids)
    tags, links, products = _tags(at, ids), _links(at, ids), _products(at, ids)
    rows = at.cursor.execute(
        f"SELECT id, outlet, personal, restricted, erased FROM customer WHERE id IN ({marks(ids)})", list(ids)
    )
    for cid, outlet, personal, restricted, erased in rows.fetchall():
        _no, name, tier, aum = figures[cid]
        facts = msgspec.msgpack.decode(personal)
        reached = [total for day, total in scores(known_since(personal), at.scheme.profile) if day <= at.ordinal]
        yield cid, {
            "name": name, "outlet": outlet, "erased": bool(erased), "tier": tier,
            "tier_since": since.get(cid) if cid in reported else None,
            "aum": aum if cid in reported else None, "aum_date": reported.get(cid),
            "owners": tuple(staff for staff, _ in care[cid].owners),
            "owner_roles": tuple(role for _, role in care[cid].owners), "system_owner": care[cid].system_owner,
            "tags": () if restricted else tuple(tags[cid]), "links": () if restricted else tuple(links[cid]),
            "facts": () if restricted else tuple((fact, entry[0]) for fact, entry in sorted(facts.items())),
            "profile_score": reached[-1] if reached else 0, "products": tuple(products[cid]),
        }  # fmt: skip


def _tier_since(at: Day, ids: Sequence[int]) -> dict[int, date]:
    rows = at.cursor.execute(
        f"SELECT customer_id, max(day) FROM tier_move WHERE customer_id IN ({marks(ids)}) AND day <= ? GROUP BY 1",
        (*ids, at.ordinal),
    )
    return {cid: date.fromordinal(day) for cid, day in rows}


def _aum_dates(at: Day, ids: Sequence[int]) -> dict[int, date]:
    """The last day on which the balance was reported or changed, unchanged reports included."""
    newest: dict[int, int] = {}
    for cid, series in at.cursor.execute(
        f"SELECT customer_id, series FROM account WHERE customer_id IN ({marks(ids)})", list(ids)
    ):
        days = [day for day, *_ in unpack(series) if day <= at.ordinal]
        if days:
            newest[cid] = max(days)
    for day, first_id, bits in at.cursor.execute(
        "SELECT day, first_id, bits FROM report WHERE day > ? AND day <= ? ORDER BY day",
        (min(newest.values(), default=at.ordinal), at.ordinal),
    ):
        plain = zlib.decompress(bits)
        own = ((cid, cid - first_id) for cid, known in newest.items() if day > known)
        told = [cid for cid, n in own if 0 <= n < len(plain) * 8 and plain[n >> 3] & (1 << (n & 7))]
        newest.update(dict.fromkeys(told, day))
    return {cid: date.fromordinal(day) for cid, day in newest.items()}


def _tags(at: Day, ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    question = f"SELECT customer_id, tag FROM tag WHERE customer_id IN ({marks(ids)}) ORDER BY tag"
    for cid, tag in at.cursor.execute(question, list(ids)):
        found[cid].append(tag)
    return found


def _links(at: Day, ids: Sequence[int]) -> Mapping[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows = at.cursor.execute(
        "SELECT customer_id, no, CASE WHEN restricted THEN '' ELSE name END, relation FROM link JOIN customer"
        f" ON id = other_id WHERE customer_id IN ({marks(ids)}) ORDER BY no",
        list(ids),
    )
    for cid, no, name, relation in rows:
        found[cid].append({"customer_no": no, "name": name, "relation": relation})
    return found


def _products(at: Day, ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = at.cursor.execute(
        "SELECT customer_id, product_no, product, amount, opened, matures FROM product"
        f" WHERE customer_id IN ({marks(ids)}) AND start <= ? AND end > ? ORDER BY product_no",
        (*ids, at.ordinal, at.ordinal),
    )
    for cid, number, product, amount, opened, matures in rows:
        found[cid].append({
            "product_no": number, "product": product, "amount_fen": amount,
            "opened_on": date.fromordinal(opened) if opened else None,
            "matures_on": date.fromordinal(matures) if matures else None,
        })  # fmt: skip
    return found
