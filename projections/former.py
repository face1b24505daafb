"""Rows as they stood before an act changed them, so that an act taken back gives them back (domain/withdrawing.py).

Only what a person keyed in is kept so: rows of files are not taken back one by one, and there are millions of them.
"""

from collections.abc import Sequence

import msgspec

from guanhu.domain.events import Event
from guanhu.projections.projection import Projection

BY_FILE = "import:"
"""How the commands of files begin."""

PERSON = "person"
"""Stands for the parts of a customer's row that a profile changes: name, facts, outlet."""
HANDED = "handed"
"""Stands for the affairs that a handover moved: (column, position, giver)."""

SAID = "said"
"""Stands for what a promise said before it was corrected: (position, due, text). Whose it is may change meanwhile."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def keep_rows(
    p: Projection, position: int, event: Event, customer_id: int, table: str, where: str, values: Sequence[object]
) -> None:
    """Keep the rows of a table that the event at a position is about to change or replace."""
    if not event.command.startswith(BY_FILE):
        rows = p.cursor.execute(f"SELECT * FROM {table} WHERE {where}", values).fetchall()
        keep(p, position, customer_id, table, rows)


def keep(p: Projection, position: int, customer_id: int, source: str, rows: Sequence[Sequence[object]]) -> None:
    """Keep rows under the position of the event that changes them."""
    p.cursor.executemany(
        "INSERT INTO former VALUES (?, ?, ?, ?)", [(position, customer_id, source, _encode(tuple(row))) for row in rows]
    )


def take(p: Projection, position: int) -> list[tuple[str, list[object]]]:
    """What was kept for an event, as (table or name, values); it is kept no longer."""
    rows = p.cursor.execute("SELECT source, row FROM former WHERE position = ? ORDER BY rowid", (position,)).fetchall()
    p.cursor.execute("DELETE FROM former WHERE position = ?", (position,))
    return [(source, list(_decode(row))) for source, row in rows]


def put_back(p: Projection, table: str, row: Sequence[object]) -> None:
    """Write a row of a table as it was."""
    p.cursor.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", list(row))
