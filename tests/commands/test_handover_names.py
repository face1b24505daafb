"""A plan of new seats names the customers; those who are restricted by their number alone."""

import json

from guanhu.tests.commands.conftest import Run


def staffed(branch: Run) -> Run:
    assert branch("guanhu staff enrol S2 --name 李明 --role relationship_manager").code == 0
    assert branch("guanhu staff enrol S4 --name 陈静 --role high_counter_teller").code == 0
    for no in ("C001", "C002"):
        assert branch(f"guanhu assign set {no} S2").code == 0
    return branch


def test_a_handover_names_who_goes_over(branch: Run) -> None:
    plan = json.loads(staffed(branch)("guanhu assign handover S2 wangfang --json").out)
    assert {seat["customer_no"]: seat["name"] for seat in plan["seats"]} == {"C001": "张伟", "C002": "李娜"}


def test_a_handover_names_who_can_not_go_over(branch: Run) -> None:
    run = staffed(branch)
    left = json.loads(run("guanhu assign handover S2 S4 --json").out)["left"]
    assert {each["customer_no"]: each["name"] for each in left}["C002"] == "李娜"
    assert "李娜" in run("guanhu assign handover S2 S4").out


def test_restricted_customers_are_not_named(branch: Run) -> None:
    run = staffed(branch)
    assert run("guanhu customer restrict C002 --reason 客户要求").code == 0
    plan = json.loads(run("guanhu assign handover S2 S4 --json").out)
    assert {each["customer_no"]: each["name"] for each in plan["left"]}["C002"] == ""
    assert "李娜" not in run("guanhu assign handover S2 S4").out
