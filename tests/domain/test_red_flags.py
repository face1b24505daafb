"""Red flags: what each rule finds, and what it must leave alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.calendar import Calendar
from guanhu.domain.red_flags import calls, density, standing, whose, writing
from guanhu.domain.red_flags.found import Entry, Proof, flag_of, parts_of_key
from guanhu.domain.scheme_file import SchemeInvalid, default_scheme_text, read_scheme
from guanhu.domain.scheme_flags import FLAGS

SCHEME = read_scheme(default_scheme_text())
RULES = SCHEME.flags
CALENDAR = Calendar()
MONTH = date(2026, 10, 1)
DAY = date(2026, 10, 12).toordinal()
"""A working Monday."""
NOON = 1_791_777_600


def entry(position: int = 1, **more: Any) -> Entry:
    """A call that reached customer 1, made and written on `DAY` by A."""
    told: dict[str, Any] = {
        "position": position, "customer": 1, "day": DAY, "kind": "contact", "channel": "phone",
        "outcome": "reached_other", "staff": "A", "companions": (), "seconds": 120,
        "recorded": NOON + position * 600, "recorded_day": DAY, "imported": False, "note": "",
    }  # fmt: skip
    return Entry(**told | more)


def positions(found: Any) -> list[tuple[int, ...]]:
    return [each.positions for each in found]


# ---------------------------------------------------------------- when it was written
@given(st.integers(0, 60))
def test_an_entry_is_late_from_the_day_after_the_threshold(days: int) -> None:
    rule = RULES.late_writing
    assert rule is not None
    found = list(writing.late_writing([entry(recorded_day=DAY + days)], rule))
    assert [each.measured for each in found] == ([{"days": days}] if days > rule.days else [])


def test_what_came_in_a_file_was_not_written_late() -> None:
    assert RULES.late_writing
    assert not list(writing.late_writing([entry(recorded_day=DAY + 30, imported=True)], RULES.late_writing))


def month(late: int, even: int) -> list[Entry]:
    """Entries of October, so many written in its last three working days (28 to 30), so many in its middle."""
    end = date(2026, 10, 29).toordinal()
    return [entry(n, recorded_day=end) for n in range(late)] + [entry(100 + n) for n in range(even)]


@pytest.mark.parametrize(("late", "even", "found"), [(12, 3, 1), (9, 6, 1), (8, 6, 0), (10, 1, 0)])
def test_a_month_written_at_its_end_is_told(late: int, even: int, found: int) -> None:
    assert RULES.month_end_burst
    told = list(writing.month_end_burst(month(late, even), RULES.month_end_burst, CALENDAR, [MONTH]))
    assert len(told) == found
    if found:
        assert (told[0].measured["entries"], told[0].measured["of"]) == (late, late + even)
        assert told[0].day == date(2026, 10, 31).toordinal()


@pytest.mark.parametrize(("days", "written", "found"), [(0, 31, 0), (1, 30, 1), (2, 29, 1), (2, 28, 0), (40, 2, 1)])
def test_the_last_working_days_are_those_of_the_calendar(days: int, written: int, found: int) -> None:
    assert RULES.month_end_burst
    rule = msgspec.structs.replace(RULES.month_end_burst, working_days=days)
    made = [entry(n, day=MONTH.toordinal(), recorded_day=date(2026, 10, written).toordinal()) for n in range(12)]
    assert len(list(writing.month_end_burst(made, rule, CALENDAR, [MONTH]))) == found


def test_messages_to_many_are_no_burst() -> None:
    assert RULES.month_end_burst
    sent = [entry(n, channel="message", outcome="sent", recorded_day=DAY + 17) for n in range(40)]
    assert not list(writing.month_end_burst(sent, RULES.month_end_burst, CALENDAR, [MONTH]))


def test_what_was_written_before_an_inspection_is_told_of_whom_it_is_about() -> None:
    assert RULES.month_end_burst
    opened = DAY + 20
    own = [entry(n, day=DAY + 1, recorded_day=opened - 2) for n in range(14)]
    for staff, found in ((None, 1), (frozenset("A"), 1), (frozenset("B"), 0)):
        inspection = writing.Inspection(opened, staff)
        assert len(list(writing.inspection_burst(own, RULES.month_end_burst, [inspection]))) == found


# ---------------------------------------------------------------- density
@given(st.integers(1, 9), st.booleans())
def test_more_visits_than_a_day_has_room_for(visits: int, along: bool) -> None:
    rule = RULES.impossible_density
    assert rule
    more = {"staff": "B", "companions": ("A",)} if along else {}
    made = [entry(n, customer=n, kind="visit", channel="", **more) for n in range(visits)]
    found = [each for each in density.too_many_visits(made, rule) if each.staff == "A"]
    assert len(found) == (visits > rule.visits)


def test_one_customer_seen_many_times_is_one_visit() -> None:
    assert RULES.impossible_density
    made = [entry(n, kind="visit", channel="") for n in range(9)]
    assert not list(density.too_many_visits(made, RULES.impossible_density))


@pytest.mark.parametrize(
    ("apart", "seconds", "count", "found"), [(10, 120, 4, 1), (10, 120, 3, 0), (10, 5, 4, 0), (30, 120, 4, 0)]
)
def test_calls_that_claim_more_time_than_there_was(apart: int, seconds: int, count: int, found: int) -> None:
    assert RULES.impossible_density
    made = [entry(n, recorded=NOON + n * apart, seconds=seconds) for n in range(count)]
    told = list(density.too_close_calls(made, RULES.impossible_density))
    assert len(told) == found
    assert all(each.positions == tuple(range(count)) for each in told)


# ---------------------------------------------------------------- calls and evidence
def test_a_short_call_is_told_by_the_entry_or_by_evidence() -> None:
    rule = RULES.short_call
    assert rule
    made = [entry(1, seconds=5), entry(2, seconds=90), entry(3, seconds=4, outcome="no_answer"), entry(4, seconds=None)]
    proofs = {2: [Proof(9, 2, 6, None)]}
    assert positions(calls.short_calls(made, proofs, rule)) == [(1,), (2, 9)]


@pytest.mark.parametrize(
    ("seconds", "reached", "found"), [(41, True, 1), (200, True, 0), (None, False, 1), (None, None, 0), (145, None, 0)]
)
def test_evidence_contradicts_only_where_it_says_otherwise(
    seconds: int | None, reached: bool | None, found: int
) -> None:
    assert RULES.contradicted
    proofs = {1: [Proof(9, 1, seconds, reached)]}
    assert len(list(calls.contradicted([entry(1, seconds=290)], proofs, RULES.contradicted))) == found


def test_evidence_of_a_call_that_reached_nobody_contradicts_no_such_entry() -> None:
    assert RULES.contradicted
    proofs = {1: [Proof(9, 1, None, False)]}
    assert not list(calls.contradicted([entry(1, outcome="no_answer")], proofs, RULES.contradicted))


# ---------------------------------------------------------------- whose act, and when
def off(entries: Sequence[Entry], *, away: bool = False, birthday: bool = False) -> list[str]:
    assert RULES.day_off
    found = whose.day_off(entries, RULES.day_off, CALENDAR, lambda *_: away, lambda *_: birthday)
    return [each.details["which"] for each in found]


def test_a_short_call_is_short_whoever_made_it_and_however_it_came() -> None:
    assert RULES.short_call
    made = [entry(1, seconds=3, staff=""), entry(2, seconds=3, imported=True), entry(3, seconds=300, imported=True)]
    found = list(calls.short_calls(made, {}, RULES.short_call))
    assert [(each.staff, each.positions) for each in found] == [("", (1,)), ("A", (2,))]


@pytest.mark.parametrize(("count", "whole", "found"), [(standing.TOGETHER, True, 1), (3, True, 3), (25, False, 25)])
def test_a_tier_that_nobody_of_an_outlet_looks_after_is_told_once(count: int, whole: bool, found: int) -> None:
    assert RULES.ownerless
    unowned = [standing.Unowned(n, f"C{n}", "mass", DAY - 40 - n, "01", whole) for n in range(count)]
    told = list(standing.ownerless(unowned, DAY, RULES.ownerless))
    assert len(told) == found
    if found == 1:
        assert (told[0].subject, told[0].measured) == ("01:mass", {"customers": count, "days": 40})


def test_an_entry_contradicted_by_several_pieces_is_one_finding() -> None:
    assert RULES.contradicted
    proofs = {1: [Proof(7, 1, 20, None), Proof(8, 1, None, False), Proof(9, 1, 9, None)]}
    (found,) = calls.contradicted([entry(1, seconds=290)], proofs, RULES.contradicted)
    assert found.positions == (1, 7, 8, 9)
    assert found.measured == {"reached": 0, "seconds": 9, "claimed_seconds": 290}


def test_an_act_on_a_day_off_is_told_but_not_on_a_shifted_working_saturday() -> None:
    saturday, worked = (date(2026, 10, n).toordinal() for n in (17, 10))
    assert off([entry(day=saturday)]) == ["day_off"]
    assert off([entry(day=worked), entry()]) == []
    assert off([entry()], away=True) == ["leave"]
    assert off([entry(day=saturday, outcome="sent", channel="message")]) == []


def test_a_visit_before_a_birthday_has_its_day() -> None:
    visit = entry(day=date(2026, 10, 17).toordinal(), kind="visit", channel="")
    assert off([visit], birthday=True) == []
    assert off([visit], birthday=True, away=True) == ["leave"]
    assert off([entry(day=visit.day)], birthday=True) == ["day_off"]


def test_only_who_reached_a_customer_must_answer_for_them() -> None:
    made = [entry(1), entry(2, channel="counter"), entry(3, outcome="no_answer"), entry(4, staff="B")]
    assert positions(whose.not_responsible(made, lambda e: e.staff == "B")) == [(1,)]


def test_others_must_have_done_most_of_enough() -> None:
    assert RULES.acted_by_others
    months = [whose.Month("A", DAY, 10, 8), whose.Month("B", DAY, 20, 8), whose.Month("C", DAY, 7, 7)]
    found = list(whose.acted_by_others(months, RULES.acted_by_others, lambda _month: (1,)))
    assert [(each.staff, each.measured["percent"]) for each in found] == [("A", 80)]


# ---------------------------------------------------------------- how the book stands
def test_waivers_are_counted_by_person_and_day() -> None:
    assert RULES.bulk_waivers
    made = [standing.Waiver(n, "A", DAY) for n in range(5)] + [standing.Waiver(9 + n, "B", DAY + n) for n in range(5)]
    assert positions(standing.bulk_waivers(made, RULES.bulk_waivers)) == [(0, 1, 2, 3, 4)]


def test_an_owner_at_capacity_is_not_over_it() -> None:
    assert RULES.over_capacity
    found = standing.over_capacity({"A": 40, "B": 41, "C": 9}, {"A": 40, "B": 40, "C": 0}, DAY, RULES.over_capacity)
    assert [each.staff for each in found] == ["B"]


# ---------------------------------------------------------------- the scheme and the keys
def test_the_shipped_scheme_states_every_flag() -> None:
    assert all(getattr(RULES, id_) is not None for id_ in FLAGS)


def test_a_scheme_that_says_nothing_of_flags_looks_for_none() -> None:
    text = default_scheme_text()
    older = read_scheme(text[: text.index("[flags.")])
    assert [getattr(older.flags, id_) for id_ in FLAGS] == [None] * len(FLAGS)


@pytest.mark.parametrize("line", ["days = 0", "day = 7", "weight = 2", "weight = 0\ndays = 7", "days = '7'"])
def test_a_flag_that_is_not_stated_well_is_refused_with_its_line(line: str) -> None:
    text = default_scheme_text()
    text = text[: text.index("[flags.")] + f"[flags.late_writing]\n{line}\n"
    with pytest.raises(SchemeInvalid) as refused:
        read_scheme(text)
    assert all(problem.line and problem.key.startswith("flags.late_writing") for problem in refused.value.problems)


def test_a_key_names_flag_day_and_subject() -> None:
    assert RULES.late_writing
    found = next(writing.late_writing([entry(7, recorded_day=DAY + 9)], RULES.late_writing))
    flag = flag_of("late_writing", RULES.late_writing, found, "C1")
    assert flag.key == "late_writing:2026-10-12:7"
    assert (flag.weight, flag.threshold) == (2, {"days": 7})
    assert parts_of_key(flag.key) == ("late_writing", date(2026, 10, 12), "7")
    assert parts_of_key("late_writing:soon:7") is None


# ---------------------------------------------------------------- visits at once
def visit(position: int, began: int | None, minutes: int | None, **more: Any) -> Entry:
    """A visit of A on `DAY`, to a customer of its own, from a minute of the day on."""
    seconds = None if minutes is None else minutes * 60
    told = {"kind": "visit", "channel": "", "customer": position, "began": began, "seconds": seconds}
    return entry(position, **told | more)


@given(st.integers(0, 120), st.integers(1, 90))
def test_visits_overlap_from_the_threshold_on(later: int, minutes: int) -> None:
    rule = RULES.overlapping_visits
    assert rule is not None
    shared = min(60, later + minutes) - later
    found = list(density.overlapping_visits([visit(1, 600, 60), visit(2, 600 + later, minutes)], rule))
    told = [each.measured for each in found]
    assert told == ([{"visits": 2, "overlap_minutes": shared}] if shared >= rule.minutes else [])


@pytest.mark.parametrize(
    "second",
    [
        visit(2, 660, 60),  # begins as the first ends
        visit(2, None, 60), visit(2, 600, None),  # does not say when, or how long
        visit(2, 600, 60, customer=1),  # the same visit, written by both who went
        visit(2, 600, 60, staff="B"), visit(2, 600, 60, day=DAY + 1),
        visit(2, 600, 60, kind="contact", channel="phone"),
    ],
)  # fmt: skip
def test_what_is_no_second_visit_at_once_is_left_alone(second: Entry) -> None:
    assert RULES.overlapping_visits
    assert not list(density.overlapping_visits([visit(1, 600, 60), second], RULES.overlapping_visits))


def test_who_went_along_was_there_too_and_what_hangs_together_is_told_once() -> None:
    assert RULES.overlapping_visits
    visits = [visit(4, 630, 60), visit(1, 600, 60, staff="B", companions=("A",)), visit(9, 670, 60), visit(7, 900, 60)]
    found = list(density.overlapping_visits(visits, RULES.overlapping_visits))
    assert [(each.staff, each.positions, each.measured) for each in found] == [
        ("A", (1, 4, 9), {"visits": 3, "overlap_minutes": 30})
    ]
