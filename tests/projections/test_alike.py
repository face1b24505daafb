"""Customers who are alike are owed the same, derived once: every row is what deriving each of them alone gives."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanhu.domain.calendar import Calendar
from guanhu.domain.duties import Obligation, obligations
from guanhu.domain.errors import Refused
from guanhu.domain.facts import Facts
from guanhu.domain.scheme import Policy
from guanhu.projections.alike import Alike
from guanhu.projections.alike_people import people
from guanhu.projections.policy import policy_of
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.affairs import make_promise
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.rebuilding import check
from guanhu.store.registering import mark, record_profile
from guanhu.store.schemes import adopt_scheme
from guanhu.store.statements import deposit
from guanhu.tests.books import day, stated
from guanhu.tests.store.small_branch import branch, scheme_text, with_customers

NUMBERS = tuple(f"C{n}" for n in range(6))
YUAN = st.sampled_from([900, 30_000, 45_000, 120_000, 160_000, 199_000, 230_000, 460_000, 1_200_000])
SOME = st.sets(st.sampled_from(NUMBERS), min_size=1)
DAYS = [date(2026, 2, 3), date(2026, 2, 27), date(2026, 4, 1), date(2026, 4, 20), date(2026, 6, 1)]
KINDS = ("statement", "statement", "deposit", "contact", "visit", "mark", "profile", "assign", "promise", "scheme")
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), SOME, st.sampled_from(DAYS), YUAN), min_size=3, max_size=9)
Act = tuple[str, set[str], date, int]


def do(book: Book, act: Act) -> None:
    """One thing done to several customers; what a rule refuses is as good as not done."""
    kind, numbers, on, yuan = act
    if kind == "statement":
        stated(book, on.isoformat(), dict.fromkeys(sorted(numbers), yuan))
        return
    for no in sorted(numbers):
        with suppress(Refused):
            to_one(book, kind, no, on, yuan)


def to_one(book: Book, kind: str, no: str, on: date, yuan: int) -> None:
    match kind:
        case "scheme":
            adopt_scheme(book, scheme_text(2, middle=150_000), on)
        case "deposit":
            deposit(book, no, yuan * 100, on)
        case "contact":
            log_contact(book, no, "phone", "reached_success" if yuan > 50_000 else "no_answer", on, staff="RM1")
        case "visit":
            log_visit(book, no, ["SUP"], "reached_success", on, staff="RM1")
        case "mark":
            mark(book, no, "do_not_disturb" if yuan > 50_000 else "prospect", "因故", on)
        case "profile":
            record_profile(book, no, "", {"birthday": f"198{no[1]}-05-04", "phone": "13800000000"}, "", on)
        case "assign":
            assign(book, no, "RM1" if yuan > 50_000 else "RM2", on=on)
        case "promise":
            make_promise(book, no, "寄送资料", date(2026, 6, 15), on, staff="RM1")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
@example([
    ("statement", {"C0"}, date(2026, 2, 3), 900),
    ("deposit", {"C0"}, date(2026, 2, 3), 120_000),
    ("statement", {"C0"}, date(2026, 2, 27), 120_000),  # little beside what was carried, much beside what was reported
])
def test_what_is_derived_for_all_who_are_alike_is_what_each_is_owed(done: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        book = branch(Path(folder))
        with_customers(book, dict.fromkeys(NUMBERS, 45_000))
        for act in done:
            do(book, act)
        with book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy is not None
            every = Alike(policy, book.calendar)
            ids = [cid for (cid,) in cursor.execute("SELECT id FROM customer ORDER BY id")]
            found = every.owed(cursor, people(cursor, ids))
            for cid, _, facts in every.facts(cursor, ids):
                alone = every.shape(facts)
                assert (found[cid].rows, found[cid].gaps) == (alone.rows, alone.gaps)
        assert check(book) == []  # the live rows were derived one by one
        book.close()


@contextmanager
def derivations() -> Iterator[list[str]]:
    """The numbers of the customers whose duties are derived meanwhile."""
    found: list[str] = []

    def noted(facts: Facts, policy: Policy, calendar: Calendar) -> list[Obligation]:
        found.append(facts.customer_no)
        return plain(facts, policy, calendar)

    plain = obligations
    with patch("guanhu.projections.alike.obligations", noted):
        yield found


def test_a_fold_derives_alike_customers_once_and_others_alone(tmp_path: Path) -> None:
    book = branch(tmp_path)
    numbers = [f"C{n}" for n in range(60)]
    with_customers(book, {no: 30_000 + n for n, no in enumerate(numbers)})
    stated(book, "2026-03-02", {no: 31_000 + n for n, no in enumerate(numbers)})
    make_promise(book, "C7", "寄送资料", day("2026-06-15"), day("2026-06-01"), staff="RM1")
    with derivations() as derived:
        assert check(book) == []
    assert "C7" in derived
    assert len(derived) <= 2
    book.close()


def test_who_is_called_when_a_call_does_a_duty_is_like_nobody_else(tmp_path: Path) -> None:
    book = branch(tmp_path)
    numbers = [f"C{n}" for n in range(30)]
    with_customers(book, dict.fromkeys(numbers, 250_000))
    for no in numbers:
        assign(book, no, "RM1", on=day("2026-03-02"))
    for no in ("C3", "C4"):
        log_contact(book, no, "phone", "reached_success", day("2026-03-04"), staff="RM1")  # the first contact
    with derivations() as derived:
        assert check(book) == []
    assert {"C3", "C4"} <= set(derived)
    assert len(derived) < len(numbers)
    book.close()
