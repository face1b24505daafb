"""Who is offered to be given customers, who may give them, and how the bars of the outlet are drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from guanhu.projections.workload import STATES, Load
from guanhu.store.book import Book
from guanhu.store.outlets import open_outlet
from guanhu.store.posts import enrol, give_role
from guanhu.tests.books import day
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tui.ground import standing
from guanhu.tui.outlet_rows import _bar, bar_cells, bar_scale
from guanhu.tui.signs import LINE
from guanhu.tui.takers import Takers, assigners_words, takers


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def offered(book: Book, *numbers: str, staff: str = ME) -> Takers:
    with standing(book, TODAY, staff) as ground:
        return takers(ground, list(numbers))


def test_only_those_whose_post_fits_are_offered_the_least_loaded_first(book: Book) -> None:
    found = [each.staff_id for each in offered(book, "20001").members]
    assert "T1" not in found
    assert found.index("R2") < found.index(ME)


def test_staff_of_another_outlet_are_not_offered(book: Book) -> None:
    open_outlet(book, "02", "滨河支行", day("2026-01-01"), by=ME)
    enrol(book, "X1", "何琳", day("2026-01-01"))
    give_role(book, "X1", "relationship_manager", "02", day("2026-01-01"))
    assert "X1" not in [each.staff_id for each in offered(book, "20001").members]


def test_who_is_no_manager_is_told_whose_it_is_and_offered_the_same(book: Book) -> None:
    own, others = offered(book, "20001"), offered(book, "20001", staff="R2")
    assert own.advice == ""
    assert "王芳" in others.advice
    assert others.members == own.members


def test_where_nobody_is_manager_nobody_is_named(book: Book) -> None:
    with standing(book, TODAY, "R2") as ground:
        assert assigners_words(ground, ["99"]) == ""


@given(st.tuples(*[st.integers(0, 400)] * 4), st.integers(0, 600), st.integers(40, 200))
def test_every_state_has_a_sign_in_the_bar_and_the_bar_keeps_its_cells(
    counts: tuple[int, int, int, int], more: int, width: int
) -> None:
    load = Load("R2", (), *counts, 0, 0, 0, 0, "")
    cells, most = bar_cells(width), load.total + more
    drawn = _bar(load, LINE, cells, most, lambda _name: Style()).plain
    assert len(drawn) <= cells
    for state, count in zip(STATES, counts, strict=True):
        sign = getattr(LINE, state)
        assert drawn.count(sign) == -(-count // bar_scale(most, cells))
