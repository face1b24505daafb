"""Who maintains should not inspect: one who is an inspector and nothing else writes nothing into the branch's work."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.domain.events import TOPICS
from guanhu.domain.inspection import Scope
from guanhu.domain.maintaining import MAINTENANCE
from guanhu.store.acts import correct_entry, log_contact, log_visit
from guanhu.store.affairs import make_promise
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.evidence import attach_evidence
from guanhu.store.inspecting import open_inspection
from guanhu.store.looking import set_looking
from guanhu.store.posts import enrol, give_role
from guanhu.store.registering import mark, tag
from guanhu.store.statements import deposit
from guanhu.tests.books import a_book, day, stated, with_customers

TODAY = day("2026-11-24")
ACTS: dict[str, Callable[[Book, str], object]] = {
    "contact": lambda book, by: log_contact(book, "C1", "phone", "reached_other", TODAY, by=by),
    "visit": lambda book, by: log_visit(book, "C1", ("M1",), "reached_other", TODAY, by=by),
    "promise": lambda book, by: make_promise(book, "C1", "送资料", TODAY, TODAY, by=by),
    "deposit": lambda book, by: deposit(book, "C1", 100, TODAY, by=by),
    "mark": lambda book, by: mark(book, "C1", "prospect", "有意", TODAY, by=by),
    "tag": lambda book, by: tag(book, "C1", "爱茶", TODAY, add=True, by=by),
    "correct": lambda book, by: correct_entry(book, _call(book), reason="误", note="改", by=by),
}


def _call(book: Book) -> int:
    with book.reading() as cursor:
        position: int = cursor.execute("SELECT min(position) FROM act").fetchone()[0]
    return position


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """One customer, one call of M1, the inspector I1."""
    opened = with_customers(a_book(tmp_path), "C1")
    stated(opened, "2026-11-01", {"C1": 300_000})
    enrol(opened, "I1", "段志远", date.min, roles=("inspector",), by="M1")
    log_contact(opened, "C1", "phone", "reached_other", TODAY, by="M1")
    yield opened
    opened.close()


def _head(book: Book) -> int:
    with book.reading() as cursor:
        head: int = cursor.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
    return head


@pytest.mark.parametrize("act", ACTS)
def test_an_inspector_does_no_maintenance_and_leaves_nothing_behind(book: Book, act: str) -> None:
    before = _head(book)
    with pytest.raises(Refused) as refused:
        ACTS[act](book, "I1")
    assert refused.value.code == "inspector_maintains"
    assert _head(book) == before


def test_customers_are_not_moved_by_an_inspector(book: Book) -> None:
    with pytest.raises(Refused):
        assign(book, "C1", "M1", TODAY, by="I1")


def test_what_inspectors_are_there_for_they_do(book: Book) -> None:
    call = _call(book)
    attach_evidence(book, call, "call_record", TODAY, seconds=3, by="I1")
    open_inspection(book, "检查", Scope("entries", "01", "", TODAY, TODAY), 5, TODAY, by="I1")
    set_looking(book, "pages", by="I1")


def test_whoever_holds_another_post_beside_works_on(book: Book) -> None:
    give_role(book, "I1", "relationship_manager", "01", TODAY, by="M1")
    for act in ("contact", "deposit", "tag"):
        ACTS[act](book, "I1")


def test_every_event_is_known_to_be_maintenance_or_not() -> None:
    others = {
        "looked", "looking_set", "enrolled", "role_given", "role_taken", "staff_left", "leave", "reviewed",
        "outlet_opened", "outlet_closed", "supervised", "scheme", "balances", "tiers", "day", "import_begun",
        "import_batch", "imported", "evidence", "withdrawn",
    }  # fmt: skip
    unsorted = {
        name for name, event in TOPICS.items()
        if event not in MAINTENANCE and name not in others and not name.startswith("inspection_")
    }  # fmt: skip
    assert unsorted == set()
