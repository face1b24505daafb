"""Whose customers a question is about, and how they are found."""

from typing import Any

import msgspec


class Scope(msgspec.Struct, frozen=True):
    """Of a member of staff, of an outlet's customers, of a tier; None: of all.

    "" as staff: what counts for nobody; "" as tier: the untiered. `ids`: of those alone with ids in this range, both
    ends among them; it goes with neither a member of staff nor an outlet.
    """

    staff: str | None = None
    outlet: str | None = None
    tier: str | None = None
    ids: tuple[int, int] | None = None


def place(scope: Scope, since: int, until: int) -> tuple[str, dict[str, Any]]:
    """A source `c` with the ids of customers who can be in scope on some day between the two, and its values.

    It is wider than exact, never narrower; "" where it would be all customers.
    """
    values: dict[str, Any] = {}
    if scope.ids is not None:
        values["first_id"], values["last_id"] = scope.ids
        return "(SELECT id FROM customer WHERE id BETWEEN :first_id AND :last_id) c", values
    if scope.outlet is not None:
        values["outlet"] = scope.outlet
    if scope.staff:
        values |= {"staff": scope.staff, "since": since, "day": until}
        care = (
            "SELECT DISTINCT customer_id AS id FROM care"
            " WHERE staff = :staff AND seat = 'owner' AND end > :since AND start <= :day"
        )
        if scope.outlet is None:
            return f"({care}) c", values
        return f"(SELECT customer.id FROM ({care}) k CROSS JOIN customer USING (id) WHERE outlet = :outlet) c", values
    if scope.outlet is not None:
        return "(SELECT id FROM customer WHERE outlet = :outlet) c", values
    return "", values
