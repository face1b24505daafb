"""Where a file goes: asked for, confirmed where one stands there, written in a thread; what was typed is not lost.

A file that is being written is finished, and told, although the screen was left that it comes from.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of
from guanhu.tui.doing import finish
from guanhu.tui.kept_file import checked_path
from guanhu.tui.widgets.dialogs import AskText, Confirm


def ask_path(
    asker: Asking, words: str, value: str, endings: Sequence[str], write: Callable[[Path], str], *, hint: str = ""
) -> None:
    """Ask by `words` for a file with one of some endings, `value` proposed; what is refused or fails asks again.

    `write` is called in a thread and says what it wrote, in a sentence for the notice.
    """

    def again(text: str) -> None:
        ask_path(asker, words, text, endings, write, hint=hint)

    def failed(error: Exception, text: str) -> None:
        asker.tell_error(error)
        if asker.is_attached:
            again(text)

    def go(path: Path, text: str) -> None:
        desk = desk_of(asker)
        finish(
            desk, lambda: write(path), lambda said: desk.notify(said, markup=False), lambda error: failed(error, text)
        )

    def named(text: str | None) -> None:
        if text is None or not text.strip():
            return
        try:
            path = checked_path(text, endings)
        except Refused as error:
            failed(error, text)
            return
        # In a thread, because a network drive is slow.
        asker.ask(
            "there",
            lambda _ground: path.exists(),
            lambda there: sure(path, text) if there else go(path, text),
            failed=lambda error: failed(error, text),
        )

    def sure(path: Path, text: str) -> None:
        words = _("{path} is there already. Write over it?", path=visible(str(path)))
        asker.app.push_screen(Confirm(words), lambda yes: go(path, text) if yes else again(text))

    asker.app.push_screen(AskText(words, value, hint), named)


def kept(path: Path) -> str:
    """That a file is written, where no number of rows says more."""
    return _("Kept as {path}.", path=visible(str(path)))


def rows_written(count: int, path: Path) -> str:
    """That some rows are written."""
    return _("{count} rows written to {path}", count=f"{count:,}", path=visible(str(path)))
