"""`guanhu figures`: shares by part and period, the cases behind one, the definitions."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from guanhu.domain.figures import FIGURES
from guanhu.tests.commands.conftest import NOW, Run


@pytest.fixture
def cared_for(branch: Run) -> Run:
    """C001 (affluent), C002 (middle) and C004 (basic) are tiered; two have an owner, one of them was reached."""
    for line in (
        "guanhu assign set C001 wangfang --on 2026-11-03",
        "guanhu assign set C002 wangfang --on 2026-11-03",
        "guanhu contact add C001 --channel phone --outcome reached_success --on 2026-11-10",
        "guanhu contact add C002 --channel phone --outcome no_answer --on 2026-11-11",
    ):
        ran = branch(line)
        assert ran.code == 0, ran
    return branch


def answer(run: Run, line: str) -> Any:
    ran = run(line)
    assert ran.code == 0, ran
    return json.loads(ran.out)


def test_all_figures_of_this_month_without_the_word_show(cared_for: Run) -> None:
    found = answer(cared_for, "guanhu figures --json")
    head = ("as_of", "from", "to", "until", "provisional", "by")
    assert {key: found[key] for key in head} == {
        "as_of": "2026-11-24", "from": "2026-11-01", "to": "2026-11-30", "until": "2026-11-24", "provisional": True,
        "by": None,
    }  # fmt: skip
    assert [row["figure"] for row in found["figures"]] == list(FIGURES)
    (reach,) = (row for row in found["figures"] if row["figure"] == "reach")
    assert reach == {
        "figure": "reach", "unit": "customers", "better": "more", "numerator": 1, "denominator": 2, "per_mille": 500,
    }  # fmt: skip
    assert answer(cared_for, "guanhu figures show --json") == found


def test_figures_by_part_are_named_by_id_or_name(cared_for: Run) -> None:
    found = answer(cared_for, "guanhu figures 触达率 --by staff --json")
    (reach,) = found["figures"]
    assert reach["parts"] == [{"staff": "wangfang", "numerator": 1, "denominator": 2, "per_mille": 500}]
    found = answer(cared_for, "guanhu figures reach coverage --by tier --tier middle --json")
    assert [row["parts"] for row in found["figures"]] == [
        [{"tier": "middle", "numerator": 0, "denominator": 1, "per_mille": 0}],
        [{"tier": "middle", "numerator": 1, "denominator": 1, "per_mille": 1000}],
    ]


def test_months_stand_in_order_and_a_month_may_be_asked_for(cared_for: Run) -> None:
    found = answer(cared_for, "guanhu figures late_writing --by month --from 2026-10-15 --to 2026-11-24 --json")
    parts = found["figures"][0]["parts"]
    assert [(part["month"], part["numerator"], part["denominator"]) for part in parts] == [
        ("2026-10", 0, 0), ("2026-11", 2, 2),
    ]  # fmt: skip
    found = answer(cared_for, "guanhu figures late_writing --month 2026-10 --json")
    assert (found["from"], found["to"], found["until"]) == ("2026-10-01", "2026-10-31", "2026-10-31")


def test_what_was_so_on_a_day_is_not_what_came_after(cared_for: Run) -> None:
    found = answer(cared_for, "guanhu figures reach --as-of 2026-11-09 --json")
    assert (found["until"], found["figures"][0]["numerator"]) == ("2026-11-09", 0)


def test_csv_has_a_line_for_each_figure_and_part(cared_for: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(cared_for("guanhu figures reach --by outlet --csv").out)))
    assert rows == [
        {"figure": "reach", "part": part, "numerator": "1", "denominator": "2", "unit": "customers", "percent": "50.0"}
        for part in ("", "01")
    ]


def test_text_says_shares_and_what_is_nothing(cared_for: Run) -> None:
    out = cared_for("guanhu figures reach maturity_retention --month 2026-11").out
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["2026-11-01", "to", "2026-11-24"]
    assert lines[2][:4] == ["reach", "50.0%", "1", "2"]
    assert lines[3][:5] == ["maturity", "retention", "-", "0.00", "0.00"]
    out = cared_for("guanhu --lang zh figures reach --by tier").out
    assert "触达率" in out
    assert "合计" in out


def test_behind_a_figure_are_its_customers_and_those_missing(cared_for: Run) -> None:
    found = answer(cared_for, "guanhu figures behind reach --json")
    (item,) = found["items"]
    assert (item["customer_no"], item["numerator"], item["reached_on"]) == ("C001", 1, "2026-11-10")
    entry = answer(cared_for, "guanhu log --json")["items"]
    assert item["positions"] == [each["position"] for each in entry if each["customer_no"] == "C001"]
    missing = answer(cared_for, "guanhu figures behind reach --missing --json")
    assert [each["customer_no"] for each in missing["items"]] == ["C002"]
    everything = answer(cared_for, "guanhu figures behind reach --all --limit 1 --json")
    assert (everything["total"], len(everything["items"])) == (2, 1)
    assert "not reached" in cared_for("guanhu figures behind reach --missing").out


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_opens_in_every_form(cared_for: Run, figure: str) -> None:
    for form in ("", " --json", " --csv"):
        ran = cared_for(f"guanhu figures behind {figure} --all{form}")
        assert ran.code == 0, ran


def test_definitions_are_told_in_the_language(guanhu: Run) -> None:
    found = answer(guanhu, "guanhu figures define on_time --json")
    assert found["figures"][0]["counted"] == FIGURES["on_time"].counted.en
    assert FIGURES["on_time"].of.zh in guanhu("guanhu --lang zh figures define").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("guanhu figures happiness", 3), ("guanhu figures behind happiness", 3), ("guanhu figures --staff nobody", 3),
        ("guanhu figures --month 2026-13", 2), ("guanhu figures --month 2026-10 --to 2026-11-01", 2),
        ("guanhu figures --from 2026-11-20 --to 2026-11-01", 2), ("guanhu figures --month 2026-12", 2),
        ("guanhu figures --by weather", 2), ("guanhu figures behind reach --all --missing", 2),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(branch: Run, line: str, code: int) -> None:
    assert branch(line).code == code


def test_what_was_known_then_is_counted_by_what_was_recorded(cared_for: Run) -> None:
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        ran = cared_for("guanhu contact add C002 --channel phone --outcome replied --on 2026-11-12")
        assert ran.code == 0, ran
        now = answer(cared_for, "guanhu figures reach --month 2026-11 --json")
        then = answer(cared_for, "guanhu figures reach --month 2026-11 --known-at 2026-11-24 --json")
    assert [each["figures"][0]["numerator"] for each in (now, then)] == [2, 1]
    assert (then["as_of"], then["known_at"]) == ("2026-11-24", "2026-11-24T15:59:59.999999Z")
