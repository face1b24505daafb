"""The assignment queue names who waits and since when; a plan shares them out evenly and within capacity."""

import re
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.assignment import Owner, fitting_role, replaced_by
from guanhu.domain.balancing import Pool
from guanhu.domain.errors import Refused
from guanhu.domain.responsibility import missing_roles
from guanhu.domain.scheme import Scheme, Tier
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.projections.assignment import seats_on
from guanhu.projections.auto_plan import Plan, plan_auto
from guanhu.store.applying import apply_plan
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.outlets import open_outlet
from guanhu.store.posts import enrol
from guanhu.store.registering import mark
from guanhu.store.schemes import adopt_scheme
from guanhu.tests.store.small_branch import (
    POSTS,
    START,
    TODAY,
    branch,
    day_opened,
    empty_branch,
    queue,
    scheme_text,
    with_customers,
)

SPRING = date(2026, 3, 2)
SCHEME: Scheme = read_scheme(default_scheme_text())


def plan(book: Book, seed: int = 7, outlet: str | None = None, day: date = TODAY) -> Plan:
    with book.reading() as cursor:
        return plan_auto(cursor, outlet, seed, day)


def test_the_queue_says_what_is_missing_and_since_when(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 300_000, "C2": 900_000, "C3": 10, "C4": 100_000})
    assign(book, "C4", "LC", SPRING)
    found = queue(book)
    assert list(found) == ["C2", "C1", "C4"]
    assert (found["C2"].tier, found["C2"].aum_fen, found["C2"].since) == ("affluent", 90_000_000, START)
    assert found["C2"].missing == ("relationship_manager", "rm_supervisor")
    assert (found["C4"].missing, found["C4"].no_system_owner) == ((), True)
    assign(book, "C4", "RM1", SPRING, seat="system")
    assert "C4" not in queue(book)


def test_a_customer_waits_from_the_day_on_which_the_tier_changed(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 100_000})
    assign(book, "C1", "LC", START)
    assign(book, "C1", "RM1", START, seat="system")
    with_customers(book, {"C1": 400_000}, SPRING)
    assert queue(book, SPRING - timedelta(days=1)) == {}
    waiting = queue(book, SPRING)["C1"]
    assert (waiting.since, waiting.aum_fen) == (SPRING, 40_000_000)
    assert waiting.seats.owners == (("LC", "low_counter_teller"),)


def test_the_queue_of_a_day_to_come_knows_the_tiers_to_come(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {"C1": 400_000})
    assign(book, "C1", "RM1", START)
    with_customers(book, {"C1": 60_000}, date(2026, 4, 20))
    day_opened(book, date(2026, 5, 20))
    assert queue(book, date(2026, 5, 31)) == {}
    waiting = queue(book, date(2026, 6, 1))["C1"]
    assert (waiting.tier, waiting.missing) == ("basic", ("low_counter_teller", "vip_counter_teller"))


def test_an_owners_other_post_fills_a_role_too(tmp_path: Path) -> None:
    book = branch(tmp_path)
    enrol(book, "BOTH", "孙二", START, roles=("relationship_manager", "rm_supervisor"))
    with_customers(book, {"C1": 900_000})
    assign(book, "C1", "BOTH", START)
    assert queue(book) == {}


def test_the_closed_do_not_wait_and_outlets_are_kept_apart(tmp_path: Path) -> None:
    book = branch(tmp_path)
    open_outlet(book, "02", "城东支行", START)
    with_customers(book, {"C1": 300_000, "C2": 300_000})
    with_customers(book, {"C3": 300_000}, outlet="02")
    mark(book, "C1", "closed", "销户", SPRING)
    assert queue(book, outlet="01").keys() == {"C2"}
    assert queue(book, outlet="02").keys() == {"C3"}
    assert queue(book).keys() == {"C2", "C3"}
    shared = plan(book)
    assert [placement.customer_no for placement in shared.placements] == ["C2"]
    assert (shared.waiting, shared.left, shared.unfilled) == (2, 1, {"relationship_manager": 1, "system": 1})


def test_a_plan_fills_each_role_of_a_joint_tier_with_somebody_of_its_own(tmp_path: Path) -> None:
    book = branch(tmp_path)
    enrol(book, "BOTH", "孙二", START, roles=("relationship_manager", "rm_supervisor"))
    with_customers(book, {f"C{n}": 900_000 for n in range(9)})
    for placement in plan(book).placements:
        owners = [seat for seat in placement.taken if seat.seat == "owner"]
        assert [seat.role for seat in owners] == ["relationship_manager", "rm_supervisor"]
        assert len({seat.staff_id for seat in owners}) == 2


def test_a_plan_shares_evenly(tmp_path: Path) -> None:
    book = branch(tmp_path)
    with_customers(book, {f"C{n:02}": 300_000 for n in range(20)})
    for n in range(6):
        assign(book, f"C{n:02}", "RM1", START)
    after = {share.staff_id: share.after for share in plan(book).shares if share.role == "relationship_manager"}
    assert after == {"RM1": 10, "RM2": 10}


class Story(NamedTuple):
    """A branch where every post looks after few customers, some of whom have an owner already."""

    customers: list[int]
    owned: list[tuple[int, str]]
    more: list[str]
    capacity: int
    seed: int


STORIES = st.builds(
    Story,
    st.lists(st.sampled_from([20_000, 90_000, 300_000, 900_000, 4_000_000]), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.sampled_from(sorted(POSTS))), max_size=12),
    st.lists(st.sampled_from(sorted(set(POSTS.values()))), max_size=4),
    st.integers(1, 12),
    st.integers(0, 1000),
)


def told(folder: str, story: Story) -> Book:
    book = empty_branch(Path(folder))
    adopt_scheme(book, re.sub(r"capacity = \d+", f"capacity = {story.capacity}", scheme_text(2)), date.min)
    posts = {**POSTS, **{f"X{n}": role for n, role in enumerate(story.more)}}
    for staff, role in posts.items():
        if staff != "OM":
            enrol(book, staff, staff, date.min, roles=(role,))
    with_customers(book, {f"C{n}": yuan for n, yuan in enumerate(story.customers)})
    given_to: Counter[str] = Counter()
    for n, staff in dict.fromkeys((n % len(story.customers), staff) for n, staff in story.owned):
        if SCHEME.role[posts[staff]].owns and given_to[staff] < story.capacity:
            given_to[staff] += 1
            with suppress(Refused):  # who was replaced by now may come again, who owns the customer may not
                assign(book, f"C{n}", staff, START, role=posts[staff])
    return book


def loads(book: Book, day: date) -> Counter[tuple[str, str]]:
    with book.reading() as cursor:
        rows = cursor.execute(
            "SELECT staff, role FROM care WHERE seat = 'owner' AND start <= ? AND end > ?", (day.toordinal(),) * 2
        ).fetchall()
    return Counter(rows)


def owned(book: Book, day: date) -> dict[str, bool]:
    with book.reading() as cursor:
        numbers = dict(cursor.execute("SELECT id, no FROM customer").fetchall())
        seats = seats_on(cursor, list(numbers), day.toordinal())
        return {numbers[cid]: bool(seat.owners) for cid, seat in seats.items()}


@settings(max_examples=15, deadline=None)
@given(STORIES)
def test_a_plan_keeps_within_capacity_repeats_itself_and_takes_nobodys_last_owner(story: Story) -> None:
    with TemporaryDirectory() as folder:
        book = told(folder, story)
        before, waiting = owned(book, TODAY), queue(book)
        first = plan(book, story.seed)
        assert first == plan(book, story.seed)
        assert apply_plan(book, first).passed_over == 0
        now = loads(book, TODAY)
        assert all(count <= story.capacity for count in now.values())
        shares = {(share.staff_id, share.role): share.after for share in first.shares if share.seat == "owner"}
        assert all(now[holder] == after for holder, after in shares.items())
        assert all(owned(book, TODAY)[no] for no, had in before.items() if had)
        still = queue(book)
        assert len(still) == first.left
        assert still.keys() <= waiting.keys()
        book.close()


ROLES = st.sampled_from([role.id for role in SCHEME.roles if role.owns])
OWNERS = st.lists(st.tuples(st.sampled_from("ABCDE"), ROLES), max_size=4)
TIERS = st.sampled_from(SCHEME.tiers)


@given(TIERS, OWNERS, st.sampled_from("ABCDEF"), ROLES)
def test_a_newcomer_never_makes_a_role_missing_that_was_filled(
    tier: Tier, several: list[Owner], staff: str, role: str
) -> None:
    owners = list({name: (name, held) for name, held in several}.values())
    held = {name: frozenset({has}) for name, has in owners}
    held[staff] = held.get(staff, frozenset()) | {role}
    gone = replaced_by(tier, owners, (staff, role), held.__getitem__)
    staying = [*(owner for owner in owners if owner[0] not in gone), (staff, role)]
    before = missing_roles(tier, owners, held.__getitem__)
    assert set(missing_roles(tier, staying, held.__getitem__)) <= set(before)


@pytest.mark.parametrize("tier", SCHEME.tiers, ids=lambda tier: tier.id)
def test_a_post_fits_the_tier_that_names_it(tier: Tier) -> None:
    for role in tier.roles:
        assert fitting_role(SCHEME, tier, frozenset({role})) == role
    assert fitting_role(SCHEME, tier, frozenset({"inspector", "department"})) == ""


LOADS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 10), min_size=1)


@given(st.integers(0, 8), LOADS, st.integers(0, 60))
def test_a_pool_never_widens_the_gap_between_its_holders(capacity: int, start: dict[str, int], customers: int) -> None:
    pool = Pool(capacity, start, Random(3))
    for _ in range(customers):
        found = pool.least()
        if found is None:
            assert capacity
            assert min(pool.loads.values()) >= capacity
            break
        assert pool.loads[found[1]] == min(pool.loads.values())
        pool.add(found[1], 1)
    assert all(not capacity or load <= max(capacity, start[staff]) for staff, load in pool.loads.items())
