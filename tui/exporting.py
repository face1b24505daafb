"""Asking where a list is to be kept, and keeping it: what `e` does on every screen that has no way of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from guanhu.domain.errors import Refused
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.customer_export import checked_path
from guanhu.tui.desk import desk_of
from guanhu.tui.list_export import write_list
from guanhu.tui.widgets.dialogs import AskText, Confirm
from guanhu.tui.widgets.long_list import LongList

if TYPE_CHECKING:
    from guanhu.tui.asking import Asking
    from guanhu.tui.work_screen import WorkScreen


def keep_list(screen: "WorkScreen") -> None:
    """Keep the list that has the keys, or the screen's only one; the rows selected, where there are any."""
    table = _list_of(screen)
    if table is None or not table.rows:
        screen.app.notify(_("There is no list to keep."), markup=False)
        return
    name = f"{screen.words() or _('list')}-{desk_of(screen).day:%Y-%m-%d}.xlsx".replace("/", "-")
    _ask(screen, table, str(Path.home() / name))


def _list_of(screen: "WorkScreen") -> LongList | None:
    if isinstance(screen.focused, LongList):
        return screen.focused
    lists = list(screen.query(LongList))
    return lists[0] if len(lists) == 1 else None


def _ask(screen: "WorkScreen", table: LongList, value: str) -> None:
    words = _("Write the list into which file? (.xlsx or .csv)")
    ask_path(screen, words, value, lambda path: _write(screen, table, path))


def ask_path(screen: "Asking", words: str, value: str, write: Callable[[Path], None]) -> None:
    """Ask for a file until it can be one, and before what is there is written over; `value` is proposed."""

    def again(text: str) -> None:
        ask_path(screen, words, text, write)

    def answered(text: str | None) -> None:
        if text is None or not text.strip():
            return
        try:
            path = checked_path(text)
        except Refused as error:
            screen.tell_error(error)
            again(text)
            return
        if path.exists():
            sure = Confirm(_("{path} is there already. Write over it?", path=str(path)))
            screen.app.push_screen(sure, lambda yes: write(path) if yes else again(text))
        else:
            write(path)

    screen.app.push_screen(AskText(words, value), answered)


def _write(screen: "WorkScreen", table: LongList, path: Path) -> None:
    columns, source = table.columns, table.source
    everything, ids = table.marks.everything, frozenset(table.marks.ids)
    any_marked = bool(table.marks)

    def wanted(row_id: str) -> bool:
        """As the marks stood when it was asked."""
        return not any_marked or (row_id in ids) is not everything

    def written(count: int) -> None:
        said = _("{count} rows written to {path}", count=f"{count:,}", path=visible(str(path)))
        screen.app.notify(said, markup=False)

    def failed(error: Exception) -> None:
        screen.tell_error(error)
        _ask(screen, table, str(path))

    screen.ask(
        "export",
        lambda _ground: write_list(path, columns, source, wanted),
        written,
        failed=failed,
    )
