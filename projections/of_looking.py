"""Who looked at what, as the read model keeps it."""

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.looking import LEVELS, Looked, LookingSet
from guanhu.projections.looks import LEVEL
from guanhu.projections.of_work import seconds
from guanhu.projections.projection import Projection, projects, trace, write_book


@projects(Looked)
def looked(p: Projection, position: int, event: Looked) -> None:
    """A look, and in each customer's history that it named."""
    p.cursor.execute(
        f"INSERT INTO look VALUES ({', '.join('?' * 12)})",
        (
            position, branch_time(event.recorded_at).date().toordinal(), seconds(event.recorded_at), event.by,
            event.login, event.kind, event.subject, event.form, event.as_of.toordinal(), event.known_to,
            msgspec.json.encode(event.scope).decode(), event.rows,
        ),
    )  # fmt: skip
    ids = p.ids(event.customer_nos)  # all that are known so far, not only these
    trace(p, [(ids[no], position) for no in event.customer_nos if no in ids])


@projects(LookingSet)
def looking_set(p: Projection, position: int, event: LookingSet) -> None:
    """How fine looking is recorded from here on."""
    write_book(p.cursor, LEVEL, LEVELS.index(event.level))
