"""The customers of a list as a file, with all that the list knows of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from guanhu.domain.text import visible
from guanhu.language import _, terms
from guanhu.tui.customer_source import Listed
from guanhu.tui.table_file import ENDINGS, Cell, FileColumn, write_table
from guanhu.tui.widgets.pages import PAGE, PageSource, Row


def default_name(day: date) -> str:
    """What the file is called unless one says otherwise."""
    return _("customer list") + f"-{day:%Y-%m-%d}{ENDINGS[0]}"


def write_customers(path: Path, source: PageSource, wanted: Sequence[str] | None) -> int:
    """Write the customers of a source (only the numbers `wanted`, where given); how many. For a worker thread.

    Refused("too_many_rows"), what files refuse.
    """
    chosen = None if wanted is None else frozenset(wanted)
    rows = (cells(each) for each in _all(source) if chosen is None or each.row.customer_no in chosen)
    return write_table(path, _columns(), rows, sheet=_("customer list"), frozen=2)


def _all(source: PageSource) -> Iterator[Listed]:
    for offset in range(0, source.count(), PAGE * 8):
        for row in source.page(offset, PAGE * 8):
            yield _listed(row)


def _listed(row: Row) -> Listed:
    item: Listed = row.item
    return item


def _columns() -> list[FileColumn]:
    """The header, in the language in force."""
    return [
        FileColumn(_("Number"), 20), FileColumn(_("Name"), 14), FileColumn(_("Tier"), 12),
        FileColumn(_("AUM, yuan"), 16, money=True), FileColumn(_("To next, yuan"), 16, money=True),
        FileColumn(_("Owner"), 16), FileColumn(_("Outlet"), 22), FileColumn(_("Reached"), 12),
        FileColumn(_("Duties overdue"), 10), FileColumn(_("Duties open"), 10), FileColumn(_("Marks"), 16),
    ]  # fmt: skip


def cells(each: Listed) -> list[Cell]:
    """One customer, a cell for each column."""
    row = each.row
    return [
        row.customer_no, visible(row.name), each.tier, row.aum_fen, row.to_next_fen, " ".join(each.owners), each.outlet,
        row.reached_on, row.overdue, row.open, _(", ").join(terms.mark(mark) for mark in row.marks),
    ]  # fmt: skip
