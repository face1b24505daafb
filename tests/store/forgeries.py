"""Thirteen ways to change the past with SQLite alone; each returns the first position that is not what it was."""

import sqlite3
from random import Random

from guanhu.tests.store.proofs import Forgery, put_back, rows_of


def edit(column: str, value: str) -> Forgery:
    """One value of one row changed."""

    def change(connection: sqlite3.Connection, random: Random, size: int) -> int:
        position = random.randint(1, size)
        connection.execute(f"UPDATE stored_events SET {column} = {value} WHERE rowid = ?", (position,))
        return position

    return change


def flipped_bit(connection: sqlite3.Connection, random: Random, size: int) -> int:
    position = random.randint(1, size)
    state = bytearray(connection.execute("SELECT state FROM stored_events WHERE rowid = ?", (position,)).fetchone()[0])
    state[random.randrange(len(state))] ^= 1 << random.randrange(8)
    connection.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (bytes(state), position))
    return position


def deletion(connection: sqlite3.Connection, random: Random, size: int) -> int:
    """One row gone, those after it moved up."""
    rows, position = rows_of(connection), random.randint(1, size)
    put_back(connection, rows[: position - 1] + rows[position:])
    return position


def gap(connection: sqlite3.Connection, random: Random, size: int) -> int:
    """One row gone, and its place left empty."""
    position = random.randint(1, size)
    connection.execute("DELETE FROM stored_events WHERE rowid = ?", (position,))
    return position


def insertion(connection: sqlite3.Connection, random: Random, size: int) -> int:
    rows, position = rows_of(connection), random.randint(1, size)
    made_up = (0, "customer:made-up", 1, "contact", rows[position - 1][4])
    put_back(connection, [*rows[: position - 1], made_up, *rows[position - 1 :]])
    return position


def reordering(connection: sqlite3.Connection, random: Random, size: int) -> int:
    rows = rows_of(connection)
    one, other = sorted(random.sample(range(size), 2))
    rows[one], rows[other] = rows[other], rows[one]
    put_back(connection, rows)
    return one + 1


def truncation(connection: sqlite3.Connection, random: Random, size: int) -> int:
    position = random.randint(2, size)
    put_back(connection, rows_of(connection)[: position - 1])
    return position


def rollback(connection: sqlite3.Connection, random: Random, size: int) -> int:
    """Back to an earlier state, and on with other entries beyond where the log was."""
    rows, position = rows_of(connection), random.randint(2, size)
    other = [(0, "customer:other", number, "contact", b"other") for number in range(1, len(rows))]
    put_back(connection, [*rows[: position - 1], *other])
    return position


def copied_entry(connection: sqlite3.Connection, random: Random, size: int) -> int:
    """What one entry says put in the place of another."""
    target, source = random.sample(range(1, size + 1), 2)
    state, topic = connection.execute("SELECT state, topic FROM stored_events WHERE rowid = ?", (source,)).fetchone()
    connection.execute("UPDATE stored_events SET state = ?, topic = ? WHERE rowid = ?", (state, topic + "s", target))
    return target


FORGERIES: dict[str, Forgery] = {
    "state": edit("state", "x'C0FFEE'"),
    "emptied state": edit("state", "x''"),
    "topic": edit("topic", "'made up'"),
    "stream": edit("originator_id", "'customer:made-up'"),
    "version": edit("originator_version", "originator_version + 1000"),
    "flipped bit": flipped_bit,
    "deletion": deletion,
    "gap": gap,
    "insertion": insertion,
    "reordering": reordering,
    "truncation": truncation,
    "rollback": rollback,
    "copied entry": copied_entry,
}
