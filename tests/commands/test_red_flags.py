"""`guanhu audit flags`, `flag` and `attach`: lists, one flag in full, evidence, refusals."""

import json
import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine

from guanhu.tests.commands.conftest import NOW, Run


@pytest.fixture
def late(branch: Run) -> Run:
    """A branch with two calls of October, written in November, and an inspector."""
    for line in (
        "guanhu contact add C001 --channel phone --outcome reached_other --on 2026-10-12 --note told",
        "guanhu contact add C002 --channel phone --outcome no_answer --on 2026-10-17",
        "guanhu staff enrol I1 --name Duan --role inspector",
    ):
        ran = branch(line)
        assert ran.code == 0, ran
    return branch


def flags(run: Run, more: str = "") -> dict[str, object]:
    ran = run(f"guanhu audit flags --json {more}")
    assert ran.code == 0, ran
    found: dict[str, object] = json.loads(ran.out)
    return found


def items(run: Run, more: str = "") -> list[dict[str, object]]:
    found = flags(run, more)["items"]
    assert isinstance(found, list)
    return found


def test_the_document_holds_flags_with_their_figures_and_counts(late: Run) -> None:
    found = flags(late, "--flag late_writing")
    assert (found["from"], found["to"], found["total"]) == ("2026-10-01", "2026-11-24", 2)
    assert found["counts"] == [{"flag": "late_writing", "flags": 2, "weight": 4}]
    first = items(late, "--flag late_writing")[0]
    assert (first["measured"], first["threshold"], first["customer_no"]) == ({"days": 38}, {"days": 7}, "C002")


def test_a_flag_is_named_in_either_language_and_pages_are_cut(late: Run) -> None:
    assert items(late, "--flag day_off") == items(late, "--flag 休息日作业") != []
    assert len(items(late, "--flag late_writing --limit 1")) == 1
    assert items(late, "--flag late_writing --limit 1 --offset 1") == items(late, "--flag late_writing")[1:]
    assert items(late, "--flag late_writing --to 2026-10-12") == items(late, "--flag late_writing")[1:]
    assert late("guanhu audit flags --flag nonsense").code == 2
    assert late("guanhu audit flags --staff nobody").code == 3
    assert late("guanhu audit flags --from 2026-11-01 --to 2026-10-01").code == 2


def test_the_table_tells_the_counts_and_that_a_flag_is_no_finding(late: Run) -> None:
    ran = late("guanhu audit flags --flag late_writing")
    assert "written too late 2" in ran.out
    assert "A flag is no finding" in ran.err
    csv = late("guanhu audit flags --flag late_writing --csv").out.splitlines()
    assert csv[0] == "day,flag,staff,customer_no,found,weight,key,positions"
    assert len(csv) == 3


def test_a_flag_opens_to_its_rule_its_entries_and_its_doubts(late: Run) -> None:
    flag = items(late, "--flag late_writing")[1]
    ran = late(f"guanhu audit flag {flag['key']}")
    assert ran.code == 0
    for part in ("more than 7 days", "43 days", "C001", "told", "the date may be a slip"):
        assert part in ran.out
    document = json.loads(late(f"guanhu audit flag {flag['key']} --json").out)
    assert [entry["position"] for entry in document["entries"]] == flag["positions"]
    assert document["false_alarm"]
    assert late("guanhu audit flag late_writing:2026-10-12:1").code == 3
    assert late("guanhu audit flag nonsense").code == 3


def test_a_flag_is_not_there_before_its_day_nor_before_it_was_written(late: Run) -> None:
    key = str(items(late, "--flag late_writing")[0]["key"])
    assert late(f"guanhu audit flag {key} --as-of 2026-10-17").code == 0
    assert late(f"guanhu audit flag {key} --as-of 2026-10-16").code == 3
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        position = key.rsplit(":", 1)[1]
        attach = f"audit attach {position} --kind call_record --reached no --on 2026-10-17"
        assert late(f"guanhu --staff I1 {attach}").code == 0
        shown = json.loads(late(f"guanhu audit flag {key} --json").out)
        then = json.loads(late(f"guanhu audit flag {key} --known-at {NOW.isoformat()} --json").out)
    assert (len(shown["evidence"]), len(then["evidence"])) == (1, 0)
    assert ("known_at" in shown, "known_at" in then) == (False, True)


def test_an_inspector_attaches_evidence_which_is_shown_with_the_entry(late: Run, tmp_path: Path) -> None:
    (tmp_path / "record.txt").write_bytes(b"41 seconds")
    position = items(late, "--flag late_writing --to 2026-10-12")[0]["positions"]
    assert isinstance(position, list)
    attach = f"audit attach {position[0]} --kind call_record --on 2026-10-12 --reached no --file record.txt --text none"
    assert late(f"guanhu --staff I1 {attach}").code == 0
    (found,) = items(late, "--flag contradicted")
    ran = late(f"guanhu audit flag {found['key']}")
    assert re.search(r"call record, 2026-10-12, not reached, file \w{12}, Duan: none", ran.out)
    digest = sha256(b"41 seconds").hexdigest()
    assert digest[:12] in ran.out
    history = late("guanhu customer history C001").out
    assert "not reached" in history
    assert late(f"guanhu {attach}").code == 1
    assert late(f"guanhu --staff I1 {attach.replace('record.txt', 'none.txt')}").code == 2
    assert late(f"guanhu --staff I1 audit attach {position[0]} --kind call_record").code == 1
