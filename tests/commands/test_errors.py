"""Every error is one sentence and its exit code; with --json a document on stderr; never a traceback."""

import errno
import json

import pytest

from guanhu.commands.failing import UsageError, exit_code, guarded
from guanhu.commands.gate import let_through
from guanhu.domain.errors import NotFound, Refused
from guanhu.intake.refusal import UnreadableFile
from guanhu.language import choose
from guanhu.store.errors import BookBusy, BookDamaged, BookExists, BookMissing, StoreFull
from guanhu.tests.commands.conftest import Run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("mark_set"), 1),
        (BookExists("file_exists", path="x"), 1),
        (StoreFull("disk_full"), 1),
        (UnreadableFile("empty_file", file="x"), 2),
        (NotFound("unknown_customer", customer_no="x"), 3),
        (BookMissing("book_missing", path="x"), 3),
        (BookBusy("book_locked"), 4),
        (BookDamaged("book_corrupt"), 5),
    ],
)
def test_refusals_have_the_exit_codes_of_the_contract(error: Refused, code: int) -> None:
    assert exit_code(error) == code


def raising(error: BaseException) -> int:
    raise error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no"), 2),
        (RuntimeError("boom\x1b[31m"), 70),
        (OSError(errno.ENOSPC, "full"), 1),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 0),
    ],
)
def test_whatever_happens_is_told_without_a_traceback(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    choose("en")
    assert guarded(lambda: raising(error), as_json=False) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert "\x1b" not in told.err


def test_a_refusal_is_a_document_where_a_document_was_asked_for(branch: Run) -> None:
    ran = branch("guanhu contact add C404 --channel phone --outcome sent --json")
    assert (ran.code, ran.out) == (3, "")
    error = json.loads(ran.err)["error"]
    assert error["code"] == "unknown_customer"
    assert error["details"] == {"customer_no": "C404"}
    assert "C404" in error["message"]


def test_who_is_not_known_may_ask_and_must_say_who_writes(branch: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "somebody")
    assert branch("guanhu tier summary").code == 0
    ran = branch("guanhu deposit C001 5")
    assert ran.code == 1
    assert "--staff" in ran.err
    assert branch("guanhu --staff wangfang deposit C001 5").code == 0
    monkeypatch.setenv("GUANHU_STAFF", "wangfang")
    assert branch("guanhu deposit C001 5").code == 0


def test_the_gate_lets_nobody_write_without_a_name() -> None:
    let_through("tier summary", "", writing=False)
    let_through("deposit", "S1", writing=True)
    with pytest.raises(Refused, match="nobody_acts"):
        let_through("deposit", "", writing=True)


def test_a_command_s_id_given_again_is_answered_with_the_first_result(branch: Run) -> None:
    line = "guanhu deposit C001 5 --command-id d1 --json"
    first, second = json.loads(branch(line).out), json.loads(branch(line).out)
    assert second == {**first, "repeated": True}


def test_a_file_of_which_every_row_is_refused_ends_with_1(branch: Run) -> None:
    with open("bad.csv", "w", encoding="utf-8") as file:
        file.write("customer_no,balance_yuan,date\nC404,1,2026-11-20\n")
    ran = branch("guanhu import balances bad.csv --json")
    assert ran.code == 1
    assert json.loads(ran.out)["rejected"][0]["reason"] == "unknown_customer"


@pytest.mark.parametrize("line", ["customer mark C001 prospect --reason x", "customer tag C001 VIP", "deposit C001 5"])
def test_nothing_is_recorded_for_a_day_that_has_not_come(branch: Run, line: str) -> None:
    assert branch(f"guanhu {line} --on 2026-11-25").code == 1
    assert branch(f"guanhu {line} --on 2026-11-24").code == 0


def test_companions_are_taken_one_by_one_and_in_a_row(branch: Run) -> None:
    for staff in ("S2", "S3"):
        assert branch(f"guanhu staff enrol {staff} --name {staff} --role relationship_manager").code == 0
    for party in ("--with S2 --with S3", "--with S2,S3", "--with S2 S3"):
        assert branch(f"guanhu visit add C001 {party} --outcome reached_other").code == 0
    acts = json.loads(branch("guanhu customer show C001 --json").out)["acts"]
    assert [act["companions"] for act in acts] == [["S2", "S3"]] * 3
    assert branch("guanhu visit add C001 S2 --outcome reached_other").code == 2


def test_a_scheme_s_problems_are_all_named(guanhu: Run) -> None:
    with open("bad.toml", "w", encoding="utf-8") as file:
        file.write('id = "x"\nversion = 0\nnonsense = 1\n')
    ran = guanhu("guanhu scheme check bad.toml")
    assert ran.code == 1
    assert "nonsense" in ran.err
    found = json.loads(guanhu("guanhu scheme check bad.toml --json").out)
    assert not found["valid"]
    assert {problem["key"] for problem in found["problems"]} >= {"version", "nonsense", "tiers"}
