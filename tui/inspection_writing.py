"""The report of an inspection as a file: a workbook, or a page that a browser prints, by the name's ending."""

from datetime import date
from pathlib import Path

from guanhu.language import _
from guanhu.projections.inspection_flags import Flagged
from guanhu.projections.inspection_view import Inspection
from guanhu.store.book import Book
from guanhu.store.private_file import private_file
from guanhu.tui.ground import standing
from guanhu.tui.inspection_asked import flags_of, sheet_view
from guanhu.tui.inspection_export import write_report
from guanhu.tui.inspection_seen import check_reported
from guanhu.tui.looks import Looker, form_of

ENDINGS = (".xlsx", ".html")


def default_name(found: Inspection, ending: str) -> str:
    """What the file is called unless one says otherwise."""
    name = f"{_('inspection report')}-{found.line.inspection}-{found.line.title}{ending}"
    return name.replace("/", "_").replace(" ", "_")


def write_inspection(
    path: Path, book: Book, staff: str, number: str, day: date, flags: Flagged | None, looker: Looker
) -> None:
    """Write the report to a file of one of ENDINGS; that it was taken out is recorded first. What files refuse.

    For a worker thread. `flags`: the red flags of its scope, looked for here where nobody has done so before.
    """
    form = form_of(path)
    with standing(book, day, staff) as ground:
        if flags is None:
            flags = flags_of(ground, sheet_view(ground, book, number, None).found.line.scope)
        found, names = sheet_view(ground, book, number, flags).found, ground.names
        check_reported(found)
        shown = [item.customer_no for item in found.items]
        looker.leave("export", form, rows=len(shown), customers=shown, scope={"inspection": number})
        with private_file(path) as target:
            write_report(target, form, found, names, ground.scheme, day.isoformat())
