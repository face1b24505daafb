"""What a command shows leaves an event where the book asks for it (domain/looking.py): lists, files, what is uncovered.

Only what was asked for by ids is kept of the question. What somebody typed to find a person would name the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from guanhu.commands.output import Item, Witness

if TYPE_CHECKING:
    from guanhu.commands.frame import Question

ASKED = (
    "staff", "outlet", "tier", "duty", "status", "every", "first", "last", "month", "kind", "flag", "by",
    "limit", "offset", "customer_no",
)  # fmt: skip
"""Parameters of commands that are kept, by their names in the code."""


def witness_of(q: "Question", command: str) -> Witness:
    """Records what this command is about to show."""

    def witness(form: str, rows: Sequence[Item]) -> None:
        kind = "export" if form == "csv" else "list"
        shown = [row["customer_no"] for row in rows if row.get("customer_no")]
        if shown:  # sums, staff and schemes tell nothing of a customer
            leave_look(q, kind, command, form, rows=len(rows), customers=shown)

    return witness


def leave_look(
    q: "Question", kind: str, command: str, form: str, *, rows: int = 0, customers: Iterable[str] = (),
    scope: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Record a look of this question's command, where the book records such looks.

    `scope`: what was asked for, where the command's own parameters do not say it.
    """
    from guanhu.store.looking import Look, record_look

    look = Look(kind, command, form, q.day, {**_scope(q.given), **(scope or {})}, rows, tuple(dict.fromkeys(customers)))
    record_look(q.book, look, by=q.staff)


def _scope(given: Mapping[str, Any]) -> dict[str, str]:
    """What the command was given of ids, days and counts."""
    return {name: _told(given[name]) for name in ASKED if given.get(name)}


def _told(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
