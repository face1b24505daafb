"""A filtered list holds exactly the customers that its words say, on any date, in the order asked for."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.contact import REACHED
from guanhu.domain.customer import PersonalData
from guanhu.domain.figure_rules import near_percent
from guanhu.domain.lunar import lunar_birthdays_in
from guanhu.domain.pinyin import initials, spelled
from guanhu.projections.browse_choices import choices, usual
from guanhu.projections.browse_rows import CustomerRow, customer_rows, numbers_of
from guanhu.projections.browsing import NEVER, Browse, Sort, browse
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.store.acts import log_contact
from guanhu.store.affairs import end_product, hold_product, make_promise
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.outlets import open_outlet
from guanhu.store.posts import enrol
from guanhu.store.registering import mark, register_many, tag
from guanhu.tests.books import a_book, day, stated

TODAY = date(2026, 11, 24)
TIERS = ["", "mass", "basic", "middle", "affluent", "wealth"]
"""Those of the default scheme, from low to high."""
PEOPLE = {
    "C001": ("张伟", "01", {"birthday": "1980-11-03", "phone": "13800138001"}),
    "C002": ("李娜", "01", {"lunar_birthday": "10-15", "phone": "13900139002"}),
    "C003": ("王秀英", "02", {"birthday": "1970-02-14"}),
    "C004": ("曾志强", "02", {}),
    "C005": ("张敏", "01", {"birthday": "1991-11-30"}),
    "C006": ("", "01", {}),
    "D007": ("欧阳修", "02", {"phone": "13700138001"}),
}
BALANCES = {
    "2026-03-02": {"C001": 60_000, "C002": 480_000, "C003": 900, "C005": 190_000},
    "2026-08-31": {"C001": 45_000, "C002": 510_000, "C003": 41_000, "D007": 3_100_000},
    "2026-11-20": {"C001": 170_000, "C005": 20_000, "D007": 2_900_000},
}
TAGS = (("C001", "房贷客户"), ("C005", "房贷客户"), ("D007", "企业主"))
MARKED = {"do_not_disturb": {"C003": "2026-05-01"}, "prospect": {"C004": "2026-07-10"}}
PRODUCTS = {
    "C001": ("2026-01-05", "2026-12-01", ""),
    "C002": ("2026-03-01", "2026-11-30", "2026-08-01"),
    "C005": ("2026-06-01", "", ""),
    "D007": ("2026-02-10", "2026-05-20", ""),
}
"""Customers by the day their product was opened, matures, and was ended before its time; "" where there is none."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Seven customers of two outlets, looked after by two people; one has no balance, one no name."""
    made = a_book(tmp_path_factory.mktemp("browsing"))
    open_outlet(made, "02", "二支行", day("2026-01-01"))
    enrol(made, "R1", "王丽", day("2026-01-01"), roles=("relationship_manager",), outlet="01")
    enrol(made, "R2", "刘洋", day("2026-01-01"), roles=("relationship_manager",), outlet="02")
    with made.writing() as w:
        people = [(no, outlet, PersonalData(name, facts)) for no, (name, outlet, facts) in PEOPLE.items()]
        register_many(w, "registration", people, day("2026-01-02"))
    for on, balances in BALANCES.items():
        stated(made, on, balances)
    for no, staff, on in (("C001", "R1", "2026-03-03"), ("C002", "R1", "2026-03-05"), ("D007", "R2", "2026-09-01")):
        assign(made, no, staff, day(on), role="relationship_manager")
    for no, outcome, on in (
        ("C001", "reached_success", "2026-06-01"), ("C001", "no_answer", "2026-11-20"),
        ("D007", "replied", "2026-10-30"), ("C005", "reached_other", "2026-11-01"),
    ):  # fmt: skip
        log_contact(made, no, "phone", outcome, day(on), staff="R1")
    make_promise(made, "C005", "寄账单", day("2026-11-10"), day("2026-11-01"), staff="R1")
    mark(made, "C003", "do_not_disturb", "不愿接电话", day("2026-05-01"))
    mark(made, "C004", "prospect", "代发工资", day("2026-07-10"))
    for no, text in TAGS:
        tag(made, no, text, TODAY, add=True)
    for no, (opened, matures, ended) in PRODUCTS.items():
        hold_product(
            made, no, "定期", 5_000_000, day(opened), matures_on=day(matures) if matures else None, product_no=no
        )
        if ended:
            end_product(made, no, no, day(ended))
    yield made
    made.close()


def numbers(book: Book, asked: Browse, on: date = TODAY) -> list[str]:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        return numbers_of(cursor, browse(cursor, policy, book.calendar, on, asked))


def rows(book: Book, on: date = TODAY) -> dict[str, CustomerRow]:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        ids = browse(cursor, policy, book.calendar, on, Browse())
        return {row.customer_no: row for row in customer_rows(cursor, policy, book.calendar, on, ids)}


# ---------------------------------------------------------------- what is typed
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C00", {"C001", "C002", "C003", "C004", "C005", "C006"}),
        ("张", {"C001", "C005"}),
        ("zw", {"C001"}),
        ("zhang", {"C001", "C005"}),
        ("138001", {"C001", "D007"}),
        ("修", {"D007"}),
        ("007", {"D007"}),
        ("nobody", set()),
        ("  ", {"C001", "C002", "C003", "C004", "C005", "C006", "D007"}),
    ],
)
def test_a_customer_is_found_by_number_name_pinyin_initials_and_phone_tail(
    book: Book, text: str, found: set[str]
) -> None:
    assert set(numbers(book, Browse(text=text))) == found


@pytest.mark.parametrize("text", ["zhang", "张伟", "z", "138001", "C0", "13800138001", "李", "修", "l"])
@pytest.mark.parametrize("owner", ["R1", "R2"])
def test_a_text_finds_the_same_among_ones_own_as_in_the_whole_book(book: Book, text: str, owner: str) -> None:
    own, every = numbers(book, Browse(owner=owner)), numbers(book, Browse(text=text))
    assert numbers(book, Browse(text=text, owner=owner)) == [no for no in own if no in every]


# ---------------------------------------------------------------- the words of each filter
days = st.dates(date(2026, 2, 1), date(2026, 12, 15))
filters = st.builds(
    Browse,
    tiers=st.sampled_from([(), ("",), ("basic",), ("middle", "affluent"), ("wealth",)]),
    owner=st.sampled_from(["", "R1", "R2"]),
    outlet=st.sampled_from(["", "01", "02"]),
    near=st.booleans(),
    overdue=st.booleans(),
    neglected_days=st.sampled_from([0, 30, 90, 365, NEVER]),
    birthday_month=st.sampled_from([0, 2, 11]),
    aum_from=st.sampled_from([None, None, 0, 90_000, 17_000_000, 290_000_000]),
    aum_to=st.sampled_from([None, None, 90_000, 6_000_000, 290_000_001]),
    matures_days=st.sampled_from([0, 0, 0, 7, 30, 365]),
    mark=st.sampled_from(["", "", "", "do_not_disturb", "prospect", "deceased"]),
    tag=st.sampled_from(["", "", "", "房贷客户", "nobody's"]),
    sort=st.sampled_from(get_args(Sort)),
    back=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(asked=filters, on=days)
def test_a_filter_keeps_exactly_those_of_whom_its_words_are_true(book: Book, asked: Browse, on: date) -> None:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        scheme = policy.on(on)
        every = rows(book, on)

        def true_of(row: CustomerRow) -> bool:
            step = scheme.rank.get(row.tier, 0)
            above = scheme.floors[step] if step < len(scheme.floors) else None
            near = (
                row.tier is not None and row.aum_fen is not None and above is not None
                and row.aum_fen < above and row.aum_fen * 100 >= above * (100 - near_percent(scheme))
            )  # fmt: skip
            late = duty_list(
                cursor, policy, book.calendar, on, Asked(customer_no=row.customer_no, statuses=("overdue",))
            ).total
            quiet = row.reached_on is None or (on - row.reached_on).days >= asked.neglected_days
            opened, matures, ended = PRODUCTS.get(row.customer_no, ("", "", ""))
            matured = (
                bool(matures) and day(opened) <= on <= day(matures) <= on + timedelta(days=asked.matures_days)
                and not (ended and day(ended) <= on)
            )  # fmt: skip
            since = MARKED.get(asked.mark, {}).get(row.customer_no)
            facts = PEOPLE[row.customer_no][2]
            months = {facts["birthday"][5:7]} if "birthday" in facts else set()
            if "lunar_birthday" in facts:
                months = {f"{each:%m}" for each in lunar_birthdays_in(on.year, facts["lunar_birthday"])}
            return (
                (not asked.tiers or (row.aum_fen is not None and (row.tier or "") in asked.tiers))
                and (not asked.owner or asked.owner in (*row.owners, row.system_owner))
                and (not asked.outlet or asked.outlet == row.outlet)
                and (not asked.near or near)
                and (not asked.overdue or late > 0)
                and (not asked.neglected_days or quiet)
                and (not asked.birthday_month or f"{asked.birthday_month:02d}" in months)
                and (asked.aum_from is None or (row.aum_fen is not None and row.aum_fen >= asked.aum_from))
                and (asked.aum_to is None or (row.aum_fen is not None and row.aum_fen < asked.aum_to))
                and (not asked.matures_days or matured)
                and (not asked.mark or (since is not None and day(since) <= on))
                and (not asked.tag or (row.customer_no, asked.tag) in TAGS)
            )

        assert set(numbers(book, asked, on)) == {no for no, row in every.items() if true_of(row)}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Browse(aum_from=4_100_000, aum_to=17_000_000), {"C003"}),
        (Browse(aum_from=17_000_000), {"C001", "C002", "D007"}),
        (Browse(aum_to=2_000_001), {"C005"}),
        (Browse(matures_days=7), {"C001"}),
        (Browse(matures_days=6), set()),
        (Browse(mark="prospect"), {"C004"}),
        (Browse(tag="房贷客户"), {"C001", "C005"}),
        (Browse(neglected_days=NEVER), {"C002", "C003", "C004", "C006"}),
    ],
)
def test_amounts_products_marks_and_tags_narrow(book: Book, asked: Browse, found: set[str]) -> None:
    assert set(numbers(book, asked)) == found


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("sort", get_args(Sort))
def test_the_order_is_that_of_the_column_and_without_a_balance_comes_last(book: Book, sort: str, back: bool) -> None:
    every = rows(book)
    found = [every[no] for no in numbers(book, msgspec.convert({"sort": sort, "back": back}, Browse))]
    orders: dict[str, list[Any]] = {
        "aum": [row.aum_fen for row in found if row.aum_fen is not None],
        "number": [row.customer_no for row in found],
        "name": [spelled(row.name) for row in found if row.name],
        "reached": [row.reached_on for row in found if row.reached_on],
        "tier": [TIERS.index(row.tier or "") for row in found if row.aum_fen is not None],
    }  # fmt: skip
    keys = orders[sort]
    assert keys == sorted(keys, reverse=back)
    if sort in ("aum", "tier"):
        assert [row.customer_no for row in found[-2:]] == ["C004", "C006"]


# ---------------------------------------------------------------- the rows
def test_a_row_tells_of_the_day_asked_about(book: Book) -> None:
    then, now = rows(book, date(2026, 7, 1))["C001"], rows(book)["C001"]
    assert (then.aum_fen, then.reached_on) == (6_000_000, date(2026, 6, 1))
    assert (now.aum_fen, now.reached_on, now.owners) == (17_000_000, date(2026, 6, 1), ("R1",))
    assert now.to_next_fen == 3_000_000
    assert rows(book)["C003"].marks == ("do_not_disturb",)
    assert rows(book)["C002"].lunar


def test_an_attempt_that_reached_nobody_is_no_contact(book: Book) -> None:
    assert "no_answer" not in REACHED
    assert "C001" in numbers(book, Browse(neglected_days=30))


def test_the_promise_past_its_date_makes_its_customer_overdue(book: Book) -> None:
    assert "C005" in numbers(book, Browse(overdue=True))
    assert "C005" not in numbers(book, Browse(overdue=True), date(2026, 11, 9))
    assert rows(book)["C005"].overdue > 0


def test_one_looks_first_at_ones_own_customers_and_else_at_ones_outlet(book: Book) -> None:
    enrol(book, "T9", "陈晨", day("2026-01-01"), roles=("low_counter_teller",), outlet="02")
    with book.reading() as cursor:
        assert usual(cursor, TODAY, "R1") == Browse(owner="R1")
        assert usual(cursor, TODAY, "T9") == Browse(outlet="02")
        assert usual(cursor, TODAY, "nobody") == Browse()
        policy = policy_of(cursor)
        assert policy is not None
        found = choices(cursor, policy.on(TODAY), TODAY, "R2")
    assert found.tiers == (*reversed(TIERS[1:]), "")
    assert found.floors == tuple(policy.on(TODAY).floors)
    assert found.tags == tuple(sorted({text for _no, text in TAGS}))
    assert found.staff == ("R2", "R1")
    assert found.outlet == "02"


def test_initials_are_those_of_the_search(book: Book) -> None:
    assert numbers(book, Browse(text=initials("曾志强"))) == ["C004"]
