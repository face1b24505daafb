"""Corrections: an event that names an entry says what it should have said, and what it discharged goes with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.contact import CHANNELS, OUTCOMES
from guanhu.domain.errors import NotFound
from guanhu.store.acts import correct_entry, log_visit
from guanhu.tests.store.branch import RM, SUPERVISOR, Branch, contacted, day, log, refusal

JUNE, MAY = "2026-06-10", "2026-05-20"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    found.customer("C1", 250_000)
    yield found
    found.book.close()


def test_a_correction_takes_the_discharge_back(branch: Branch) -> None:
    position = contacted(branch)
    correct_entry(branch.book, position, outcome="no_answer", reason="wrong customer")
    assert branch.status("C1", JUNE, "monthly_contact", "2026-06") == "open"


def test_a_withdrawn_entry_counts_for_nothing_and_leaves_the_log(branch: Branch) -> None:
    position = contacted(branch)
    correct_entry(branch.book, position, withdrawn=True, reason="never happened")
    assert branch.status("C1", JUNE, "monthly_contact", "2026-06") == "open"
    assert log(branch) == []
    assert [(entry.kind, entry.withdrawn) for entry in log(branch, withdrawn=True)] == [("contact", True)]
    with refusal("entry_withdrawn"):
        correct_entry(branch.book, position, note="still", reason="again")


def test_what_a_correction_does_not_name_stays(branch: Branch) -> None:
    position = contacted(branch, note="first", next_on=day("2026-07-01"))
    correct_entry(branch.book, position, on=day(MAY), reason="it was in May")
    (entry,) = log(branch)
    assert (entry.on, entry.outcome, entry.note, entry.next_on) == (
        day(MAY), "reached_success", "first", day("2026-07-01"),
    )  # fmt: skip
    assert branch.status("C1", JUNE, "monthly_contact", "2026-06") == "open"


def test_a_correction_of_a_correction_corrects_the_entry_again(branch: Branch) -> None:
    position = contacted(branch)
    first = correct_entry(branch.book, position, note="one", reason="r").positions[0]
    second = correct_entry(branch.book, first, outcome="replied", reason="r").positions[0]
    third = correct_entry(branch.book, first, channel="wecom", reason="r").positions[0]
    assert second < third
    (entry,) = log(branch)
    assert (entry.position, entry.corrected, entry.note, entry.outcome, entry.channel) == (
        position, third, "one", "replied", "wecom",
    )  # fmt: skip


def test_corrected_companions_count_and_discharge(branch: Branch) -> None:
    branch.customer("C2", 1_500_000, birthday="1970-06-12")
    (position,) = log_visit(branch.book, "C2", [], "reached_success", day(JUNE), staff=RM).positions
    correct_entry(branch.book, position, companions=[SUPERVISOR], reason="forgot the supervisor")
    assert branch.status("C2", JUNE, "birthday_visit", "2026-06-12") == "done"
    assert len(log(branch, staff=SUPERVISOR)) == 1


CORRECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "channel": st.sampled_from(CHANNELS),
        "outcome": st.sampled_from([outcome for outcome in OUTCOMES if outcome not in ("do_not_disturb", "sent")]),
        "on": st.dates(day("2026-01-01"), day(JUNE)),
        "note": st.sampled_from(["", "一", "two"]),
        "next_on": st.dates(day(JUNE), day("2027-01-01")),
    },
).filter(bool)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(CORRECTIONS, min_size=1, max_size=4))
def test_the_entry_stands_as_all_corrections_together_say(branch: Branch, changes: list[dict[str, object]]) -> None:
    expected: dict[str, object] = {
        "channel": "phone", "outcome": "reached_success", "on": day(JUNE), "note": "", "next_on": None,
    }  # fmt: skip
    named = first = contacted(branch)
    for change in changes:
        named = correct_entry(branch.book, named, reason="r", **change).positions[0]  # type: ignore[arg-type]
        expected |= change
    entry = next(entry for entry in log(branch) if entry.position == first)
    assert {name: getattr(entry, name) for name in expected} == expected
    assert entry.corrected == named


def test_a_correction_that_hears_a_wish_sets_the_mark(branch: Branch) -> None:
    position = contacted(branch)
    correct_entry(branch.book, position, outcome="do_not_disturb", reason="misheard")
    assert [name for name, _ in branch.marks("C1")] == ["do_not_disturb"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("reason_missing", {"note": "x", "reason": " "}),
        ("nothing_to_correct", {}),
        ("future_act", {"on": day("2026-06-16")}),
        ("before_the_act", {"next_on": day("2026-06-01")}),
        ("not_of_this_entry", {"companions": [SUPERVISOR]}),
        ("unknown_channel", {"channel": "drum"}),
    ],
)
def test_a_correction_that_can_not_be_so_is_refused(branch: Branch, code: str, change: dict[str, object]) -> None:
    position = contacted(branch)
    with refusal(code):
        correct_entry(branch.book, position, **{"reason": "slip", **change})  # type: ignore[arg-type]


def test_only_entries_of_the_log_are_corrected(branch: Branch) -> None:
    with refusal("unknown_entry", NotFound):
        correct_entry(branch.book, 10_000, note="x", reason="r")
    with refusal("not_an_act"):
        correct_entry(branch.book, 1, note="x", reason="r")
    (visit,) = log_visit(branch.book, "C1", [], "reached_other", day(JUNE), staff=RM).positions
    with refusal("not_of_this_entry"):
        correct_entry(branch.book, visit, channel="phone", reason="r")
