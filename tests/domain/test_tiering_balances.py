"""Balances carried from day to day agree with writing every day out."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.balances import (
    MOVED,
    STATED,
    Entry,
    average,
    carried,
    highest,
    insert,
    last_entry,
    pack,
    pack_one,
    stated,
    steps,
    unpack,
)

JAN_1 = date(2026, 1, 1).toordinal()
DAYS = range(JAN_1, JAN_1 + 40)

days = st.integers(DAYS[0], DAYS[-1])
fen = st.integers(-(10**6), 10**6)
records = st.lists(st.tuples(days, st.sampled_from([STATED, MOVED]), fen), max_size=12)
Record = tuple[int, int, int]


def entered(written: list[Record]) -> list[Entry]:
    """Entries as they stand after the records came in, one by one."""
    entries: list[Entry] = []
    for position, (day, kind, amount) in enumerate(written):
        entries = insert(entries, (day, kind, amount, position))
    return entries


def by_hand(written: list[Record]) -> dict[int, int]:
    """The balance at the end of each day from the first that has one: replays the records of each day in order."""
    result: dict[int, int] = {}
    balance: int | None = None
    for day in DAYS:
        for on, kind, amount in written:
            if on == day:
                balance = amount if kind == STATED else (balance or 0) + amount
        if balance is not None:
            result[day] = balance
    return result


@given(records)
def test_the_carried_balance_is_that_of_replaying_every_days_records(written: list[Record]) -> None:
    known, wanted = steps(entered(written)), by_hand(written)
    assert {day: carried(known, day) for day in DAYS} == {day: wanted.get(day) for day in DAYS}


@given(records, days, days)
def test_the_highest_balance_is_that_of_the_days(written: list[Record], one: int, other: int) -> None:
    first, last = sorted((one, other))
    over = [amount for day, amount in by_hand(written).items() if first <= day <= last]
    assert highest(steps(entered(written)), first, last) == (max(over) if over else None)


@given(records, days, days)
def test_the_average_is_the_exact_mean_of_the_days_that_have_a_balance_rounded_down(
    written: list[Record], one: int, other: int
) -> None:
    first, last = sorted((one, other))
    over = [amount for day, amount in by_hand(written).items() if first <= day <= last]
    mean = average(steps(entered(written)), first, last)
    if not over:
        assert mean is None
    else:
        assert mean is not None
        assert mean <= Fraction(sum(over), len(over)) < mean + 1


@given(records)
def test_entries_stand_in_order_and_a_statement_leaves_nothing_older_on_its_date(written: list[Record]) -> None:
    entries = entered(written)
    assert entries == sorted(entries, key=lambda entry: (entry[0], entry[3]))
    for day in {entry[0] for entry in entries}:
        kinds = [kind for on, kind, _, _ in entries if on == day]
        assert STATED not in kinds[1:]
    assert [entry[0] for entry in stated(entries)] == sorted({on for on, kind, _ in written if kind == STATED})


@given(records)
def test_a_packed_series_is_read_back_whole_and_grows_at_its_end(written: list[Record]) -> None:
    entries = entered(written)
    blob = pack(entries)
    assert unpack(blob) == entries
    assert last_entry(blob) == (entries[-1] if entries else None)
    assert unpack(blob + pack_one(DAYS[-1] + 1, STATED, -5, 99)) == [*entries, (DAYS[-1] + 1, STATED, -5, 99)]


def test_a_withdrawal_changes_the_balance_until_the_next_statement_of_that_day_or_later() -> None:
    written = [(JAN_1, STATED, 1_000), (JAN_1 + 3, MOVED, -300), (JAN_1 + 5, STATED, 900), (JAN_1 + 5, MOVED, 50)]
    assert steps(entered(written)) == [(JAN_1, 1_000), (JAN_1 + 3, 700), (JAN_1 + 5, 950)]
    assert steps(entered([*written, (JAN_1 + 3, STATED, 2_000)])) == [
        (JAN_1, 1_000),
        (JAN_1 + 3, 2_000),
        (JAN_1 + 5, 950),
    ]
