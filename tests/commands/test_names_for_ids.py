"""Where an id is wanted the name that people know is taken too, in either language; errors name what may be written."""

import json

import pytest

from guanhu.tests.commands.conftest import Run


@pytest.fixture
def staffed(branch: Run) -> Run:
    for line in (
        "staff enrol S2 --name 李明 --role 客户经理 --outlet 营业部",
        "staff enrol S3 --name 赵静 --role 低柜柜员",
        "staff enrol S4 --name 赵静 --role 低柜柜员",
    ):
        assert branch(f"guanhu {line}").code == 0
    return branch


def test_roles_outlets_and_staff_by_their_names(staffed: Run) -> None:
    members = json.loads(staffed("guanhu staff list --outlet 营业部 --json").out)["items"]
    assert [(m["staff_id"], m["posts"][0]["role"]) for m in members][:2] == [
        ("S2", "relationship_manager"), ("S3", "low_counter_teller"),
    ]  # fmt: skip
    assert staffed("guanhu assign set C001 李明").code == 0
    assert json.loads(staffed("guanhu duty list --staff 李明 --json").out)["items"]
    assert staffed("guanhu --staff 李明 visit add C001 --outcome reached_other --with wangfang").code == 0


def test_a_name_that_two_have_is_refused(staffed: Run) -> None:
    ran = staffed("guanhu assign set C004 赵静")
    assert ran.code == 1
    assert "S3" in ran.err
    assert "S4" in ran.err


def test_duties_states_and_files_by_their_names(branch: Run) -> None:
    by_id = branch("guanhu duty list --all --duty monthly_contact --status open --json").out
    assert branch("guanhu duty list --all --duty 每月联系 --status 待办 --json").out == by_id
    assert json.loads(by_id)["items"]
    assert branch("guanhu import 余额 balances.csv").code == 0
    ran = branch("guanhu --lang zh duty list --status 拖延")
    assert ran.code == 2
    assert "overdue 逾期" in ran.err
    assert "monthly_contact 每月联系" in branch("guanhu --lang zh duty list --duty 拖延").err


def test_facts_by_the_names_that_files_use_and_checked_as_those(branch: Run) -> None:
    given = "--fact 爱好=钓鱼 --fact 性别=女 --fact 消费习惯=节俭 --fact 身份证号码=11010519491231002X"
    assert branch(f"guanhu customer profile C003 {given}").code == 0
    facts = json.loads(branch("guanhu customer profile C003 --json").out)["facts"]
    assert facts["hobbies"] == "钓鱼"
    assert facts["sex"] == "female"
    assert facts["spending_habits"] == "节俭"
    assert facts["identity_no"] == "110***********002X"
    whole = json.loads(branch("guanhu customer show C003 --unmasked --json").out)["profile"]
    assert whole["identity_no"] == "11010519491231002X"
    assert "女" in branch("guanhu --lang zh customer show C003").out
    for wrong in ("phone=12", "identity_no=110105194912310021", "sex=x", "birthday=1990-02-30", "网点=01"):
        assert branch(f"guanhu customer profile C003 --fact {wrong}").code == 1
    assert branch("guanhu customer register C900 --phone 12").code == 1


def test_a_language_that_is_not_spoken_is_a_slip(branch: Run) -> None:
    assert branch("guanhu --lang fr duty list").code == 2
    assert branch("guanhu --lang zh_CN duty list").code == 0


@pytest.mark.parametrize("line", ["deposit C001 -100", "duty list --limit -1", "withdraw C001 -5"])
def test_a_negative_number_is_told(branch: Run, line: str) -> None:
    ran = branch(f"guanhu {line}")
    assert ran.code == 2
    assert "no option" not in ran.err


@pytest.mark.parametrize(("group", "near"), [("event", "note"), ("customer", "register"), ("staff", "enrol")])
def test_add_hints_at_what_the_group_calls_it(branch: Run, group: str, near: str) -> None:
    ran = branch(f"guanhu {group} add")
    assert ran.code == 2
    assert near in ran.err
