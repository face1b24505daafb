"""The customers of a range of ids, with all that decides their tiers, their duties and who looks after them."""

from collections import defaultdict
from collections.abc import Iterator
from sqlite3 import Cursor
from typing import Any

import msgspec

from guanhu.domain.facts import EVER, Act
from guanhu.domain.scheme import By, Scheme
from guanhu.projections.whatif.courses import Asked

Rows = dict[int, list[tuple[Any, ...]]]
REACHED = ("reached", "visit")


class Person(msgspec.Struct, frozen=True, gc=False):
    """A customer as the tables have it; rows are in the order in which the rules take them.

    `moves`: (day, tier, from, rule, position); `care`: (seat, staff, role, start, end, bulk); `touched`: the first day
    on which an act reached them, `EVER` where none did; `replaced`: positions of balances that later ones replaced.
    """

    id: int
    outlet: str
    personal: bytes
    birthday: str
    lunar_birthday: str
    erased: bool
    series: bytes
    moves: list[tuple[Any, ...]]
    care: list[tuple[Any, ...]]
    marks: list[tuple[Any, ...]]
    raised: tuple[tuple[Any, ...], ...]
    touched: int
    replaced: list[int]


_BETWEEN = "customer_id > :after AND customer_id <= :until"
_QUESTIONS = {
    "move": f"SELECT customer_id, day, tier, from_tier, rule, position FROM tier_move WHERE {_BETWEEN} AND day <= :last"
    " ORDER BY customer_id, day, n",
    "care": f"SELECT customer_id, seat, staff, role, start, end, bulk FROM care WHERE {_BETWEEN} AND seat <> 'gap'"
    " ORDER BY customer_id, start, position",
    "mark": f"SELECT customer_id, mark, start, end FROM mark WHERE {_BETWEEN}",
    "product": f"SELECT customer_id, product_no, product, amount, matures, start, end FROM product WHERE {_BETWEEN}",
    "affair": "SELECT customer_id, kind, subject, position, day, staff, other, due, closed FROM affair"
    f" WHERE {_BETWEEN} ORDER BY position",
    # Balances among the events that only a trace names: others touch no series.
    "trace": "SELECT customer_id, trace.position FROM trace JOIN stored_events ON rowid = trace.position"
    f" WHERE {_BETWEEN} AND topic IN ('balances', 'deposit', 'withdrawal')",
}
_ACTS = f"SELECT customer_id, day, kind, outcome FROM act WHERE {_BETWEEN} ORDER BY customer_id, day, position"
_PEOPLE = (
    "SELECT id, outlet, personal, birthday, lunar_birthday, erased, series FROM customer"
    " LEFT JOIN account ON customer_id = id WHERE id > :after AND id <= :until"
)
_OWNED = " AND id IN (SELECT customer_id FROM care WHERE staff = :staff AND start <= :last AND end > :last)"


def people(cursor: Cursor, asked: Asked, after: int, until: int, scheme: Scheme) -> Iterator[Person]:
    """The customers asked for with ids from `after` (left out) to `until`, in order of id."""
    values: dict[str, int | str] = {"after": after, "until": until, "last": asked.last.toordinal()}
    found = {name: _rows(cursor, question, values) for name, question in _QUESTIONS.items()}
    touched = _touched(cursor, values, scheme.duties[0].by[0])
    question = _PEOPLE
    if asked.outlet is not None:
        question, values = f"{question} AND outlet = :outlet", {**values, "outlet": asked.outlet}
    if asked.staff is not None:
        question, values = question + _OWNED, {**values, "staff": asked.staff}
    none: list[tuple[Any, ...]] = []
    rows = cursor.execute(f"{question} ORDER BY id", values).fetchall()
    for cid, outlet, personal, birthday, lunar, erased, series in rows:
        products, affairs = found["product"].get(cid, none), found["affair"].get(cid, none)
        yield Person(
            cid, outlet, personal, birthday, lunar, bool(erased), series or b"", found["move"].get(cid, none),
            found["care"].get(cid, none), found["mark"].get(cid, none), (*products, *affairs),
            touched.get(cid, EVER), [row[0] for row in found["trace"].get(cid, none)],
        )  # fmt: skip


def _rows(cursor: Cursor, question: str, values: dict[str, int | str]) -> Rows:
    found: Rows = defaultdict(list)
    for row in cursor.execute(question, values):
        found[row[0]].append(row[1:])
    return found


def _touched(cursor: Cursor, values: dict[str, int | str], by: By) -> dict[int, int]:
    """The first day on which each customer was reached (SCHEMES.md 1, festival_greeting)."""
    reaches: dict[tuple[str, str], bool] = {}
    found: dict[int, int] = {}
    for cid, day, kind, outcome in cursor.execute(_ACTS, values):
        if cid in found:
            continue
        reached = reaches.get((kind, outcome))
        if reached is None:
            act = Act(day, kind, outcome, frozenset(), 0, day)
            reached = reaches[kind, outcome] = act.discharges(REACHED, by)  # type: ignore[arg-type]
        if reached:
            found[cid] = day
    return found
