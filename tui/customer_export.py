"""The customers of a list as a file: CSV for programs, an Excel workbook for people, by the name's ending."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from guanhu.domain.errors import Refused
from guanhu.domain.money import YUAN
from guanhu.domain.text import csv_safe, visible
from guanhu.language import _, terms
from guanhu.tui.customer_source import Listed
from guanhu.tui.kept_file import replacing
from guanhu.tui.widgets.pages import PAGE, PageSource, Row

Cell = str | int | date | None
MOST_ROWS = 1_048_570
"""What a sheet of Excel holds below its header."""
ENDINGS = (".xlsx", ".csv")


def default_name(day: date) -> str:
    """What the file is called unless one says otherwise."""
    return _("customer list") + f"-{day:%Y-%m-%d}.xlsx"


def write_customers(path: Path, source: PageSource, wanted: Sequence[str] | None) -> int:
    """Write the customers of a source (only the numbers `wanted`, where given); how many. For a worker thread.

    Refused("too_many_rows"), what files refuse.
    """
    chosen = None if wanted is None else frozenset(wanted)
    rows = (each for each in _all(source) if chosen is None or each.row.customer_no in chosen)
    with replacing(path) as unfinished:
        return _write_csv(unfinished, rows) if path.suffix.lower() == ".csv" else _write_sheet(unfinished, rows)


def _all(source: PageSource) -> Iterator[Listed]:
    for offset in range(0, source.count(), PAGE * 8):
        for row in source.page(offset, PAGE * 8):
            yield _listed(row)


def _listed(row: Row) -> Listed:
    item: Listed = row.item
    return item


def titles() -> list[str]:
    """The header, in the language in force; amounts are in yuan."""
    return [
        _("Number"), _("Name"), _("Tier"), _("AUM, yuan"), _("To next, yuan"), _("Owner"), _("Outlet"), _("Reached"),
        _("Duties overdue"), _("Duties open"), _("Marks"),
    ]  # fmt: skip


def cells(each: Listed) -> list[Cell]:
    """One customer; amounts as fen, under `AMOUNTS`."""
    row = each.row
    return [
        row.customer_no, visible(row.name), each.tier, row.aum_fen, row.to_next_fen, " ".join(each.owners), each.outlet,
        row.reached_on, row.overdue, row.open, _(", ").join(terms.mark(mark) for mark in row.marks),
    ]  # fmt: skip


AMOUNTS = (3, 4)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{'-' if fen < 0 else ''}{abs(fen) // YUAN}.{abs(fen) % YUAN:02d}"


def _write_csv(path: Path, rows: Iterator[Listed]) -> int:
    import csv

    count = 0
    # With a BOM: without one, Excel reads UTF-8 as GBK.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles())
        for count, each in enumerate(rows, 1):  # noqa: B007 - the count is the answer
            line = [_yuan(cell) if n in AMOUNTS else cell for n, cell in enumerate(cells(each))]  # type: ignore[arg-type]
            writer.writerow([csv_safe(str(cell)) if cell is not None else "" for cell in line])
    return count


def _write_sheet(path: Path, rows: Iterator[Listed]) -> int:
    from xlsxwriter import Workbook

    # In constant memory a row is written out when the next one begins: a million rows fit.
    book = Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("customer list")[:31])
    head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "bottom": 1})
    money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for n, (title, width) in enumerate(zip(titles(), (20, 14, 12, 16, 16, 16, 22, 12, 10, 10, 16), strict=True)):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, title, head)
    count = 0
    for count, each in enumerate(rows, 1):
        if count > MOST_ROWS:
            book.close()
            raise Refused("too_many_rows", rows=count, most=MOST_ROWS)
        for n, cell in enumerate(cells(each)):
            if cell is None or cell == "":
                continue
            if isinstance(cell, date):
                sheet.write_datetime(count, n, cell, day)
            elif isinstance(cell, int):
                # A cell of a sheet is a float: the one place where an amount becomes one, cents exact below 10^13.
                sheet.write_number(count, n, cell / YUAN if n in AMOUNTS else cell, money if n in AMOUNTS else None)
            else:
                sheet.write_string(count, n, cell)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, count), len(titles()) - 1)
    book.close()
    return count
