"""Who may inspect and answer, and what may follow what (SCHEMES.md 1: who maintains should not inspect)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.inspection import (
    FindingState,
    Scope,
    check_answering,
    check_awaits_answer,
    check_awaits_judgement,
    check_closing,
    check_inspector,
    check_unsettled,
    sees_finding,
    sees_sample,
    state_of,
)

SCOPE = Scope("entries", "01", "S1", date(2026, 7, 1), date(2026, 9, 30))


def code(act: object, *arguments: object) -> str:
    """The code of a refusal, "" where there is none."""
    try:
        act(*arguments)  # type: ignore[operator]
    except Refused as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("staff", "posts", "outlets", "in_care", "refused"),
    [
        ("I", [("inspector", "01")], {"01"}, 0, ""),
        ("D", [("department", "01")], {"01"}, 0, ""),
        ("R", [("relationship_manager", "02")], {"01"}, 0, "not_inspector"),
        ("I", [], {"01"}, 0, "not_inspector"),
        ("S1", [("inspector", "01")], {"01"}, 0, "inspects_self"),
        ("I", [("inspector", "01"), ("outlet_manager", "01")], {"01"}, 0, "inspects_own_outlet"),
        ("I", [("inspector", "01"), ("outlet_manager", "02")], {"01"}, 0, ""),
        ("I", [("inspector", "01"), ("outlet_manager", "02")], set(), 0, "inspects_own_outlet"),
        ("I", [("inspector", "01")], {"01"}, 3, "inspects_own"),
    ],
)
def test_who_maintains_does_not_inspect(
    staff: str, posts: list[tuple[str, str]], outlets: set[str], in_care: int, refused: str
) -> None:
    assert code(check_inspector, staff, posts, SCOPE, outlets, in_care) == refused


@pytest.mark.parametrize(
    ("staff", "posts", "concerned", "outlet", "refused"),
    [
        ("M", [("outlet_manager", "01")], "S1", "01", ""),
        ("M", [("outlet_manager", "02")], "S1", "01", "not_to_answer"),
        ("M", [("outlet_manager", "02")], "", "", ""),
        ("S1", [("relationship_manager", "01")], "S1", "01", ""),
        ("S2", [("relationship_manager", "01")], "S1", "01", "not_to_answer"),
        ("", [], "", "01", "not_to_answer"),
        ("I", [("inspector", "01")], "S1", "01", "not_to_answer"),
    ],
)
def test_the_outlets_manager_or_whom_it_concerns_answers(
    staff: str, posts: list[tuple[str, str]], concerned: str, outlet: str, refused: str
) -> None:
    assert code(check_answering, staff, posts, 1, concerned, outlet) == refused


@pytest.mark.parametrize(
    ("state", "answer", "judge", "withdraw"),
    [
        ("raised", "", "finding_unanswered", ""),
        ("answered", "finding_answered", "", ""),
        ("sent_back", "", "finding_unanswered", ""),
        ("accepted", "finding_settled", "finding_settled", "finding_settled"),
        ("withdrawn", "finding_settled", "finding_settled", "finding_settled"),
    ],
)
def test_an_answer_is_judged_before_the_next(state: FindingState, answer: str, judge: str, withdraw: str) -> None:
    assert code(check_awaits_answer, 1, state) == answer
    assert code(check_awaits_judgement, 1, state) == judge
    assert code(check_unsettled, 1, state) == withdraw


def test_where_an_inspection_stands() -> None:
    assert state_of(closed=False, sheets_left=1, answers_left=1, judgements_left=1) == "open"
    assert state_of(closed=False, sheets_left=0, answers_left=1, judgements_left=1) == "answering"
    assert state_of(closed=False, sheets_left=0, answers_left=0, judgements_left=1) == "judging"
    assert state_of(closed=False, sheets_left=0, answers_left=0, judgements_left=0) == "ready"
    assert state_of(closed=True, sheets_left=1, answers_left=1, judgements_left=1) == "closed"


def test_closing_with_something_left_wants_a_reason() -> None:
    assert code(check_closing, 0, 0, "") == ""
    assert code(check_closing, 1, 0, "") == "worksheets_left"
    assert code(check_closing, 0, 2, "") == "findings_left"
    assert code(check_closing, 1, 2, "") == "inspection_unfinished"
    assert code(check_closing, 1, 2, "改期") == ""


POSTS = st.lists(
    st.tuples(
        st.sampled_from(["inspector", "department", "outlet_manager", "relationship_manager"]),
        st.sampled_from(["01", "02"]),
    ),
    max_size=2,
)


@given(
    staff=st.sampled_from(["", "S1", "S2"]), posts=POSTS, concerned=st.sampled_from(["", "S1"]),
    outlet=st.sampled_from(["", "01", "02"]), closed=st.booleans(),
)  # fmt: skip
def test_a_finding_is_shown_to_who_may_answer_it_and_to_who_sees_the_sample_and_nobody_else(
    staff: str, posts: list[tuple[str, str]], concerned: str, outlet: str, closed: bool
) -> None:
    answers = not code(check_answering, staff, posts, 1, concerned, outlet)
    sample = sees_sample(posts, closed=closed)
    assert sees_finding(staff, posts, concerned, outlet, closed=closed) is (answers or sample)
    assert sample is (closed or any(role in ("inspector", "department") for role, _ in posts))
