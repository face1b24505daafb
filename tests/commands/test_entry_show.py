"""`guanhu entry show`: one entry whole; and what is about an entry names the entry it is about."""

import json
from datetime import timedelta

import time_machine

from guanhu.tests.commands.conftest import NOW, Run


def _called(run: Run) -> int:
    made = "--channel phone --outcome reached_other --on 2026-11-20 --note 谈妥续存"
    ran = run(f"guanhu contact add C001 {made} --json")
    assert ran.code == 0, ran
    position: int = json.loads(ran.out)["positions"][0]
    return position


def test_an_entry_is_shown_as_it_stands_as_it_was_written_and_by_whom_it_was_corrected(branch: Run) -> None:
    at = _called(branch)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert branch(f"guanhu entry correct {at} --outcome no_answer --note 未接 --reason 记错了").code == 0
        ran = branch(f"guanhu entry show {at}")
        document = json.loads(branch(f"guanhu entry show {at} --json").out)
    assert ran.code == 0
    for part in ("no answer", "未接", "谈妥续存", "记错了", "As it was written"):
        assert part in ran.out
    assert f"guanhu audit prove {at}" in ran.err
    assert (document["entry"]["outcome"], document["written"]["outcome"]) == ("no_answer", "reached_other")
    assert [each["reason"] for each in document["corrections"]] == ["记错了"]
    assert document["withdrawn"] is False


def test_what_is_about_an_entry_names_it_and_what_is_none_is_not_found(branch: Run) -> None:
    at = _called(branch)
    assert branch("guanhu staff enrol I1 --name 段志远 --role 检查人员").code == 0
    attached = branch(f"guanhu --staff I1 audit attach {at} --kind call_record --seconds 4 --json")
    piece = json.loads(attached.out)["positions"][0]
    assert "4 seconds" in branch(f"guanhu entry show {at}").out
    for line in (f"entry show {piece}", f"--staff I1 audit attach {piece} --kind other --text x"):
        refused = branch(f"guanhu {line}")
        assert refused.code == 1
        assert f"entry {at}" in refused.err
    assert branch("guanhu entry show 1").code == 3
    assert branch(f"guanhu --staff I1 entry correct {piece} --withdraw --reason 误附").code == 0
    assert "4 seconds" not in branch(f"guanhu entry show {at}").out


def test_on_a_day_before_it_was_made_an_entry_is_not_there(branch: Run) -> None:
    at = _called(branch)
    shown = branch(f"guanhu entry show {at} --as-of 2026-11-20 --json")
    assert json.loads(shown.out)["as_of"] == "2026-11-20"
    assert branch(f"guanhu entry show {at} --as-of 2026-11-19").code == 3
