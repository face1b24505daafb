"""Acts derive duties only where they can change them; what is kept is what a rebuild makes."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.projections.projection import MADE_UP
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.rebuilding import check
from guanhu.store.registering import mark
from guanhu.tests.books import a_book, day, stated, with_customers

CUSTOMERS = ("C1", "C2", "C3", "C4")
numbers = st.sampled_from(CUSTOMERS)
days = st.dates(date(2026, 1, 1), date(2026, 3, 31))
logged = st.tuples(
    numbers,
    st.sampled_from(["letter", "visit"]),
    st.sampled_from(["reached_success", "replied", "sent", "no_answer", "message_left"]),
    days,
)


def branch(folder: str) -> Book:
    """One customer below the tiers, one at the bottom, two above with an owner and a change of funds."""
    book = with_customers(a_book(Path(folder)), *CUSTOMERS)
    stated(book, "2026-01-05", {"C1": 500, "C2": 30_000, "C3": 400_000, "C4": 900_000})
    assign(book, "C3", "M1", on=day("2026-01-12"))
    stated(book, "2026-02-10", {"C3": 250_000, "C4": 480_000})
    return book


@settings(max_examples=25, deadline=None)
@given(acts=st.lists(logged, min_size=1, max_size=8), marked=st.none() | numbers)
def test_acts_in_any_order_leave_the_duties_that_all_acts_together_make(
    acts: list[tuple[str, str, str, date]], marked: str | None
) -> None:
    with TemporaryDirectory() as folder:
        book = branch(folder)
        if marked:
            mark(book, marked, "do_not_disturb", "因故", day("2026-02-01"))
        for no, kind, outcome, on in acts:
            try:
                if kind == "visit":
                    log_visit(book, no, [], outcome, on, staff="M1")
                else:
                    log_contact(book, no, kind, outcome, on, staff="M1")
            except Refused:
                continue
        assert check(book) == []
        book.close()


def derived_by(book: Book, no: str, outcome: str, on: str) -> bool:
    """Whether logging a contact derives duties at all."""
    found: list[int] = []
    with patch("guanhu.projections.settle.derive", lambda p, ids, policy: found.extend(ids)):
        log_contact(book, no, "letter", outcome, day(on), staff="M1")
    return bool(found)


def test_a_contact_that_nothing_waits_for_derives_nothing(tmp_path: Path) -> None:
    book = branch(str(tmp_path))
    assert not derived_by(book, "C1", "replied", "2026-01-20")  # no tier, so no festivals either
    assert not derived_by(book, "C2", "no_answer", "2026-01-20")
    assert derived_by(book, "C2", "replied", "2026-01-20")  # the first time that the customer was reached
    assert not derived_by(book, "C2", "replied", "2026-01-21")
    assert derived_by(book, "C4", "replied", "2026-02-11")  # the change of funds of the day before
    book.close()


def test_a_command_that_nobody_named_is_not_kept_to_be_asked_for(tmp_path: Path) -> None:
    book = branch(str(tmp_path))
    for name in ("", "named", f"{MADE_UP}named", f"{MADE_UP}named"):
        log_contact(book, "C1", "letter", "replied", day("2026-01-20"), staff="M1", command=name)
    with book.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM act").fetchone() == (3,)
        kept = [row[0] for row in cursor.execute("SELECT id FROM command WHERE id LIKE '%named'")]
    assert kept == [f"={MADE_UP}named", "named"]
    book.close()
