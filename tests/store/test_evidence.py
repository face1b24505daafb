"""Outside evidence: who may attach it to what, how it stands beside the entry, and that it goes with the customer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound, Refused
from guanhu.projections.evidence import evidence_for
from guanhu.projections.history import customer_history
from guanhu.store.acts import log_contact
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.evidence import attach_evidence
from guanhu.store.posts import enrol, give_role
from guanhu.store.rebuilding import check
from guanhu.store.registering import erase
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import a_book, day, with_customers

MADE = day("2026-11-12")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A branch with an inspector, I1, and one call that M1 made."""
    opened = with_customers(a_book(tmp_path), "C1")
    enrol(opened, "I1", "段志远", date.min)
    give_role(opened, "I1", "inspector", "01", date.min)
    yield opened
    opened.close()


@pytest.fixture
def call(book: Book) -> int:
    return log_contact(book, "C1", "phone", "reached_other", MADE, note="谈妥", duration=300, by="M1").positions[0]


def test_evidence_stands_beside_the_entry_and_changes_nothing_of_it(book: Book, call: int) -> None:
    digest = "ab" * 32
    receipt = attach_evidence(
        book, call, "call_record", MADE, seconds=41, reached=True, text="话单41秒", sha256=digest, by="I1"
    )
    with book.reading() as cursor:
        (found,) = evidence_for(cursor, [call])
        assert cursor.execute("SELECT duration, corrected FROM act").fetchall() == [(300, 0)]
    assert (found.position, found.entry, found.by) == (receipt.positions[0], call, "I1")
    assert (found.kind, found.seconds, found.reached, found.on) == ("call_record", 41, True, MADE)
    assert (found.text, found.sha256) == ("话单41秒", digest)
    assert check(book) == []


def test_the_history_of_the_customer_tells_of_it(book: Book, call: int) -> None:
    attach_evidence(book, call, "customer_said", day("2026-11-20"), reached=False, text="未接到电话", by="I1")
    with book.reading() as cursor:
        _, items = customer_history(cursor, book.recorder, decode, book.keyring, "C1")
    told = items[-1]
    assert (told.event, told.code) == ("evidence", "evidence")
    assert told.details["entry"] == call
    assert (told.details["reached"], told.details["seconds"], told.details["text"]) == (False, None, "未接到电话")


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("inspectors_only", {"by": "M2"}),
        ("evidence_of_own", {"by": "M1"}),
        ("unknown_evidence", {"kind": "rumour"}),
        ("bad_duration", {"seconds": 90_000}),
        ("bad_hash", {"sha256": "AB"}),
        ("evidence_empty", {"seconds": None}),
        ("future_act", {"on": day("2026-11-25")}),
        ("before_the_act", {"on": day("2026-11-11")}),
    ],
)
def test_what_can_be_no_evidence_is_refused(book: Book, call: int, code: str, given: dict[str, object]) -> None:
    enrol(book, "M2", "李静", date.min)
    more = {"kind": "call_record", "on": MADE, "seconds": 41, "by": "I1"} | given
    with pytest.raises(Refused) as refused:
        attach_evidence(book, call, **more)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_entry_that_is_none_is_not_found(book: Book) -> None:
    with pytest.raises(NotFound):
        attach_evidence(book, 1, "call_record", MADE, seconds=1, by="I1")


def test_the_same_command_again_attaches_nothing_twice(book: Book, call: int) -> None:
    for repeated in (False, True):
        receipt = attach_evidence(book, call, "call_record", MADE, seconds=41, by="I1", command="once")
        assert receipt.repeated is repeated
    with book.reading() as cursor:
        assert len(evidence_for(cursor, [call])) == 1


def test_its_text_goes_with_the_customer(book: Book, call: int) -> None:
    attach_evidence(book, call, "call_record", MADE, seconds=41, text="张伟的话单", by="I1")
    erase(book, "C1", "asked for it", day("2026-11-24"), by="M1")
    with book.reading() as cursor:
        (found,) = evidence_for(cursor, [call])
        assert (found.text, found.seconds) == ("", 41)
    with pytest.raises(Refused):
        attach_evidence(book, call, "call_record", MADE, seconds=41, by="I1")


def test_evidence_is_taken_back_by_who_attached_it_or_the_department_and_never_by_the_outlet(
    book: Book, call: int
) -> None:
    enrol(book, "D1", "顾明远", date.min, roles=("department",), by="M1")
    first, second = (
        attach_evidence(book, call, "call_record", MADE, seconds=41, by="I1").positions[0] for _ in range(2)
    )
    with pytest.raises(Refused) as refused:
        withdraw(book, first, "误附", by="M1")  # who made the call, and manages the outlet
    assert refused.value.code == "not_your_evidence"
    withdraw(book, first, "误附", by="I1")
    with book.reading() as cursor:
        assert [each.position for each in evidence_for(cursor, [call])] == [second]
    withdraw(book, second, "误附", by="D1")
    with pytest.raises(Refused):
        withdraw(book, second, "误附", by="D1")
    with book.reading() as cursor:
        assert evidence_for(cursor, [call]) == []
    assert check(book) == []
