"""Posts are the same on all days from one change among the staff to the next."""

import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.projections.posts import posts_of, staffing
from guanhu.projections.tables import create

STAFF = ("A", "B", "C")
days = st.integers(1, 20)
posts = st.lists(
    st.tuples(
        st.sampled_from(STAFF), st.sampled_from(["outlet_manager", "relationship_manager", "department"]),
        st.sampled_from(["01", "02"]), days, days,
    ),
    max_size=6,
)  # fmt: skip
leaves = st.lists(st.tuples(st.sampled_from(STAFF), st.sampled_from(STAFF), days, days), max_size=3)


@settings(max_examples=60, deadline=None)
@given(posts, leaves, st.tuples(days, days, days))
def test_the_posts_of_a_day_are_those_of_the_last_change_before_it(
    held: list[tuple[str, str, str, int, int]], away: list[tuple[str, str, int, int]], left: tuple[int, int, int]
) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in create():
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO staff VALUES (?, ?, '', 1, ?, 1)", zip(STAFF, STAFF, left, strict=True)
        )
        connection.executemany("INSERT INTO post VALUES (?, ?, ?, ?, ?, 1)", held)
        connection.executemany("INSERT INTO leave VALUES (?, ?, ?, ?, 1)", away)
        known = staffing(connection.cursor())
    for day in range(25):
        since = known.since(day)
        assert since <= day
        assert posts_of(known, since) == posts_of(known, day)
    assert len({known.since(day) for day in range(25)}) <= len(known.turns) + 1
