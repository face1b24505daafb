"""Every figure is what a slow count over the events says, for everybody, in every tier, outlet and month."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Cursor
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.commands.demo_branch import build_demo
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.figures import FIGURES
from guanhu.projections.figures import Share, Table, adding, behind, figures, trend
from guanhu.projections.figures.asking import By
from guanhu.projections.figures.places import Scope
from guanhu.projections.figures.registry import COUNTS
from guanhu.projections.policy import policy_of
from guanhu.projections.tiers import matrix, summary
from guanhu.store.acts import correct_entry
from guanhu.store.affairs import end_product, keep_promise, waive_duty
from guanhu.store.assigning import release
from guanhu.store.book import Book
from guanhu.store.registering import erase, mark
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import opened
from guanhu.tests.projections.slow_branch import Branch
from guanhu.tests.projections.slow_figures import Counted, count
from guanhu.tests.projections.test_queue import CUSTOMERS, acts, do, staffed

LAST = date(2026, 6, 30)
usual = acts.filter(lambda act: act[0] != "deposit")
more = st.tuples(
    st.sampled_from(["waive", "correct", "withdraw", "take_back", "release", "close", "erase", "end_product", "keep"]),
    st.sampled_from(CUSTOMERS), st.dates(date(2026, 1, 1), LAST), st.just(0),
)  # fmt: skip
"""What can become of other acts."""
BYS: tuple[By, ...] = ("", "staff", "outlet", "tier")
Sums = dict[str, dict[str, tuple[int, int]]]


def asked(book: Book, first: date, last: date, by: By = "", **more: object) -> Table:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        return figures(cursor, policy, book.calendar, first=first, last=last, by=by, **more)  # type: ignore[arg-type]


def table(found: Table) -> Sums:
    """figure -> key ("*": whole) -> (numerator, denominator)."""
    return {
        row.figure: {
            "*": (row.whole.numerator, row.whole.denominator),
            **{key: (share.numerator, share.denominator) for key, share in row.parts.items()},
        }
        for row in found.rows
    }


def slow(counted: dict[str, list[Counted]], by: str) -> Sums:
    """The same of a slow count."""
    found: Sums = {}
    for figure in FIGURES:
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0], {"*": [0, 0]})
        for staff, outlet, tier, part, whole in counted.get(figure, ()):
            keys = {"": (), "staff": staff or ("",), "outlet": (outlet,), "tier": (tier,)}[by]
            for key in ("*", *keys):
                sums[key][0] += part
                sums[key][1] += whole
        found[figure] = {key: (part, whole) for key, (part, whole) in sums.items()}
    return found


def undo(book: Book, act: tuple[str, str, date, object]) -> None:
    """Something becomes of what was done before; what a rule refuses is as good as not done."""
    kind, no, on, _ = act
    with suppress(Refused), book.reading() as cursor:
        what = {"take_back": "affair", "keep": "affair"}.get(kind, "act")
        question = f"SELECT max({what}.position) FROM {what} JOIN customer ON id = customer_id WHERE no = ?"
        position = cursor.execute(question, (no,)).fetchone()[0] or 0
        match kind:
            case "waive":
                waive_duty(book, no, "monthly_contact", f"{on:%Y-%m}", "出国", on)
            case "correct":
                correct_entry(book, position, reason="写错", outcome="replied", on=on)
            case "withdraw":
                correct_entry(book, position, reason="写错", withdrawn=True)
            case "take_back":
                withdraw(book, position, reason="写错")
            case "release":
                release(book, no, "R1", on)
            case "close":
                mark(book, no, "closed", "销户", on)
            case "erase":
                erase(book, no, "客户要求", on)
            case "end_product":
                end_product(book, no, "P1", on)
            case "keep":
                keep_promise(book, position, on)


def test_every_definition_is_counted_and_the_other_way_round() -> None:
    assert list(COUNTS) == list(FIGURES)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(usual, usual, more), min_size=8, max_size=36),
    st.dates(date(2026, 1, 10), LAST), st.integers(0, 80), st.integers(-20, 40),
)  # fmt: skip
def test_figures_of_any_period_equal_a_slow_count_over_the_events(
    done: list[tuple[str, str, date, object]], first: date, length: int, ahead: int
) -> None:
    last = min(first + timedelta(days=length), LAST)
    as_of = min(max(last + timedelta(days=ahead), first), LAST)
    with TemporaryDirectory() as folder:
        book = staffed(Path(folder))
        for act in done:
            do(book, act)
            undo(book, act)
        opened(book, LAST.isoformat())
        counted = count(Branch(book), first, last, as_of)
        for by in BYS:
            assert table(asked(book, first, last, by, as_of=as_of)) == slow(counted, by)
        for staff in ("M1", "R1", "S1", "D1", ""):
            own = table(asked(book, first, last, "staff", as_of=as_of, staff=staff))
            for figure, sums in slow(counted, "staff").items():
                assert own[figure]["*"] == sums.get(staff, (0, 0)), (figure, staff)
        book.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A small branch with two years of work, which no test changes."""
    made = build_demo(tmp_path_factory.mktemp("demo") / "book.db", customers=300, seed=7, today=date(2026, 11, 24))
    yield made
    made.close()


@pytest.fixture(scope="module")
def told(demo: Book) -> Branch:
    """The same branch put together from its events."""
    return Branch(demo)


PERIODS = (
    (date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 24)),
    (date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 24)),
    (date(2025, 9, 15), date(2026, 9, 20), date(2026, 10, 2)),
    (date(2024, 12, 1), date(2024, 12, 31), date(2024, 12, 31)),
)


@pytest.mark.parametrize(("first", "last", "as_of"), PERIODS)
def test_figures_of_the_demo_equal_a_slow_count_over_its_events(
    demo: Book, told: Branch, first: date, last: date, as_of: date
) -> None:
    counted = count(told, first, last, as_of)
    for by in BYS:
        assert table(asked(demo, first, last, by, as_of=as_of)) == slow(counted, by)


def test_each_figure_says_something_on_the_demo(demo: Book) -> None:
    found = asked(demo, date(2025, 9, 15), date(2026, 9, 20))
    assert [row.figure for row in found.rows if not row.whole.denominator] == []
    assert [row.figure for row in found.rows if not row.whole.numerator] == []


@pytest.mark.parametrize("figure", FIGURES)
def test_each_share_opens_to_the_cases_that_it_counts(demo: Book, figure: str) -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    by_staff = asked(demo, first, last, "staff", ids=(figure,)).rows[0]
    with demo.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        for key, share in (None, by_staff.whole), *by_staff.parts.items():
            numerator, denominator, missing = (
                behind(cursor, policy, demo.calendar, figure, first=first, last=last, staff=key, side=side)
                for side in ("numerator", "denominator", "missing")
            )
            assert sum(line.case.part for line in numerator) == share.numerator
            assert sum(line.case.whole for line in denominator) == share.denominator
            assert sum(line.case.whole - line.case.part for line in missing) == share.denominator - share.numerator
            assert set(missing) | set(numerator) == set(denominator)
            if key:
                assert all(key in line.case.staff for line in denominator)


def test_tiers_and_outlets_add_up_to_the_whole_and_staff_where_nobody_shares(demo: Book) -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    bys: tuple[By, ...] = ("tier", "outlet")
    for by in bys:
        for row in asked(demo, first, last, by).rows:
            assert sum(share.numerator for share in row.parts.values()) == row.whole.numerator
            assert sum(share.denominator for share in row.parts.values()) == row.whole.denominator
    with demo.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        for row in asked(demo, first, last, "staff").rows:
            lines = behind(cursor, policy, demo.calendar, row.figure, first=first, last=last)
            shared = sum(line.case.whole * (len(line.case.staff) - 1) for line in lines if line.case.staff)
            assert sum(share.denominator for share in row.parts.values()) == row.whole.denominator + shared


def test_the_figures_of_a_scope_are_its_part_of_the_whole(demo: Book) -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    bys: tuple[By, ...] = ("staff", "outlet", "tier")
    for by in bys:
        whole = asked(demo, first, last, by)
        for key in whole.keys:
            scope = {by: key}
            alone = asked(demo, first, last, "", **scope)
            for row, own in zip(whole.rows, alone.rows, strict=True):
                assert own.whole == row.parts.get(key, Share()), (by, key, row.figure)


@pytest.mark.parametrize("by", [*BYS, "month"])
def test_a_whole_book_gone_through_a_few_customers_at_a_time_says_the_same(
    demo: Book, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = date(2026, 4, 1), date(2026, 9, 30)
    at_once = [table(asked(demo, first, last, by)), table(asked(demo, first, last, by, tier="middle"))]
    slices: list[Scope] = []
    plain = adding.parts_of

    def noted(cursor: Cursor, scope: Scope) -> list[Scope]:
        found = plain(cursor, scope)
        slices.extend(found)
        return found

    monkeypatch.setattr(adding, "AT_ONCE", 70)
    monkeypatch.setattr(adding, "parts_of", noted)
    assert [table(asked(demo, first, last, by)), table(asked(demo, first, last, by, tier="middle"))] == at_once
    assert len({each.ids for each in slices}) > 1


def test_a_trend_is_the_same_figure_of_each_month(demo: Book) -> None:
    table_ = asked(demo, date(2026, 4, 1), date(2026, 9, 30), "month", outlet="01")
    months = [(date(2026, month, 1), date(2026, month + 1, 1) - timedelta(days=1)) for month in range(4, 10)]
    assert table_.keys == tuple(f"{first:%Y-%m}" for first, _ in months)
    with demo.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        for row in table_.rows:
            found = trend(
                cursor, policy, demo.calendar, row.figure, months, outlet="01", as_of=date(2026, 9, 30)
            )
            assert found == list(row.parts.values())
        later = [(date(2026, 12, 1), date(2026, 12, 31))]
        assert trend(cursor, policy, demo.calendar, "reach", later, as_of=date(2026, 9, 30)) == [Share()]


def test_moves_are_those_of_the_matrix_and_tiered_customers_those_of_the_summary(demo: Book) -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    rows = {row.figure: row.whole for row in asked(demo, first, last).rows}
    with demo.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        cells, _new = matrix(cursor, policy, demo.calendar, first - timedelta(days=1), last)
        rank = policy.on(last).rank
        tiered = [cell for cell in cells if cell.from_tier is not None]
        up = sum(cell.customers for cell in tiered if rank[cell.to_tier] > rank[cell.from_tier])
        down = sum(cell.customers for cell in tiered if rank[cell.to_tier] < rank[cell.from_tier])
        total = sum(figure.customers for figure in summary(cursor, first - timedelta(days=1), policy.on(first))[0])
    assert (rows["up_rate"], rows["down_rate"]) == (Share(up, total), Share(down, total))
    assert up
    assert down


def test_an_unknown_figure_is_refused(demo: Book) -> None:
    with pytest.raises(NotFound, match=r"^unknown_figure"):
        asked(demo, date(2026, 1, 1), date(2026, 6, 30), ids=("happiness",))
