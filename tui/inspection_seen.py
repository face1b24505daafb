"""What whoever looks may see of the inspections, asked of the present book: for screens and commands."""

from guanhu.domain.errors import Refused
from guanhu.projections.inspection_sight import Sight, sight_of
from guanhu.projections.inspection_view import Inspection
from guanhu.store.book import Book


def sight_in(book: Book, staff: str) -> Sight:
    """By the posts of today, whatever moment `book` shows; `staff` "" is nobody, who sees as the inspected do."""
    present = book.present
    with present.reading() as cursor:
        return sight_of(cursor, staff, present.today.toordinal())


def check_reported(found: Inspection) -> None:
    """Refused("inspection_running") where who looks may not see the report yet."""
    if found.withheld:
        raise Refused("inspection_running", inspection=found.line.inspection)
