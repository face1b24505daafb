"""The story of a customer is told by what is known now: as corrected, without what was taken back, as duties ended."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.projections.policy import policy_of
from guanhu.projections.replay_story import Beat, Story, story
from guanhu.store.acts import correct_entry
from guanhu.store.affairs import end_product, hold_product, keep_promise, make_promise
from guanhu.store.assigning import assign, release
from guanhu.store.codec import decode
from guanhu.store.posts import enrol
from guanhu.store.restoring import undo_correction
from guanhu.store.statements import deposit
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import opened
from guanhu.tests.store.branch import RM, Branch, contacted, day


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    found.customer("C1", 250_000)
    yield found
    found.book.close()


def told(branch: Branch, no: str = "C1") -> Story:
    book = branch.book
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        return story(cursor, policy, book.calendar, book.recorder, decode, book.keyring, branch.today, no)


def beats(branch: Branch, code: str) -> list[Beat]:
    return [beat for chapter in told(branch).chapters for beat in chapter.beats if beat.code == code]


def test_chapters_are_months_with_the_balance_before_and_after(branch: Branch) -> None:
    branch.balance("C1", 300_000, "2026-03-10")
    branch.balance("C1", 210_000, "2026-03-20")
    balances = {chapter.month.isoformat(): chapter.balances for chapter in told(branch).chapters if chapter.balances}
    assert balances == {"2026-01-01": (None, 25_000_000), "2026-03-01": (25_000_000, 21_000_000)}


def test_an_act_says_what_it_settled_and_a_month_what_was_missed(branch: Branch) -> None:
    contacted(branch, "2026-03-10")
    (contact,) = beats(branch, "contact")
    assert ("monthly_contact", "2026-03") in {(duty.duty, duty.occurrence) for duty in contact.settled}
    missed = {
        (chapter.month.isoformat(), duty.occurrence)
        for chapter in told(branch).chapters
        for duty in chapter.missed
        if duty.duty == "monthly_contact"
    }
    assert {("2026-02-01", "2026-02"), ("2026-04-01", "2026-04")} <= missed
    assert ("2026-03-01", "2026-03") not in missed


def test_an_entry_is_told_as_corrected_and_not_at_all_when_taken_back(branch: Branch) -> None:
    first, second = contacted(branch, "2026-03-10"), contacted(branch, "2026-04-10")
    correct_entry(branch.book, first, on=day("2026-03-12"), outcome="no_answer", reason="slip")
    correct_entry(branch.book, second, withdrawn=True, reason="never")
    (only,) = beats(branch, "contact")
    assert (only.on, only.position, only.details["outcome"]) == (day("2026-03-12"), first, "no_answer")


def test_what_was_taken_back_leaves_no_word_in_the_story_whatever_it_had_brought(branch: Branch) -> None:
    opened(branch.book, branch.today.isoformat())
    before = _sayings(branch)
    given = assign(branch.book, "C1", RM, branch.today).positions
    paid_in = deposit(branch.book, "C1", 500_000_000, branch.today).positions
    more = [code for code, _ in _sayings(branch)[len(before) :]]
    assert more == ["assigned", "assigned", "deposit", "tier"]
    withdraw(branch.book, list(paid_in), "slip")
    withdraw(branch.book, list(given), "slip")
    assert _sayings(branch) == before


def test_a_release_between_a_plan_and_its_taking_back_is_told(branch: Branch) -> None:
    assign(branch.book, "C1", RM, day("2026-02-01"))
    enrol(branch.book, "LM", "name of LM", date.min, roles=("lobby_manager",))
    given = assign(branch.book, "C1", "LM", day("2026-02-02"), role="lobby_manager").positions
    release(branch.book, "C1", RM, branch.today)
    withdraw(branch.book, list(given), "slip")
    assert [beat.details["staff"] for beat in beats(branch, "released")] == [RM]
    assert [beat.details["staff"] for beat in beats(branch, "assigned") if beat.details["seat"] == "owner"] == [RM]


def test_an_entry_whose_taking_back_was_a_slip_is_told_again(branch: Branch) -> None:
    entry = contacted(branch, "2026-03-10")
    gone = withdraw(branch.book, entry, "slip").receipt.positions[0]
    assert beats(branch, "contact") == []
    undo_correction(branch.book, gone, "no slip")
    assert [beat.position for beat in beats(branch, "contact")] == [entry]


def _sayings(branch: Branch) -> list[tuple[str, object]]:
    return [(beat.code, beat.details) for chapter in told(branch).chapters for beat in chapter.beats]


def test_what_closes_something_knows_what_it_closes(branch: Branch) -> None:
    (promise,) = make_promise(branch.book, "C1", "送资料", day("2026-03-12"), day("2026-03-10"), staff=RM).positions
    keep_promise(branch.book, promise, day("2026-03-15"))
    (kept,) = beats(branch, "promise_kept")
    assert kept.about is not None
    assert (kept.about.position, kept.about.details["due_on"]) == (promise, day("2026-03-12"))
    hold_product(branch.book, "C1", "存款", 1_000_000, day("2026-03-10"), product_no="P1")
    end_product(branch.book, "C1", "P1", day("2026-04-10"))
    (ended,) = beats(branch, "product_ended")
    assert ended.details["product"] == "存款"


def test_who_is_not_known_has_no_story(branch: Branch) -> None:
    with pytest.raises(NotFound, match="unknown_customer"):
        told(branch, "C9")
