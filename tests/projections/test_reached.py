"""The condition on rows says of every act what the rule says."""

import sqlite3
from contextlib import closing

from guanhu.domain.contact import OUTCOMES, reached
from guanhu.projections.reached import REACHED_ACT

KINDS = ("contact", "visit", "withdrawn")


def test_the_condition_on_rows_is_the_rule() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE act (kind TEXT, outcome TEXT)")
        acts = [(kind, outcome) for kind in KINDS for outcome in OUTCOMES]
        connection.executemany("INSERT INTO act VALUES (?, ?)", acts)
        found = connection.execute(f"SELECT kind, outcome FROM act WHERE {REACHED_ACT} ORDER BY rowid").fetchall()
    assert found == [act for act in acts if reached(*act)]
