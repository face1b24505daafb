"""Whoever changes the past is found against a kept checkpoint, at the position that was changed - however clever.

Every forgery is done with SQLite alone, at random positions, and the tree is made anew after it.
"""

import shutil
import sqlite3
from pathlib import Path
from random import Random

import pytest

from guanhu.store import proving
from guanhu.store.book import Book
from guanhu.store.errors import BookDamaged
from guanhu.store.leaves import companion_path
from guanhu.tests.books import Clock
from guanhu.tests.store.forgeries import FORGERIES, edit
from guanhu.tests.store.proofs import Past, a_past, contacts, copy_of, findings, forge, kept, rows_of, size_of

SEEDS = range(3)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return a_past(tmp_path_factory.mktemp("past"))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_found_at_its_position(past: Past, tmp_path: Path, name: str, seed: int) -> None:
    path = copy_of(past, tmp_path)
    size = size_of(past.second)
    position = forge(path, FORGERIES[name], Random(f"{name} {seed}"), size)
    found = findings(path, kept(past.first, past.second), past.vkey)
    assert not found.good
    if name != "gap":  # else the book agrees with itself, and only the checkpoint tells
        assert found.damage is None
    last = found.verdicts[-1]
    assert last.code in ("differs", "shorter", "other_book")
    assert (last.first, last.last) == (position, position)
    if position > size_of(past.first):
        assert found.verdicts[0].code == "proven"
    else:
        assert found.verdicts[0].first == position
    assert found.proven == position - 1
    assert found.unproven is None or found.unproven[0] == position


@pytest.mark.parametrize("name", FORGERIES)
def test_without_leaf_hashes_a_range_holds_the_position(past: Past, tmp_path: Path, name: str) -> None:
    path = copy_of(past, tmp_path)
    position = forge(path, FORGERIES[name], Random(name), size_of(past.second))
    found = findings(path, kept(past.first, past.second, companion=False), past.vkey)
    first, last = found.verdicts[-1].first, found.verdicts[-1].last
    assert first is not None
    assert last is not None
    assert first <= position <= last
    assert first == (size_of(past.first) + 1 if position > size_of(past.first) else 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bit_that_flips_on_the_disk_is_found(past: Past, tmp_path: Path, seed: int) -> None:
    """In the stored bytes of an entry, wherever these stand in the file; nobody reseals, so the tree tells too."""
    path, random = copy_of(past, tmp_path), Random(seed)
    with sqlite3.connect(path) as connection:
        rows = rows_of(connection)
    connection.close()
    position = random.randint(1, size_of(past.second))
    raw = bytearray(path.read_bytes())
    state = rows[position - 1][4]
    place = raw.index(state) + random.randrange(len(state))
    raw[place] ^= 1 << random.randrange(8)
    path.write_bytes(raw)
    found = findings(path, kept(past.second), past.vkey)
    assert found.damage is not None
    assert found.damage[0] <= position <= found.damage[1]
    assert (found.verdicts[0].first, found.verdicts[0].last) == (position, position)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bit_that_flips_anywhere_is_found_or_harms_no_entry(past: Past, tmp_path: Path, seed: int) -> None:
    path, random = copy_of(past, tmp_path), Random(f"anywhere {seed}")
    whole = path.read_bytes()
    for _ in range(12):
        raw = bytearray(whole)
        raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
        path.write_bytes(raw)
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        try:
            found = findings(path, kept(past.second), past.vkey)
        except BookDamaged:
            continue
        if found.good:
            with sqlite3.connect(past.path) as one, sqlite3.connect(path) as other:
                assert rows_of(one) == rows_of(other)
            one.close()
            other.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "CAST(state AS TEXT)"),
        ("state", "7"),
        ("topic", "x'FF'"),
        ("topic", "CAST(x'FF' AS TEXT)"),
        ("originator_id", "x'00'"),
        ("originator_version", "1.5"),
    ],
)
def test_values_of_the_wrong_kind_end_the_log_at_their_position(
    past: Past, tmp_path: Path, column: str, value: str
) -> None:
    path = copy_of(past, tmp_path)
    position = forge(path, edit(column, value), Random(value), size_of(past.second), reseal=False)
    found = findings(path, kept(past.second), past.vkey)
    assert found.damage == (position, position)
    assert found.verdicts[0].first == position


@pytest.mark.parametrize("rowid", [0, -5])
def test_an_entry_before_the_first_is_found(past: Past, tmp_path: Path, rowid: int) -> None:
    def stray(connection: sqlite3.Connection, _random: Random, _size: int) -> int:
        connection.execute("INSERT INTO stored_events VALUES (?, 'customer:C1', 99, 'contact', x'00')", (rowid,))
        return rowid

    path = copy_of(past, tmp_path)
    forge(path, stray, Random(0), 0, reseal=False)
    found = findings(path, kept(past.second), past.vkey)
    assert found.damage == (rowid, rowid)
    assert not found.good


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tree SET peaks = zeroblob(length(peaks))",
        "UPDATE tree SET peaks = x'00'",
        "UPDATE tree SET size = size + 1",
        "UPDATE tree SET size = 1.5",
        "UPDATE tree SET peaks = CAST(hex(peaks) AS TEXT)",
        "DELETE FROM tree",
    ],
)
def test_a_swapped_tree_row_is_found_though_the_entries_are_proven(past: Past, tmp_path: Path, statement: str) -> None:
    path = copy_of(past, tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    found = findings(path, kept(past.second), past.vkey)
    assert found.damage is not None
    assert found.verdicts[0].code == "proven"
    assert not found.good


def test_the_tree_row_of_another_state_is_found(past: Past, tmp_path: Path) -> None:
    path = copy_of(past, tmp_path)
    with sqlite3.connect(path) as connection:
        old = connection.execute("SELECT size, peaks FROM tree").fetchone()
    connection.close()
    book = Book(path, clock=Clock())
    contacts(book, 4)
    book.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tree SET size = ?, peaks = ?", old)
    connection.close()
    assert findings(path, kept(past.second), past.vkey).damage == (old[0] + 1, old[0] + 4)


def test_a_book_that_contradicts_itself_gets_no_checkpoint(past: Past, tmp_path: Path) -> None:
    path = copy_of(past, tmp_path)
    forge(path, FORGERIES["state"], Random(1), size_of(past.second), reseal=False)
    book = Book(path, clock=Clock())
    with pytest.raises(BookDamaged) as caught:
        proving.make_checkpoint(book)
    book.close()
    assert caught.value.code == "tree_mismatch"


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_checkpoint_is_not_believed(past: Past, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    raw = bytearray(past.second.read_bytes())
    raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    changed = tmp_path / "changed"
    changed.write_bytes(raw)
    for vkey in (past.vkey, None):
        found = findings(past.path, kept(changed), vkey)
        assert found.verdicts[0].code in ("bad_checkpoint", "bad_signature", "foreign_key")
        assert found.proven == 0


def test_a_checkpoint_signed_by_a_foreign_key_is_not_believed(past: Past, tmp_path: Path) -> None:
    """A forger whose own key stands beside the book: it blesses the forged past, and not the inspector's key."""
    path = copy_of(past, tmp_path)
    forge(path, FORGERIES["state"], Random(5), size_of(past.second))
    Path(f"{path}.key").write_bytes(without_signing_key(Path(f"{path}.key").read_bytes()))
    book = Book(path, clock=Clock())
    forged = tmp_path / "forged"
    forged.write_text(proving.make_checkpoint(book), "utf-8")
    book.close()
    assert findings(path, kept(forged)).good  # which is why the key is noted, and the checkpoint kept elsewhere
    assert findings(path, kept(forged), past.vkey).verdicts[0].code == "foreign_key"
    assert findings(path, kept(past.second)).verdicts[0].code == "foreign_key"
    assert findings(path, kept(past.second), past.vkey).verdicts[0].code == "differs"


def without_signing_key(raw: bytes) -> bytes:
    import msgspec

    from guanhu.store.keys import KeyFile

    return msgspec.json.encode(msgspec.structs.replace(msgspec.json.decode(raw, type=KeyFile), signing=b""))


@pytest.mark.parametrize("spoilt", ["cut", "longer", "changed", "missing"])
def test_a_spoilt_companion_names_no_position(past: Past, tmp_path: Path, spoilt: str) -> None:
    path = copy_of(past, tmp_path)
    mine = tmp_path / "mine"
    shutil.copyfile(past.second, mine)
    raw = companion_path(past.second).read_bytes()
    if spoilt != "missing":
        new = {"cut": raw[:-1], "longer": raw + raw[:32], "changed": bytes([raw[0] ^ 1]) + raw[1:]}[spoilt]
        companion_path(mine).write_bytes(new)
    position = forge(path, FORGERIES["state"], Random(9), size_of(past.second))
    found = findings(path, kept(mine), past.vkey).verdicts[0]
    assert (found.code, found.first, found.last) == (
        ("other_book", 1, 1) if position == 1 else ("differs", 1, size_of(past.second))
    )
