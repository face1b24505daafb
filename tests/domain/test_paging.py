"""Parts of long lists."""

from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.paging import paged


@given(rows=st.lists(st.integers(), max_size=30), size=st.integers(1, 8))
def test_pages_one_after_the_other_are_the_list(rows: list[int], size: int) -> None:
    pages = [paged(rows, size, offset) for offset in range(0, len(rows), size)]
    assert [row for page in pages for row in page] == rows
    assert all(len(page) <= size for page in pages)


@given(rows=st.lists(st.integers(), max_size=30), offset=st.integers(0, 40))
def test_a_limit_of_nothing_is_all_that_is_left(rows: list[int], offset: int) -> None:
    assert paged(rows, 0, offset) == rows[offset:]
