"""`guanhu entry correct POSITION --withdraw`: one way to take back whatever a person entered."""

import json

import pytest

from guanhu.tests.commands.conftest import Run

ACTS = (
    "promise add C001 'send papers' --due +3",
    "event note C001 wedding",
    "opinion add C001 'open on Sundays'",
    "request add C001 support",
    "customer mark C001 prospect --reason 'may rise'",
    "customer tag C001 tea",
    "customer link C001 C002 family",
    "product add C001 deposit --amount 1000 --matures +30",
    "deposit C001 100",
    "customer profile C001 --fact hobbies=tea",
    "customer register C077 --name 新客",
)


def position(run: Run, line: str) -> int:
    ran = run(f"guanhu {line} --json")
    assert ran.code == 0, ran
    found: int = json.loads(ran.out)["positions"][0]
    return found


@pytest.mark.parametrize("line", ACTS)
def test_an_act_is_taken_back_by_its_position(branch: Run, line: str) -> None:
    entry = position(branch, line)
    ran = branch(f"guanhu entry correct {entry} --withdraw --reason slip")
    assert ran.code == 0, ran
    assert f"Entry {entry} was taken back." in ran.out + ran.err
    assert branch(f"guanhu entry correct {entry} --withdraw --reason again").code in (1, 3)
    assert branch("guanhu store check").code == 0


def test_what_is_taken_back_is_not_corrected_too(branch: Run) -> None:
    entry = position(branch, "contact add C001 --channel phone --outcome no_answer")
    assert branch(f"guanhu entry correct {entry} --withdraw --note x --reason slip").code == 2


def test_a_plan_is_taken_back_whole_and_says_who_was_left(branch: Run) -> None:
    for staff, name in (("S2", "李明"), ("S3", "周强")):
        assert branch(f"guanhu staff enrol {staff} --name {name} --role relationship_manager").code == 0
    assert branch("guanhu assign set C001 S2").code == 0
    assert branch("guanhu assign handover S2 S3 --yes").code == 0
    history = json.loads(branch("guanhu customer history C001 --json").out)["items"]
    entry = next(item["position"] for item in history if item["event"] == "assigned" and "周强" in item["summary"])
    done = json.loads(branch(f"guanhu entry correct {entry} --withdraw --reason slip --json").out)
    assert done["passed_over"] == 0
    owners = json.loads(branch("guanhu customer show C001 --json").out)["owners"]
    assert [owner["staff_id"] for owner in owners] == ["S2"]
    assert branch("guanhu store check").code == 0
