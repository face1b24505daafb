"""The log as a file to be handed in: Excel, a page to print, or CSV for programs, by the name's ending."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from guanhu.domain.text import csv_safe, visible
from guanhu.language import _, current
from guanhu.language.log_words import sheet_labels
from guanhu.projections import log_sheet
from guanhu.projections.log import LogEntry
from guanhu.tui.kept_file import replacing
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
    with replacing(path) as unfinished:
        _write(unfinished, path.suffix.lower(), entries, heading, labels)


def _write(
    path: Path, ending: str, entries: Sequence[LogEntry], heading: log_sheet.Heading, labels: Mapping[str, str]
) -> None:
    if ending == ".xlsx":
        with path.open("wb") as target:
            log_sheet.write_workbook(target, entries, heading, labels)
    elif ending == ".html":
        with path.open("w", encoding="utf-8") as page:
            page.writelines(log_sheet.page(entries, heading, labels, current()))
    else:
        _write_csv(path, entries, labels)


def _write_csv(path: Path, entries: Sequence[LogEntry], labels: Mapping[str, str]) -> None:
    import csv

    # With a BOM: without one, Excel reads UTF-8 as GBK.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([visible(labels[f"column.{name}"]) for name in log_sheet.COLUMNS])
        for entry in entries:
            writer.writerow(["" if cell is None else csv_safe(str(cell)) for cell in log_sheet.cells(entry, labels)])
