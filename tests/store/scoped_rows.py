"""The rows of a moment, as far as a scoped one and the whole one hold the same."""

from sqlite3 import Cursor
from typing import Any

from guanhu.domain.statement import COLUMN_ROWS
from guanhu.projections.tables import TABLES

UNREAD = ("former", "search")
"""Tables of customers that only acts and searches read: no question that has a scope."""


def rows(cursor: Cursor, ids: list[int], *, derived: bool) -> dict[str, list[Any]]:
    """The rows of these customers, and those of the frame; `derived`: the duties too."""
    found = {}
    for table, columns in TABLES.items():
        if table in UNREAD or (table in ("account", "obligation") and not derived):
            continue
        if table == "customer" or "customer_id INTEGER" in columns:
            key = "id" if table == "customer" else "customer_id"
            where = f"WHERE {key} IN ({','.join(map(str, ids))})"
            where += " AND seat <> 'gap'" if table == "care" and not derived else ""
            where += " AND position > 0" if table == "tier_move" and not derived else ""
            where += " AND series <> x''" if table == "account" else ""
            own = cursor.execute(f"SELECT * FROM {table} {where}").fetchall()
            if table == "tier_move":  # `n` counts within an event, of which a scoped moment takes some rows
                own = [(*row[:2], row[2] // COLUMN_ROWS, *row[3:]) for row in own]
            found[table] = sorted(own, key=repr)
        elif table in ("staff", "post", "leave", "outlet", "scheme", "report", "day_done", "look"):
            found[table] = sorted(cursor.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
    return found
