"""A replay goes the way that the book went: its model ends as the live one, and steps say what they changed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.projections.handover import plan_handover
from guanhu.projections.history import customer_history
from guanhu.projections.replay_scope import Scope
from guanhu.store.acts import correct_entry
from guanhu.store.affairs import end_product, excuse_promise, keep_promise, refer, waive_duty
from guanhu.store.applying import apply_handover
from guanhu.store.assigning import release
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.registering import erase, link, restrict, tag
from guanhu.store.schemes import adopt_scheme
from guanhu.store.withdrawing import withdraw
from guanhu.tests.books import stated
from guanhu.tests.projections.replays import begun, differences
from guanhu.tests.projections.test_queue import CUSTOMERS, acts, days, do, staffed
from guanhu.tests.store.branch import Branch, contacted, day
from guanhu.tests.store.small_branch import scheme_text

EVERYBODY = Scope(outlet="01")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    yield found
    found.book.close()


MORE = (
    "correct", "withdraw", "keep", "excuse", "end", "tag", "link", "waive", "release", "restrict", "erase", "scheme",
    "refer", "hand_over", "statement", "take_back", "take_back", "take_back",
)  # fmt: skip
more = st.tuples(st.sampled_from(MORE), st.sampled_from(CUSTOMERS), days, st.integers(0, 3))


def do_more(book: Book, act: tuple[str, str, date, int]) -> None:
    """Acts beside those of the queue's tests; what a rule refuses is as good as not done."""
    kind, no, on, n = act
    other = CUSTOMERS[(CUSTOMERS.index(no) + 1) % len(CUSTOMERS)]
    entries = _positions(book, "SELECT position FROM act ORDER BY position")
    promises = _positions(book, "SELECT position FROM affair WHERE kind = 'promise' AND closed IS NULL")
    with suppress(Refused, IndexError):
        match kind:
            case "correct":
                correct_entry(book, entries[n], outcome="replied", reason="改")
            case "withdraw":
                correct_entry(book, entries[n], withdrawn=True, reason="错")
            case "keep":
                keep_promise(book, promises[0], on)
            case "excuse":
                excuse_promise(book, promises[0], "无法办理", on)
            case "end":
                end_product(book, no, "P1", on)
            case "tag":
                tag(book, no, f"标签{n // 2}", on, add=n % 2 == 0)
            case "link":
                link(book, no, other, "family", on, add=n % 2 == 0)
            case "waive":
                waive_duty(book, no, "monthly_contact", "2026-04", "出国", on)
            case "release":
                release(book, no, "R1", on)
            case "restrict":
                restrict(book, no, "要求", on, add=n % 2 == 0)
            case "erase":
                erase(book, no, "要求", on)
            case "hand_over":
                with book.reading() as cursor:
                    plan = plan_handover(cursor, "R1", "M1", on)
                apply_handover(book, plan)
            case "scheme":
                adopt_scheme(book, scheme_text(2, middle=150_000), max(on, day("2026-05-20")))
            case "refer":
                refer(book, no, "M1", on, by="R1")
            case "take_back":
                withdraw(book, _positions(book, _ACTS)[n], "做错了", by="M1")
            case "statement":
                stated(book, on.isoformat(), {each: 30_000 * (n + m) for m, each in enumerate(CUSTOMERS)})


_ACTS = " UNION ".join(f"SELECT position FROM {table}" for table in ("act", "affair", "care", "mark", "product", "tag"))
_ACTS += " ORDER BY position DESC"


def _positions(book: Book, question: str) -> list[int]:
    with book.reading() as cursor:
        return [position for (position,) in cursor.execute(question)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(st.one_of(acts, more), min_size=4, max_size=14), skipped=st.integers(0, 12))
@example(history=[("link", "C1", date(2026, 1, 1), 0), ("erase", "C1", date(2026, 1, 1), 0)], skipped=0)
def test_a_replay_to_the_end_equals_the_live_read_model(
    history: list[tuple[str, str, date, object]], skipped: int
) -> None:
    with TemporaryDirectory() as folder:
        book = staffed(Path(folder))
        for act in history:
            if isinstance(act[3], int) and act[0] in MORE:
                do_more(book, (act[0], act[1], act[2], act[3]))
            else:
                do(book, act)
        for scope in (*map(Scope, CUSTOMERS), Scope(staff="R1"), EVERYBODY):
            assert differences(book, scope) == {}
        # What comes before the first step is folded at once; the steps after it go on from the same rows.
        with book.reading() as cursor:
            total = begun(book, cursor, EVERYBODY).total
        assert differences(book, EVERYBODY, offset=min(skipped, total - 1)) == {}
        book.close()


def test_a_replay_that_left_an_event_out_would_differ(branch: Branch) -> None:
    branch.customer("C1", 250_000)
    assert {"act", "obligation"} <= differences(branch.book, Scope("C1"), without=contacted(branch)).keys()
    assert differences(branch.book, Scope("C1")) == {}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A made-up branch of two years."""
    from guanhu.commands.demo_branch import build_demo

    path = tmp_path_factory.mktemp("demo") / "book.db"
    build_demo(path, customers=80, seed=3, today=date(2026, 11, 24))
    book = Book(path)
    yield book
    book.close()


def test_so_it_does_for_all_customers_of_an_outlet_of_the_made_up_branch(demo: Book) -> None:
    assert differences(demo, EVERYBODY) == {}
    assert differences(demo, EVERYBODY, first=date(2026, 6, 1)) == {}


def test_each_customers_replay_tells_the_events_of_their_history(demo: Book) -> None:
    with demo.reading() as cursor:
        numbers = [no for (no,) in cursor.execute("SELECT no FROM customer ORDER BY id LIMIT 10")]
        for no in numbers:
            _total, items = customer_history(cursor, demo.recorder, decode, demo.keyring, no)
            replay = begun(demo, cursor, Scope(no))
            steps = [step for step in replay.steps(cursor) if step.customers == (no,) and step.position]
            told = [(step.position, step.code, step.details) for step in steps]
            assert told == [(item.position, item.code, item.details) for item in items]
