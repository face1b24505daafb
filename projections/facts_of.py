"""The facts of customers, gathered from the read model: the input of the duty rules."""

from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.balances import STATED, steps, unpack
from guanhu.domain.branch_time import day_recorded
from guanhu.domain.facts import Act, Affair, Facts, Product, Seat
from guanhu.domain.scheme import Profile
from guanhu.projections.projection import marks

_decode = msgspec.msgpack.Decoder().decode
Rows = dict[int, list[tuple[Any, ...]]]

_QUESTIONS = {
    "move": "SELECT customer_id, day, tier FROM tier_move WHERE customer_id IN ({}) ORDER BY customer_id, day, n",
    "mark": "SELECT customer_id, mark, start, end FROM mark WHERE customer_id IN ({})",
    "act": (
        "SELECT customer_id, day, kind, outcome, roles, position, recorded, imported FROM act"
        " WHERE customer_id IN ({}) ORDER BY customer_id, day, position"
    ),
    "care": (
        "SELECT customer_id, staff, role, seat, start, end, bulk FROM care"
        " WHERE customer_id IN ({}) AND seat <> 'gap' ORDER BY start, position"
    ),
    "product": "SELECT customer_id, product_no, product, amount, matures, start, end FROM product"
    " WHERE customer_id IN ({})",
    "affair": "SELECT customer_id, kind, subject, position, day, staff, other, due, closed FROM affair"
    " WHERE customer_id IN ({}) ORDER BY position",
}


def _rows(cursor: Cursor, question: str, part: Sequence[int]) -> Rows:
    found: Rows = defaultdict(list)
    for row in cursor.execute(_QUESTIONS[question].format(marks(part)), part):
        found[row[0]].append(row[1:])
    return found


def load_facts(cursor: Cursor, part: Sequence[int], profile: Profile) -> list[tuple[int, str, Facts]]:
    """(customer id, outlet, facts) of up to 900 customers; erased ones have none."""
    found = {name: _rows(cursor, name, part) for name in _QUESTIONS}
    people = cursor.execute(
        "SELECT id, no, outlet, birthday, lunar_birthday, personal, series FROM customer"
        f" LEFT JOIN account ON customer_id = id WHERE id IN ({marks(part)}) AND erased = 0",
        part,
    )
    known_scores: Scores = {}
    return [(row[0], row[2], _facts(row, found, profile, known_scores)) for row in people.fetchall()]


def known_since(personal: bytes) -> dict[str, int]:
    """Since which day each fact of the profile is known."""
    facts: dict[str, tuple[str, int]] = _decode(personal)
    return {name: day for name, (value, day) in facts.items() if value}


def _with_birthday(known: dict[str, int]) -> dict[str, int]:
    """The same, where a birthday by the moon counts as a birthday."""
    lunar = known.get("lunar_birthday")
    return known if lunar is None else {**known, "birthday": min(lunar, known.get("birthday", lunar))}


def scores(known: dict[str, int], profile: Profile) -> list[tuple[int, int]]:
    """The profile's score from each day on."""
    days = _with_birthday(known)
    result: list[tuple[int, int]] = []
    total = 0
    for day, fact in sorted((day, fact) for fact, day in days.items() if fact in profile.weights):
        total += profile.weights[fact]
        if result and result[-1][0] == day:
            result[-1] = (day, total)
        else:
            result.append((day, total))
    return result


Scores = dict[tuple[tuple[str, int], ...], list[tuple[int, int]]]
"""The profile's scores by what is known since when: most customers of a file share them."""


def _facts(row: tuple[Any, ...], found: dict[str, Rows], profile: Profile, known_scores: Scores) -> Facts:
    cid, no, _, birthday, lunar, personal, series = row
    entries = unpack(series) if series else []
    known = known_since(personal)
    pattern = tuple(known.items())
    reached = known_scores.get(pattern)
    if reached is None:
        reached = known_scores[pattern] = scores(known, profile)
    none: list[Any] = []
    affairs = [_affair(found_row) for found_row in found["affair"].get(cid, none)]
    acts = [act_of(found_row) for found_row in found["act"].get(cid, none)]
    referred = [Act(a.day, "referral", "", frozenset(), a.ref, a.day) for a in affairs if a.kind == "referral"]
    if referred:
        acts = sorted([*acts, *referred], key=lambda act: (act.day, act.position))
    return Facts(
        customer_no=no,
        steps=steps(entries),
        reported=[(day, fen) for day, kind, fen, _ in entries if kind == STATED],
        tiers=[(day, tier or None) for day, tier in found["move"].get(cid, none)],
        marks=list(found["mark"].get(cid, none)),
        birthday=birthday,
        lunar_birthday=lunar,
        known=_with_birthday(known),
        scores=reached,
        acts=acts,
        seats=[_seat(found_row) for found_row in found["care"].get(cid, none)],
        products=[Product(*product) for product in found["product"].get(cid, none)],
        affairs=affairs,
    )


def _seat(row: tuple[Any, ...]) -> Seat:
    staff, role, seat, start, end, bulk = row
    return Seat(staff, role, seat, start, end, bool(bulk))


def act_of(row: tuple[Any, ...]) -> Act:
    """An act from (day, kind, outcome, roles, position, recorded day, imported)."""
    day, kind, outcome, roles, position, seconds, imported = row
    # What was written up elsewhere before it came by file was not written up late for that.
    recorded = day if imported else day_recorded(seconds)
    return Act(day, kind, outcome, frozenset(roles.split()) if roles else _NOBODY, position, recorded)


_NOBODY: frozenset[str] = frozenset()


def _affair(row: tuple[Any, ...]) -> Affair:
    kind, subject, position, day, staff, other, due, closed = row
    return Affair(kind, subject, position, day, other if kind == "referral" else staff, due, closed)
