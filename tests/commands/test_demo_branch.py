"""The made-up branch: its shares, its people, its days, and that it is an honest book."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from time import tzset
from typing import Any

import msgspec
import pytest

from guanhu.commands.demo_branch import branch, build_demo, money, notes
from guanhu.commands.demo_branch.diary import Diary, SharedBook
from guanhu.domain.branch_time import branch_time
from guanhu.domain.facts import EVER
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.domain.text import clean
from guanhu.projections.assignment import assignment_queue
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, DutyList, duty_list
from guanhu.projections.tables import TABLES
from guanhu.projections.tiers import summary
from guanhu.store import rebuilding
from guanhu.store.book import Book, acting_staff
from guanhu.store.posts import review_day

TODAY = date(2026, 11, 24)
SCHEME = read_scheme(default_scheme_text())
LATE_WRITERS = {branch.LEAVER, branch.SUCCESSOR, branch.LAZY}
BANDS = money.Bands(SCHEME.floors)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A small branch, which no test changes."""
    made = build_demo(tmp_path_factory.mktemp("demo") / "book.db", customers=300, seed=5, today=TODAY)
    yield made
    made.close()


def queue(book: Book, staff: str) -> DutyList:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        return duty_list(cursor, policy, book.calendar, TODAY, Asked(staff=staff))


def rows(book: Book, question: str, *values: object) -> list[tuple[Any, ...]]:
    with book.reading() as cursor:
        return cursor.execute(question, values).fetchall()


def read_model(book: Book) -> dict[str, Counter[tuple[Any, ...]]]:
    return {name: Counter(rows(book, f"SELECT * FROM {name}")) for name in TABLES}


# ---------------------------------------------------------------- the book
def test_the_read_model_is_what_the_events_say(book: Book) -> None:
    assert rebuilding.check(book) == []


def test_the_same_seed_makes_the_same_branch(book: Book, tmp_path: Path) -> None:
    again = build_demo(tmp_path / "again.db", customers=300, seed=5, today=TODAY)
    assert read_model(again) == read_model(book)
    again.close()


def test_another_seed_makes_another_branch(tmp_path: Path) -> None:
    made = [build_demo(tmp_path / f"{seed}.db", customers=20, seed=seed, today=TODAY) for seed in (1, 2)]
    one, other = (read_model(book)["customer"] for book in made)
    assert one != other
    for each in made:
        each.close()


@pytest.mark.parametrize("customers", [0, 1, 25])
@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2026, 10, 5), date(2024, 2, 29)])
def test_a_branch_of_any_size_can_be_made_on_any_day(tmp_path: Path, customers: int, today: date) -> None:
    made = build_demo(tmp_path / "book.db", customers=customers, seed=2, today=today)
    assert rows(made, "SELECT count(*) FROM customer") == [(customers,)]
    assert rows(made, "SELECT value FROM book WHERE name = 'day'") == [(today.toordinal(),)]
    made.close()


def test_half_a_branch_is_taken_away_again(tmp_path: Path) -> None:
    def stop(done: int, total: int | None) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(tmp_path / "book.db", customers=20, seed=1, today=TODAY, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    build_demo(
        tmp_path / "book.db", customers=20, seed=1, today=TODAY, progress=lambda *part: told.append(part)
    ).close()
    assert told == [(n, 24) for n in range(1, 25)]


def test_commands_of_one_transaction_keep_their_author_moment_and_id(book: Book) -> None:
    for topic in ("contact", "promise", "reviewed"):
        assert rows(book, "SELECT count(*) FROM stored_events WHERE topic = ?", topic)[0] > (5,)
    authors, moments = rows(book, "SELECT count(DISTINCT by), count(DISTINCT recorded) FROM act")[0]
    assert authors > 8
    assert moments > 200
    assert rows(book, "SELECT count(*) FROM command")[0] > (1_000,)


def test_a_repeated_command_of_a_shared_transaction_is_not_done_twice(tmp_path: Path) -> None:
    diary = Diary(datetime(2026, 11, 23, 9, 0))
    shared = SharedBook.create(tmp_path / "book.db", clock=diary.clock)
    with shared.together():
        branch.found_branch(shared)
        first, again = (review_day(shared, branch.USER, diary.day, by=branch.USER, command="one") for _ in range(2))
    assert (first.repeated, again.repeated) == (False, True)
    assert first.positions == again.positions
    assert rebuilding.check(shared) == []
    shared.close()


def test_what_fails_in_a_shared_transaction_leaves_nothing(tmp_path: Path) -> None:
    shared = SharedBook.create(tmp_path / "book.db")

    def fail() -> None:
        with shared.together():
            branch.found_branch(shared)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(shared, "SELECT count(*) FROM staff") == [(0,)]
    with shared.together():
        branch.found_branch(shared)
    assert rows(shared, "SELECT count(*) FROM staff") == [(25,)]
    shared.close()


# ---------------------------------------------------------------- its people
@pytest.mark.slow
def test_a_branch_of_the_usual_size_has_the_usual_shares_and_but_one_nobody_has_too_many(tmp_path: Path) -> None:
    made = build_demo(tmp_path / "book.db", today=TODAY)
    with made.reading() as cursor:
        tiers, untiered = summary(cursor, TODAY, SCHEME)
    shares = [each.customers / 2_000 for each in (untiered, *tiers)]
    for share, wanted in zip(shares, money.SHARES, strict=True):
        assert share == pytest.approx(wanted, rel=0.05, abs=0.002)
    for staff, role, owned in rows(
        made, "SELECT staff, role, count(*) FROM care WHERE seat = 'owner' AND end = ? GROUP BY 1, 2", EVER
    ):
        planted = staff == branch.MANAGERS["03"]  # for an inspection to find
        assert planted or owned <= SCHEME.role[role].capacity, staff
    assert rows(made, "SELECT count(*) FROM care WHERE seat = 'owner' AND end = ?", EVER)[0] > (900,)
    made.close()


def test_twenty_five_are_at_work_and_one_has_left_nothing_behind(book: Book) -> None:
    day = TODAY.toordinal()
    assert rows(book, "SELECT count(*) FROM staff WHERE left > ?", day) == [(25,)]
    assert rows(book, "SELECT id FROM staff WHERE left <= ?", day) == [(branch.LEAVER,)]
    assert rows(book, "SELECT count(*) FROM care WHERE staff = ? AND end = ?", branch.LEAVER, EVER) == [(0,)]
    assert rows(book, "SELECT count(*) FROM care WHERE staff = ? AND end = ?", branch.SUCCESSOR, EVER)[0] > (0,)
    assert {row[0] for row in rows(book, "SELECT DISTINCT role FROM post")} == set(SCHEME.role)


def test_the_systems_user_is_a_relationship_manager(book: Book) -> None:
    with book.reading() as cursor:
        assert acting_staff(cursor, "") == branch.USER == book.staff
    assert rows(book, "SELECT role FROM post WHERE staff = ?", branch.USER) == [("relationship_manager",)]


def test_names_are_clean_and_every_bank_can_write_them(book: Book) -> None:
    for (name,) in rows(book, "SELECT name FROM customer"):
        assert 2 <= len(name) <= 4
        assert clean(name) == name
        assert name.encode("gb18030").decode("gb18030") == name


def test_numbers_are_well_formed_and_nobodys(book: Book) -> None:
    from stdnum.cn import ric
    from stdnum.exceptions import InvalidComponent

    known = [msgspec.msgpack.decode(personal) for (personal,) in rows(book, "SELECT personal FROM customer")]
    numbers = [facts["identity_no"][0] for facts in known if "identity_no" in facts]
    assert len(numbers) > 200
    for number in numbers:
        assert ric.calc_check_digit(number) == number[-1]
        with pytest.raises(InvalidComponent):  # no such place
            ric.validate(number)
    for phone in (facts["phone"][0] for facts in known if "phone" in facts):
        assert len(phone) == 11
        assert phone.isdigit()
        assert phone[:3] in {"154", "163", "164", "168", "169"}


def test_birthdays_of_both_calendars_are_known(book: Book) -> None:
    assert rows(book, "SELECT count(*) FROM customer WHERE birthday <> ''")[0] > (200,)
    assert rows(book, "SELECT count(*) FROM customer WHERE lunar_birthday <> ''")[0] > (15,)


# ---------------------------------------------------------------- its days
def test_the_user_has_a_full_day_with_something_overdue(book: Book) -> None:
    found = queue(book, branch.USER)
    assert found.total >= 10
    assert not found.provisional
    states = Counter(item.status for item in found.items)
    assert states["overdue"] >= 3
    assert {"fund_change", "promise", "referral", "maturity", "daily_review"} <= {item.duty for item in found.items}


def test_the_user_stands_in_for_a_colleague_on_leave(book: Book) -> None:
    day = TODAY.toordinal()
    away = rows(book, "SELECT staff FROM leave WHERE stand_in = ? AND first <= ? AND last >= ?", branch.USER, day, day)
    assert away == [(branch.DILIGENT,)]


def test_some_wait_to_be_assigned_and_somebody_fell_this_month(book: Book) -> None:
    with book.reading() as cursor:
        assert assignment_queue(cursor, None, TODAY)
    first = TODAY.replace(day=1).toordinal()
    fallen = rows(book, "SELECT count(*) FROM tier_move WHERE rule = 'down_full_month' AND day = ?", first)
    assert fallen[0] > (0,)


def test_nothing_is_written_down_before_it_happened_or_after_this_morning(book: Book) -> None:
    for recorded, day in rows(book, "SELECT recorded, day FROM act"):
        written = branch_time(datetime.fromtimestamp(recorded, UTC))
        assert written.date().toordinal() >= day
        assert written.replace(tzinfo=None) < datetime.combine(TODAY, time(1, 0))


def test_people_write_in_the_branchs_working_hours_and_seldom_on_a_later_day(book: Book) -> None:
    written = [
        (branch_time(datetime.fromtimestamp(recorded, UTC)), date.fromordinal(day), staff)
        for recorded, day, staff in rows(book, "SELECT recorded, day, staff FROM act")
    ]
    assert {moment.hour for moment, _, _ in written} <= set(range(8, 18))
    ordinary = [moment.date() > day for moment, day, staff in written if staff not in LATE_WRITERS]
    assert ordinary.count(True) / len(ordinary) < 0.08


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_branchs_hours_do_not_follow_the_computers_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    question = "SELECT recorded, day, staff FROM act ORDER BY position"
    here = _acts_in(tmp_path / "here.db", question)
    monkeypatch.setenv("TZ", zone)
    tzset()
    try:
        there = _acts_in(tmp_path / "there.db", question)
    finally:
        monkeypatch.undo()
        tzset()
    assert here == there != []


def _acts_in(path: Path, question: str) -> list[tuple[Any, ...]]:
    made = build_demo(path, customers=30, seed=2, today=TODAY)
    found = rows(made, question)
    made.close()
    return found


def test_who_writes_late_and_who_is_lazy_can_be_told(book: Book) -> None:
    def late(staff: str) -> float:
        found = rows(book, "SELECT recorded, day FROM act WHERE staff = ? AND channel <> 'message'", staff)
        late = [branch_time(datetime.fromtimestamp(r, UTC)).toordinal() > d for r, d in found]
        return late.count(True) / len(late)

    assert late(branch.SUCCESSOR) > 0.4 > late(branch.DILIGENT)


def test_there_is_something_of_everything(book: Book) -> None:
    kinds = {kind for (kind,) in rows(book, "SELECT DISTINCT kind FROM affair")}
    assert kinds == {"promise", "event", "opinion", "referral", "request"}
    marks = Counter(mark for (mark,) in rows(book, "SELECT mark FROM mark"))
    assert marks["deceased"] == 1
    assert marks["closed"] == 1
    assert marks["do_not_disturb"] >= 2
    assert marks["prospect"] >= 3
    for table in ("tag", "link", "product", "waiver", "day_done"):
        assert rows(book, f"SELECT count(*) FROM {table}")[0] > (0,), table
    assert rows(book, "SELECT count(*) FROM act WHERE corrected > 0") == [(2,)]
    week = (TODAY.toordinal(), TODAY.toordinal() + 7)
    assert rows(book, "SELECT count(*) FROM product WHERE matures BETWEEN ? AND ?", *week)[0] >= (3,)


def test_whoever_was_known_was_greeted_on_national_day(book: Book) -> None:
    year = (date(2026, 9, 28).toordinal(), date(2026, 10, 1).toordinal())
    greeted = rows(book, "SELECT count(*) FROM act WHERE note LIKE '%国庆%' AND day BETWEEN ? AND ?", *year)
    assert greeted[0] > (0,)


def test_notes_leave_no_place_open() -> None:
    rng = Random(1)
    assert sum(map(len, notes.LINES.values())) >= 60
    for kind, lines in notes.LINES.items():
        for _ in range(len(lines) * 4):
            text = notes.note(rng, kind, "王女士", festival="春节")
            assert "{" not in text
            assert clean(text) == text
