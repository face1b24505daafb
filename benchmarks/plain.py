"""The raw baseline: the same rows parsed and put into a plain table on disk, and nothing else."""

import csv
import sqlite3
from itertools import islice
from pathlib import Path

from guanhu.benchmarks.measure import Facts, clock


def parse_and_insert(file: str, database: str) -> Facts:
    """Parse a CSV and put its rows into a plain SQLite table by one executemany, durable (synchronous=FULL)."""
    Path(database).unlink(missing_ok=True)
    started = clock()
    connection = _plain(database)
    with open(file, encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        header = next(rows)
        columns = ", ".join(f"{name} TEXT" for name in header)
        connection.execute(f"CREATE TABLE plain ({columns})")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO plain VALUES ({','.join('?' * len(header))})", rows)
        connection.execute("COMMIT")
    connection.close()
    seconds = clock() - started
    Path(database).unlink()
    return {"seconds": seconds}


def insert_one_by_one(database: str, file: str, count: int) -> Facts:
    """The same row of an act in a plain table, one durable transaction each: the median."""
    Path(database).unlink(missing_ok=True)
    connection = _plain(database)
    connection.execute("CREATE TABLE plain (no TEXT, day TEXT, channel TEXT, outcome TEXT, staff TEXT, note TEXT)")
    with open(file, encoding="utf-8", newline="") as opened:
        rows = list(islice(csv.reader(opened), 1, count + 1))
    took = []
    for row in rows:
        started = clock()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")
        took.append(clock() - started)
    connection.close()
    took.sort()
    return {"seconds": took[len(took) // 2], "p99": took[len(took) * 99 // 100]}


def _plain(database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute("PRAGMA synchronous = FULL").close()
    return connection
