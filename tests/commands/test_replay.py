"""`guanhu audit replay`: what it prints for people and for programs, and what it refuses."""

import json
import re
from datetime import timedelta

import pytest
import time_machine

from guanhu.tests.commands.conftest import NOW, Run


@pytest.fixture
def told(branch: Run) -> Run:
    """The branch, with C002 given away, called and promised something."""
    for line in (
        "guanhu staff enrol J001 --name 李静 --role relationship_manager --on 2026-11-01",
        "guanhu assign set C002 J001 --on 2026-11-20",
        "guanhu --staff J001 contact add C002 --channel phone --outcome reached_success --on 2026-11-23 --note 面谈",
        "guanhu --staff J001 promise add C002 送利率表 --due 2026-11-30",
    ):
        ran = branch(line)
        assert ran.code == 0, ran
    return branch


def test_the_document_has_each_event_with_what_it_changed(told: Run) -> None:
    found = json.loads(told("guanhu audit replay --customer C002 --json").out)
    assert found["scope"] == {"customer_no": "C002"}
    events = [step for step in found["steps"] if step["position"]]
    assert found["total"] == len(events)
    assert [step["event"] for step in events] == [
        "registered", "balances", "tiers", "assigned", "assigned", "contact", "promise",
    ]  # fmt: skip
    changed = {(step["event"], change["what"]): change for step in events for change in step["changes"]}
    assert changed["tiers", "tier"]["after"] == "middle"
    assert changed["assigned", "owner"]["after"] == ["J001"]
    assert (changed["contact", "duty"]["before"], changed["contact", "duty"]["after"]) == ("open", "done")
    assert {"position", "recorded_at", "occurred_on", "by", "event", "summary", "changes"} <= events[0].keys()
    assert all({"what", "customer_no", "before", "after"} <= change.keys() for change in changed.values())


def test_json_lines_are_the_same_steps_one_a_line(told: Run) -> None:
    document = json.loads(told("guanhu audit replay --customer C002 --json --limit 0").out)
    lines = told("guanhu audit replay --customer C002 --json-lines").out.splitlines()
    assert [json.loads(line) for line in lines] == document["steps"]


def test_people_read_the_event_and_under_it_what_it_changed(told: Run) -> None:
    ran = told("guanhu audit replay --customer C002 --kind contact,promise")
    assert "contact  李静  李静, phone, reached, interested, 面谈" in ran.out
    assert "\n    done: monthly contact (2026-11)\n" in ran.out
    assert "\n    to do: promise, due 2026-11-30\n" in ran.out
    assert "tier" not in ran.out


def test_it_is_replayed_by_what_was_known_then(told: Run) -> None:
    before = json.loads(told("guanhu audit replay --customer C002 --json").out)
    known_at = before["steps"][-1]["recorded_at"]
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert told("guanhu --staff J001 contact add C002 --channel phone --outcome no_answer").code == 0
        now = json.loads(told("guanhu audit replay --customer C002 --json").out)
        then = json.loads(told(f"guanhu audit replay --customer C002 --json --known-at {known_at}").out)
        story = told(f"guanhu audit replay --customer C002 --story --known-at {known_at}")
    assert now["total"] == before["total"] + 1
    assert "known_at" not in before
    assert then["known_at"]
    assert [step["position"] for step in then["steps"]] == [step["position"] for step in before["steps"]]
    assert "not reached" not in story.out
    assert "面谈" in story.out


def test_people_read_when_it_was_written_beside_its_day(told: Run) -> None:
    ran = told("guanhu audit replay --customer C002 --kind contact")
    assert "2026-11-23  contact" in ran.out
    assert re.search(r"^\d+  2026-11-24 \d\d:\d\d  2026-11-23  contact", ran.out, re.MULTILINE)
    assert "In the order of writing" in ran.err


def test_a_page_says_how_much_there_is(told: Run) -> None:
    ran = told("guanhu audit replay --outlet 01 --limit 2 --offset 1")
    assert "2 to 3 of " in ran.err
    assert "; --limit 0 shows all." in ran.err


def test_staff_are_named_by_name_too(told: Run) -> None:
    by_name = json.loads(told("guanhu audit replay --staff 李静 --json --limit 0").out)
    assert by_name["scope"] == {"staff": "J001"}
    assert {no for step in by_name["steps"] for no in step["customers"]} == {"C002"}


def test_the_story_tells_it_by_months_in_either_language(told: Run) -> None:
    english = told("guanhu audit replay --customer C002 --story").out
    assert "11-20: 李静 (relationship manager) takes the customer on." in english
    assert "11-23: 李静 gets in touch (phone: reached, interested). 面谈." in english
    assert "This settled: " in english
    assert "promises, by 11-30: 送利率表." in english
    chinese = told("guanhu --lang zh audit replay --customer C002 --story").out
    assert "2026年11月" in chinese
    assert "11月20日由李静（客户经理）管户。" in chinese
    assert "截至2026-11-24" in chinese


def test_the_story_is_a_document_and_its_months_are_lines(told: Run) -> None:
    text = told("guanhu audit replay --customer C002 --story").out
    found = json.loads(told("guanhu audit replay --customer C002 --story --json").out)
    assert (found["customer_no"], found["as_of"]) == ("C002", "2026-11-24")
    assert all(chapter["text"] in text for chapter in found["chapters"])
    assert found["stands"] in text
    (november,) = (chapter for chapter in found["chapters"] if chapter["month"] == "2026-11")
    call = next(beat for beat in november["beats"] if beat["event"] == "contact")
    assert (call["occurred_on"], call["by"]) == ("2026-11-23", "J001")
    assert [duty["status"] for duty in call["settled"]] == ["done"] * len(call["settled"]) != []
    lines = told("guanhu audit replay --customer C002 --story --json-lines").out.splitlines()
    assert [json.loads(line) for line in lines] == found["chapters"]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("guanhu audit replay", 2, "one of them"),
        ("guanhu audit replay --customer C002 --outlet 01", 2, "one of them"),
        ("guanhu audit replay --customer C002 --json --json-lines", 2, "Only one of"),
        ("guanhu audit replay --outlet 01 --story", 2, "one customer"),
        ("guanhu audit replay --customer C002 --kind nonsense", 2, "is none of"),
        ("guanhu audit replay --customer C002 --from 2026-11-20 --to 2026-11-01", 2, "--to"),
        ("guanhu audit replay --customer C999", 3, "C999"),
        ("guanhu audit replay --staff X999", 3, "X999"),
    ],
)
def test_what_makes_no_sense_is_refused(told: Run, line: str, code: int, words: str) -> None:
    ran = told(line)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err


def test_what_was_taken_out_is_recorded(told: Run) -> None:
    assert told("guanhu audit replay --customer C002 --json-lines").code == 0
    looks = json.loads(told("guanhu audit looks --json").out)["items"]
    recorded = [(each["kind"], each["subject"], each["form"]) for each in looks]
    assert ("export", "audit replay", "jsonl") in recorded
