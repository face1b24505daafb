"""The command as a process of its own: streams, pipes, start-up, completion."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

HEAVY = {
    "textual", "eventsourcing", "cryptography", "holidays", "lunardate", "pypinyin", "msgspec", "sqlite3",
    "python_calamine", "xlsxwriter", "platformdirs", "babel",
}  # fmt: skip
HEADS_OF_RICH = {"rich.console", "rich.table", "rich.text"}


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GUANHU_", "_GUANHU"))}
    return kept | {"GUANHU_BOOK": str(folder / "book.db"), "GUANHU_LANG": "en", "LOGNAME": "wangfang"} | more


def start(folder: Path, arguments: Sequence[str], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "guanhu.cli", *arguments], cwd=folder, env=environment(folder, **more), text=True,
        capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book of two customers."""
    made = tmp_path_factory.mktemp("branch")
    assert start(made, ["init"]).returncode == 0
    rows = "customer_no,name,balance_yuan,date\nC1,张伟,600000,2026-01-05\nC2,李娜,5,2026-01-05\n"
    (made / "c.csv").write_text(rows, "utf-8")
    assert start(made, ["import", "customers", "c.csv"]).returncode == 0
    return made


def test_the_answer_goes_to_stdout_and_everything_else_to_stderr(folder: Path) -> None:
    ran = start(folder, ["duty", "list", "--all", "--json", "--as-of", "2027-02-01"])
    assert ran.returncode == 0
    json.loads(ran.stdout)
    assert "2027" in ran.stderr


def test_errors_leave_stdout_empty_and_show_no_traceback(folder: Path) -> None:
    for arguments, code in ((["customer", "show", "C9"], 3), (["tier", "lst"], 2), (["init"], 1)):
        ran = start(folder, arguments)
        assert (ran.returncode, ran.stdout) == (code, "")
        assert ran.stderr
        assert "Traceback" not in ran.stderr


def test_a_damaged_book_is_told_from_a_missing_one(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"not a book at all" * 100)
    assert start(folder, ["--book", str(wrong), "tier", "summary"]).returncode == 5
    assert start(folder, ["--book", str(tmp_path / "none.db"), "tier", "summary"]).returncode == 3


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a POSIX shell")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{guanhu} customer history C1 --limit 0 | head -0", 0),
        ("{guanhu} tier summary >&-", 0),
        ("{guanhu} tier summary 2>&-", 0),
        ("{guanhu} import balances - <&-", 2),
        ("printf 'customer_no,balance_yuan,date\\nC1,7,2026-01-06\\n' | {guanhu} import balances -", 0),
    ],
)
def test_pipes_and_closed_streams_do_no_harm(folder: Path, line: str, code: int) -> None:
    command = line.format(guanhu=f"{sys.executable} -m guanhu.cli")
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment(folder), text=True, capture_output=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == code, ran
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_chinese_is_written_whatever_the_locale(folder: Path) -> None:
    ran = start(folder, ["--lang", "zh", "tier", "summary"], LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "未分层" in ran.stdout


def test_the_language_comes_from_the_option_then_the_variable_then_the_locale(folder: Path) -> None:
    assert "用法" in start(folder, ["--lang", "zh", "--help"]).stdout
    assert "用法" in start(folder, ["--help"], GUANHU_LANG="zh").stdout
    assert "用法" in start(folder, ["--help"], GUANHU_LANG="", LC_ALL="zh_CN.UTF-8").stdout
    assert "Usage" in start(folder, ["--lang=en", "--help"], GUANHU_LANG="zh").stdout


def imported(folder: Path, arguments: Sequence[str]) -> set[str]:
    code = (
        "import sys; from guanhu import cli; code = cli.run(sys.argv[1:]);"
        "print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, env=environment(folder), text=True, capture_output=True,
        encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    return set(ran.stderr.split("\n"))


def test_help_imports_nothing_heavy_and_no_command(folder: Path) -> None:
    modules = imported(folder, ["--help"])
    assert not HEAVY & modules
    assert not HEADS_OF_RICH & modules
    assert "guanhu.commands.tier" not in modules
    assert not any(name.startswith(("guanhu.store", "guanhu.projections", "guanhu.intake")) for name in modules)


def test_a_command_imports_its_own_module_and_no_other(folder: Path) -> None:
    modules = imported(folder, ["tier", "summary", "--as-of", "2026-01-05"])
    assert "guanhu.commands.tier" in modules
    assert not {"guanhu.commands.duty", "guanhu.commands.importing", "guanhu.commands.demo_branch"} & modules
    assert not {"textual", "holidays", "pypinyin", "xlsxwriter", "python_calamine"} & modules
    assert not HEADS_OF_RICH & modules


def test_bare_guanhu_goes_past_typer(folder: Path) -> None:
    assert "typer" not in imported(folder, [])


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("guanhu ti", ["tier"]),
        ("guanhu tier su", ["summary"]),
        ("guanhu customer show ", ["C1", "C2"]),
        ("guanhu duty why C1 monthly", ["monthly_contact"]),
        ("guanhu contact add C1 --channel we", ["wecom"]),
        ("guanhu import bal", ["balances"]),
    ],
)
def test_the_tab_key_offers_what_fits(folder: Path, line: str, offered: list[str]) -> None:
    words = line.split(" ")
    ran = start(folder, [], _GUANHU_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert ran.stdout.split() == offered


def test_completion_without_a_book_offers_nothing_and_fails_not(tmp_path: Path) -> None:
    ran = start(tmp_path, [], _GUANHU_COMPLETE="complete_bash", COMP_WORDS="guanhu customer show C", COMP_CWORD="3")
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, "", "")


def test_a_sheet_of_the_log_is_written_as_a_workbook_or_a_page(folder: Path) -> None:
    assert start(folder, ["log", "--format", "xlsx", "--output", "log.xlsx"]).returncode == 0
    assert (folder / "log.xlsx").read_bytes().startswith(b"PK")
    assert start(folder, ["log", "--format", "html"]).stdout.startswith("<!doctype html>")


def test_the_store_says_where_the_book_is(folder: Path) -> None:
    found = json.loads(start(folder, ["store", "info", "--json"]).stdout)
    assert found["path"] == str(folder / "book.db")
    assert (found["customers"], found["staff"], found["outlets"]) == (2, 1, 1)
    assert found["events"] > 0
    assert found["bytes"] > 0
