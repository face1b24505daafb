"""A file of the bank into the book: choose it, see what would happen, take it in, stop between two batches.

First the folders and the files that can be read; enter goes in, or takes the file. Its kind is guessed from the header
and can be changed (`f`), as can the date of rows without one (`d`) and what its columns mean (`x`); where the header
tells nothing, both are asked for. What would happen is shown by a dry run; `ctrl+s`
takes the file in. Refused rows can be kept as a file (`e`) to be mended.
"""

from collections.abc import Callable, Mapping
from datetime import date
from os.path import abspath
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, Input, Static

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.intake.records import Kind
from guanhu.language import N_, _
from guanhu.tui.beginning import Tell
from guanhu.tui.desk import desk_of
from guanhu.tui.files import Entry, listing
from guanhu.tui.importing import Looked, Taken, keep_refused, look, reason, take
from guanhu.tui.keys import bindings
from guanhu.tui.screens.importing_columns import AskingColumns
from guanhu.tui.screens.importing_text import about, counted, file_columns, refusal_columns, what_next, what_to_choose
from guanhu.tui.widgets.dialogs import AskText
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.long_work import LongWork
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.working_screen import Answer, WorkingScreen

CHOOSING, REVIEW = "import-files", "import-review"


class ImportScreen(WorkingScreen, AskingColumns):
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
                with VerticalScroll(id="import-about", classes="panel"):
                    yield Prose(id="import-told")
                with Vertical(id="import-right"):
                    yield LongList(refusal_columns(), markable=False, id="import-refused")
                    yield Static(id="import-why", classes="panel")
        yield Prose(id="import-next")
        yield LongWork(id="import-work")

    def on_mount(self) -> None:
        """The files have the keys."""
        self._say_next(what_to_choose())
        self.query_one(f"#{CHOOSING}").focus()

    def load(self) -> None:
        """As WorkScreen."""
        self.query_one("#import-where").border_title = _("Folder or file")
        self.query_one("#import-about").border_title = _("The file")
        if self._looked is None:
            self._show_folder()
        elif self.query_one(ContentSwitcher).current != REVIEW:  # composed anew in another language
            self._show_review()

    # ------------------------------------------------------------ choosing
    def offers(self, action: str) -> bool:
        """As WorkingScreen; what can be done depends on how far one is."""
        if action in ("form_save", "view_filter", "view_day", "act_correct"):
            return self._looked is not None and self._taken is None
        if action == "app_export":
            return self._taken is not None and bool(self._taken.result.rejected)
        return True

    def pointless(self, action: str) -> bool:
        """As WorkingScreen; a refused row opens nothing: the whole of it stands below."""
        return (action == "list.open" and self._looked is not None) or super().pointless(action)

    def _show_folder(self) -> None:
        """The folder's entries; read in a thread, because a network drive is slow."""
        folder = self._folder

        def shown(entries: list[Entry]) -> None:
            table = self.query_one(f"#{CHOOSING}", LongList)
            table.empty = _("There is nothing here that can be read.")
            table.show(ListSource(rows_of(entries, lambda each: each.name)), keep=False)

        self.ask("files", lambda _ground: listing(folder), shown)

    def _go(self, path: Path) -> None:
        """Into a folder, or to a file; which it is is found in a thread too."""
        if self.busy:
            return

        def found(folder: bool) -> None:
            if not folder:
                self.look_at(path, None, None)
                return
            self._folder = path
            self._set_path(path)
            self._show_folder()
            self.query_one(f"#{CHOOSING}").focus()

        self.ask("go", lambda _ground: path.is_dir(), found)

    def _set_path(self, path: Path) -> None:
        self.query_one("#import-path", Input).value = str(path)

    @on(LongList.Opened, f"#{CHOOSING}")
    def _opened(self, event: LongList.Opened) -> None:
        event.stop()
        self._go(Path(abspath(self._folder / event.row.item.name)))

    @on(Input.Submitted, "#import-path")
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._go(Path(event.value.strip()).expanduser())

    def action_app_find(self) -> None:
        """Type a path."""
        self.query_one("#import-path").focus()

    def action_app_back(self) -> None:
        """Stop what is under way; back to the files; leave, also when the file is in."""
        if self.busy:
            self.work.stop()
        elif self._looked is not None and self._taken is None:
            self._forget()
        else:
            self.dismiss()

    def _say_next(self, words: str) -> None:
        line = self.query_one("#import-next", Prose)
        line.update(words)
        line.display = bool(words)

    def _forget(self) -> None:
        self._looked = self._taken = None
        self._say_next(what_to_choose())
        self.query_one(ContentSwitcher).current = CHOOSING
        self._show_folder()
        self.query_one(f"#{CHOOSING}").focus()
        self.refresh_bindings()

    # ------------------------------------------------------------ looking
    @property
    def looked(self) -> Looked | None:
        """As AskingColumns."""
        return self._looked

    def look_at(
        self, path: Path, kind: Kind | None, day: date | None, columns: Mapping[str, str] | None = None
    ) -> None:
        """What would happen; who has to be told first what the columns mean is asked."""
        book = desk_of(self).book
        if book is None or self.busy:
            return
        self._set_path(path)
        by = desk_of(self).staff
        self.begin_or(
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
        self.query_one("#import-told", Prose).update(about(looked, counted(result), self._taken))
        self._say_next(what_next(self._taken, self._kept))
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

    def begin_or(
        self, words: str, work: Callable[[Tell], Answer], then: Callable[[Answer], object],
        failed: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        """As WorkingScreen; the line of what comes next says only what works meanwhile."""

        def failed_so(error: Exception) -> None:
            self._say_next(what_next(self._taken, self._kept) if self._looked else "")
            failed(error)

        super().begin_or(words, work, then, failed_so)
        self._say_next(_("Esc: stop"))

    def stopped_words(self) -> str:
        """As WorkingScreen."""
        if self._looked is None:
            return _("Stopped.")
        return _("Stopped. What was taken in before is whole; the file again goes on from there.")

    def work_failed(self, error: Exception) -> None:
        """As WorkingScreen; some of it may be in the book."""
        super().work_failed(error)
        desk_of(self).changed()

    # ------------------------------------------------------------ taking in
    def action_form_save(self) -> None:
        """Take the file in."""
        looked, desk = self._looked, desk_of(self)
        book = desk.book
        if looked is None or book is None or self._taken is not None or self.busy:
            return
        if desk.looking_back:
            self.tell_error(Refused("moment_is_read_only"))
            return
        by, words = desk.staff, _("Taking in {file}", file=visible(looked.path.name))
        self.begin(words, lambda tell: take(book, looked, by, tell), self._show_taken)

    def _show_taken(self, taken: Taken) -> None:
        self._taken = taken
        desk_of(self).changed()
        self._show_review()

    def action_app_export(self) -> None:
        """Keep the refused rows as a file."""
        taken = self._taken
        if taken is None or self.busy:
            return
        stem = taken.path.stem

        def named(text: str | None) -> None:
            if text:
                path = Path(text).expanduser()
                words = _("Writing {file}", file=visible(path.name))
                self.begin(words, lambda _tell: keep_refused(taken, path), self._show_kept)

        self.app.push_screen(AskText(_("Where to?"), str(taken.path.with_name(f"{stem}.refused.csv"))), named)

    def _show_kept(self, path: Path) -> None:
        self._kept = path
        self.app.notify(_("Kept as {path}.", path=visible(str(path))), markup=False)
        self._show_review()

    def copied(self) -> str:
        """`y` copies the refusals."""
        rejected = self._taken.result.rejected if self._taken else self._looked.result.rejected if self._looked else []
        return "\n".join(f"{each.row}\t{each.column}\t{each.value}\t{reason(each)}" for each in rejected)
