"""Who looked (查阅记录): lists taken out, numbers uncovered, pages opened; by member of staff and by kind.

The newest stand first, read page by page. How fine the book records is said above, and set here by who may.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from guanhu.domain.branch_time import branch_time
from guanhu.domain.looking import LEVEL_OF, LEVELS
from guanhu.language import N_, _, look_words
from guanhu.projections.inspection_sight import Sight
from guanhu.projections.looks import LookEntry, Wanted, level_of, looks
from guanhu.store.book import Book
from guanhu.store.looking import set_looking
from guanhu.tui.acts.people import Member
from guanhu.tui.asking import new_command
from guanhu.tui.cells import in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground, standing
from guanhu.tui.inspection_asked import members
from guanhu.tui.inspection_seen import sight_in
from guanhu.tui.keys import bindings
from guanhu.tui.look_scope import asked_words
from guanhu.tui.names import Names, capital, listed
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.dialogs import choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import PageSource, Row
from guanhu.tui.work_screen import WorkScreen


class LooksView(msgspec.Struct, frozen=True):
    """How many looks there are, how fine they are recorded, the names of what they name.

    `sight`: what whoever looks may see of the inspections.
    """

    sight: Sight
    total: int
    level: str
    names: Names


class LooksSource(PageSource):
    """The looks that are wanted, the newest first."""

    def __init__(self, book: Book, day: date, staff: str, wanted: Wanted, sight: Sight) -> None:
        self._standing = (book, day, staff)
        self._wanted = wanted
        self._sight = sight

    def count(self) -> int:
        """As PageSource."""
        with standing(*self._standing) as ground:
            return looks(ground.cursor, self._wanted, limit=1, sight=self._sight)[0]

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """As PageSource."""
        with standing(*self._standing) as ground:
            found = looks(ground.cursor, self._wanted, limit=limit, offset=offset, sight=self._sight)[1]
        return [Row(str(look.position), look) for look in found]


class LooksScreen(WorkScreen):
    """The looks."""

    CSS_PATH = "looks.tcss"
    SUBJECT = "looks"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.whose", "view.filter", "view.clear", "act.looking",
            shown=("view.whose", "view.filter", "view.clear", "act.looking"),
            words={"view.whose": N_("Whose looks"), "view.filter": N_("Kind of look"), "view.clear": N_("All looks")},
        ),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._staff = ""
        self._kind = ""
        self._view: LooksView | None = None

    def words(self) -> str:
        """As WorkScreen."""
        return _("Who looked")

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """What is shown and how fine it is recorded, the looks."""
        yield Static(id="looks-head")
        yield LongList(markable=False, id="looks")

    def load(self) -> None:
        """As WorkScreen."""
        wanted, book = self._wanted, desk_of(self).book
        if book is None:
            return

        def question(ground: Ground) -> LooksView:
            sight = sight_in(book, ground.staff)
            total = looks(ground.cursor, wanted, limit=1, sight=sight)[0]
            return LooksView(sight, total, LEVELS[level_of(ground.cursor)], ground.names)

        self.ask("looks", question, self._show)

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self._staff, kinds=(self._kind,) if self._kind else ())

    def _show(self, view: LooksView) -> None:
        desk, self._view = desk_of(self), view
        told = [
            _("looks: {count}", count=f"{view.total:,}"),
            _("who: {who}", who=view.names.staff(self._staff) or _("everybody")),
            _("kind of look: {kind}", kind=look_words.look(self._kind) if self._kind else _("every kind")),
        ]
        level = _("Recorded at present: {level}.", level=look_words.level(view.level))
        head = Text(in_line(told, self.app.size.width - 2), no_wrap=True)
        self.query_one("#looks-head", Static).update(head.append(f"\n{level}", "dim"))
        table = self.query_one("#looks", LongList)
        table.empty = _("No look was recorded that fits.")
        table.set_columns(look_columns(view.names))
        if desk.book is not None:
            table.show(LooksSource(desk.book, desk.day, desk.staff, self._wanted, view.sight))

    @on(LongList.Opened, "#looks")
    def _open(self, event: LongList.Opened) -> None:
        """What was asked for is cut on a narrow screen: it is said whole."""
        event.stop()
        asked = asked_words(event.row.item.scope, self._view.names) if self._view is not None else ""
        self.app.notify(asked or _("no conditions set"), title=_("Conditions"), markup=False)

    # ------------------------------------------------------------ which are shown
    def action_view_whose(self) -> None:
        """Choose whose looks are shown."""

        def ask(staff: list[Member]) -> None:
            options = [("", _("everybody"))]
            options += [(each.staff_id, listed([each.name, each.post])) for each in staff]
            choose(self, _("Whose looks?"), options, self._staff, self._take_staff)

        self.ask("whose", members, ask)

    def action_view_filter(self) -> None:
        """Choose which kind is shown."""
        options = [("", _("every kind")), *((kind, look_words.look(kind)) for kind in LEVEL_OF)]
        choose(self, _("Which looks?"), options, self._kind, self._take_kind)

    def action_view_clear(self) -> None:
        """All looks of everybody."""
        self._staff = ""
        self._take_kind("")

    def _take_staff(self, staff: str) -> None:
        self._staff = staff
        self.reload()

    def _take_kind(self, kind: str) -> None:
        self._kind = kind
        self.reload()

    # ------------------------------------------------------------ how fine
    def action_act_looking(self) -> None:
        """Say how fine looking is recorded from here on."""
        if self._view is None:
            return
        options = [(level, look_words.level(level)) for level in LEVELS]
        choose(self, _("What is recorded from here on?"), options, self._view.level, self._set_level)

    def _set_level(self, level: str) -> None:
        command = new_command()
        said = _("Recorded from now on: {level}.", level=look_words.level(level))
        self.do(lambda book: set_looking(book, level, command=command), lambda _receipt: None, said=said)


def look_columns(names: Names) -> list[Column]:
    """The columns of a `LookEntry`."""
    return [
        Column("when", _("Time"), lambda look: f"{branch_time(look.recorded_at):%Y-%m-%d %H:%M}", 16),
        Column("who", _("Who"), lambda look: (names.staff(look.by) or look.login, "strong"), 8, 14, 1),
        Column("kind", _("Look"), lambda look: look_words.look(look.kind), _widest(look_words.LOOKS), 16, 2),
        Column("subject", _("Of what"), lambda look: capital(look_words.subject(look.subject)),
               _widest(look_words.SUBJECTS), 24, 3),
        Column("form", _("Form"), lambda look: (look_words.form(look.form), "muted"), _widest(look_words.FORMS), 16, 1,
               priority=3),
        Column("asked", _("Conditions"), lambda look: asked_cell(look, names), 13, 0, 2, priority=1),
        Column("rows", _("Rows"), lambda look: f"{look.rows:,}" if look.rows else "", 5, align="right", priority=2),
        Column("as_of", _("As of"), lambda look: (look.as_of.isoformat(), "muted"), 10, priority=4),
    ]  # fmt: skip


def asked_cell(look: LookEntry, names: Names) -> Cell:
    """Under which conditions; where there were none, that is said."""
    asked = asked_words(look.scope, names)
    return asked or (_("none"), "muted")


def _widest(words: Mapping[str, str]) -> int:
    """Cells of the longest word: rows that are read by pages do not tell how wide they are."""
    return max(cell_len(_(word)) for word in words.values())
