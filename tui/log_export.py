"""The log as a file to be handed in: Excel, a page to print, or CSV for programs, by the name's ending."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO

from guanhu.domain.text import csv_safe, visible
from guanhu.language import _, current
from guanhu.language.log_words import sheet_labels
from guanhu.projections import log_sheet
from guanhu.projections.log import LogEntry
from guanhu.store.private_file import private_file, private_text
from guanhu.tui.names import Names

ENDINGS = (".xlsx", ".html", ".csv")


def default_name(whose: str, first: date) -> str:
    """What the file is called unless one says otherwise."""
    return f"{_('log')}-{whose}-{first:%Y-%m-%d}.xlsx".replace("/", "_").replace(" ", "_")


def write_log(path: Path, entries: Sequence[LogEntry], whose: str, days: tuple[date, date], names: Names) -> None:
    """Write entries to a file of one of ENDINGS. Refused("too_many_rows"), what files refuse. For a worker thread."""
    period = _("{first} to {last}", first=days[0].isoformat(), last=days[1].isoformat())
    heading = log_sheet.Heading(_(", ").join((_("My customers: the work log"), whose)), period)
    labels = sheet_labels(names.labels())
    ending = path.suffix.lower()
    if ending == ".xlsx":
        with private_file(path) as target:
            log_sheet.write_workbook(target, entries, heading, labels)
    elif ending == ".html":
        with private_text(path) as page:
            page.writelines(log_sheet.page(entries, heading, labels, current()))
    else:
        with private_text(path, marked=True) as text:
            _write_csv(text, entries, labels)


def _write_csv(target: IO[str], entries: Sequence[LogEntry], labels: Mapping[str, str]) -> None:
    import csv

    writer = csv.writer(target)
    writer.writerow([visible(labels[f"column.{name}"]) for name in log_sheet.COLUMNS])
    for entry in entries:
        writer.writerow(["" if cell is None else csv_safe(str(cell)) for cell in log_sheet.cells(entry, labels)])
