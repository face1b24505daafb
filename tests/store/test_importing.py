"""Files into the book: what goes in, what is refused, what a second and a third import do (DESIGN 7)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guanhu.intake.records import Kind
from guanhu.intake.source import open_source
from guanhu.projections.customers import page
from guanhu.projections.policy import policy_of
from guanhu.store.book import Book
from guanhu.store.import_kinds import Context
from guanhu.store.importing import import_file
from guanhu.store.rebuilding import check
from guanhu.tests.books import a_book, day


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return a_book(tmp_path)


def taken(
    book: Book, kind: Kind, folder: Path, text: str, *, on: date | None = None, dry_run: bool = False
) -> dict[str, Any]:
    """The JSON document of importing a file of that text."""
    path = folder / "file.csv"
    path.write_text(text, "utf-8")
    return import_file(book, open_source(str(path), kind, day=on), Context(on), dry_run=dry_run).document()


def counted(document: dict[str, Any]) -> tuple[int, ...]:
    return tuple(document[name] for name in ("rows", "accepted", "registered", "changed", "unchanged", "tier_changes"))


def aum(book: Book, no: str, on: str = "2026-11-24") -> int | None:
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        return page(cursor, policy, book.calendar, day(on), no).aum_fen


BOTH = "客户号,姓名,余额,数据日期\nC1,张伟,250000,2026-10-05\nC2,李娜,60000,2026-10-05\n"


def test_the_same_file_as_another_kind_is_another_import(book: Book, tmp_path: Path) -> None:
    first = taken(book, "balances", tmp_path, BOTH)
    assert [r["reason"] for r in first["rejected"]] == ["unknown_customer"] * 2
    assert counted(taken(book, "customers", tmp_path, BOTH)) == (2, 2, 2, 0, 0, 2)
    assert aum(book, "C1") == 25_000_000
    assert counted(taken(book, "balances", tmp_path, BOTH)) == (2, 2, 0, 0, 2, 0)


def test_a_second_import_takes_only_what_was_refused_and_can_be_taken_now(book: Book, tmp_path: Path) -> None:
    balances = "customer_no,balance_yuan,date\nC1,1000,2026-10-06\nC2,2000,2026-10-06\nC9,5,2026-10-06\n"
    taken(book, "customers", tmp_path, "customer_no,name\nC1,A\n")
    first = taken(book, "balances", tmp_path, balances)
    assert (first["accepted"], [r["row"] for r in first["rejected"]]) == (1, [3, 4])
    taken(book, "customers", tmp_path, "customer_no,name\nC2,B\n")
    second = taken(book, "balances", tmp_path, balances)
    assert (second["accepted"], second["changed"], [r["row"] for r in second["rejected"]]) == (2, 1, [4])
    # What is still refused after the second is tried again by the third.
    taken(book, "customers", tmp_path, "customer_no,name\nC9,C\n")
    third = taken(book, "balances", tmp_path, balances)
    assert (third["accepted"], third["changed"], third["rejected"]) == (3, 1, [])
    assert aum(book, "C9") == 500


def test_a_file_gone_through_changes_nothing_however_often_it_comes(book: Book, tmp_path: Path) -> None:
    taken(book, "customers", tmp_path, BOTH)
    with book.reading() as cursor:
        head = book.recorder.head(cursor)
    taken(book, "customers", tmp_path, BOTH)
    with book.reading() as cursor:
        assert book.recorder.head(cursor) == head


def test_an_older_file_again_does_not_bring_its_balances_back(book: Book, tmp_path: Path) -> None:
    older = "customer_no,balance_yuan,date\nC1,100,2026-10-06\n"
    newer = "customer_no,balance_yuan,date\nC1,200,2026-10-06\n"
    taken(book, "customers", tmp_path, "customer_no,name\nC1,A\n")
    for text in (older, newer, older):
        taken(book, "balances", tmp_path, text)
    assert aum(book, "C1") == 20_000


def test_the_same_undated_file_may_be_reported_for_another_day(book: Book, tmp_path: Path) -> None:
    taken(book, "customers", tmp_path, "customer_no,name\nC1,A\n")
    undated = "customer_no,balance_yuan\nC1,700\n"
    assert taken(book, "balances", tmp_path, undated, on=day("2026-10-06"))["changed"] == 1
    assert taken(book, "balances", tmp_path, undated, on=day("2026-10-07"))["unchanged"] == 1


def test_a_refused_row_brings_nothing_of_itself(book: Book, tmp_path: Path) -> None:
    header = "客户号,姓名,管户人,余额,数据日期\n"
    text = header + "C1,张,无此人,900,2026-10-05\nC2,李,,900,2026-12-05\nC3,王,,900,2026-10-05\n"
    document = taken(book, "customers", tmp_path, text)
    assert counted(document) == (3, 1, 1, 0, 0, 0)
    assert [(r["row"], r["column"], r["value"], r["reason"]) for r in document["rejected"]] == [
        (2, "管户人", "无此人", "unknown_staff"),
        (3, "数据日期", document["rejected"][1]["value"], "future_act"),
    ]


def test_a_dry_run_tells_what_would_happen_and_does_nothing(book: Book, tmp_path: Path) -> None:
    would = taken(book, "customers", tmp_path, BOTH, dry_run=True)
    with book.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM customer").fetchone()[0] == 0
    assert taken(book, "customers", tmp_path, BOTH) == would


def test_rows_of_one_file_are_taken_in_order_of_date(book: Book, tmp_path: Path) -> None:
    taken(book, "customers", tmp_path, "customer_no,name\nC1,A\n")
    text = "customer_no,balance_yuan,date\nC1,100000,2026-05-20\nC1,250000,2026-04-10\nC1,90000,2026-04-11\n"
    document = taken(book, "balances", tmp_path, text)
    assert (document["tier_changes"], document["late"]) == (1, 0)
    assert aum(book, "C1") == 10_000_000


@pytest.mark.parametrize("batch", [1, 2, 3, 20_000])
def test_of_two_rows_for_one_customer_and_date_only_the_later_rates(
    book: Book, tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanhu.store.importing.BATCH", batch)
    taken(book, "customers", tmp_path, "customer_no,name\nC1,A\nC2,B\n")
    text = "customer_no,balance_yuan,date\nC1,900000,2026-05-20\nC2,5,2026-05-20\nC1,100,2026-05-20\n"
    document = taken(book, "balances", tmp_path, text)
    assert (document["accepted"], document["tier_changes"]) == (3, 0)
    assert aum(book, "C1") == 10_000


def test_an_outlet_is_known_by_its_name_too(book: Book, tmp_path: Path) -> None:
    taken(book, "customers", tmp_path, "客户号,姓名,网点\nC1,张,营业部\nC2,李,02\n")
    with book.reading() as cursor:
        assert dict(cursor.execute("SELECT no, outlet FROM customer")) == {"C1": "01", "C2": "02"}
        assert [row[0] for row in cursor.execute("SELECT code FROM outlet ORDER BY code")] == ["01", "02"]


def test_a_negative_product_and_one_that_ends_before_it_begins_are_refused(book: Book, tmp_path: Path) -> None:
    taken(book, "customers", tmp_path, "customer_no,name\nC1,A\n")
    header = "客户号,产品名称,金额,起息日,到期日\n"
    text = header + "C1,存款,-5,,\nC1,存款,5,2026-05-01,2026-04-01\nC1,存款,5,2026-05-01,2027-05-01\n"
    document = taken(book, "products", tmp_path, text)
    reasons = [r["reason"] for r in document["rejected"]]
    assert (document["accepted"], reasons) == (1, ["not_positive", "before_the_act"])


def test_staff_assignments_and_wishes_come_by_file(book: Book, tmp_path: Path) -> None:
    taken(book, "customers", tmp_path, BOTH)
    taken(book, "staff", tmp_path, "工号,姓名,岗位,网点\nR1,陈静,客户经理,01\nT1,赵,低柜柜员,01\n")
    document = taken(book, "assignments", tmp_path, "客户号,工号,角色\nC1,R1,\nC2,T1,\nC2,T9,\nC2,R1,rm_supervisor\n")
    assert [r["reason"] for r in document["rejected"]] == ["unknown_staff", "role_not_held"]
    taken(book, "contacts", tmp_path, "客户号,日期,渠道,结果,工号\nC1,2026-10-08,电话,请勿打扰,R1\n")
    with book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        shown = page(cursor, policy, book.calendar, day("2026-10-09"), "C1")
    assert [(o.staff_id, o.role) for o in shown.owners] == [("R1", "relationship_manager")]
    assert shown.system_owner == "R1"
    assert [m["mark"] for m in shown.marks] == ["do_not_disturb"]
    assert check(book) == []
