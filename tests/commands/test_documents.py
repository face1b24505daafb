"""The shapes of JSON that DESIGN 7 measures, field by field."""

import json
from typing import Any

import pytest

from guanhu.tests.commands.conftest import Run


def answer(run: Run, line: str) -> Any:
    ran = run(line)
    assert ran.code == 0, ran
    return json.loads(ran.out)


def test_tier_summary(branch: Run) -> None:
    found = answer(branch, "guanhu tier summary --json")
    assert list(found) == ["as_of", "scheme", "tiers", "untiered"]
    assert [tier["tier"] for tier in found["tiers"]] == ["mass", "basic", "middle", "affluent", "wealth"]
    assert found["untiered"] == {"customers": 1, "aum_fen": 50_000}


def test_duty_list(branch: Run) -> None:
    found = answer(branch, "guanhu duty list --all --json --limit 2")
    assert found["as_of"] == "2026-11-24"
    assert found["total"] > len(found["items"]) == 2
    wanted = [
        "customer_no", "name", "tier", "aum_fen", "duty", "occurrence", "roles", "owner", "owners", "opens",
        "due", "status",
    ]  # fmt: skip
    assert list(found["items"][0])[: len(wanted)] == wanted
    everything = answer(branch, "guanhu duty list --all --json --limit 0")
    assert len(everything["items"]) == found["total"]


def test_customer_show(branch: Run) -> None:
    branch("guanhu assign set C001 wangfang")
    found = answer(branch, "guanhu customer show C001 --json")
    wanted = [
        "customer_no", "name", "tier", "aum_fen", "aum_date", "owners", "system_owner", "marks", "tags", "links",
        "profile_score",
    ]  # fmt: skip
    assert set(found) >= {*wanted, "duties", "acts", "balances"}
    assert found["owners"] == [{"staff_id": "wangfang", "role": "relationship_manager"}]
    assert found["balances"] == [{"date": "2026-11-02", "aum_fen": 60_000_000}]


def test_customer_history(branch: Run) -> None:
    found = answer(branch, "guanhu customer history C004 --json")
    assert found["customer_no"] == "C004"
    fields = ["position", "recorded_at", "occurred_on", "by", "event", "summary", "corrects"]
    assert all(list(item) == fields for item in found["items"])
    assert [item["event"] for item in found["items"]] == ["registered", "balances", "tiers", "balances", "tiers"]
    earlier = answer(branch, "guanhu customer history C004 --json --as-of 2026-11-10")
    assert [item["event"] for item in earlier["items"]] == ["balances", "tiers"]


def test_import(guanhu: Run) -> None:
    assert guanhu("guanhu init").code == 0
    with open("c.csv", "w", encoding="utf-8") as file:
        file.write("customer_no,name\nC1,张伟\nC1,\n,x\n")
    found = answer(guanhu, "guanhu import customers c.csv --json")
    fields = [
        "kind", "file", "sha256", "rows", "accepted", "registered", "changed", "unchanged", "tier_changes",
        "late", "rejected",
    ]  # fmt: skip
    assert list(found) == fields
    assert all(list(row) == ["row", "column", "value", "reason"] for row in found["rejected"])
    assert answer(guanhu, "guanhu import customers c.csv --json")["registered"] == 0


def test_the_past_is_answered_like_the_present(branch: Run) -> None:
    then = answer(branch, "guanhu tier summary --as-of 2026-11-19 --json")
    assert {tier["tier"]: tier["customers"] for tier in then["tiers"]}["mass"] == 1
    assert answer(branch, "guanhu tier summary --as-of 2026-11-01 --json")["untiered"]["customers"] == 0


@pytest.mark.parametrize(
    "line", ["tier list middle", "duty list", "customer find C", "log", "staff list", "assign queue"]
)
def test_a_list_is_the_same_as_document_and_as_csv(branch: Run, line: str) -> None:
    document = answer(branch, f"guanhu {line} --json")
    rows = branch(f"guanhu {line} --csv").out.splitlines()
    assert len(rows) - 1 == len(document["items"])


def test_a_document_is_the_only_thing_on_stdout(branch: Run) -> None:
    ran = branch("guanhu --lang zh duty list --json --as-of 2027-01-15")
    assert json.loads(ran.out)["provisional"] is True
    assert "2027" in ran.err
