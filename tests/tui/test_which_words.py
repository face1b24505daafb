"""Which occurrence of a duty is meant, and why it is owed: in words, never by a number of the program's."""

import sqlite3
from collections.abc import Mapping
from datetime import date

import msgspec
import pytest

from guanhu.domain.scheme import Policy
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.projections.queue import DutyItem
from guanhu.tui.because import Known, because
from guanhu.tui.names import Names
from guanhu.tui.which_words import which

TODAY = date(2026, 11, 24)
TAKEN_UP: Mapping[str, dict[str, object]] = {
    "49": {"on": date(2026, 11, 19), "staff": "M1", "text": "女儿结婚"},
}


@pytest.fixture
def known() -> Known:
    """The default scheme, one member of staff, one affair at entry 49."""
    cursor = sqlite3.connect(":memory:").cursor()
    cursor.execute("CREATE TABLE staff (id, name)")
    cursor.execute("CREATE TABLE outlet (code, name)")
    cursor.execute("INSERT INTO staff VALUES ('M1', '王芳')")
    scheme = read_scheme(default_scheme_text())
    return Known(Names(cursor, Policy(((date.min, scheme),)), scheme), scheme, TODAY, affairs=TAKEN_UP)


def item(duty: str, occurrence: str, basis: tuple[int | str, ...] = (), tier: str = "affluent") -> DutyItem:
    """An open duty of a customer of 62 万."""
    opens, due = date(2026, 11, 1), date(2026, 11, 30)
    return DutyItem(
        "20001", "张伟", tier, 62_000_000, duty, occurrence, (), "M1", ("M1",), opens, due, "open", basis=basis
    )


@pytest.mark.parametrize(("duty", "occurrence", "basis", "words"), [
    ("birthday_visit", "2026-11-26", (), "birthday 11-26"),
    ("birthday_visit", "49", ("wedding",), "wedding 11-19"),
    ("important_event", "49", ("illness",), "illness 11-19"),
    ("important_event", "50", ("illness",), "illness"),
    ("fund_change", "2026-10-30", (1, 2), "change of 10-30"),
    ("first_contact", "2026-10-30:M1", (), "to 王芳 10-30"),
    ("maturity", "20000304103", ("安盈90天理财", 200_000), "安盈90天理财"),
    ("downgrade_rescue", "2026-11-01", ("wealth", "affluent"), "to 500k-3m"),
    ("promise", "49", (), "made 11-19"),
    ("promise", "50", (), ""),
    ("referral", "49", (), "from 王芳"),
    ("joint_visit", "49", ("joint_visit",), "made 11-19"),
    ("profile", "once", (), "since 11-01"),
    ("monthly_contact", "2026-11", (), "2026-11"),
    ("festival_greeting", "2026-spring_festival", (), "2026 Spring Festival"),
])  # fmt: skip
def test_an_occurrence_is_said_by_what_raised_it(
    known: Known, duty: str, occurrence: str, basis: tuple[int | str, ...], words: str
) -> None:
    assert which(item(duty, occurrence, basis), known) == words


@pytest.mark.parametrize(("duty", "occurrence", "basis", "words"), [
    ("birthday_visit", "2026-11-26", (), "birthday"),
    ("birthday_greeting", "2026-11-26", (), "birthday"),
    ("birthday_visit", "49", ("wedding",), "wedding, 女儿结婚"),
    ("festival_greeting", "2026-spring_festival", (), "Spring Festival"),
    ("joint_visit", "49", ("joint_visit",), "女儿结婚"),
])  # fmt: skip
def test_a_reason_says_for_what(
    known: Known, duty: str, occurrence: str, basis: tuple[int | str, ...], words: str
) -> None:
    assert because(item(duty, occurrence, basis), known) == words


def test_an_amount_that_would_round_to_nothing_is_told_in_yuan(known: Known) -> None:
    owed = msgspec.structs.replace(item("below_floor", "2026-10-31", (), "mass"), aum_fen=99_300)
    assert because(owed, known).startswith("7.00 yuan below")
