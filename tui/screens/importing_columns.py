"""A file whose header has words that nobody knows: one says what it holds and what its columns mean."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

from guanhu.domain.errors import Refused
from guanhu.intake.guess import KINDS, Top, top_of
from guanhu.intake.records import Kind
from guanhu.language import _
from guanhu.tui.asking import Asking
from guanhu.tui.importing import kind_words
from guanhu.tui.widgets.dialogs import choose

UNKNOWN_WORDS = frozenset({"no_header", "missing_column", "duplicate_column"})
"""Refusals of a file whose columns one can name."""


class AskingColumns(Asking):
    """For the screen that takes files in."""

    def look_at(
        self, path: Path, kind: Kind | None, day: date | None, columns: Mapping[str, str] | None = None
    ) -> None:
        """Look a file through, with what somebody said of its columns."""
        raise NotImplementedError

    def failed(self, error: Exception) -> None:
        """Tell what went wrong."""
        raise NotImplementedError

    def not_understood(
        self, error: Exception, path: Path, kind: Kind | None, day: date | None, columns: Mapping[str, str]
    ) -> None:
        """Ask, where that can help; else tell the error."""
        if not isinstance(error, Refused) or error.code not in UNKNOWN_WORDS:
            self.failed(error)
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
            title = f"{path.name}  {kind_words(kind)}"
            self.app.push_screen(ImportColumns(title, kind, top, columns), said)

        self.ask("top", lambda _ground: top_of(str(path)), opened)
