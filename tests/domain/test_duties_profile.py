"""Duties about what the bank knows: profile, profile_full; and customers who owe the tiers nothing (SCHEMES.md 1)."""

import pytest

from guanhu.tests.domain.given import LOW, POSTS, RM, SUPERVISOR, TELLER, a_customer, cared_for, iso

BASIC = a_customer(60_000, since="2026-01-05")
MIDDLE = a_customer(200_000, since="2026-01-05")


# ---------------------------------------------------------------- profile
@pytest.mark.parametrize(
    ("yuan", "owed"), [(None, False), (999, False), (49_999.99, False), (50_000, True), (3_000_000, True)]
)
def test_profile_is_owed_from_50_000_on(yuan: float | None, owed: bool) -> None:
    assert (a_customer(yuan).status("profile", "2026-01-05") == "open") is owed


def test_profile_follows_the_balance_of_the_day() -> None:
    moved = BASIC.balance("2026-02-10", 49_999).balance("2026-02-20", 50_000)
    assert moved.statuses("profile", "2026-02-09", "2026-02-10", "2026-02-19", "2026-02-20") == [
        "open", None, None, "open",
    ]  # fmt: skip


@pytest.mark.parametrize("yuan", [None, 500, 5_000])
def test_profile_is_owed_to_prospects_whatever_they_keep(yuan: float | None) -> None:
    prospect = a_customer(yuan).marked("prospect", "2026-02-01", "2026-03-01")
    assert prospect.statuses("profile", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01") == [
        None, "open", "open", None,
    ]  # fmt: skip


def test_profile_has_no_due_date_and_never_is_late() -> None:
    assert BASIC.dates("profile", "2026-02-01") == ("2026-01-05", None)
    assert BASIC.statuses("profile", "2026-01-05", "2036-01-05") == ["open", "open"]


def test_profile_is_done_when_the_last_of_its_three_facts_is_known() -> None:
    part = BASIC.known("2026-01-10", "birthday").known("2026-01-20", "address")
    assert part.status("profile", "2026-02-01") == "open"
    whole = part.known("2026-01-30", "phone")
    assert whole.statuses("profile", "2026-01-29", "2026-01-30", "2026-12-31") == ["open", "done", "done"]


def test_a_lunar_birthday_completes_the_profile() -> None:
    lunar = BASIC.born_by_the_moon("08-15", known="2026-01-10").known("2026-01-10", "address", "phone")
    assert lunar.status("profile", "2026-01-10") == "done"


def test_contacts_do_not_complete_a_profile() -> None:
    assert BASIC.contacted("2026-01-10").visited("2026-01-11", "x").status("profile", "2026-01-12") == "open"


def test_profile_is_not_raised_where_all_is_known_before() -> None:
    assert BASIC.known("2025-01-01", "birthday", "address", "phone").status("profile", "2026-02-01") is None


def test_profile_comes_back_when_a_fact_is_taken_back() -> None:
    assert BASIC.known("2026-01-10", "address", "phone").status("profile", "2026-02-01") == "open"


@pytest.mark.parametrize(
    ("yuan", "roles"),
    [
        (50_000, ("high_counter_teller",)),
        (99_999.99, ("high_counter_teller",)),
        (100_000, ("low_counter_teller", "vip_counter_teller")),
        (199_999.99, ("low_counter_teller", "vip_counter_teller")),
        (200_000, ()),
    ],
)
def test_profile_names_the_tellers_of_its_bands(yuan: float, roles: tuple[str, ...]) -> None:
    customer = a_customer(yuan)
    scheme = customer.rules.adopted[0][1]
    assert scheme.duty["profile"].by[customer.the("profile", "2026-01-05").by].roles == roles


def test_profile_is_owed_by_the_owner_whatever_the_post() -> None:
    assert BASIC.owers("profile", "2026-01-05", cared_for(LOW), POSTS) == ("low",)
    assert a_customer(150_000).owers("profile", "2026-01-05", cared_for(RM), POSTS) == ("rm",)
    assert BASIC.owers("profile", "2026-01-05", cared_for(), POSTS) == ("manager",)


def test_a_change_of_band_does_not_begin_the_profile_anew() -> None:
    assert BASIC.balance("2026-02-10", 150_000).dates("profile", "2026-02-15") == ("2026-01-05", None)


# ---------------------------------------------------------------- profile_full
@pytest.mark.parametrize(("yuan", "owed"), [(199_999.99, False), (200_000, True), (600_000, True), (9_000_000, True)])
def test_profile_full_is_owed_to_middle_and_up(yuan: float, owed: bool) -> None:
    assert (a_customer(yuan).status("profile_full", "2026-01-05") == "open") is owed


def test_profile_full_is_due_30_days_after_entering_the_tier() -> None:
    assert MIDDLE.dates("profile_full", "2026-01-10") == ("2026-01-05", "2026-02-04")
    assert MIDDLE.statuses("profile_full", "2026-02-04", "2026-02-05", "2026-03-06", "2026-03-07") == [
        "open", "overdue", "overdue", "missed",
    ]  # fmt: skip


def test_profile_full_is_complete_at_60() -> None:
    assert MIDDLE.scored("2026-01-10", 59).status("profile_full", "2026-01-20") == "open"
    assert MIDDLE.scored("2026-01-10", 59).scored("2026-01-15", 60).statuses(
        "profile_full", "2026-01-14", "2026-01-15"
    ) == ["open", "done"]


def test_profile_full_is_not_raised_for_a_file_that_is_full() -> None:
    assert MIDDLE.scored("2026-01-05", 60).status("profile_full", "2026-01-20") is None


def test_profile_full_is_raised_once_while_the_customer_stays_middle_or_above() -> None:
    risen = MIDDLE.balance("2026-01-20", 600_000)
    assert risen.dates("profile_full", "2026-01-25") == ("2026-01-05", "2026-02-04")


def test_profile_full_is_raised_again_when_the_customer_comes_back() -> None:
    back = MIDDLE.balance("2026-01-31", 60_000).fell_to("basic", "2026-03-01").balance("2026-05-06", 300_000)
    assert back.status("profile_full", "2026-04-01") is None
    assert back.dates("profile_full", "2026-05-06") == ("2026-05-06", "2026-06-05")


def test_profile_full_falls_to_the_relationship_manager() -> None:
    assert MIDDLE.owers("profile_full", "2026-01-10", cared_for(RM), POSTS) == ("rm",)
    assert MIDDLE.owers("profile_full", "2026-01-10", cared_for(SUPERVISOR), POSTS) == ("system",)
    assert MIDDLE.owers("profile_full", "2026-01-10", cared_for(TELLER, system=None), POSTS) == ("manager",)


# ---------------------------------------------------------------- nobody's customers
def test_untiered_customers_are_owed_nothing() -> None:
    untiered = (
        a_customer(999, "2026-01-05")
        .born("1980-02-10")
        .contacted("2026-01-06")
        .given_to("rm", "2026-02-01")
        .holds("P1", "2026-01-05", "2026-02-10")
        .event("wedding", "2026-02-08")
    )
    assert [untiered.undone(f"2026-02-{n:02d}") for n in range(1, 29)] == [set()] * 28


def test_prospects_of_no_tier_are_owed_a_profile_only() -> None:
    prospect = (
        a_customer(999, "2026-01-05")
        .marked("prospect", "2026-01-05")
        .born("1980-02-10")
        .contacted("2026-01-06")
        .given_to("rm", "2026-02-01")
        .holds("P1", "2026-01-05", "2026-02-10")
        .event("wedding", "2026-02-08")
    )
    assert [prospect.undone(f"2026-02-{n:02d}") for n in range(1, 29)] == [{"profile"}] * 28


def test_a_customer_without_any_balance_is_owed_nothing() -> None:
    assert a_customer().obligations() == []
    assert iso(None) is None
