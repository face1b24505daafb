"""What one says of a file: its kind, the date of rows without one, and, where its header has words that nobody knows,
what its columns mean.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of
from guanhu.intake.guess import KINDS, Top, top_of
from guanhu.intake.records import Kind
from guanhu.language import _
from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of
from guanhu.tui.importing import Looked, kind_words
from guanhu.tui.widgets.dialogs import AskText, Choose, choose

UNKNOWN_WORDS = frozenset({"no_header", "missing_column", "duplicate_column"})
"""Refusals of a file whose columns one can name."""


class AskingColumns(Asking):
    """For the screen that takes files in."""

    def look_at(
        self, path: Path, kind: Kind | None, day: date | None, columns: Mapping[str, str] | None = None
    ) -> None:
        """Look a file through, with what somebody said of its columns."""
        raise NotImplementedError

    def work_failed(self, error: Exception) -> None:
        """Tell what went wrong."""
        raise NotImplementedError

    @property
    def looked(self) -> Looked | None:
        """The file that was looked through."""
        raise NotImplementedError

    @property
    def busy(self) -> bool:
        """Whether a work is under way, which nothing is asked during."""
        raise NotImplementedError

    def not_understood(
        self, error: Exception, path: Path, kind: Kind | None, day: date | None, columns: Mapping[str, str]
    ) -> None:
        """Ask, where that can help; else tell the error."""
        if not isinstance(error, Refused) or error.code not in UNKNOWN_WORDS:
            self.work_failed(error)
        elif kind is not None:
            self.ask_columns(path, kind, day, columns)
        else:

            def chosen(kind: str) -> None:
                self.ask_columns(path, cast(Kind, kind), day, columns)

            words = _("The columns of {file} have names that are not known. What is in it?", file=path.name)
            choose(self, words, [(k, kind_words(k)) for k in KINDS], "", chosen)

    def ask_columns(self, path: Path, kind: Kind, day: date | None, columns: Mapping[str, str]) -> None:
        """Let somebody say what the columns mean, and look again."""
        from guanhu.tui.screens.import_columns import ImportColumns

        def said(columns: Mapping[str, str] | None) -> None:
            if columns is not None:
                self.look_at(path, kind, day, columns)

        def opened(top: Top) -> None:
            title = _("What the columns mean: {file}, {kind}", file=path.name, kind=kind_words(kind))
            self.app.push_screen(ImportColumns(title, kind, top, columns), said)

        self.ask("top", lambda _ground: top_of(str(path)), opened)

    def action_act_correct(self) -> None:
        """Say what the columns mean."""
        looked = self.looked
        if looked is not None and not self.busy:
            self.ask_columns(looked.path, looked.kind, looked.day, looked.columns)

    def action_view_filter(self) -> None:
        """Take the file for another kind."""
        looked = self.looked
        if looked is None or self.busy:
            return

        def chosen(kind: str | None) -> None:
            if kind:
                self.look_at(looked.path, cast(Kind, kind), looked.day)

        self.app.push_screen(
            Choose(_("What is in the file?"), [(k, kind_words(k)) for k in KINDS], looked.kind), chosen
        )

    def action_view_day(self) -> None:
        """The date of rows that have none."""
        looked, today = self.looked, desk_of(self).today
        if looked is None or self.busy:
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
        words, hint = _("The date of rows that have none of their own"), _("yesterday, 11-30; empty: none")
        self.app.push_screen(AskText(words, value, hint), entered)
