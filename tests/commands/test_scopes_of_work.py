"""What is asked of an outlet, a member of staff, an inspection or a search is answered from its scope as from all."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from guanhu.commands import scopes
from guanhu.projections.moment_about import About
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.moment_files import drop_moments, moments_folder
from guanhu.tests.commands.conftest import run_line

PART = 0.85
"""How far into the log the moment lies."""
INSPECTOR, MANAGER, OWNER, DEPARTMENT = "9003", "1001", "1003", "9001"
INSPECTED = "JC-2026-001"


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The made-up branch, an inspection, something done since; and a time of much before, one of after the opening."""
    path = tmp_path_factory.mktemp("scopes") / "demo.db"
    ran(path, "", "demo --customers 300 --at " + str(path))
    book = Book(path)
    with book.reading() as cursor:
        (last,) = cursor.execute("SELECT max(rowid) FROM stored_events").fetchone()
        row = cursor.execute("SELECT topic, state FROM stored_events WHERE rowid = ?", (int(last * PART),)).fetchone()
    book.close()
    return path, decode(*row).recorded_at.astimezone(UTC).isoformat()


@pytest.fixture(scope="module")
def inspected(branch: tuple[Path, str]) -> tuple[Path, str]:
    """The branch with two inspections and what was done since; a time after their opening."""
    path, _ = branch
    opening = "inspect open --title 检查 --from 2026-09-01 --to 2026-11-20 --size 8 --json"
    ran(path, INSPECTOR, f"{opening} --outlet 01")
    ran(path, INSPECTOR, f"{opening} --staff {OWNER}")
    then = datetime.now(UTC).isoformat()
    for no in numbers(path):
        ran(path, MANAGER, f"contact add {no} --channel phone --outcome reached_success --note 补记")
    return path, then


def numbers(path: Path) -> list[str]:
    """Some customers of the owner."""
    found = json.loads(ran(path, OWNER, "duty list --json"))["items"]
    return list(dict.fromkeys(each["customer_no"] for each in found if each["customer_no"]))[:3]


def ran(path: Path, who: str, line: str) -> str:
    """What a line says; it does what it says."""
    found = run_line(f"guanhu --book {path} --lang en --staff '{who}' {line}" if who else f"guanhu {line}")
    assert found.code == 0, found
    return found.out


LINES = (
    (OWNER, "duty list --limit 0"),
    (OWNER, "duty list --status done,missed,waived --limit 0"),
    (MANAGER, "duty list --outlet 01 --limit 0"),
    (OWNER, "log --from 2026-06-01"),
    (MANAGER, "log --outlet 01 --from 2026-06-01"),
    (MANAGER, "assign queue --outlet 01 --limit 0"),
    (MANAGER, "outlet meeting"),
    (DEPARTMENT, "outlet meeting --outlet 滨河支行"),
    (MANAGER, "staff list --outlet 01"),
    (OWNER, f"figures --staff {OWNER}"),
    (MANAGER, "figures --outlet 01 --by staff"),
    (MANAGER, "figures behind on_time --outlet 01 --all --limit 0"),
    (INSPECTOR, "audit flags --outlet 01 --from 2026-06-01 --limit 0"),
    (INSPECTOR, f"audit flags --staff {OWNER} --from 2026-06-01 --limit 0"),
    (INSPECTOR, "audit since --outlet 01 --limit 0"),
    (INSPECTOR, f"audit since --staff {OWNER} --limit 0"),
    (INSPECTOR, f"audit replay --staff {OWNER} --from 2026-06-01 --limit 0"),
    (INSPECTOR, "audit replay --outlet 01 --from 2026-06-01 --limit 0"),
    (INSPECTOR, "audit replay --customer 20002777 --limit 0"),
    (OWNER, "audit replay --customer 20002777 --story"),
    (OWNER, "customer find 李 --limit 0"),
    (OWNER, "customer find lj --limit 0"),
    (INSPECTOR, "audit looks"),
    (INSPECTOR, "inspect list"),
)  # fmt: skip


EMPTY = ("audit looks", "inspect list")
"""Nothing of the kind was recorded by then."""


@pytest.mark.parametrize(("who", "line"), LINES)
def test_what_a_command_is_about_is_enough(
    branch: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, who: str, line: str
) -> None:
    found = assert_same(branch, monkeypatch, who, line)
    assert found.get("total") != 0 or line in EMPTY


@pytest.mark.parametrize("who", [INSPECTOR, OWNER])
@pytest.mark.parametrize("number", [INSPECTED, "JC-2026-002"])
def test_an_inspection_is_its_sample_and_its_flags(
    inspected: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, who: str, number: str
) -> None:
    assert_same(inspected, monkeypatch, who, f"inspect show {number}")


def test_a_report_is_the_same(inspected: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert_same(inspected, monkeypatch, INSPECTOR, f"inspect report {INSPECTED}")


def assert_same(asked: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, who: str, line: str) -> Any:
    """Ask by what the command is about, then by the whole moment; the answer."""
    path, known_at = asked
    question = f"{line} --known-at {known_at} --json"
    drop_moments(path)
    scoped = json.loads(ran(path, who, question))
    assert all("." in made.stem for made in moments_folder(path).glob("*.db")), "the whole moment was made"
    drop_moments(path)
    monkeypatch.setattr(scopes, "about", whole)
    assert json.loads(ran(path, who, question)) == scoped
    return scoped


def whole(_command: str, _looked: scopes.Looked) -> About | None:
    """As if every command were about the whole book."""
    return None
