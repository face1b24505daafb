"""A customer rated once more: what was decided before the stretch stands, the rest follows from what was known when."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.balances import MOVED, STATED, Entry, steps
from guanhu.domain.rerating import NEVER, Adopted, Course, rerate
from guanhu.domain.scheme import Scheme
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.domain.tiering import Standing, next_moves
from guanhu.domain.variants import with_floors

SCHEME = read_scheme(default_scheme_text())
LOWER = with_floors(SCHEME, {"middle": 15_000_000})
WAN = 1_000_000


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def course(first: str, *days: tuple[int, str], schemes: tuple[tuple[int, str, Scheme], ...] = ()) -> Course:
    adopted = [Adopted(position, day(since), scheme) for position, since, scheme in schemes]
    moved = tuple((position, day(on)) for position, on in days)
    return Course(moved, (Adopted(1, 1, SCHEME), *adopted), day(first))


def moves(course: Course, entries: list[Entry], last: str, tier: str | None = None, since: str = "") -> list[object]:
    found = rerate(course, entries, tier, day(since) if since else None, day(last))
    return [(move.day.isoformat(), move.from_tier, move.to_tier) for move in found]


def test_a_late_balance_lifts_on_the_books_day_and_not_on_its_own() -> None:
    at = course("2026-01-01", (5, "2026-02-01"))
    late = [(day("2026-01-10"), STATED, 30 * WAN, 6)]
    assert moves(at, late, "2026-02-28") == [("2026-02-01", None, "middle")]


def test_a_balance_that_came_after_the_month_was_decided_does_not_undo_it() -> None:
    at = course("2026-01-01", (5, "2026-01-05"), (7, "2026-03-01"), (9, "2026-04-01"))
    entries = [(day("2026-01-05"), STATED, 30 * WAN, 6), (day("2026-01-06"), STATED, 10 * WAN, 8)]
    # The fall of January came to be known on 1 March: of the months decided later only March counts.
    assert moves(at, entries, "2026-03-31") == [("2026-01-05", None, "middle")]
    assert moves(at, entries, "2026-04-01")[-1] == ("2026-04-01", "middle", "basic")


def test_what_was_held_before_the_stretch_is_held_on() -> None:
    at = course("2026-03-01", (5, "2026-01-05"), (7, "2026-03-01"))
    entries = [(day("2026-01-05"), STATED, 30 * WAN, 6)]
    assert moves(at, entries, "2026-06-30", "middle", "2026-01-05") == []
    assert at.begin == 7


def test_a_scheme_adopted_for_the_books_own_day_rates_once_it_is_adopted() -> None:
    at = course("2026-01-01", (5, "2026-01-05"), (8, "2026-01-09"), schemes=((7, "2026-01-05", LOWER),))
    entries = [(day("2026-01-05"), STATED, 16 * WAN, 6)]
    assert moves(at, entries, "2026-01-05") == [("2026-01-05", None, "basic"), ("2026-01-05", "basic", "middle")]


def test_money_keyed_in_counts_from_its_day_on() -> None:
    at = course("2026-01-01", (5, "2026-01-05"), (9, "2026-02-10"))
    entries = [(day("2026-01-05"), STATED, 18 * WAN, 6), (day("2026-02-03"), MOVED, 5 * WAN, 7)]
    assert moves(at, entries, "2026-02-10")[-1] == ("2026-02-03", "basic", "middle")


def test_a_book_without_a_day_has_decided_nothing() -> None:
    assert course("2026-01-01").begin == NEVER
    assert course("2026-01-01").day_at(NEVER) == 0


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from([900, 40_000, 160_000, 210_000, 700_000])), max_size=8)
)
def test_reports_that_come_day_by_day_move_as_if_all_had_been_known(gaps: list[tuple[int, int]]) -> None:
    entries: list[Entry] = []
    days: list[tuple[int, int]] = []
    on = day("2026-01-05")
    for n, (gap, yuan) in enumerate(gaps):
        on += gap
        days.append((10 * n + 5, on))
        entries.append((on, STATED, yuan * 100, 10 * n + 6))
    at = Course(tuple(days), (Adopted(1, 1, LOWER),), 1)
    last = on + 60
    found = rerate(at, entries, None, None, last)
    known = next_moves(steps(entries), Standing(None, None), None, at.policy)
    assert [(move.day, move.to_tier) for move in found] == [
        (move.day, move.to_tier) for move in known if move.day.toordinal() <= last
    ]
