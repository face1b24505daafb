"""Meeting sheet (晨会/夕会): an outlet's day on one page, in the morning who does what, in the evening what was done.

The same sheet is printed from here as a page of HTML (`projections/meeting.py` is the one source).
"""

from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from guanhu.domain.branch_time import branch_time
from guanhu.domain.text import visible
from guanhu.language import N_, _, current
from guanhu.language.meeting_words import meeting_labels
from guanhu.projections.meeting import Meeting, meeting
from guanhu.projections.meeting_page import Heading, page
from guanhu.projections.staff_view import outlet_list, outlet_of
from guanhu.store.private_file import private_text
from guanhu.tui.acts.acting import FORMS, Acting
from guanhu.tui.acts.form import About
from guanhu.tui.behind_rows import DutiesBehind, EntriesBehind
from guanhu.tui.cells import in_line, weekday
from guanhu.tui.days import LookingAtDays
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.looks import Looker
from guanhu.tui.meeting_rows import evening_columns, morning_columns, other_columns, other_rows, part_rows, shared, word
from guanhu.tui.names import Names
from guanhu.tui.opening import open_customer
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.signs import signs_of
from guanhu.tui.widgets.dialogs import choose
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen
from guanhu.tui.writing import ask_path, kept

NOON = 13
"""From this hour on the evening's side is shown first."""
WIDE = 120
SIDES = ("morning", "evening")


class MeetingView(msgspec.Struct, frozen=True):
    """The sheet with its names, and the outlets that there are."""

    meeting: Meeting
    names: Names
    outlets: list[tuple[str, str]]

    @property
    def title(self) -> str:
        """The outlet's name."""
        return self.names.outlet(self.meeting.outlet)


def meeting_view(ground: Ground, chosen: str, day: date) -> MeetingView:
    """A question: the sheet of an outlet ("": the asker's own, else the first); NotFound("unknown_outlet")."""
    there = [each for each in outlet_list(ground.cursor, day) if not each.closed]
    outlet = chosen or outlet_of(ground.cursor, ground.staff, day)
    found = meeting(ground.cursor, ground.policy, ground.calendar, day, outlet)
    return MeetingView(found, ground.names, [(each.outlet, each.name) for each in there])


class MeetingScreen(WorkScreen, LookingAtDays, Acting):
    """The meeting sheet."""

    CSS_PATH = "meeting.tcss"
    PLACE = "meeting"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "view.next", "view.previous", "view.earlier", "view.later", "view.day", "view.whose", "app.print",
            shown=("view.next", "view.earlier", "view.later", "view.whose", "app.print"),
            words={"view.next": N_("Morning or evening"), "view.whose": N_("Another outlet")},
        ),
        *bindings(*FORMS, shown=()),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._chosen = ""
        self._at: date | None = None
        self._looked_at: date | None = None
        self._chosen_side = ""
        self._view: MeetingView | None = None

    # ------------------------------------------------------------ what is shown
    def body(self) -> ComposeResult:
        """The head, who takes part, what concerns all."""
        yield Static(id="meeting-head")
        with Container(id="meeting-work"):
            with Vertical(id="sides"):
                for side in SIDES:
                    front = " -front" if side == self._side else ""
                    yield LongList(id=side, markable=False, classes=f"panel{front}")
            yield LongList(other_columns(), id="others", markable=False, classes="panel")

    def on_mount(self) -> None:
        """The side of the hour has the keys."""
        self._to_front(self._side)

    def load(self) -> None:
        """As WorkScreen."""
        if self._looked_at != desk_of(self).day:
            self._looked_at, self._at = desk_of(self).day, None  # another day was chosen
        chosen, day = self._chosen, self.day
        self.ask("meeting", lambda ground: meeting_view(ground, chosen, day), self._show)

    @property
    def day(self) -> date:
        """The day of the sheet."""
        return self._at or desk_of(self).day

    @property
    def _side(self) -> str:
        """The side in front: by the clock, until one chooses."""
        book = desk_of(self).book
        late = book is not None and branch_time(book.clock()).hour >= NOON
        return self._chosen_side or ("evening" if late else "morning")

    def _show(self, view: MeetingView) -> None:
        self._view = view
        if self.focused is None:
            self.query_one(f"#{self._side}", LongList).focus()  # composed anew in another language
        signs, names = signs_of(self.app), view.names
        self.query_one("#meeting-head", Static).update(self._head(view))
        columns = {"morning": morning_columns(names, signs, view.meeting), "evening": evening_columns(names, signs)}
        for side in SIDES:
            members = self.query_one(f"#{side}", LongList)
            members.border_title = word(side)
            members.set_columns(columns[side])
            members.show(ListSource(list(part_rows(view.meeting))))
        self.query_one("#others", LongList).show(ListSource(list(other_rows(view.meeting, names, signs))))

    def _head(self, view: MeetingView) -> Text:
        chosen = "  ".join(f"[{word(side)}]" if side == self._side else f" {word(side)} " for side in SIDES)
        whole = view.meeting.whole
        facts = (
            _("overdue {count}", count=whole.load.overdue), _("due today {count}", count=whole.load.due_today),
            _("done today {count}", count=whole.done_today), _("entries {count}", count=whole.entries),
            _("waiting {count}", count=len(view.meeting.waiting)),
            _("shared count for each") if shared(view.meeting) else "",
        )  # fmt: skip
        day = f"{view.meeting.day:%Y-%m-%d} {weekday(view.meeting.day)}"
        chosen = "" if self.has_class("-wide") else chosen
        told = Text(in_line(facts, self.app.size.width - 2, "    " if self.has_class("-wide") else "  "))
        told.highlight_regex(r"(?<= )[0-9]+", "bold")
        return Text.assemble((visible(view.title), "bold"), f"  {day}  {chosen}\n", told, no_wrap=True)

    def _to_front(self, side: str) -> None:
        self._chosen_side = side
        for each in SIDES:
            self.query_one(f"#{each}", LongList).set_class(each == side, "-front")
        self.query_one(f"#{side}", LongList).focus()
        if self._view is not None:
            self.query_one("#meeting-head", Static).update(self._head(self._view))

    # ------------------------------------------------------------ whom an act is for
    def about(self) -> About | None:
        """The customer of the line under the cursor, among those who wait or moved."""
        others = self.query_one("#others", LongList)
        line = others.row.item if others.row is not None and others.has_focus else None
        return About(line.customer_no, line.name) if line and line.customer_no else None

    # ------------------------------------------------------------ what is behind
    @on(LongList.Opened, "#morning, #evening")
    def _open_part(self, event: LongList.Opened) -> None:
        event.stop()
        if (view := self._view) is None:
            return
        staff = event.row.item.staff_id
        words = f"{view.title} {view.names.staff(staff)}".rstrip()
        found = view.meeting
        if event.list.id == "evening":
            self.app.push_screen(BehindScreen(EntriesBehind(words, found.outlet, staff, found.day)))
        else:
            undone = DutiesBehind(words, found.outlet, staff or None, found.before, ("overdue", "open"), day=found.day)
            self.app.push_screen(BehindScreen(undone))

    @on(LongList.Opened, "#others")
    def _open_other(self, event: LongList.Opened) -> None:
        event.stop()
        if event.row.item.customer_no:
            open_customer(self, event.row.item.customer_no)

    # ------------------------------------------------------------ side, day, outlet
    def action_view_next(self) -> None:
        """The other side of the day."""
        self._to_front(SIDES[1 - SIDES.index(self._side)])

    def action_view_previous(self) -> None:
        """The other side of the day."""
        self.action_view_next()

    def action_view_earlier(self) -> None:
        """The day before."""
        self._go_to(self.day - timedelta(days=1))

    def action_view_later(self) -> None:
        """The day after, as far as the day looked at."""
        if self.day < desk_of(self).day:
            self._go_to(self.day + timedelta(days=1))

    def _go_to(self, day: date) -> None:
        self._at = None if day == desk_of(self).day else day
        self.reload()

    def action_view_whose(self) -> None:
        """Choose another outlet."""
        if (view := self._view) is not None:
            choose(self, _("Which outlet?"), view.outlets, view.meeting.outlet, self._look_at)

    def _look_at(self, chosen: str) -> None:
        self._chosen = chosen
        self.reload()

    # ------------------------------------------------------------ the printed page
    def action_app_print(self) -> None:
        """Write the sheet as a page of HTML that a browser prints."""
        if (view := self._view) is not None:
            name = f"{_('meeting')}-{view.title}-{view.meeting.day:%Y-%m-%d}.html".replace("/", "_").replace(" ", "_")
            words = _("Write the sheet to a page that a browser prints")
            looker = Looker(self, self.PLACE)

            def write(path: Path) -> str:
                looker.leave("export", "html", rows=len(view.meeting.parts), scope={"outlet": view.meeting.outlet})
                write_sheet(path, view)
                return kept(path)

            ask_path(self, words, str(Path.home() / name), (".html", ".htm"), write)


def write_sheet(path: Path, view: MeetingView) -> None:
    """Write the page; what files refuse. For a worker thread."""
    day = view.meeting.day
    heading = Heading(view.title, f"{day:%Y-%m-%d} {weekday(day)}")
    with private_text(path) as file:
        file.writelines(page(view.meeting, heading, meeting_labels(view.names.labels()), current()))
