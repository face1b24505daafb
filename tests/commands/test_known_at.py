"""`--known-at`: every reading command answers by what was recorded by then, and `audit since` says what came since."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from guanhu.commands.root import root
from guanhu.store.moment_files import moments_folder
from guanhu.tests.commands.conftest import Ran, run_line

CHINA = ZoneInfo("Asia/Shanghai")
NOT_OF_A_TIME = {"store info"}
"""Where the book lies and how large it is has no past."""


def commands() -> Iterator[tuple[str, set[str]]]:
    """Each command that does something: its path and its options."""
    top = root()
    above = top.make_context("guanhu", [], resilient_parsing=True)
    for name in top.list_commands(above):
        group = top.get_command(above, name)
        for word, found in getattr(group, "commands", {"": group}).items():
            yield f"{name} {word}".strip(), {each for param in found.params for each in param.opts}


def test_whatever_is_asked_of_a_day_is_asked_of_a_time_too() -> None:
    lacking = {path for path, options in commands() if "--as-of" in options and "--known-at" not in options}
    assert lacking == NOT_OF_A_TIME


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two customers on the 20th; on the 24th a call of the 19th, another balance of the 19th, a third customer."""
    folder = tmp_path_factory.mktemp("known_at")
    book = folder / "book.db"
    balances = folder / "balances.csv"
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=CHINA), tick=False):
        ok(book, "init")
        staff = json.loads(ok(book, "staff list --json").out)["items"][0]["staff_id"]
        for no, name in (("10001", "张伟"), ("10002", "李娜")):
            ok(book, f"customer register {no} --name {name}")
            ok(book, f"assign set {no} {staff} --on 2026-11-02")
        balances.write_text("customer_no,balance_yuan,date\n10001,250000,2026-11-02\n10002,900,2026-11-02\n")
        ok(book, f"import balances {balances}")
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=CHINA), tick=False):
        ok(book, "contact add 10001 --channel phone --outcome reached_success --on 2026-11-19 --note 补记")
        balances.write_text("customer_no,balance_yuan,date\n10001,620000,2026-11-19\n")
        ok(book, f"import balances {balances}")
        ok(book, "customer register 10003 --name 王强")
    return book


def ok(book: Path, line: str, code: int = 0) -> Ran:
    """Run a line on the book."""
    ran = run_line(f"guanhu --book {book} --lang en {line}")
    assert ran.code == code, ran
    return ran


def asked(book: Path, line: str) -> Any:
    """The document of a question."""
    return json.loads(ok(book, f"{line} --json").out)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=CHINA), tick=False):
        yield


def test_a_time_alone_asks_about_its_own_day(branch: Path) -> None:
    then = asked(branch, "customer show 10001 --known-at 2026-11-20")
    assert (then["as_of"], then["known_at"]) == ("2026-11-20", "2026-11-20T15:59:59.999999Z")
    assert (then["aum_fen"], then["tier"], then["acts"]) == (25_000_000, "middle", [])
    now = asked(branch, "customer show 10001 --as-of 2026-11-20")
    assert "known_at" not in now
    assert now["aum_fen"] == 62_000_000
    assert [act["note"] for act in now["acts"]] == ["补记"]
    both = asked(branch, "customer show 10001 --as-of 2026-11-19 --known-at '2026-11-23 18:00'")
    assert (both["as_of"], both["aum_fen"]) == ("2026-11-19", 25_000_000)


READING = (
    "tier summary", "tier list middle", "tier history 10001", "tier why 10001", "tier matrix --from 2026-11-01",
    "duty list --all", "duty why 10001 monthly_contact", "log --all --from 2026-11-01", "customer find 张",
    "customer profile 10001", "customer history 10001", "staff list", "outlet list", "outlet meeting", "assign queue",
    "scheme list", "scheme show", "audit looks",
)  # fmt: skip


@pytest.mark.parametrize("line", READING)
def test_every_question_is_answered_as_it_was_then(branch: Path, line: str) -> None:
    then = asked(branch, f"{line} --known-at 2026-11-23")
    with time_machine.travel(datetime(2026, 11, 23, 20, tzinfo=CHINA), tick=False):
        again = asked(branch, f"{line} --known-at 2026-11-23 --as-of 2026-11-23")
    assert then == again
    assert then["known_at"] == "2026-11-23T15:59:59.999999Z"
    by_now = asked(branch, f"{line} --as-of 2026-11-23")
    if line.startswith(("tier summary", "duty list", "log", "customer history", "tier why")):
        assert {k: v for k, v in then.items() if k != "known_at"} != by_now
    assert run_line(f"guanhu --book {branch} --lang zh {line} --known-at 2026-11-23").code == 0


def test_who_came_later_was_not_known_then(branch: Path) -> None:
    assert ok(branch, "customer show 10003 --known-at 2026-11-23", 3).err
    assert asked(branch, "customer find 王强 --known-at 2026-11-23")["total"] == 0
    assert asked(branch, "customer find 王强")["total"] == 1


@pytest.mark.parametrize(
    ("said", "code", "why"),
    [
        ("soon", 2, "not a date or time"),
        ("2026-11-25", 2, "not known yet"),
        ("2026-11-01", 1, "By then nothing was recorded"),
    ],
)
def test_a_time_that_can_not_be_looked_back_to_is_refused(branch: Path, said: str, code: int, why: str) -> None:
    ran = ok(branch, f"tier summary --known-at {said}", code)
    assert ran.out == ""
    assert why in " ".join(ran.err.split())


def test_looking_back_leaves_backup_and_figures_of_the_book_alone(branch: Path, tmp_path: Path) -> None:
    before = asked(branch, "store info")
    asked(branch, "tier summary --known-at 2026-11-23")
    assert moments_folder(branch).is_dir()
    assert asked(branch, "store info") == before
    ok(branch, f"store backup {tmp_path / 'copy.db'}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "copy.db.key"]
    assert asked(branch, "store check")["equal"]


# ------------------------------------------------------------ what is known since
def test_what_is_known_now_and_was_not_then(branch: Path) -> None:
    found = asked(branch, "audit since 10001 --as-of 2026-11-20 --known-at 2026-11-23")
    assert (found["as_of"], found["customer_no"]) == ("2026-11-20", "10001")
    kinds = {item["kind"]: item for item in found["items"] if item["kind"] != "entry"}
    assert (kinds["aum"]["then"], kinds["aum"]["now"]) == (25_000_000, 62_000_000)
    assert kinds["aum"]["summary"] == "250,000.00 yuan then, 620,000.00 yuan now"
    duties = {(i["duty"], i["occurrence"]): i for i in found["items"] if i["kind"] == "duty"}
    contact = duties["monthly_contact", "2026-11"]
    assert (contact["then"], contact["now"]) == ("open", "done")
    entries = {item["event"]: item for item in found["items"] if item["kind"] == "entry"}
    assert entries["contact"]["positions"] == contact["positions"]
    assert entries["contact"]["occurred_on"] == "2026-11-19"
    assert "补记" in entries["contact"]["summary"]


def test_nothing_is_said_where_nothing_was_learned(branch: Path) -> None:
    assert asked(branch, "audit since 10002 --known-at 2026-11-23")["items"] == []
    assert asked(branch, "audit since 10001 --known-at 2026-11-24")["items"] == []


def test_of_an_outlet_and_of_a_member_of_staff_the_same_is_said(branch: Path) -> None:
    one = asked(branch, "audit since 10001 --as-of 2026-11-20 --known-at 2026-11-23")["items"]
    outlet = asked(branch, "audit since --outlet 01 --as-of 2026-11-20 --known-at 2026-11-23")["items"]
    assert [item for item in outlet if item["customer_no"] == "10001"] == one
    new = [item for item in outlet if item["customer_no"] == "10003"]
    assert [item["kind"] for item in new][:1] == ["customer"]
    staff = asked(branch, "staff list")["items"][0]["staff_id"]
    mine = asked(branch, f"audit since --staff {staff} --as-of 2026-11-20 --known-at 2026-11-23")["items"]
    assert [item for item in mine if item["customer_no"] == "10001"] == one
    assert not [item for item in mine if item["customer_no"] == "10003"]


def test_exactly_one_is_asked_about(branch: Path) -> None:
    ok(branch, "audit since --known-at 2026-11-23", 2)
    ok(branch, "audit since 10001 --outlet 01 --known-at 2026-11-23", 2)
    ok(branch, "audit since 99999 --known-at 2026-11-23", 3)
    ok(branch, "audit since --staff NOBODY --known-at 2026-11-23", 3)
