"""`guanhu scheme whatif`: the sentence, the document, the customers; slips are told."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from guanhu.tests.commands.conftest import Run

SINCE = "--from 2026-11-01"
LOWER = f"guanhu scheme whatif --floor middle=50001 {SINCE}"


@pytest.fixture
def known(branch: Run) -> Run:
    """A customer of 6万 in the branch, whom a line at 5万 takes in."""
    assert branch("guanhu customer register K1 --name 赵敏").code == 0
    assert branch("guanhu deposit K1 60000 --on 2026-11-02").code == 0
    return branch


def answer(run: Run, line: str) -> Any:
    ran = run(line)
    assert ran.code == 0, ran
    return json.loads(ran.out)


def test_the_document_tells_both_sides_of_every_figure(known: Run) -> None:
    found = answer(known, f"{LOWER} --json")
    assert list(found) == [
        "from", "to", "provisional", "scheme", "same", "customers_elsewhere", "calls_a_month", "tiers", "cells",
        "flows", "months", "duties", "staff", "owners",
    ]  # fmt: skip
    assert (found["from"], found["to"], found["same"]) == ("2026-11-01", "2026-11-24", False)
    assert found["scheme"]["actual"]["floors_fen"]["middle"] == 20_000_000
    assert found["scheme"]["other"]["floors_fen"]["middle"] == 5_000_100
    tiers = {tier["tier"]: tier for tier in found["tiers"]}
    taken = tiers["middle"]["customers"]
    assert taken["other"] - taken["actual"] == found["customers_elsewhere"] > 0
    assert set(found["months"][0]) == {"month", "up", "down", "duties", "calls"}
    assert {"staff_id", "capacity", "customers", "gives", "takes", "after", "over"} < set(found["staff"][0])
    summary = answer(known, "guanhu tier summary --json")
    assert {t: tiers[t]["customers"]["actual"] for t in tiers if t} == {
        each["tier"]: each["customers"] for each in summary["tiers"]
    }


def test_the_sentence_says_what_is_asked_and_what_it_costs(known: Run) -> None:
    english = known(LOWER)
    assert english.out.startswith("If the floor of 200k-500k were 50,001 yuan, not 200,000 yuan: ")
    assert " more in 200k-500k; calls in the period: " in english.out.splitlines()[0]
    chinese = known(f"guanhu --lang zh scheme whatif --floor 20-50万=15万 {SINCE}").out.splitlines()[0]
    assert chinese.startswith("若20-50万层的下限由20万改为15万：")


def test_the_customers_who_would_be_elsewhere_are_listed_as_csv(known: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(known(f"{LOWER} --csv").out)))
    mine = next(row for row in rows if row["customer_no"] == "K1")
    assert (mine["tier"], mine["other_tier"], mine["aum_yuan"]) == ("basic", "middle", "60000.00")
    assert len(rows) == answer(known, f"{LOWER} --json")["customers_elsewhere"]


def test_a_scheme_in_a_file_is_tried_without_being_adopted(known: Run, tmp_path: Path) -> None:
    text = known("guanhu scheme show").out
    (tmp_path / "same.toml").write_text(text, "utf-8")
    same = answer(known, f"guanhu scheme whatif same.toml {SINCE} --json")
    assert same["same"]
    assert same["calls_a_month"]["actual"] == same["calls_a_month"]["other"]
    (tmp_path / "next.toml").write_text(text.replace("from_yuan = 200_000", "from_yuan = 55_000"), "utf-8")
    assert answer(known, f"guanhu scheme whatif next.toml {SINCE} --json")["customers_elsewhere"] > 0
    assert answer(known, "guanhu scheme list --json")["total"] == 1


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (f"guanhu scheme whatif {SINCE}", 2, "--floor"),
        (f"guanhu scheme whatif a.toml --floor middle=1 {SINCE}", 2, "--floor"),
        (f"guanhu scheme whatif --floor golden=150000 {SINCE}", 2, "golden"),
        (f"guanhu scheme whatif --floor middle=many {SINCE}", 2, "many"),
        (f"guanhu scheme whatif --floor middle=9000000 {SINCE}", 1, "500k-3m"),
        ("guanhu scheme whatif --floor middle=150000 --from 2026-11-20 --to 2026-11-02", 2, "--from"),
        (f"guanhu scheme whatif nowhere.toml {SINCE}", 2, "nowhere.toml"),
        (f"guanhu scheme whatif --floor middle=150000 {SINCE} --staff nobody", 3, "nobody"),
    ],
)
def test_slips_are_told(branch: Run, line: str, code: int, said: str) -> None:
    ran = branch(line)
    assert ran.code == code, ran
    assert said in ran.err
    assert not ran.out
