"""A plan of many seats is done in parts, each a command of its own: which parts a plan has, and what they wrote.

The parts' ids begin as no id does that people or programs give (`Book.once`), so that nothing else is taken for one.
"""

from sqlite3 import Cursor

import msgspec

PART = "plan:"


class Part(msgspec.Struct, frozen=True):
    """A part that wrote something: what it is called, the positions of its first and last event."""

    name: str
    first: int
    last: int


def part_id(plan: str, part: str) -> str:
    """The id of a part's command."""
    return f"{PART}{plan}:{part}"


def plan_named(command: str) -> str:
    """The plan that a command is a part of; "" where it is none."""
    return command.removeprefix(PART).rpartition(":")[0] if command.startswith(PART) else ""


def parts_of(cursor: Cursor, plan: str) -> list[Part]:
    """The parts of a plan in the order in which they were written."""
    head = part_id(plan, "")
    # ";" follows ":" among the characters: every id that begins so. Another plan's name may go on with a colon.
    rows = cursor.execute(
        "SELECT id, first, last FROM command WHERE id >= ? AND id < ? ORDER BY first", (head, f"{head[:-1]};")
    )
    return [Part(command[len(head) :], *span) for command, *span in rows if plan_named(command) == plan]


def positions_of(parts: list[Part]) -> list[int]:
    """The positions of all that the parts wrote."""
    return [position for part in parts for position in range(part.first, part.last + 1)]
