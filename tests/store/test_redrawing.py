"""An inspection's sample drawn again: the same whatever came since, on a copy of the book, in another process."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest

from guanhu.domain.errors import Refused
from guanhu.domain.inspection import InspectionOpened, Scope
from guanhu.domain.sampling import draw
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.errors import BookDamaged
from guanhu.store.keys import key_path
from guanhu.store.redrawing import compared, redraw
from guanhu.store.registering import erase, record_profile
from guanhu.tests.books import day, stated
from guanhu.tests.store.inspected import CUSTOMERS, MANAGER, RM, SCOPE, TODAY, a_branch, opened, seen
from guanhu.tests.store.proofs import forge

OF_CUSTOMERS = Scope("customers", "01", "", SCOPE.first, TODAY)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    found = a_branch(tmp_path)
    yield found
    found.close()


def life_goes_on(book: Book, number: str) -> None:
    """Entries of the scope are added, corrected and withdrawn, a customer is erased, another moves, balances change."""
    acts = [item for item in seen(book, number).items if item.entry and item.entry.kind in ("contact", "visit")]
    correct_entry(book, int(acts[0].key), reason="手误", withdrawn=True, by=RM)
    correct_entry(book, int(acts[1].key), reason="手误", on=day("2026-09-01"), by=RM)
    log_contact(book, CUSTOMERS[3], "phone", "reached_other", TODAY, staff=RM, by=RM)
    erase(book, acts[2].customer_no, "本人要求", TODAY, by=MANAGER)
    stated(book, "2026-11-23", {CUSTOMERS[4]: 900_000})


def test_the_same_sample_is_drawn_after_all_that_came_since(book: Book) -> None:
    entries, customers = opened(book), opened(book, OF_CUSTOMERS, 5)
    life_goes_on(book, entries)
    for number, drawn in ((entries, 12), (customers, 5)):
        again = redraw(book, number)
        assert again.same, again
        assert again.drawn == drawn


def test_a_chosen_seed_is_kept_and_gives_another_sample(book: Book) -> None:
    one, other = opened(book), opened(book, seed="2026年四季度")
    found = seen(book, other)
    assert (found.seed, found.seed_chosen) == ("2026年四季度", True)
    assert redraw(book, other).same
    assert {item.key for item in found.items} != {item.key for item in seen(book, one).items}


PROGRAM = """
import json, sys
from pathlib import Path
from guanhu.store.book import Book
from guanhu.store.redrawing import redraw
book = Book(Path(sys.argv[1]))
print(json.dumps([[again.same, again.drawn] for again in (redraw(book, number) for number in sys.argv[2:])]))
book.close()
"""


@pytest.mark.parametrize("hashing", ["0", "77"])
def test_a_copy_of_the_book_gives_it_in_another_process(book: Book, tmp_path: Path, hashing: str) -> None:
    numbers = [opened(book), opened(book, OF_CUSTOMERS, 5)]
    life_goes_on(book, numbers[0])
    book.close()
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()
    shutil.copy(book.path, copy)
    shutil.copy(key_path(book.path), key_path(copy))
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(copy), *numbers], env={"PYTHONHASHSEED": hashing}, capture_output=True,
        check=True, text=True,
    )  # fmt: skip
    assert json.loads(ran.stdout) == [[True, 12], [True, 5]]


def test_another_population_or_root_is_told(book: Book) -> None:
    number = opened(book)
    with book.reading() as cursor:
        ((_, _, _, topic, state),) = book.recorder.read(cursor, [seen(book, number).position])
    event = decode(topic, state)
    assert isinstance(event, InspectionOpened)
    fewer = draw(event.items[1:], event.size, event.seed, event.root)
    told = compared(event, fewer, b"\0" * 32)
    assert (told.same_root, told.same_population, told.only_then) == (False, False, (event.items[0].key,))
    whole = msgspec.structs.replace(fewer, units=event.items, digest=event.digest)
    assert compared(event, whole, event.root).same


def test_a_customer_who_moves_to_another_outlet_was_of_this_one(book: Book) -> None:
    from guanhu.store.outlets import open_outlet

    number = opened(book, OF_CUSTOMERS, 12)
    open_outlet(book, "02", "滨河支行", TODAY, by=MANAGER)
    record_profile(book, CUSTOMERS[7], "", {}, "02", TODAY, by=MANAGER)
    assert redraw(book, number).same


def test_an_unknown_inspection_is_said(book: Book) -> None:
    with pytest.raises(Refused) as error:
        redraw(book, "JC-2026-009")
    assert error.value.code == "unknown_inspection"


# ---------------------------------------------------------------- a log that was changed by hand
def turned(connection: sqlite3.Connection, random: Random, size: int) -> int:
    """The last contact is made one that a file brought: one bit of what is stored."""
    position, state = connection.execute(
        "SELECT rowid, state FROM stored_events WHERE topic = 'contact' ORDER BY rowid DESC"
    ).fetchone()
    turned = state[:-1] + bytes([state[-1] ^ 1])
    connection.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (turned, position))
    return int(position)


def test_no_inspection_is_opened_on_a_log_that_contradicts_itself(book: Book) -> None:
    forge(book.path, turned, Random(1), 0, reseal=False)
    with pytest.raises(BookDamaged) as error:
        opened(book)
    assert error.value.code == "tree_mismatch"


def test_a_log_changed_after_the_opening_has_another_root_however_well_it_was_sealed(book: Book) -> None:
    number = opened(book)
    assert redraw(book, number).same_root
    forge(book.path, turned, Random(1), 0)
    again = redraw(book, number)
    assert not again.same_root
    assert not again.same
