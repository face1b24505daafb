"""What a book says to every question that has a scope: what a scoped moment and the whole one must say alike."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from sqlite3 import Cursor
from typing import Any

from guanhu.commands.meeting import meeting_document
from guanhu.domain.errors import NotFound
from guanhu.domain.scheme import Policy
from guanhu.projections.assignment import assignment_queue
from guanhu.projections.customers import page
from guanhu.projections.figures import figures
from guanhu.projections.finding import find
from guanhu.projections.flag_entries import LOOK_BACK
from guanhu.projections.history import customer_history
from guanhu.projections.known_found import Scope, Side
from guanhu.projections.known_since import known_since
from guanhu.projections.log import Asked as AskedOfLog
from guanhu.projections.log import log_entries
from guanhu.projections.meeting import meeting
from guanhu.projections.moment_about import About
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.projections.red_flags import flags
from guanhu.projections.staff_view import staff_list
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.moment_book import MomentBook
from guanhu.store.moments_scoped import scoped_at
from guanhu.tests.store.scoped_rows import rows

FROM, TO, ASKED_ON = date(2026, 1, 1), date(2026, 6, 30), date(2026, 5, 12)
STATUSES = ("open", "overdue", "done", "missed", "waived", "upcoming")


def same(book: Book, whole: MomentBook, position: int, about: About, *, must: bool = False) -> None:
    """A scoped moment beside the whole one; `must`: there is one."""
    scoped = scoped_at(book, position, whole.known_at, about)
    assert scoped is not None or not must
    if scoped is None:
        return
    with closing(scoped):
        with scoped.reading() as own, whole.reading() as cursor:
            ids = [cid for (cid,) in own.execute("SELECT id FROM customer")]
            assert rows(own, ids, derived=about.duties) == rows(cursor, ids, derived=about.duties)
        assert answers(scoped, about) == answers(whole, about)
        assert learned(book, scoped, about) == learned(book, whole, about)


def answers(book: Book, about: About) -> list[Any]:
    """What a book says to the questions that have such a scope; a refusal is an answer too."""
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        return [_or_refusal(question) for question in _questions(book, cursor, policy, about)]


Question = Callable[[], Any]


def _questions(book: Book, cursor: Cursor, policy: Policy, about: About) -> Iterator[Question]:
    calendar, whom = book.calendar, about.queue_of
    for no in about.customers:
        yield partial(page, cursor, policy, calendar, ASKED_ON, no)
        yield partial(customer_history, cursor, book.recorder, decode, book.keyring, no)
    if about.text:
        yield partial(find, cursor, policy, calendar, ASKED_ON, about.text, limit=0)
    if whom:
        yield partial(duty_list, cursor, policy, calendar, ASKED_ON, Asked(staff=whom, statuses=STATUSES))
    if about.log_of:
        yield partial(log_entries, cursor, AskedOfLog(about.log_of, None, about.first, about.last, withdrawn=True))
    if whom and whom == about.log_of:
        yield partial(flags, cursor, policy, calendar, first=_since(about), last=ASKED_ON, staff=whom)
        if about.first is None:
            yield partial(_figures, cursor, policy, book, whom, None)
    for outlet in about.outlets:
        yield from _of_outlet(book, cursor, policy, about, outlet)


def _of_outlet(book: Book, cursor: Cursor, policy: Policy, about: About, outlet: str) -> Iterator[Question]:
    calendar = book.calendar
    yield partial(log_entries, cursor, AskedOfLog(None, outlet, FROM, TO, withdrawn=True))
    if about.staff_too:
        yield partial(staff_list, cursor, ASKED_ON, outlet)
    if about.duties:
        yield partial(duty_list, cursor, policy, calendar, ASKED_ON, Asked(outlet=outlet, statuses=STATUSES))
        yield lambda: meeting_document(meeting(cursor, policy, calendar, ASKED_ON, outlet))
        yield partial(assignment_queue, cursor, outlet, ASKED_ON)
        yield partial(_figures, cursor, policy, book, None, outlet)
    if about.duties and about.staff_too:
        yield partial(flags, cursor, policy, calendar, first=_since(about), last=ASKED_ON, outlet=outlet)


def _since(about: About) -> date:
    """The first day whose flags can be asked for."""
    return about.first + timedelta(days=LOOK_BACK) if about.first else FROM


def _figures(cursor: Cursor, policy: Policy, book: Book, staff: str | None, outlet: str | None) -> Any:
    first, last = date(2026, 5, 1), date(2026, 5, 31)
    return figures(
        cursor, policy, book.calendar, first=first, last=last, by="staff", staff=staff, outlet=outlet, as_of=ASKED_ON
    )


def learned(book: Book, moment: MomentBook, about: About) -> list[Any]:
    """What is known now and was not at a moment, of those whom a question is about."""
    scopes = [Scope(customer_no=no) for no in about.customers]
    if about.linked:
        scopes += [Scope(outlet=outlet) for outlet in about.outlets]
        scopes += [Scope(staff=about.queue_of)] if about.queue_of else []
    with moment.reading() as cursor, book.reading() as now:
        policy, by_now = policy_of(cursor), policy_of(now)
        assert policy is not None
        assert by_now is not None
        then, today = Side(cursor, policy, book.calendar), Side(now, by_now, book.calendar)
        ask = partial(known_since, then, today, moment.position, ASKED_ON)
        return [_or_refusal(partial(ask, scope, book.recorder, decode, book.keyring)) for scope in scopes]


def _or_refusal(question: Question) -> Any:
    try:
        return question()
    except NotFound as error:
        return error.code
