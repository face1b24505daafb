"""The customers of a filter as they stood when it was asked: an act is for those in sight."""

from guanhu.projections.browsing import Browse
from guanhu.store import registering
from guanhu.store.book import Book
from guanhu.tests.tui.desks import CUSTOMERS, STAFF, TODAY
from guanhu.tui.customer_source import CustomerSource
from guanhu.tui.widgets.marks import Marks


def test_who_comes_into_the_filter_later_is_not_among_all_that_were_selected(book: Book) -> None:
    source, marks = CustomerSource(book, TODAY, STAFF, Browse()), Marks()
    in_sight = {row.id for row in source.page(0, source.count())}
    marks.all_or_none()
    registering.register(book, "C9", "新来", {}, "01", TODAY)
    assert set(marks.chosen(source)) == in_sight == {no for no, _name, _fen in CUSTOMERS}
    assert [row.id for row in source.page(0, 9)] == list(marks.chosen(source)), "the rows are drawn by the same order"
