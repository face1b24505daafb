"""`guanhu inspect` from the opening to the report, on the command line."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from guanhu.tests.commands.conftest import NOW, Run


@pytest.fixture
def staffed(branch: Run) -> Iterator[Run]:
    """A branch with an inspector, a relationship manager and a small log; the inspection is a minute later."""
    lines = [
        "staff enrol S9 --name 段志远 --role 检查人员",
        "staff enrol S2 --name 李明 --role 客户经理",
        *(f"--staff S2 contact add C00{n} --channel phone --outcome reached_other --on 11-1{n} --note 第{n}次"
          for n in (1, 2, 3, 4)),
    ]  # fmt: skip
    for line in lines:
        assert branch(f"guanhu {line}").code == 0, line
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        yield branch


def opened(run: Run, options: str = "") -> str:
    ran = run(f"guanhu --staff S9 inspect open --title 月度检查 --from 2026-11-01 --size 3 --json {options}")
    assert ran.code == 0, ran.err
    number: str = json.loads(ran.out)["inspection"]
    return number


def items(run: Run, number: str) -> list[str]:
    shown = json.loads(run(f"guanhu --staff S9 inspect show {number} --json").out)
    return [item["key"] for item in shown["items"]]


def test_an_inspection_from_the_opening_to_the_report(staffed: Run, tmp_path: Path) -> None:
    number = opened(staffed)
    assert number == "JC-2026-001"
    one, *others = items(staffed, number)
    work = [
        f"--staff S9 inspect sheet {number} {one} --verdict 不实 --check called_back,电话回访客户 --remark 没打过",
        *(f"--staff S9 inspect sheet {number} {key} --verdict ok" for key in others),
        f"--staff S9 inspect finding {number} --class 严重 --kind false_record --text 不实 --entry {one} --due +5"
        " --staff 李明",
        f"--staff S2 inspect answer {number} 1 --text 系补录 --done 已说明",
        f"--staff S9 inspect send-back {number} 1 --text 请附凭证",
        f"--staff wangfang inspect answer {number} 1 --text 已附",
        f"--staff S9 inspect accept {number} 1",
        f"--staff S9 inspect close {number} --conclusion 基本真实",
        f"inspect report {number} --html report.html --xlsx report.xlsx",
        f"inspect redraw {number}",
    ]
    for line in work:
        ran = staffed(f"guanhu {line}")
        assert ran.code == 0, (line, ran)
    listed = json.loads(staffed("guanhu inspect list --json").out)
    (line,) = listed["items"]
    assert (line["state"], line["sampled"], line["filled"], line["wrong"]) == ("closed", 3, 3, 1)
    assert "The same sample was drawn again, 3 items" in ran.out
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Inspection report" in page
    assert (tmp_path / "report.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0
    shown = staffed(f"guanhu --lang zh inspect show {number}").out
    for word in ("已结案", "不实", "记录不实", "退回（段志远、2026-11-24） 请附凭证", "基本真实"):
        assert word in shown


def test_the_seed_is_said(staffed: Run) -> None:
    ran = staffed("guanhu --staff S9 inspect open --title 检查 --from 2026-11-01 --size 2")
    assert "the head of the root." in ran.out
    assert "Groups without a sample: 2; --size 4 or more gives each one." in ran.err
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        chosen = staffed("guanhu --staff S9 inspect open --title 检查 --from 2026-11-01 --size 2 --seed 88")
    assert "Seed: 88, named at the opening." in chosen.out
    assert staffed("guanhu inspect redraw JC-2026-002").code == 0


def test_a_drawing_is_repeated_though_the_clock_stood_still(staffed: Run) -> None:
    opened(staffed)
    assert staffed(f"guanhu inspect redraw {opened(staffed)}").code == 0


def test_a_command_given_again_does_nothing_twice(staffed: Run) -> None:
    one, again = (opened(staffed, "--command-id c1") for _ in range(2))
    assert one == again
    key = items(staffed, one)[0]
    line = f"guanhu --staff S9 inspect sheet {one} {key} --verdict ok --command-id s1 --json"
    first, second = (json.loads(staffed(line).out) for _ in range(2))
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["positions"] == second["positions"]


def test_who_may_not_is_told_why(staffed: Run) -> None:
    ran = staffed("guanhu --staff S2 inspect open --title 检查")
    assert ran.code == 1
    assert "Inspections are for inspectors and the department" in ran.err
    assert staffed("guanhu inspect show JC-2026-007").code == 3
    number = opened(staffed)
    assert staffed(f"guanhu --staff S9 inspect sheet {number} 99999 --verdict ok").code == 3
    ran = staffed(f"guanhu --staff S9 inspect sheet {number} 1 --verdict fine")
    assert ran.code == 2
    assert "cannot_tell" in ran.err
    ran = staffed(f"guanhu --staff S9 inspect close {number} --conclusion 完")
    assert ran.code == 1
    assert "Worksheets left: 3" in ran.err


def test_what_was_so_before_is_shown_by_known_at(staffed: Run) -> None:
    number = opened(staffed)
    ran = staffed("guanhu inspect list --known-at 2026-11-23 --json")
    assert ran.code in (0, 1)
    assert number not in ran.out


def test_the_checkpoint_of_a_report_proves_the_book(staffed: Run) -> None:
    number = opened(staffed)
    assert staffed(f"guanhu --staff S9 inspect report {number} --checkpoint kept").code == 0
    ran = staffed("guanhu audit verify --against kept --json")
    assert ran.code == 0
    (verdict,) = json.loads(ran.out)["checkpoints"]
    shown = json.loads(staffed(f"guanhu --staff S9 inspect show {number} --json").out)
    assert (verdict["verdict"], verdict["size"]) == ("proven", shown["cutoff"])


def test_a_report_is_not_written_over_another(staffed: Run, tmp_path: Path) -> None:
    number = opened(staffed)
    assert staffed(f"guanhu --staff S9 inspect report {number}").code == 2
    (tmp_path / "there.html").write_text("x")
    assert staffed(f"guanhu --staff S9 inspect report {number} --html there.html").code == 1
    assert (tmp_path / "there.html").read_text() == "x"
    assert staffed(f"guanhu --staff S9 inspect report {number} --html there.html --yes").code == 0


def test_the_tab_key_offers_inspections_and_items_that_are_left(staffed: Run) -> None:
    from types import SimpleNamespace

    from guanhu.commands.completing import inspections, sampled

    number = opened(staffed)
    keys = items(staffed, number)

    def line(staff: str) -> SimpleNamespace:
        root = SimpleNamespace(params={"book": "book.db", "staff": staff})
        return SimpleNamespace(params={"number": number}, find_root=lambda: root)

    assert inspections(line("S9"), "JC-") == [number]
    assert sorted(sampled(line("S9"), "")) == sorted(keys)
    staffed(f"guanhu --staff S9 inspect sheet {number} {keys[0]} --verdict ok")
    assert keys[0] not in sampled(line("S9"), "")
    assert sampled(line("S2"), "") == []  # whoever is inspected must not learn what was drawn


def test_whoever_is_inspected_sees_no_sample_and_no_report_before_the_end(staffed: Run) -> None:
    number = opened(staffed)
    key = items(staffed, number)[0]
    shown = staffed(f"guanhu --staff S2 inspect show {number}")
    assert shown.code == 0
    assert key not in shown.out.split()
    assert "shown once the inspection is closed" in shown.err
    document = json.loads(staffed(f"guanhu --staff S2 inspect show {number} --json").out)
    assert (document["items"], document["withheld"]) == ([], True)
    refused = staffed(f"guanhu --staff S2 inspect report {number} --html r.html")
    assert refused.code == 1
    assert "not closed yet" in refused.err
    closing = f"guanhu --staff S9 inspect close {number} --conclusion 可 --reason 抽查"
    assert staffed(closing).code == 0
    assert key in staffed(f"guanhu --staff S2 inspect show {number}").out


def test_neither_proofs_nor_the_record_of_looks_tell_before_the_end_what_was_drawn(
    staffed: Run, tmp_path: Path
) -> None:
    number = opened(staffed)
    assert staffed("guanhu --staff S9 audit looking lists").code == 0
    assert staffed("guanhu --staff S9 customer show C001").code == 0
    assert staffed("guanhu --staff S2 customer show C001").code == 0

    def shown_to(staff: str) -> list[tuple[str, str]]:
        looks = json.loads(staffed(f"guanhu --staff {staff} audit looks --customer C001 --limit 0 --json").out)
        return [(each["by"], each["subject"]) for each in looks["items"]]

    def told_to(staff: str) -> tuple[set[str], set[str]]:
        history = json.loads(staffed(f"guanhu --staff {staff} customer history C001 --limit 0 --json").out)
        replay = json.loads(staffed(f"guanhu --staff {staff} audit replay --customer C001 --limit 0 --json").out)
        return (
            {each["by"] for each in history["items"] if each["event"] == "looked"},
            {each["by"] for each in replay["steps"] if each["event"] == "looked"},
        )

    with sqlite3.connect(tmp_path / "book.db") as raw:
        opening = raw.execute("SELECT position FROM inspection").fetchone()[0]
    for place, line in enumerate(("bundle {at} --out {name}", "prove {at} --json")):
        refused = staffed(f"guanhu --staff S2 audit {line.format(at=opening, name=f'no{place}')}")
        assert (refused.code, refused.out) == (1, "")
        assert "not closed yet" in refused.err
        assert not (tmp_path / f"no{place}").exists()
        assert staffed(f"guanhu --staff S9 audit {line.format(at=opening, name=f'yes{place}')}").code == 0
    assert "S9" in {by for by, _ in shown_to("S9")}
    assert {by for by, _ in shown_to("S2")} == {"S2"}
    assert "S9" in told_to("S9")[0] & told_to("S9")[1]
    assert "S9" not in told_to("S2")[0] | told_to("S2")[1]
    assert staffed(f"guanhu --staff S9 inspect close {number} --conclusion 可 --reason 抽查").code == 0
    assert "S9" in {by for by, _ in shown_to("S2")} & told_to("S2")[0]
    assert staffed(f"guanhu --staff S2 audit bundle {opening} --out then").code == 0


def test_a_report_writes_the_leaf_hashes_beside_its_checkpoint(staffed: Run, tmp_path: Path) -> None:
    number = opened(staffed)
    assert staffed(f"guanhu --staff S9 inspect report {number} --checkpoint kept").code == 0
    assert (tmp_path / "kept.leaves").stat().st_size % 32 == 0
    assert (tmp_path / "kept.leaves").stat().st_size > 0


def test_an_item_is_shown_whole_with_its_earlier_worksheets(staffed: Run) -> None:
    number = opened(staffed)
    key = items(staffed, number)[0]
    for verdict, remark in (("cannot_tell", "未接"), ("false", "没打过")):
        line = f"guanhu --staff S9 inspect sheet {number} {key} --verdict {verdict} --check 电话回访 --remark {remark}"
        assert staffed(line).code == 0
    shown = staffed(f"guanhu --staff S9 --lang zh inspect show {number} {key}").out
    for part in ("第", "不实", "没打过", "无法核实", "未接", "电话回访客户"):
        assert part in shown
    assert staffed(f"guanhu --staff S9 inspect show {number} 999999").code == 3


def test_an_item_is_named_by_the_number_of_its_worksheet_too(staffed: Run) -> None:
    number = opened(staffed)
    by_key, by_n = (
        staffed(f"guanhu --staff S9 inspect show {number} {word} --json") for word in (items(staffed, number)[2], 3)
    )
    assert by_key.code == 0
    assert by_n.out == by_key.out
