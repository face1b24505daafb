"""What a command tells of what it did, and what it refuses to do."""

import json
import os
import stat
from pathlib import Path

import pytest

from guanhu.tests.commands.conftest import Run


@pytest.fixture
def staffed(branch: Run) -> Run:
    for line in (
        "staff enrol S2 --name 李明 --role relationship_manager",
        "staff enrol S3 --name 赵静 --role low_counter_teller",
        "staff enrol S5 --name 周强 --role relationship_manager",
    ):
        assert branch(f"guanhu {line}").code == 0
    return branch


def position(run: Run, line: str) -> int:
    ran = run(f"guanhu {line} --json")
    assert ran.code == 0, ran
    found: int = json.loads(ran.out)["positions"][0]
    return found


def code_of(run: Run, line: str) -> str:
    ran = run(f"guanhu {line} --json")
    assert ran.code != 0, ran
    found: str = json.loads(ran.err)["error"]["code"]
    return found


def test_a_referral_is_answered_by_whom_it_went_to_and_says_whose_the_customer_is(staffed: Run) -> None:
    ref = position(staffed, "--staff S3 refer add C001 S2")
    assert code_of(staffed, "--staff S3 refer add C001 S5") == "already_referred"
    assert code_of(staffed, f"--staff S5 refer accept {ref}") == "not_yours"
    assert code_of(staffed, f"--staff S3 refer accept {ref}") == "not_yours"
    assert "转介" in staffed("guanhu --lang zh customer show C001").out
    ran = staffed(f"guanhu --staff S2 refer accept {ref}")
    assert ran.code == 0
    assert "李明" in ran.out


def test_a_stand_in_or_a_manager_may_answer_a_referral_and_its_sender_take_it_back(staffed: Run) -> None:
    assert staffed("guanhu staff away S2 S5 --from today --to +3").code == 0
    for who in ("S5", "wangfang", "S3"):
        ref = position(staffed, "--staff S3 refer add C002 S2")
        assert staffed(f"guanhu --staff {who} refer return {ref}").code == 0


def test_who_stands_in_for_somebody_does_not_leave_and_a_successor_s_leave_is_told(staffed: Run) -> None:
    assert staffed("guanhu staff away S2 S5 --from today --to +3").code == 0
    assert code_of(staffed, "staff leave S5") == "still_stand_in"
    assert "周强" in staffed("guanhu assign handover wangfang S2").err


def test_nothing_is_sent_to_who_must_not_be_written_to(branch: Run) -> None:
    assert branch("guanhu customer mark C003 do_not_disturb --reason x").code == 0
    assert code_of(branch, "contact add C003 --channel message --outcome sent") == "customer_silent"
    assert branch("guanhu contact add C003 --channel phone --outcome reached_other").code == 0
    assert code_of(branch, "contact add C001 --channel phone --outcome sent") == "not_of_a_call"


def test_only_contacts_and_visits_are_corrected_and_others_have_their_own_way(branch: Run) -> None:
    promise = position(branch, "promise add C001 x --due +7")
    money = position(branch, "deposit C001 100")
    for entry, way in ((promise, "promise keep"), (money, "withdraw")):
        ran = branch(f"guanhu entry correct {entry} --note y --reason z")
        assert ran.code == 1
        assert way in ran.err


def test_amounts_in_refusals_are_yuan(branch: Run) -> None:
    ran = branch("guanhu product add C001 x --amount -500")
    assert ran.code == 1
    assert ran.err.strip().endswith("-500.00")


def test_an_act_tells_which_duties_it_discharged(branch: Run) -> None:
    ran = json.loads(branch("guanhu contact add C001 --channel phone --outcome reached_other --json").out)
    assert {"duty": "monthly_contact", "occurrence": "2026-11"} in ran["discharged"]
    assert "monthly contact" in branch("guanhu visit add C002 --outcome reached_other").out
    again = branch("guanhu contact add C001 --channel phone --outcome reached_other")
    assert "monthly contact" not in again.out


def test_a_correction_tells_its_reason_once(branch: Run) -> None:
    entry = position(branch, "contact add C001 --channel phone --outcome no_answer")
    assert branch(f"guanhu entry correct {entry} --outcome reached_other --reason slip").code == 0
    items = json.loads(branch("guanhu customer history C001 --json").out)["items"]
    assert items[-1]["summary"].count("slip") == 1


def test_one_person_with_posts_at_two_outlets_is_one(branch: Run) -> None:
    assert branch("guanhu outlet open 02 东街支行").code == 0
    assert branch("guanhu staff enrol S2 --name 李明 --role rm_supervisor").code == 0
    assert branch("guanhu staff give S2 rm_supervisor --outlet 02").code == 0
    outlets = json.loads(branch("guanhu outlet list --json").out)["items"]
    info = json.loads(branch("guanhu store info --json").out)
    assert sum(outlet["staff"] for outlet in outlets) == info["staff"]
    assert "东街支行" in branch("guanhu --lang zh staff list").out


def test_a_file_is_not_overwritten_unasked_and_is_for_its_owner(branch: Run) -> None:
    assert branch("guanhu log --csv --output log.csv").code == 0
    assert stat.S_IMODE(os.stat("log.csv").st_mode) == 0o600
    assert branch("guanhu log --csv --output log.csv").code == 1
    assert branch("guanhu log --csv --output log.csv --yes").code == 0


def test_a_meeting_sheet_is_not_written_over_another_unasked_and_is_for_its_owner(branch: Run) -> None:
    assert branch("guanhu outlet meeting --html sheet.html").code == 0
    assert stat.S_IMODE(os.stat("sheet.html").st_mode) == 0o600
    assert branch("guanhu outlet meeting --html sheet.html").code == 1
    assert json.loads(branch("guanhu audit looks --json").out)["total"] == 1  # of what was refused nothing is recorded
    assert branch("guanhu outlet meeting --html sheet.html --yes").code == 0
    assert branch("guanhu outlet meeting --html no/such/sheet.html").code == 1


@pytest.mark.parametrize("line", ["assign queue", "assign auto", "staff list", "duty list", "log"])
def test_an_outlet_that_nobody_knows_is_not_answered_with_nothing(branch: Run, line: str) -> None:
    assert branch(f"guanhu {line} --outlet 99").code == 3


def test_refused_rows_never_go_over_a_file_that_is_there(branch: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("customer_no,balance_yuan,date\nC001,1,2026-11-20\nC404,1,2026-11-20\n", "utf-8")
    assert branch("guanhu import balances in.csv").code == 0
    first = tmp_path / "in.balances.refused.csv"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    branch("guanhu import balances in.csv")
    assert len(list(tmp_path.glob("*.refused*"))) == 1  # it says the same
    first.write_text("being mended", "utf-8")
    branch("guanhu import balances in.csv")
    assert first.read_text("utf-8") == "being mended"
    assert (tmp_path / "in.balances.refused-2.csv").exists()


def test_a_file_without_rows_is_told(branch: Run, tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("客户号,余额,数据日期\n", "utf-8")
    assert "no rows" in branch("guanhu import balances none.csv").err
    (tmp_path / "short.csv").write_text("客户号,余额\nC001,5\n", "utf-8")
    assert "数据日期" in branch("guanhu --lang zh import balances short.csv").err


def test_no_folder_is_made_for_a_book_but_the_user_s_own(guanhu: Run, tmp_path: Path) -> None:
    assert guanhu("guanhu --book no/such/book.db init").code == 3
    assert not (tmp_path / "no").exists()


def test_what_is_no_book_is_not_restored(guanhu: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# not a book\n" * 100, "utf-8")
    assert code_of(guanhu, "store restore README.md") == "not_a_book"


def test_a_visit_with_oneself_is_told(branch: Run) -> None:
    ran = branch("guanhu visit add C001 --with wangfang --outcome reached_other")
    assert ran.code == 0
    assert "--with" in ran.err


def test_a_day_that_lies_too_early_is_named_with_what_it_is_of(branch: Run) -> None:
    ran = branch("guanhu --lang zh contact add C001 --channel phone --outcome no_answer --next 2026-11-01")
    assert ran.code == 1
    assert "下一步" in ran.err
