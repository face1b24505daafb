"""What a command hands over leaves an event, and numbers are covered unless somebody asks."""

import json
from typing import Any

from guanhu.tests.commands.conftest import Run

NUMBER = "11010119900307109X"


def looks_of(run: Run, more: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(f"guanhu audit looks --json {more}").out)["items"]
    return found


def test_a_list_as_csv_is_an_export(branch: Run) -> None:
    assert branch("guanhu duty list --all --csv").code == 0
    (look,) = looks_of(branch)
    assert (look["kind"], look["subject"], look["form"]) == ("export", "duty list", "csv")
    assert look["scope"]["every"] == "True"


def test_a_list_on_the_terminal_is_none_unless_the_book_says_so(branch: Run) -> None:
    branch("guanhu duty list --all")
    assert looks_of(branch) == []
    branch("guanhu staff enrol J1 --name 检查员 --role inspector")
    assert branch("guanhu --staff J1 audit looking lists").code == 0
    branch("guanhu customer find C001")
    looks = looks_of(branch)
    assert [look["subject"] for look in looks] == ["customer find"]
    assert "C001" not in json.dumps(looks[0]["scope"])  # what was typed to find a person names the person


def test_an_identity_number_is_covered_until_somebody_asks_and_that_is_recorded(branch: Run) -> None:
    assert branch(f"guanhu customer profile C001 --fact identity_no={NUMBER}").code == 0
    assert NUMBER not in branch("guanhu customer show C001").out
    assert NUMBER not in branch("guanhu customer show C001 --json").out
    assert NUMBER not in branch("guanhu customer profile C001").out
    assert looks_of(branch) == []
    assert NUMBER in branch("guanhu customer show C001 --unmasked").out
    (look,) = looks_of(branch, "--customer C001")
    assert (look["kind"], look["subject"]) == ("unmasked", "customer show")


def test_the_log_as_a_file_is_an_export(branch: Run) -> None:
    assert branch("guanhu log --all --format html --output log.html").code == 0
    assert [(look["subject"], look["form"]) for look in looks_of(branch)] == [("log", "html")]


def test_who_is_inspected_can_not_make_the_record_coarser(branch: Run) -> None:
    ran = branch("guanhu audit looking lists")
    assert ran.code == 1
    assert looks_of(branch) == []


def test_looks_are_those_up_to_the_day_that_is_asked_about(branch: Run) -> None:
    assert branch("guanhu duty list --all --csv").code == 0
    assert len(looks_of(branch, "--as-of 2026-11-24")) == 1
    assert looks_of(branch, "--as-of 2026-11-23 --to 2026-11-24") == []
