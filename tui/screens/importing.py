"""A file of the bank into the book: choose it, see what would happen, take it in, stop between two batches.

First the folders and the files that can be read; enter goes in, or takes the file. Its kind is guessed from the header
and can be changed (`f`), as can the date of rows without one (`d`) and what its columns mean (`x`); where the header
tells nothing, both are asked for. What would happen is shown by a dry run; `ctrl+s`
takes the file in. Refused rows can be kept as a file (`e`) to be mended.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import ContentSwitcher, Input, Static

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of
from guanhu.domain.text import visible
from guanhu.intake.guess import KINDS
from guanhu.intake.records import Kind
from guanhu.language import N_, _
from guanhu.tui.desk import desk_of
from guanhu.tui.files import Entry, listing
from guanhu.tui.importing import Looked, Taken, keep_refused, kind_words, look, reason, take
from guanhu.tui.keys import bindings
from guanhu.tui.screens.importing_columns import AskingColumns
from guanhu.tui.screens.importing_text import about, counted, file_columns, refusal_columns
from guanhu.tui.widgets.dialogs import AskText, Choose
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.long_work import LongWork, Stopped
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen

CHOOSING, REVIEW = "import-files", "import-review"


class ImportScreen(WorkScreen, AskingColumns):
    """Files into the book."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "form.save", "view.filter", "view.day", "act.correct", "app.export", "app.find", "app.back",
            shown=("form.save", "view.filter", "view.day", "act.correct", "app.export", "app.find", "app.back"),
            words={"form.save": N_("Take in"), "view.filter": N_("Kind"), "view.day": N_("Date of rows"),
                   "act.correct": N_("Columns"),
                   "app.export": N_("Keep refused rows"), "app.find": N_("Path")},
        ),
    ]  # fmt: skip

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder or Path.cwd()
        self._looked: Looked | None = None
        self._taken: Taken | None = None
        self._kept: Path | None = None

    def words(self) -> str:
        """As WorkScreen."""
        return _("Import")

    def body(self) -> ComposeResult:
        """The path, the files or what was found in one, the bar."""
        with Vertical(id="import-where", classes="panel"):
            yield Input(str(self._folder), id="import-path", select_on_focus=False)
        with ContentSwitcher(initial=CHOOSING, id="import-switch"):
            yield LongList(file_columns(), markable=False, id=CHOOSING)
            with Horizontal(id=REVIEW):
                yield Prose(id="import-about", classes="panel")
                with Vertical(id="import-right"):
                    yield LongList(refusal_columns(), markable=False, id="import-refused")
                    yield Static(id="import-why", classes="panel")
        yield LongWork(id="import-work")

    def on_mount(self) -> None:
        """The files have the keys."""
        self.query_one(f"#{CHOOSING}").focus()

    def load(self) -> None:
        """As WorkScreen."""
        self.query_one("#import-where").border_title = _("Folder or file")
        self.query_one("#import-about").border_title = _("The file")
        if self._looked is None:
            self._show_folder()

    # ------------------------------------------------------------ choosing
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done depends on how far one is."""
        if action in ("form_save", "view_filter", "view_day", "act_correct"):
            return self._looked is not None and self._taken is None
        if action == "app_export":
            return self._taken is not None and bool(self._taken.result.rejected)
        return True

    def _show_folder(self) -> None:
        """The folder's entries; read in a thread, because a network drive is slow."""
        folder = self._folder

        def shown(entries: list[Entry]) -> None:
            table = self.query_one(f"#{CHOOSING}", LongList)
            table.empty = _("There is nothing here that can be read.")
            table.show(ListSource(rows_of(entries, lambda each: each.name)), keep=False)

        self.ask("files", lambda _ground: listing(folder), shown)

    def _go(self, path: Path) -> None:
        """Into a folder, or to a file."""
        if path.is_dir():
            self._folder = path
            self._set_path(path)
            self._show_folder()
            self.query_one(f"#{CHOOSING}").focus()
        else:
            self.look_at(path, None, None)

    def _set_path(self, path: Path) -> None:
        self.query_one("#import-path", Input).value = str(path)

    @on(LongList.Opened, f"#{CHOOSING}")
    def _opened(self, event: LongList.Opened) -> None:
        event.stop()
        self._go((self._folder / event.row.item.name).resolve())

    @on(Input.Submitted, "#import-path")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._go(Path(event.value.strip()).expanduser())

    def action_app_find(self) -> None:
        """Type a path."""
        self.query_one("#import-path").focus()

    def action_app_back(self) -> None:
        """Stop what is under way; back to the files; leave, also when the file is in."""
        if self._work.running:
            self._work.stop()
        elif self._looked is not None and self._taken is None:
            self._forget()
        else:
            self.dismiss()

    def _forget(self) -> None:
        self._looked = self._taken = None
        self.query_one(ContentSwitcher).current = CHOOSING
        self._show_folder()
        self.query_one(f"#{CHOOSING}").focus()
        self.refresh_bindings()

    # ------------------------------------------------------------ looking
    @property
    def _work(self) -> LongWork:
        return self.query_one(LongWork)

    def look_at(
        self, path: Path, kind: Kind | None, day: date | None, columns: Mapping[str, str] | None = None
    ) -> None:
        """What would happen; who has to be told first what the columns mean is asked."""
        book = desk_of(self).book
        if book is None or self._work.running:
            return
        self._set_path(path)
        by = desk_of(self).staff
        self._work.start(
            _("Looking through {file}", file=visible(path.name)),
            lambda tell: look(book, path, kind, day, by, tell, columns),
            self._show_looked,
            lambda error: self.not_understood(error, path, kind, day, columns or {}),
        )

    def _show_looked(self, looked: Looked) -> None:
        self._looked, self._taken, self._kept = looked, None, None
        self._show_review()

    def _show_review(self) -> None:
        """The file, what would happen or has happened, the refused rows."""
        looked = self._looked
        if looked is None:
            return
        self.query_one(ContentSwitcher).current = REVIEW
        result = self._taken.result if self._taken else looked.result
        self.query_one("#import-about", Static).update(about(looked, counted(result), self._taken, self._kept))
        refused = self.query_one("#import-refused", LongList)
        refused.set_columns(refusal_columns())
        refused.empty = _("No row is refused.")
        rows = enumerate(result.rejected)
        refused.show(ListSource(rows_of(list(rows), lambda each: str(each[0]))))
        refused.focus()
        if not result.rejected:
            self.query_one("#import-why").display = False
        self.refresh_bindings()

    @on(LongList.Highlighted, "#import-refused")
    def _told_why(self, event: LongList.Highlighted) -> None:
        """The whole of a refusal: its line may have no room for it."""
        event.stop()
        why, refusal = self.query_one("#import-why", Static), event.row.item[1]
        why.display = True
        row, column = f"{refusal.row:,}", refusal.column or "-"
        words = _("Row {row}, {column}: {value}", row=row, column=column, value=refusal.value)
        why.update(Text.assemble((visible(reason(refusal)), "bold"), "\n", visible(words)))

    def failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            stopped = _("Stopped. What was taken in before is whole; the file again goes on from there.")
            self.app.notify(stopped if self._looked else _("Stopped."), markup=False)
            desk_of(self).changed()
        else:
            self.tell_error(error)

    # ------------------------------------------------------------ kind, columns and date
    def action_act_correct(self) -> None:
        """Say what the columns mean."""
        looked = self._looked
        if looked is not None and not self._work.running:
            self.ask_columns(looked.path, looked.kind, looked.day, looked.columns)

    def action_view_filter(self) -> None:
        """Take the file for another kind."""
        looked = self._looked
        if looked is None or self._work.running:
            return

        def chosen(kind: str | None) -> None:
            if kind:
                self.look_at(looked.path, cast(Kind, kind), looked.day)

        self.app.push_screen(
            Choose(_("What is in the file?"), [(k, kind_words(k)) for k in KINDS], looked.kind), chosen
        )

    def action_view_day(self) -> None:
        """The date of rows that have none."""
        looked, today = self._looked, desk_of(self).today
        if looked is None or self._work.running:
            return

        def entered(text: str | None) -> None:
            if text is None:
                return
            try:
                day = day_of(text, today) if text.strip() else None
            except Refused as error:
                self.tell_error(error)
                return
            self.look_at(looked.path, looked.kind, day, looked.columns)

        value = looked.day.isoformat() if looked.day else ""
        self.app.push_screen(AskText(_("The date of rows that have none of their own"), value, "2026-11-23"), entered)

    # ------------------------------------------------------------ taking in
    def action_form_save(self) -> None:
        """Take the file in."""
        looked, desk = self._looked, desk_of(self)
        book = desk.book
        if looked is None or book is None or self._taken is not None or self._work.running:
            return
        by = desk.staff
        self._work.start(
            _("Taking in {file}", file=visible(looked.path.name)),
            lambda tell: take(book, looked, by, tell),
            self._show_taken,
            self.failed,
        )

    def _show_taken(self, taken: Taken) -> None:
        self._taken = taken
        desk_of(self).changed()
        self._show_review()

    def action_app_export(self) -> None:
        """Keep the refused rows as a file."""
        taken = self._taken
        if taken is None or self._work.running:
            return
        stem = taken.path.stem

        def named(text: str | None) -> None:
            if text:
                path = Path(text).expanduser()
                self._work.start(
                    _("Writing {file}", file=visible(path.name)),
                    lambda _tell: keep_refused(taken, path),
                    self._show_kept,
                    self.failed,
                )

        self.app.push_screen(AskText(_("Where to?"), str(taken.path.with_name(f"{stem}.refused.csv"))), named)

    def _show_kept(self, path: Path) -> None:
        self._kept = path
        self.app.notify(_("Kept as {path}.", path=visible(str(path))), markup=False)
        self._show_review()

    def copied(self) -> str:
        """`y` copies the refusals."""
        rejected = self._taken.result.rejected if self._taken else self._looked.result.rejected if self._looked else []
        return "\n".join(f"{each.row}\t{each.column}\t{each.value}\t{reason(each)}" for each in rejected)
