"""`guanhu audit`: what an inspector does, and what the exit codes and documents say."""

import json
import sqlite3
from pathlib import Path

import pytest

from guanhu.tests.commands.conftest import Run, run_line


@pytest.fixture
def kept(branch: Run) -> Run:
    """A branch with a checkpoint, and one entry after it."""
    assert branch("guanhu audit checkpoint --out kept").code == 0
    assert branch("guanhu deposit C001 5").code == 0
    return branch


def tampered(position: int, path: str = "book.db") -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER stored_events_no_update")
    connection.execute("UPDATE stored_events SET state = x'00' WHERE rowid = ?", (position,))
    connection.commit()
    connection.close()


def key_of(run: Run) -> str:
    return run("guanhu audit key").out.strip()


def test_a_whole_book_is_proven_and_the_rest_said_to_be_unproven(kept: Run) -> None:
    ran = kept(f"guanhu audit verify --against kept --vkey {key_of(kept)}")
    assert (ran.code, ran.err) == (0, "")
    assert "kept: PROVEN" in ran.out
    assert "Unproven: entry " in ran.out


def test_the_document_holds_every_figure(kept: Run) -> None:
    found = json.loads(kept("guanhu audit verify --against kept --json").out)
    size = found["size"]
    assert (found["good"], found["damage"], found["proven"]) == (True, None, size - 1)
    assert found["unproven"] == {"first": size, "last": size}
    assert found["checkpoints"] == [
        {"file": "kept", "verdict": "proven", "size": size - 1, "first": None, "last": None}
    ]


def test_a_tampered_copy_is_caught_with_the_position(kept: Run) -> None:
    tampered(3)
    ran = kept("guanhu audit verify --against kept")
    assert ran.code == 5
    assert "kept: NOT PROVEN. Entries 1 to 2 are proven. Entry 3 is the first that differs." in ran.out
    document = json.loads(kept("guanhu audit verify --against kept --json").out)
    assert (document["good"], document["checkpoints"][0]["first"]) == (False, 3)
    last = document["unproven"]["last"]
    assert (document["proven"], document["unproven"]) == (2, {"first": 3, "last": last})
    assert f"Unproven: entries 3 to {last}, from the first that differs on." in ran.out
    assert kept("guanhu audit checkpoint --out later").code == 5
    assert not Path("later").exists()
    assert not Path("later.leaves").exists()


def test_it_is_said_in_chinese(kept: Run) -> None:
    tampered(3)
    ran = kept("guanhu --lang zh audit verify --against kept")
    assert "第 1 至 2 条已证明；第 3 条最先不同；此后各条未经证明。" in ran.out
    assert "未经证明" in ran.out


def test_several_checkpoints_may_be_named_in_any_way(kept: Run) -> None:
    assert kept("guanhu audit checkpoint --out kept2").code == 0
    for line in ("--against kept --against kept2", "--against kept kept2", "kept kept.leaves kept2 kept2.leaves"):
        found = json.loads(kept(f"guanhu audit verify {line} --json").out)
        assert [each["file"] for each in found["checkpoints"]] == ["kept", "kept2"]
        assert found["unproven"] is None


def test_a_checkpoint_is_never_written_over(kept: Run) -> None:
    before = Path("kept").read_bytes()
    assert kept("guanhu audit checkpoint --out kept").code == 1
    Path("kept").rename("moved")
    assert kept("guanhu audit checkpoint --out kept").code == 1  # its leaf hashes are there still
    assert not Path("kept").exists()
    assert Path("moved").read_bytes() == before
    assert kept("guanhu audit checkpoint --out no/such/folder").code == 3


def test_files_that_prove_nothing_are_told(kept: Run) -> None:
    Path("junk").write_bytes(b"\xff\xfe junk")
    assert kept("guanhu audit verify --against junk").code == 5
    assert kept("guanhu audit verify --against missing").code == 2
    assert kept("guanhu audit verify --against kept --vkey nonsense").code == 1
    assert kept("guanhu audit verify --bundle junk").code == 1
    assert kept("guanhu audit bundle --out empty").code == 2
    assert kept("guanhu audit prove 99999").code == 3


def test_a_bundle_is_verified_where_no_book_is(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(kept)
    assert kept("guanhu audit bundle 1 5 --against kept --out bundle").code == 0
    Path("proof").write_text(kept("guanhu audit prove 5 --json").out, "utf-8")
    monkeypatch.setenv("GUANHU_BOOK", "nowhere.db")
    for bundle in ("bundle", "proof"):
        ran = run_line(f"guanhu audit verify --bundle {bundle} --vkey {key}")
        assert ran.code == 0, ran
        assert "Entry 5 is in the log" in ran.out
    ran = run_line(f"guanhu audit verify --bundle bundle --against kept --vkey {key} --json")
    document = json.loads(ran.out)
    assert document["good"]
    assert [each["verdict"] for each in document["checkpoints"]] == ["proven", "proven"]
    changed = Path("bundle").read_text("utf-8").replace('"version": 1', '"version": 2', 1)
    Path("bundle").write_text(changed, "utf-8")
    assert run_line(f"guanhu audit verify --bundle bundle --vkey {key}").code == 5


def test_an_entry_s_proof_is_shown(kept: Run) -> None:
    ran = kept("guanhu audit prove 5")
    assert ran.code == 0
    assert "Entry 5 is in the log" in ran.out
    assert "proof 1" in ran.out
