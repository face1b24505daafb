"""The default rule of rating (DESIGN 6): up on the day, down after a full calendar month below the floor."""

from datetime import date

import msgspec
import pytest

from guanhu.domain.balances import MOVED, STATED, Entry, Step, insert, steps
from guanhu.domain.money import YUAN, parse_yuan
from guanhu.domain.scheme import Policy, Rating, Scheme
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.domain.tiering import Move, Standing, day_move, next_moves

PERSONAL = read_scheme(default_scheme_text())
POLICY = Policy(((date.min, PERSONAL),))
NEVER = Standing(None, None)


def iso(text: str) -> date:
    return date.fromisoformat(text)


def balances(**yuan: int | str) -> list[Step]:
    """Steps from days written as d2026_01_31=250_000, or ="249,999.99" where there are fen."""
    return [(iso(day[1:].replace("_", "-")).toordinal(), parse_yuan(str(amount))) for day, amount in yuan.items()]


def story(known: list[Step], policy: Policy = POLICY) -> list[tuple[str, str | None]]:
    """When the customer comes into which tier."""
    return [(move.day.isoformat(), move.to_tier) for move in next_moves(known, NEVER, None, policy)]


@pytest.mark.parametrize(
    ("yuan", "tier"),
    [
        ("-0.01", None), (0, None), ("999.99", None), (1_000, "mass"), ("49,999.99", "mass"), (50_000, "basic"),
        ("199,999.99", "basic"), (200_000, "middle"), ("499,999.99", "middle"), (500_000, "affluent"),
        ("2,999,999.99", "affluent"), (3_000_000, "wealth"), (10_000_000_000, "wealth"),
    ],
)  # fmt: skip
def test_the_first_balance_gives_the_tier_at_once_and_a_floor_belongs_to_its_band(
    yuan: int | str, tier: str | None
) -> None:
    assert story(balances(d2026_11_24=yuan)) == ([("2026-11-24", tier)] if tier else [])


def test_a_customer_who_rises_comes_into_the_tier_on_the_day_of_the_balance() -> None:
    known = balances(d2026_01_10=60_000, d2026_01_31="199,999.99", d2026_02_17=200_000)
    assert story(known) == [("2026-01-10", "basic"), ("2026-02-17", "middle")]


@pytest.mark.parametrize(
    ("known", "drops"),
    [
        pytest.param(balances(d2026_01_10=250_000, d2026_02_10=100_000), "2026-04-01", id="in mid-month"),
        pytest.param(balances(d2026_01_10=250_000, d2026_02_01=100_000), "2026-03-01", id="on a month's first day"),
        pytest.param(balances(d2026_01_10=250_000, d2026_02_02=100_000), "2026-04-01", id="on its second day"),
        pytest.param(balances(d2026_01_10=250_000, d2026_01_31=100_000), "2026-03-01", id="on a month's last day"),
        pytest.param(balances(d2024_01_10=250_000, d2024_01_31=100_000), "2024-03-01", id="before a leap February"),
        pytest.param(balances(d2026_01_10=250_000, d2026_11_02=100_000), "2027-01-01", id="so that the year ends"),
        pytest.param(balances(d2026_01_10=250_000, d2026_12_31=100_000), "2027-02-01", id="on the year's last day"),
    ],
)
def test_a_customer_who_falls_below_200000_keeps_the_tier_until_a_full_month_was_below(
    known: list[Step], drops: str
) -> None:
    assert story(known)[1:] == [(drops, "basic")]


def test_a_single_day_at_the_floor_keeps_the_tier_for_that_month() -> None:
    known = balances(d2026_01_10=250_000, d2026_02_01=100_000, d2026_02_28=200_000, d2026_03_01=100_000)
    assert story(known)[1:] == [("2026-04-01", "basic")]


def test_one_fen_below_the_floor_on_every_day_loses_the_tier() -> None:
    assert story(balances(d2026_01_31=200_000, d2026_02_01="199,999.99"))[1:] == [("2026-03-01", "basic")]


def test_a_fall_leads_to_the_tier_of_the_months_highest_balance_and_further_a_month_later() -> None:
    known = balances(d2026_01_10=250_000, d2026_02_01=5_000, d2026_02_14=50_000, d2026_02_15=5_000)
    moves = next_moves(known, NEVER, None, POLICY)
    assert moves[1:] == [
        Move(date(2026, 3, 1), "middle", "basic", 50_000 * YUAN, "down_full_month"),
        Move(date(2026, 4, 1), "basic", "mass", 5_000 * YUAN, "down_full_month"),
    ]


def test_on_the_first_of_a_month_its_end_is_decided_before_the_days_balance() -> None:
    known = balances(d2026_01_10=250_000, d2026_02_01=100_000, d2026_03_01=250_000)
    assert story(known)[1:] == [("2026-03-01", "basic"), ("2026-03-01", "middle")]


def test_a_balance_on_the_first_does_not_save_the_month_before() -> None:
    known = balances(d2026_01_10=600_000, d2026_02_01=100_000, d2026_03_01="199,999.99")
    assert story(known)[1:] == [("2026-03-01", "basic")]


def test_untiered_is_entered_and_left_by_the_same_rules() -> None:
    known = balances(d2026_01_10="999.99", d2026_01_20=1_000, d2026_02_05=0, d2026_05_06=2_000)
    assert story(known) == [("2026-01-20", "mass"), ("2026-04-01", None), ("2026-05-06", "mass")]


def test_a_negative_balance_is_below_every_floor() -> None:
    known = balances(d2026_01_10=3_000_000, d2026_02_01=-1)
    assert next_moves(known, NEVER, None, POLICY)[1:] == [
        Move(date(2026, 3, 1), "wealth", None, -100, "down_full_month")
    ]


def test_a_customer_without_a_balance_is_not_rated() -> None:
    assert next_moves([], NEVER, None, POLICY) == []


def test_the_later_record_of_a_date_is_the_one_that_rates() -> None:
    entries: list[Entry] = []
    day = date(2026, 3, 2).toordinal()
    for kind, fen in ((STATED, 300_000 * YUAN), (MOVED, 400_000 * YUAN), (STATED, 60_000 * YUAN), (MOVED, -100)):
        entries = insert(entries, (day, kind, fen, len(entries)))
    assert steps(entries) == [(day, 60_000 * YUAN - 100)]
    assert story(steps(entries)) == [("2026-03-02", "basic")]


def test_a_late_balance_is_seen_by_the_month_end_that_is_still_to_come() -> None:
    known = balances(d2026_01_10=250_000, d2026_02_01=100_000, d2026_02_15=250_000, d2026_02_16=100_000)
    held = Standing("middle", date(2026, 1, 10))
    assert [(m.day, m.to_tier) for m in next_moves(known, held, date(2026, 2, 20), POLICY)] == [
        (date(2026, 4, 1), "basic")
    ]


def test_a_late_balance_does_not_undo_a_month_end_that_was_decided() -> None:
    known = balances(d2026_01_10=250_000, d2026_02_01=100_000, d2026_02_15=250_000, d2026_02_16=100_000)
    held = Standing("basic", date(2026, 3, 1))
    assert next_moves(known, held, date(2026, 3, 5), POLICY) == []


def test_a_late_balance_that_is_the_newest_rates_on_the_books_day() -> None:
    known = balances(d2026_01_10=60_000, d2026_02_15=250_000)
    move = day_move(known, Standing("basic", date(2026, 1, 10)), date(2026, 3, 5), PERSONAL)
    assert move == Move(date(2026, 3, 5), "basic", "middle", 250_000 * YUAN, "up_at_once")


@pytest.mark.parametrize(("since", "after"), [("2026-03-05", "2026-03-05"), ("2026-03-31", "2026-03-31")])
def test_the_first_month_that_counts_is_the_one_at_whose_end_the_tier_was_held(since: str, after: str) -> None:
    """Rated in March by a late balance of 15 February that was gone on the 20th."""
    known = balances(d2026_02_15=250_000, d2026_02_20=100_000)
    moves = next_moves(known, Standing("middle", iso(since)), iso(after), POLICY)
    assert [move.day for move in moves] == [date(2026, 4, 1)]


def test_a_customer_whose_first_balance_came_late_is_rated_by_it_and_not_by_the_month_end() -> None:
    monthly = msgspec.structs.replace(PERSONAL, rating=Rating(up="month_end"))
    known = balances(d2026_02_15=250_000)
    assert next_moves(known, NEVER, date(2026, 2, 20), Policy(((date.min, monthly),))) == [
        Move(date(2026, 3, 1), None, "middle", 250_000 * YUAN, "first_balance")
    ]


def changed(from_yuan: dict[str, int], *, rename: dict[str, str] | None = None) -> Scheme:
    """The default scheme with other floors, and some tiers under another id."""
    tiers = tuple(
        msgspec.structs.replace(
            tier, id=(rename or {}).get(tier.id, tier.id), from_yuan=from_yuan.get(tier.id, tier.from_yuan)
        )
        for tier in PERSONAL.tiers
    )
    return msgspec.structs.replace(PERSONAL, version=2, tiers=tiers)


@pytest.mark.parametrize("up", ["at_once", "month_end"])
@pytest.mark.parametrize("adopted", [date(2026, 6, 1), date(2026, 6, 15)])
def test_a_tier_that_the_new_scheme_does_not_know_is_rated_anew_on_its_first_day(up: str, adopted: date) -> None:
    new = changed({}, rename={"middle": "silver"})
    new = msgspec.structs.replace(new, rating=Rating(up=up))  # type: ignore[arg-type]
    policy = Policy(((date.min, PERSONAL), (adopted, new)))
    moves = next_moves(balances(d2026_01_10=250_000), NEVER, None, policy)
    assert moves[1:] == [Move(adopted, "middle", "silver", 250_000 * YUAN, "scheme_change")]


def test_a_lower_floor_lifts_on_the_day_the_scheme_is_adopted() -> None:
    policy = Policy(((date.min, PERSONAL), (date(2026, 6, 15), changed({"middle": 150_000}))))
    known = balances(d2026_01_10=160_000)
    assert story(known, policy)[1:] == [("2026-06-15", "middle")]
    held = Standing("basic", date(2026, 1, 10))
    assert [move.day for move in next_moves(known, held, date(2026, 6, 14), policy)] == [date(2026, 6, 15)]


def test_a_higher_floor_takes_the_tier_at_the_first_month_end_decided_under_it() -> None:
    policy = Policy(((date.min, PERSONAL), (date(2026, 6, 15), changed({"middle": 300_000}))))
    assert story(balances(d2026_01_10=250_000), policy)[1:] == [("2026-07-01", "basic")]


AVERAGE = Policy(((date.min, msgspec.structs.replace(PERSONAL, rating=Rating(measure="month_average"))),))


def test_measured_by_the_average_a_customer_rises_on_the_day_the_mean_to_date_reaches_the_floor() -> None:
    """15 days of 100,000 and 8 of 400,000 are 204,347 a day; with 7 it was 195,454."""
    known = balances(d2026_01_01=100_000, d2026_01_16=400_000)
    moves = next_moves(known, NEVER, None, AVERAGE)
    assert [(m.day, m.to_tier, m.basis) for m in moves[1:]] == [(date(2026, 1, 23), "middle", 20_434_782)]


@pytest.mark.parametrize(("first", "drops"), [("d2026_01_01", "2026-02-01"), ("d2026_01_02", "2026-03-01")])
def test_measured_by_the_average_the_month_of_the_first_balance_counts_only_if_it_is_full(
    first: str, drops: str
) -> None:
    known = balances(**{first: 250_000, "d2026_01_05": 60_000})
    assert story(known, AVERAGE)[1:] == [(drops, "basic")]


def test_measured_by_the_average_a_balance_back_in_its_tier_does_not_settle_the_month() -> None:
    known = balances(d2026_01_01=250_000, d2026_02_01=60_000, d2026_02_27=250_000)
    moves = next_moves(known, Standing("middle", date(2026, 1, 1)), date(2026, 2, 28), AVERAGE)
    assert [(move.day, move.to_tier) for move in moves] == [(date(2026, 3, 1), "basic"), (date(2026, 3, 1), "middle")]
