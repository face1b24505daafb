"""Where the entries of the log stand in the read model, as questions for (position, day, source).

Each question walks one index: a person's entries by person and day, an outlet's or the branch's by day. The
parts of the union hold no entry twice: the question for companions leaves out the visitor, who has an own one.
"""

from collections.abc import Iterator
from datetime import date

Question = tuple[str, list[object]]
"""(SQL, its values)."""

SOURCES = {
    "act": ("act", "position", "day", "staff"),
    "affair": ("affair", "position", "day", "opener"),
    "closed": ("affair", "closed_by", "closed", "closer"),
    "waiver": ("waiver", "position", "day", "by"),
}
"""Source -> table, and its columns for the position, the day and who did it."""

_ALL_DAYS = (date.min.toordinal(), date.max.toordinal())


def questions(
    staff: str | None, outlet: str | None, first: date | None, last: date | None, *, withdrawn: bool
) -> Iterator[Question]:
    """The questions whose union are the entries of a person or of all, of an outlet's customers or of all."""
    days = (first.toordinal() if first else _ALL_DAYS[0], last.toordinal() if last else _ALL_DAYS[1])
    for source, (table, position, day, person) in SOURCES.items():
        # CROSS JOIN: by day first. An outlet has tens of thousands of customers, of whom few had an act.
        place = " CROSS JOIN customer c ON c.id = t.customer_id AND c.outlet = ?" if outlet is not None else ""
        head = f"SELECT t.{position}, t.{day}, '{source}' FROM {table} t{place} WHERE t.{day} BETWEEN ? AND ?"
        if source == "closed":
            head += " AND t.closed IS NOT NULL"
        if source == "act" and not withdrawn:
            head += " AND t.kind <> 'withdrawn'"
        values: list[object] = [*([outlet] if outlet is not None else []), *days]
        if staff is None:
            yield head, values
            continue
        yield f"{head} AND t.{person} = ?", [*values, staff]
        if source == "act":
            along = (
                " AND t.companions <> '' AND t.staff <> ? AND instr(' ' || t.companions || ' ', ' ' || ? || ' ') > 0"
            )
            yield head + along, [*values, staff, staff]
