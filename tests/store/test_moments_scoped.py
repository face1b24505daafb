"""A scoped moment says of those it is about, row for row and answer for answer, what the whole moment says."""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.projections.handover import plan_handover
from guanhu.projections.moment_about import About
from guanhu.store import moments_scoped
from guanhu.store.acts import correct_entry, log_visit
from guanhu.store.affairs import make_promise, waive_duty
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import assign, release
from guanhu.store.book import Book
from guanhu.store.moments import moment_at
from guanhu.store.outlets import open_outlet
from guanhu.store.registering import erase, link, record_profile, register
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import day, stated
from guanhu.tests.projections.test_queue import CUSTOMERS, acts, days, do, staffed
from guanhu.tests.projections.test_replaying import do_more, more
from guanhu.tests.store.scoped_answers import FROM, TO, answers, same

PEOPLE = ("R1", "S1", "M1")
NEW = ("N1", "N2")

odd = st.tuples(
    st.sampled_from(["register", "unregister", "unregister", "forget", "move", "along"]),
    st.sampled_from((*CUSTOMERS, *NEW)), days, st.integers(0, 3),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book is large enough for scopes, and no whole moment serves in their place."""
    monkeypatch.setattr(moments_scoped, "is_kept", lambda book, position: False)


def do_odd(book: Book, act: tuple[str, str, date, int]) -> None:
    """What moves customers out of sight: registrations taken back, another outlet, who came along."""
    kind, no, on, n = act
    with suppress(Refused, IndexError):
        if kind == "register":
            register(book, NEW[n % 2], "新客户", {}, "", on, by="M1")
        elif kind == "unregister":
            with book.reading() as cursor:
                rows = cursor.execute("SELECT position FROM customer WHERE no = ?", (NEW[n % 2],)).fetchall()
            withdraw(book, rows[0][0], "登记错了", by="M1")
        elif kind == "forget":
            erase(book, NEW[n % 2], "要求", on)
        elif kind == "move":
            record_profile(book, no, "", {}, ("01", "02")[n % 2], on, by="M1")
        elif kind == "along":
            log_visit(book, no, ["M1"], "reached_other", on, staff=PEOPLE[n % 2])


def lived(folder: Path, history: list[Any]) -> tuple[Book, list[int]]:
    """A book with two outlets after all these acts, and the positions between them."""
    book = staffed(folder)
    open_outlet(book, "02", "城东支行", FROM)
    after = []
    for act in history:
        with book.reading() as cursor:
            after.append(book.recorder.head(cursor))
        if act[0] in ("register", "unregister", "forget", "move", "along"):
            do_odd(book, act)
        elif isinstance(act[3], int) and act[0] not in ("balance", "deposit", "product", "promise", "open"):
            do_more(book, act)
        else:
            do(book, act)
    return book, after


def abouts() -> list[About]:
    """Everything that a scope can be."""
    return [
        *(About(customers=(no,)) for no in (*CUSTOMERS, *NEW)),
        *(About(queue_of=staff) for staff in PEOPLE),
        *(About(log_of=staff, first=FROM, last=TO, duties=False) for staff in PEOPLE),
        *(About(queue_of=staff, log_of=staff) for staff in PEOPLE),
        *(About(outlets=(outlet,), duties=duties) for outlet in ("01", "02") for duties in (True, False)),
        *(About(outlets=(outlet,), staff_too=True) for outlet in ("01", "02")),
        *(About(outlets=(outlet,), linked=True) for outlet in ("01", "02")), About(queue_of="R1", linked=True),
        About(outlets=("01",), staff_too=True, first=date(2026, 4, 3)), About(queue_of="R1", log_of="R1", first=FROM),
        *(About(text=text) for text in ("客户", "新客户", "C1", "yh", "城")),
        About(),
    ]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    history=st.lists(st.one_of(acts, more, odd), min_size=5, max_size=22),
    at=st.lists(st.integers(0, 21), max_size=3),
)
def test_a_scoped_moment_says_what_the_whole_one_says(history: list[Any], at: list[int]) -> None:
    with TemporaryDirectory() as folder:
        book, after = lived(Path(folder), history)
        for position in {after[n % len(after)] for n in (0, *at)}:
            with closing(moment_at(book, position, datetime(2026, 6, 30, tzinfo=UTC))) as whole:
                for about in abouts():
                    same(book, whole, position, about)
        book.close()


# ------------------------------------------------------------ what was taken away since
def _replace_seat(book: Book) -> None:
    assign(book, "C1", "M1", on=day("2026-05-12"))


def _hand_over(giver: str, taker: str) -> "Doing":
    def act(book: Book) -> None:
        with book.reading() as cursor:
            plan = plan_handover(cursor, giver, taker, day("2026-05-02"))
        apply_handover(book, plan)

    return act


def _take_back(table: str) -> "Doing":
    def act(book: Book) -> None:
        with book.reading() as cursor:
            (position,) = cursor.execute(f"SELECT max(position) FROM {table}").fetchone()
        withdraw(book, position, "写错了", by="M1")

    return act


def _promise(no: str) -> "Doing":
    return lambda book: make_promise(book, no, "寄送资料", day("2026-05-10"), day("2026-05-01"), staff="R1")


def _along(book: Book) -> None:
    log_visit(book, "C1", ["M1"], "reached_other", day("2026-05-01"), staff="R1")


def _alone(book: Book) -> None:
    with book.reading() as cursor:
        (position,) = cursor.execute("SELECT max(position) FROM act").fetchone()
    correct_entry(book, position, companions=[], reason="一个人去的")


def _waived(by: str) -> "Doing":
    return lambda book: waive_duty(book, "C1", "monthly_contact", "2026-05", "出国", day("2026-05-03"), by=by)


def _new(no: str) -> "Doing":
    return lambda book: register(book, no, "新客户", {}, "01", day("2026-05-01"), by="M1")


def _nobody(book: Book) -> None:
    with book.reading() as cursor:
        (position,) = cursor.execute("SELECT position FROM customer WHERE no = 'N1'").fetchone()
    withdraw(book, position, "登记错了", by="M1")


R1 = About(queue_of="R1")
LOG_OF_M1 = About(log_of="M1", first=FROM, last=TO, duties=False)
Doing = Callable[[Book], object]
TAKEN_AWAY: dict[str, tuple[About, list[Doing], list[Doing]]] = {
    "a seat that another took": (R1, [], [_replace_seat]),
    "a seat that was given up": (R1, [], [lambda book: release(book, "C1", "R1", day("2026-05-11"))]),
    "a seat that ended with a plan": (R1, [], [_hand_over("R1", "M1")]),
    "a seat that was taken back": (R1, [], [_take_back("care")]),
    "a promise that was taken back": (R1, [_promise("C2")], [_take_back("affair")]),
    "a promise that was handed on": (
        About(queue_of="S1"), [_promise("C2"), _hand_over("R1", "S1")], [_hand_over("S1", "M1")],
    ),
    "a companion who had not come": (LOG_OF_M1, [_along], [_alone]),
    "a waiver in the place of which another stands": (
        LOG_OF_M1, [_waived("M1")], [_take_back("waiver"), _waived("S1")],
    ),
    "a customer who is none": (
        R1, [_new("N1"), _promise("N1")], [_take_back("affair"), _nobody, _new("N2"), _promise("N2")],
    ),
    "a customer who is none, asked for": (About(customers=("N1",)), [_new("N1")], [_nobody, _new("N2"), _new("N1")]),
    "a customer who is none and was erased": (
        About(customers=("N1", "N2")), [_new("N1"), _nobody, _new("N2")],
        [lambda book: erase(book, "N1", "要求", day("2026-05-20"))],
    ),
    "a link of one who was erased": (
        About(customers=("C1",)), [lambda book: link(book, "C1", "C2", "family", day("2026-05-01"), add=True)],
        [lambda book: erase(book, "C2", "要求", day("2026-05-20"))],
    ),
    "an outlet that was left": (
        About(outlets=("01",)), [], [lambda book: record_profile(book, "C1", "", {}, "02", day("2026-05-20"), by="M1")],
    ),
    "a balance for the same day": (
        R1, [lambda book: stated(book, "2026-05-05", {"C1": 900})],
        [lambda book: stated(book, "2026-05-05", {"C1": 400_000}), lambda book: stated(book, "2026-06-01", {"C1": 7})],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_what_was_taken_away_since_is_found(tmp_path: Path, what: str) -> None:
    about, before, since = TAKEN_AWAY[what]
    book, _after = lived(tmp_path, [("balance", no, date(2026, 1, 5), 250_000) for no in ("C1", "C2")])
    assign(book, "C1", "R1", on=day("2026-01-06"))
    for act in before:
        act(book)
    with book.reading() as cursor:
        position = book.recorder.head(cursor)
    then = answers(book, about)
    for act in since:
        act(book)
    assert answers(book, about) != then
    with closing(moment_at(book, position, datetime(2026, 6, 30, tzinfo=UTC))) as whole:
        if what != "a link of one who was erased":  # whose name is gone from the past too
            assert answers(whole, about) == then
        same(book, whole, position, about, must=True)
    book.close()
