"""What the import screen says of a file, and the columns of its lists."""

from collections.abc import Iterator
from pathlib import Path

from textual.content import Content

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.language.file_words import meaning
from guanhu.store.importing import ImportResult
from guanhu.tui.cells import fit
from guanhu.tui.files import UP, Entry, size_words
from guanhu.tui.importing import Looked, Taken, kind_words, reason, reason_alone
from guanhu.tui.widgets.columns import Column

TITLE_CELLS = 14


def counted(result: ImportResult) -> list[tuple[str, int]]:
    """The figures of a file: those that are not nothing."""
    counts = result.counts
    figures = [
        (_("rows"), result.rows),
        (_("accepted"), counts.accepted),
        (_("registered"), counts.registered),
        (_("changed"), counts.changed),
        (_("unchanged"), counts.unchanged),
        (_("tier changes"), counts.tier_changes),
        (_("late"), counts.late),
        (_("refused"), len({each.row for each in result.rejected})),
    ]
    return [(title, count) for title, count in figures if count or title in (_("rows"), _("refused"))]


def about(looked: Looked, figures: list[tuple[str, int]], taken: Taken | None) -> Content:
    """The file, what it is taken for, the figures, its columns."""
    return Content("\n").join(_about(looked, figures, taken))


def _about(looked: Looked, figures: list[tuple[str, int]], taken: Taken | None) -> Iterator[Content]:
    yield Content.styled(visible(looked.path.name), "bold")
    guessed = _("as its header says") if looked.guessed else _("as chosen")
    yield Content.assemble((_("Kind: "), "$muted"), (kind_words(looked.kind), "bold"), (f"  {guessed}", "$muted"))
    if looked.day is not None:
        yield Content.assemble((_("Rows without a date: "), "$muted"), looked.day.isoformat())
    yield Content("")
    if taken is None:
        yield Content.styled(_("This would happen; nothing is written yet:"), "$soon bold")
    else:
        yield Content.styled(_("The file was taken in:"), "$good bold")
    cells = max(len(f"{count:,}") for _title, count in figures)
    for title, count in figures:
        style = "$late" if title == _("refused") and count else ""
        yield Content.assemble((fit(title, TITLE_CELLS), "$muted"), (fit(f"{count:,}", cells, "right"), style))
    if (taken.result if taken else looked.result).repeated:
        yield Content.styled(
            _("This file was imported before; only rows that were refused then were tried again."), "$muted"
        )
    yield Content("")
    yield from _columns(looked)


def what_to_choose() -> str:
    """What can be done while no file was chosen."""
    return _("Choose a file (.csv .tsv .xlsx .xls .html): you see first what would happen.")


def what_next(taken: Taken | None, kept: Path | None) -> str:
    """What can be done now, for a line that is always in sight."""
    if taken is None:
        return _("^s: take it in   f: another kind   x: what the columns mean   Esc: back to the files")
    if kept is not None:
        return _("The refused rows are in {file}: mend them there and import it again.", file=visible(str(kept)))
    if taken.result.rejected:
        return _("e: keep the refused rows as a file, to be mended and imported again   Esc: back")
    return _("Esc: back")


def _columns(looked: Looked) -> Iterator[Content]:
    """What the file has, last: of many columns one scrolls to the end."""
    columns = _(", ").join(visible(cell) for cell in looked.header if cell.strip())
    yield Content.assemble((_("Columns: "), "$muted"), columns)
    for column, header in looked.columns.items():
        yield Content.assemble((f"  {visible(header)}: ", "$muted"), meaning(column))


def refusal_columns() -> list[Column]:
    """The refused rows; an item is (number, refusal)."""
    return [
        Column("row", _("Row"), lambda each: f"{each[1].row:,}", 7, align="right"),
        Column("column", _("Column"), lambda each: each[1].column or "-", 8, 16, 1),
        Column("value", _("What stands there"), lambda each: each[1].value, 8, 24, 1, priority=1),
        Column("reason", _("Why it is refused"), lambda each: (reason(each[1]), "late"), 18, flex=3,
               short=lambda each, _width: reason_alone(each[1])),
    ]


def file_columns() -> list[Column]:
    """Folders and files."""

    def name(entry: Entry) -> str:
        if entry.name == UP:
            return _("../  the folder above")
        return f"{entry.name}/" if entry.folder else entry.name

    return [
        Column("name", _("File or folder"), name, 20, flex=1),
        Column("size", _("Size"), lambda entry: (size_words(entry), "muted"), 9, align="right"),
        Column(
            "changed", _("Changed"),
            lambda entry: (f"{entry.changed:%Y-%m-%d %H:%M}" if entry.changed else "", "muted"), 16, priority=1,
        ),
    ]  # fmt: skip
