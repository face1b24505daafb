"""What a screen shows as a file: a list where one is asked (`e`, where a screen has no way of its own), a picture."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from guanhu.language import _
from guanhu.store.private_file import private_text
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.list_export import write_list
from guanhu.tui.looks import Looker, form_of
from guanhu.tui.table_file import ENDINGS
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.writing import ask_path, kept, rows_written

if TYPE_CHECKING:
    from guanhu.tui.work_screen import WorkScreen


def keep_list(screen: "WorkScreen") -> None:
    """Keep the list that has the keys, or the screen's only one; the rows selected, where there are any."""
    table = _list_of(screen)
    if table is None or not table.rows:
        screen.app.notify(_("There is no list to keep."), markup=False)
        return
    name = f"{screen.words() or _('list')}-{desk_of(screen).day:%Y-%m-%d}.xlsx".replace("/", "-")
    words = _("Write the list into which file? (.xlsx or .csv)")
    ask_path(screen, words, str(Path.home() / name), ENDINGS, _writer(screen, table))


def keep_picture(screen: "WorkScreen") -> None:
    """Keep a picture of the screen as SVG where the program was begun, named by the library that draws it."""
    with TemporaryDirectory() as private:
        drawn = Path(screen.app.save_screenshot(path=private))
        picture, path = drawn.read_text("utf-8"), Path(drawn.name)

    def write(_ground: Ground) -> str:
        with private_text(path) as text:
            text.write(picture)
        return kept(path)

    screen.ask("picture", write, lambda said: screen.app.notify(said, markup=False))


def _list_of(screen: "WorkScreen") -> LongList | None:
    if isinstance(screen.focused, LongList):
        return screen.focused
    lists = list(screen.query(LongList))
    return lists[0] if len(lists) == 1 else None


def _writer(screen: "WorkScreen", table: LongList) -> Callable[[Path], str]:
    """What writes the list as it stands now, called in a thread."""
    columns, source = table.columns, table.source
    everything, ids = table.marks.everything, frozenset(table.marks.ids)
    looker = Looker(screen, screen.PLACE or screen.SUBJECT)

    def wanted(row_id: str) -> bool:
        return not (everything or ids) or (row_id in ids) is not everything

    def write(path: Path) -> str:
        looker.leave("export", form_of(path), rows=source.count())
        return rows_written(write_list(path, columns, source, wanted), path)

    return write
