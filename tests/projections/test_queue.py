"""A queue read from the table says what the rules say of every customer, for anybody, on any date."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanhu.domain.duties import obligations
from guanhu.domain.occurrences import STATUSES, Person, View, occurrences, owed_on
from guanhu.domain.responsibility import owed_by
from guanhu.projections.day import Day, open_day
from guanhu.projections.facts_of import load_facts
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.store.acts import log_contact, log_visit
from guanhu.store.affairs import hold_product, make_promise, note_event, waive_duty
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.posts import enrol, give_role
from guanhu.store.rebuilding import check
from guanhu.store.registering import mark, record_profile
from guanhu.store.statements import deposit
from guanhu.tests.books import a_book, day, opened, stated, with_customers

CUSTOMERS = ("C1", "C2", "C3", "C4")
Line = tuple[str, str, str, str, tuple[str, ...]]

days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
numbers = st.sampled_from(CUSTOMERS)
amounts = st.sampled_from([0, 900, 45_000, 60_000, 150_000, 170_000, 210_000, 450_000, 600_000, 1_200_000, 3_500_000])
acts = st.one_of(
    st.tuples(st.just("balance"), numbers, days, amounts),
    st.tuples(st.just("balance"), numbers, days, amounts),
    st.tuples(st.just("balance"), numbers, days, amounts),
    st.tuples(st.just("deposit"), numbers, days, amounts),
    st.tuples(st.just("contact"), numbers, days, st.sampled_from(["reached_success", "no_answer", "sent"])),
    st.tuples(st.just("visit"), numbers, days, st.just("reached_other")),
    st.tuples(st.just("mark"), numbers, days, st.sampled_from(["prospect", "do_not_disturb"])),
    st.tuples(st.just("profile"), numbers, days, st.sampled_from(["1990-02-28", "1960-04-03", "1955-06-21"])),
    st.tuples(st.just("product"), numbers, days, amounts),
    st.tuples(st.just("event"), numbers, days, st.sampled_from(["wedding", "illness"])),
    st.tuples(st.just("promise"), numbers, days, st.just(0)),
    st.tuples(st.just("assign"), numbers, days, st.sampled_from(["R1", "S1"])),
    st.tuples(st.just("open"), numbers, days, st.just(0)),
)


def staffed(folder: Path) -> Book:
    """A branch with a manager (M1, also relationship manager), a relationship manager and a supervisor."""
    book = with_customers(a_book(folder), *CUSTOMERS)
    for staff, role in (("R1", "relationship_manager"), ("S1", "rm_supervisor"), ("D1", "department")):
        enrol(book, staff, staff, date.min)
        give_role(book, staff, role, "01", date.min)
    return book


def do(book: Book, act: tuple[str, str, date, object]) -> None:
    """One act; what a rule refuses is as good as not done."""
    from guanhu.domain.errors import Refused

    kind, no, on, what = act
    try:
        match kind:
            case "balance":
                stated(book, on.isoformat(), {no: int(str(what))})
            case "deposit":
                deposit(book, no, int(str(what)) * 100, on)
            case "contact":
                log_contact(book, no, "phone", str(what), on, staff="R1")
            case "visit":
                log_visit(book, no, ["S1"], str(what), on, staff="R1")
            case "mark":
                mark(book, no, str(what), "因故", on)
            case "profile":
                record_profile(book, no, "", {"birthday": str(what)}, "", on)
            case "product":
                fen, matures = int(str(what)) * 100 + 1, day("2026-05-20")
                hold_product(book, no, "存款", fen, on, matures_on=matures, product_no="P1")
            case "event":
                note_event(book, no, str(what), on)
            case "promise":
                make_promise(book, no, "寄送资料", day("2026-05-10"), on, staff="R1")
            case "assign":
                assign(book, no, str(what), on=on)
            case "open":
                opened(book, on.isoformat())
    except Refused:
        return


def by_the_rules(book: Book, at: Day) -> Iterator[Line]:
    """Every customer's duties on the day from their facts alone; what is missed, by the seats of its last day."""
    ids = [row[0] for row in at.cursor.execute("SELECT id FROM customer")]
    waived = {
        (cid, duty, key): on
        for cid, duty, key, on in at.cursor.execute("SELECT customer_id, duty, occurrence, day FROM waiver")
    }
    view = View(at.ordinal, at.policy, at.calendar)
    for cid, _, facts in load_facts(at.cursor, ids, at.scheme.profile):
        mine = {(duty, key): on for (owner, duty, key), on in waived.items() if owner == cid}
        person = Person(facts.birthday, facts.lunar_birthday, [a for a in facts.acts if a.day <= at.ordinal], mine)
        for obligation in obligations(facts, at.policy, at.calendar):
            for occurrence in occurrences(obligation, person, view):
                then = then_on(at, owed_on(occurrence, obligation, person, view))
                by = then.scheme.duty[occurrence.duty].by[occurrence.by]
                own = occurrence.staff_id
                owners = (own,) if own else owed_by(by, then.care([cid])[cid], then.scheme, then.posts.roles_of)
                if owners is not None:
                    yield facts.customer_no, occurrence.duty, occurrence.key, occurrence.status, owners


def then_on(at: Day, ordinal: int) -> Day:
    return at if ordinal == at.ordinal else open_day(at.cursor, at.policy, at.calendar, date.fromordinal(ordinal))


def by_the_table(at: Day, asked: Asked) -> list[Line]:
    items = duty_list(at.cursor, at.policy, at.calendar, at.date, asked).items
    return [(i.customer_no, i.duty, i.occurrence, i.status, i.owners) for i in items if i.customer_no]


MISSED_BEFORE_IT_WAS_ASSIGNED = [
    ("balance", "C1", date(2026, 1, 1), 0),
    ("balance", "C1", date(2026, 1, 2), 210_000),
    ("assign", "C1", date(2026, 3, 1), "R1"),
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, min_size=4, max_size=24), st.lists(days, min_size=1, max_size=4))
@example(MISSED_BEFORE_IT_WAS_ASSIGNED, [date(2026, 3, 1)])
def test_a_queue_on_a_date_equals_the_rules_for_every_customer(
    done: list[tuple[str, str, date, object]], asked_on: list[date]
) -> None:
    with TemporaryDirectory() as folder:
        book = staffed(Path(folder))
        for act in done:
            do(book, act)
        with book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy
            for on in asked_on:
                at = open_day(cursor, policy, book.calendar, on)
                expected = sorted(by_the_rules(book, at))
                undone = [line for line in expected if line[3] in ("open", "overdue")]
                assert sorted(by_the_table(at, Asked())) == undone
                upcoming = Asked(statuses=("upcoming", "open", "overdue"))
                assert sorted(by_the_table(at, upcoming)) == [x for x in expected if x[3] in upcoming.statuses]
                told = by_the_table(at, Asked(statuses=STATUSES))
                assert set(expected) <= set(told)
                assert len({line[:3] for line in told}) == len(told)
                for staff in ("M1", "R1", "S1", "D1"):
                    assert sorted(by_the_table(at, Asked(staff=staff))) == [x for x in undone if staff in x[4]]
                for no in CUSTOMERS:
                    assert sorted(by_the_table(at, Asked(customer_no=no))) == [x for x in undone if x[0] == no]
        assert check(book) == []
        book.close()


def test_a_waived_occurrence_leaves_the_queue_and_says_so(tmp_path: Path) -> None:
    book = staffed(tmp_path)
    stated(book, "2026-05-04", {"C1": 250_000})
    waive_duty(book, "C1", "monthly_contact", "2026-05", "客户出国", day("2026-05-06"))
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        at = open_day(cursor, policy, book.calendar, day("2026-05-10"))
        assert ("C1", "monthly_contact", "2026-05", "waived", ("M1",)) in by_the_table(at, Asked(statuses=STATUSES))
        assert not [line for line in by_the_table(at, Asked()) if line[1] == "monthly_contact"]
