"""A look back: who was taken out of the book since, and of whom nothing may be shown any more."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from guanhu.tests.commands.conftest import Ran, Run

CHINA = ZoneInfo("Asia/Shanghai")
THEN = "--known-at '2026-11-24 09:30'"


def at(hour: int) -> Any:
    """A moment of the day."""
    return time_machine.travel(datetime(2026, 11, 24, hour, tzinfo=CHINA), tick=False)


def done(run: Run, line: str) -> Ran:
    ran = run(f"guanhu {line}")
    assert ran.code == 0, ran
    return ran


def answer(run: Run, line: str) -> Any:
    return json.loads(done(run, f"{line} --json").out)


@pytest.fixture
def taken_out(guanhu: Run) -> Run:
    """C9 and 300,000 yuan were keyed in at nine, and taken back; the next customer gets the place in the tables."""
    with at(9):
        for line in ("init", "customer register C1 --name 王一"):
            done(guanhu, line)
        registered = answer(guanhu, "customer register C9 --name 赵九")["positions"][0]
        paid_in = answer(guanhu, "deposit C9 300000")["positions"][0]
    with at(10):
        for position in (paid_in, registered):
            done(guanhu, f"entry correct {position} --withdraw --reason slip")
    return guanhu


def kinds(run: Run, asked: str) -> set[tuple[str, str, Any, Any]]:
    with at(11):
        found = answer(run, f"audit since {asked} {THEN}")["items"]
    return {(each["customer_no"], each["kind"], each["then"], each["now"]) for each in found if each["kind"] != "duty"}


def test_who_was_taken_out_of_the_book_since_is_told_by_number_and_by_outlet(taken_out: Run) -> None:
    gone = ("C9", "customer", True, False)
    assert kinds(taken_out, "C9") == {gone}
    assert kinds(taken_out, "--outlet 01") == {gone}


def test_whoever_took_the_place_of_one_taken_out_is_another_person(taken_out: Run) -> None:
    with at(10):
        done(taken_out, "customer register D1 --name 别人")
        done(taken_out, "deposit D1 500")
    found = kinds(taken_out, "--outlet 01")
    assert {("C9", "customer", True, False), ("D1", "customer", False, True), ("D1", "aum", None, 50_000)} <= found
    assert not any(no == "D1" and kind == "tier" for no, kind, _, _ in found)


def test_who_is_restricted_now_is_shown_in_no_past_and_again_when_that_is_lifted(guanhu: Run) -> None:
    with at(9):
        done(guanhu, "init")
        done(guanhu, "customer register C1 --name 密语甲")
        done(guanhu, "contact add C1 --channel phone --outcome reached_success --note 密语乙")
    questions = ("customer show C1", "log --all", "customer history C1", "customer profile C1")
    with at(11):
        assert all("密语" in done(guanhu, f"{line} --json {THEN}").out for line in questions)
        done(guanhu, "customer restrict C1 --reason asked")
        assert not any("密语" in done(guanhu, f"{line} --json {THEN}").out for line in questions)
        done(guanhu, "customer restrict C1 --lift --reason settled")
        assert all("密语" in done(guanhu, f"{line} --json {THEN}").out for line in questions)
