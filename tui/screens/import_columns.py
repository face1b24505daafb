"""What the columns of a file mean, where its header does not say so in words that are known.

A row for each column of the file, with what stands in the first row below. Enter says what a column is; `ctrl+s` goes
on. The same is said by a mapping file at the command line (intake/mapping.py).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from guanhu.domain.text import visible
from guanhu.intake.columns import NAMES, REQUIRED, recognise
from guanhu.intake.guess import Top
from guanhu.intake.records import Kind
from guanhu.language import N_, _
from guanhu.language.file_words import meaning
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.dialogs import choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row

ASIDE = "-"
"""The choice that a column means nothing that is known."""
GIVEN = {"balances": "date"}
"""A column that a file may leave out, for one is asked for its day."""


class FileColumn(msgspec.Struct, frozen=True):
    """A column of the file: its header, and what stands in the first row below."""

    header: str
    below: str


class ImportColumns(ModalScreen[Mapping[str, str] | None]):
    """The result: by column what the header is called that stands for it; None where nothing is to change."""

    CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form.save", "form.cancel", words={"form.save": N_("Go on"), "form.cancel": N_("Cancel")})
    ]

    def __init__(self, title: str, kind: Kind, top: Top, columns: Mapping[str, str]) -> None:
        """`columns`: what somebody said before."""
        super().__init__()
        self._title = title
        self._kind = kind
        below = [*top.below, *[""] * len(top.header)]
        self._file = [FileColumn(header, below[n]) for n, header in enumerate(top.header) if header.strip()]
        self._known = {each.header: found[0] for each in self._file if (found := recognise(kind, each.header))}
        self._means = self._known | {header: column for column, header in columns.items()}

    def compose(self) -> ComposeResult:
        """The columns, what is still needed, the keys."""
        with Vertical(classes="dialog") as box:
            box.border_title = visible(self._title)
            yield LongList(self._columns(), markable=False, id="file-columns")
            yield Static(id="file-needed")
            yield Static(Text(_("Enter: say what the column is   ^s: go on   Esc: cancel")), classes="muted")

    def on_mount(self) -> None:
        """The rows."""
        rows = [Row(each.header, each) for each in self._file]
        listing = self.query_one(LongList)
        listing.styles.height = 1 + len(rows)  # its head, and no more than it has
        listing.show(ListSource(rows))
        listing.focus()
        self._say()

    def _columns(self) -> list[Column]:
        return [
            Column("header", _("Column of the file"), lambda each: (each.header, "strong"), 14, 28, 1),
            Column("below", _("First row"), lambda each: (each.below, "muted"), 10, 28, 1, priority=1),
            Column("means", _("Taken for"), self._taken_for, 14, 28, 1),
        ]

    def _taken_for(self, each: FileColumn) -> Cell:
        column = self._means.get(each.header)
        return (meaning(column), "good") if column else ("-", "muted")

    # ------------------------------------------------------------ what a column is
    @on(LongList.Opened)
    def _ask(self, event: LongList.Opened) -> None:
        event.stop()
        each: FileColumn = event.row.item
        options = [(column, meaning(column)) for column in NAMES[self._kind]]
        if each.header not in self._known:
            options.append((ASIDE, _("something else")))
        words = _("What is {column}?", column=each.header)
        choose(self, words, options, self._means.get(each.header, ""), lambda column: self._take(each.header, column))

    def _take(self, header: str, column: str) -> None:
        """One column of the file stands for it, and for nothing else."""
        self._means = {each: was for each, was in self._means.items() if was != column and each != header}
        if column != ASIDE:
            self._means[header] = column
        self.query_one(LongList).redraw()
        self._say()

    @property
    def _needed(self) -> list[str]:
        """Without which the file can't be read."""
        held = {*self._means.values(), GIVEN.get(self._kind, "")}
        return [column for column in REQUIRED[self._kind] if column not in held]

    def _say(self) -> None:
        line = self.query_one("#file-needed", Static)
        needed = _(", ").join(map(meaning, self._needed))
        line.update(Text(_("Still needed: {columns}", columns=needed) if needed else _("All that is needed is there.")))
        line.set_class(bool(needed), "late")

    def action_form_save(self) -> None:
        """Go on, once all that is needed was said."""
        if self._needed:
            self.app.bell()
            return
        self.dismiss({column: header for header, column in self._means.items() if self._known.get(header) != column})

    def action_form_cancel(self) -> None:
        """Nothing was said."""
        self.dismiss(None)
