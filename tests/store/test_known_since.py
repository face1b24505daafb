"""Whatever a customer's page says otherwise now than it said at a moment is told by what is known since."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Cursor
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import NotFound
from guanhu.projections.customers import CustomerPage, page
from guanhu.projections.handover import plan_handover
from guanhu.projections.known_found import Found, Scope, Side
from guanhu.projections.known_since import known_since
from guanhu.projections.policy import policy_of
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.affairs import correct_promise, hold_product, make_promise
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.moments import moment_at
from guanhu.store.registering import link, record_profile, tag
from guanhu.tests.projections.test_queue import CUSTOMERS, acts
from guanhu.tests.projections.test_replaying import more
from guanhu.tests.store.scoped_answers import ASKED_ON
from guanhu.tests.store.test_moments_scoped import NEW, lived, odd

OF_DUTIES = {"duty", "duty_owners", "duty_due", "tier", "entry"}
TOLD_BY: Mapping[str, set[str]] = {
    "name": {"name"}, "outlet": {"outlet"}, "tier": {"tier"}, "tier_since": {"tier_since", "tier"}, "aum_fen": {"aum"},
    "aum_date": {"aum_date", "aum"}, "owners": {"owners", "owner_roles"}, "system_owner": {"system_owner"},
    "marks": {"entry"}, "tags": {"tags"}, "links": {"links"}, "profile_score": {"profile_score"},
    "profile": {"facts"}, "missing": {"facts"}, "duties": OF_DUTIES, "acts": {"entry"},
    "affairs": {"entry", "in_hand"}, "products": {"products"}, "balances": {"entry"}, "erased": {"erased"},
}  # fmt: skip
"""Field of the page -> the kinds that tell of it. Whether the day had been opened is of the book, not of a customer."""


def asked(book: Book, position: int, customer_no: str) -> tuple[dict[str, Any], set[str], list[Found]]:
    """The fields of a page that differ, those of them that nothing tells of, and what is told."""
    moment = moment_at(book, position, datetime(2026, 6, 30, tzinfo=UTC))
    with closing(moment), moment.reading() as then, book.reading() as now:
        before, after = _side(then, book), _side(now, book)
        pages = [_page(side, customer_no) for side in (before, after)]
        if None in pages:
            return {}, set(), []
        found = known_since(before, after, position, ASKED_ON, Scope(customer_no), book.recorder, decode, book.keyring)
    kinds = {str(each.kind) for each in found}
    differs = {
        name: [getattr(each, name) for each in pages]
        for name in CustomerPage.__struct_fields__
        if name not in ("provisional", "restricted") and getattr(pages[0], name) != getattr(pages[1], name)
    }
    return differs, {name for name in differs if not TOLD_BY[name] & kinds}, found


def _side(cursor: Cursor, book: Book) -> Side:
    policy = policy_of(cursor)
    assert policy is not None
    return Side(cursor, policy, book.calendar)


def _page(side: Side, customer_no: str) -> CustomerPage | None:
    try:
        return page(side.cursor, side.policy, side.calendar, ASKED_ON, customer_no)
    except NotFound:
        return None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    history=st.lists(st.one_of(acts, more, odd), min_size=5, max_size=22),
    at=st.lists(st.integers(0, 21), max_size=2),
)
def test_what_a_page_says_otherwise_is_told(history: list[Any], at: list[int]) -> None:
    with TemporaryDirectory() as folder:
        book, after = lived(Path(folder), history)
        for position in {after[n % len(after)] for n in (0, *at)}:
            for no in (*CUSTOMERS, *NEW):
                differs, untold, _found = asked(book, position, no)
                assert not untold, (no, differs)
        book.close()


# ------------------------------------------------------------ what bears no day, or a later one
LATER = date(2026, 5, 20)


def _moved_out(book: Book) -> None:
    """An act of the asked day is moved to a later one."""
    with book.reading() as cursor:
        (position,) = cursor.execute("SELECT max(position) FROM act").fetchone()
    correct_entry(book, position, reason="日期记错", on=LATER)


def _promise_corrected(book: Book) -> None:
    with book.reading() as cursor:
        (position,) = cursor.execute("SELECT max(position) FROM affair").fetchone()
    correct_promise(book, position, "说错了", text="改送月报", by="R1")


def _handed_over(book: Book) -> None:
    with book.reading() as cursor:
        plan = plan_handover(cursor, "R1", "M1", LATER)
    apply_handover(book, plan)


def _held(book: Book) -> None:
    hold_product(book, "C1", "存款", 100, LATER, opened_on=date(2026, 5, 1), product_no="P7")


SINCE: dict[str, tuple[str, str, Callable[[Book], object]]] = {
    "a link": ("links", "links", lambda book: link(book, "C1", "C2", "family", LATER, add=True)),
    "a tag": ("tags", "tags", lambda book: tag(book, "C1", "爱喝茶", LATER, add=True)),
    "a fact": ("profile", "facts", lambda book: record_profile(book, "C1", "", {"address": "人民路"}, "", LATER)),
    "another outlet": ("outlet", "outlet", lambda book: record_profile(book, "C1", "", {}, "02", LATER)),
    "a product entered later": ("products", "products", _held),
    "an act moved to a later day": ("acts", "entry", _moved_out),
    "a promise corrected": ("affairs", "entry", _promise_corrected),
    "a promise handed on": ("affairs", "in_hand", _handed_over),
}


@pytest.mark.parametrize("what", SINCE)
def test_what_bears_a_later_day_or_none_is_told_with_its_event(tmp_path: Path, what: str) -> None:
    field, kind, act = SINCE[what]
    book, _after = lived(tmp_path, [("balance", "C1", date(2026, 1, 5), 250_000)])
    assign(book, "C1", "R1", on=date(2026, 1, 6))
    log_contact(book, "C1", "phone", "reached_other", date(2026, 5, 8), staff="R1")
    make_promise(book, "C1", "寄送资料", date(2026, 5, 30), date(2026, 5, 1), staff="R1")
    with book.reading() as cursor:
        position = book.recorder.head(cursor)
    act(book)
    differs, untold, found = asked(book, position, "C1")
    assert field in differs
    assert not untold
    told = next(each for each in found if each.kind == kind)
    assert told.positions or kind == "in_hand"
    assert all(at > position for at in told.positions)
    book.close()
