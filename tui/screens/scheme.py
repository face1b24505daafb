"""方案: the policy in force, readable, and how many duties each of its rules has raised.

On the left the parts of the scheme and its duties with their counts of the day, on the right what the one under the
cursor says. Enter on a duty opens the list of what it raised.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.projections.by_number import highest_id
from guanhu.projections.duty_counts import DutyCount, duty_counts
from guanhu.projections.posts import posts_on
from guanhu.projections.queue import Asked
from guanhu.projections.tiers import TierFigure, summary
from guanhu.tui.cells import in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import bindings
from guanhu.tui.names import Names
from guanhu.tui.scheme_words import scheme_named
from guanhu.tui.screens.scheme_text import DUTY, PARTS, Section, duty_said, laid_out, part_said, plain
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.work_screen import WorkScreen

if TYPE_CHECKING:
    from guanhu.tui.screens.whatif import Tried

WHOSE = ("all", "outlet", "mine")
"""Whose duties are counted: `z` goes from one to the next."""
COUNTED_AT_ONCE = 20_000
"""Customers of a book whose duties are all counted when the screen opens; of a larger one, one's own."""


class Line(msgspec.Struct, frozen=True):
    """A line on the left: a part of the scheme, or a duty with its counts."""

    words: str
    count: DutyCount | None = None


class SchemeView(msgspec.Struct, frozen=True):
    """All that the screen shows."""

    scheme: Scheme
    policy: Policy
    names: Names
    tiers: Sequence[TierFigure]
    untiered: TierFigure
    counts: Sequence[DutyCount]
    provisional: bool
    outlet: str
    whose: str


def scheme_view(ground: Ground, whose: str) -> SchemeView:
    """A question: the scheme in force on the day, its tiers' figures, its duties' counts; `whose` "" is as it fits."""
    if not whose:
        whose = "mine" if ground.staff and highest_id(ground.cursor) > COUNTED_AT_ONCE else "all"
    outlet = posts_on(ground.cursor, ground.day.toordinal()).outlets.get(ground.staff, "")
    tiers, untiered = summary(ground.cursor, ground.day, ground.scheme)
    found = duty_counts(ground.cursor, ground.policy, ground.calendar, ground.day, asked(whose, ground.staff, outlet))
    return SchemeView(
        ground.scheme, ground.policy, ground.names, tiers, untiered, found.duties, found.provisional, outlet, whose
    )  # fmt: skip


def asked(whose: str, staff: str, outlet: str, duties: tuple[str, ...] = ()) -> Asked:
    """Whose duties a question is about."""
    if whose == "mine" and staff:
        return Asked(staff=staff, duties=duties)
    return Asked(outlet=outlet if whose == "outlet" and outlet else None, duties=duties)


class SchemeScreen(WorkScreen):
    """The policy in force."""

    CSS_PATH = "scheme.tcss"
    PLACE = "scheme"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("view.whose", "view.whatif", "view.next", "view.previous", shown=("view.whose", "view.whatif"),
                  words={"view.next": N_("Scroll down"), "view.previous": N_("Scroll up")}),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
        self._view: SchemeView | None = None
        self._whose = ""
        self._tried: Tried | None = None
        self._sections: Sequence[Section] = ()

    def body(self) -> ComposeResult:
        """Heading, the list, what is said."""
        yield Static(id="scheme-head")
        with Horizontal(id="scheme-body"):
            yield LongList(_columns(), markable=False, id="scheme-list")
            with VerticalScroll(id="scheme-said", classes="panel", can_focus=False):
                yield Prose(id="scheme-text")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one(LongList).focus()

    def load(self) -> None:
        """As WorkScreen."""
        whose = self._whose
        self.ask("scheme", lambda ground: scheme_view(ground, whose), self._show)

    def _show(self, view: SchemeView) -> None:
        self._view, self._whose = view, view.whose
        self.query_one("#scheme-head", Static).update(self._heading(view))
        self.query_one(LongList).show(ListSource(list(_rows(view))))
        self._say()

    def _heading(self, view: SchemeView) -> Text:
        scheme = view.scheme
        since = next(day for day, adopted in reversed(view.policy.adopted) if adopted is scheme)
        name = visible(scheme_named(scheme))
        whose = _("Duties: {whose}", whose=self._whose_words(view))
        holds = _("in force since {day}", day=since.isoformat()) if since.year > 1 else _("the scheme in force")
        room = self.app.size.width - cell_len(name) - 4
        told = in_line([holds, whose], room)
        return Text.assemble((name, "bold"), "  ", told if whose in told else in_line([whose, holds], room))

    def on_resize(self) -> None:
        """The line above has room for more, or for less."""
        if self._view is not None:
            self.query_one("#scheme-head", Static).update(self._heading(self._view))

    def _whose_words(self, view: SchemeView) -> str:
        if self._whose == "mine" and desk_of(self).staff:
            return _("mine")
        if self._whose == "outlet" and view.outlet:
            return view.names.outlet(view.outlet)
        return _("the whole book")

    # ------------------------------------------------------------ what is said
    @on(LongList.Highlighted, "#scheme-list")
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        self._say()

    @on(LongList.Shown, "#scheme-list")
    def _shown_list(self, event: LongList.Shown) -> None:
        event.stop()
        self._say()

    def _say(self) -> None:
        """Say what the line under the cursor is about."""
        view, row = self._view, self.query_one(LongList).row
        if view is None or row is None:
            return
        said = self.query_one("#scheme-said", VerticalScroll)
        said.border_title = Text(visible(row.item.words))
        kind, _colon, id_ = row.id.partition(":")
        if kind == DUTY:
            self._sections = duty_said(view.policy, view.scheme, id_)
        else:
            self._sections = part_said(id_, view.scheme, view.policy, view.names, view.tiers, view.untiered)
        self.query_one("#scheme-text", Static).update(laid_out(self._sections))
        said.scroll_home(animate=False)

    def copied(self) -> str:
        """`y` copies what is said."""
        return plain(self._sections)

    # ------------------------------------------------------------ keys
    def action_view_next(self) -> None:
        """Scroll what is said."""
        self.query_one("#scheme-said").scroll_page_down(animate=False)

    def action_view_previous(self) -> None:
        """Scroll it back."""
        self.query_one("#scheme-said").scroll_page_up(animate=False)

    def action_view_whose(self) -> None:
        """Count the duties of others."""
        if self._whose:
            self._whose = WHOSE[(WHOSE.index(self._whose) + 1) % len(WHOSE)]
            self.load()

    def action_view_whatif(self) -> None:
        """What another scheme would have changed."""
        from guanhu.tui.screens.whatif import Tried, WhatIfScreen

        self._tried = self._tried or Tried()
        self.app.push_screen(WhatIfScreen(self._tried))

    @on(LongList.Opened, "#scheme-list")
    def _opened(self, event: LongList.Opened) -> None:
        """The duties that a rule raised."""
        from guanhu.tui.screens.duty_rows import DutyRowsScreen

        event.stop()
        kind, _colon, id_ = event.row.id.partition(":")
        if kind == DUTY and self._view is not None:
            wanted = asked(self._whose, desk_of(self).staff, self._view.outlet, (id_,))
            self.app.push_screen(DutyRowsScreen(event.row.item.words, wanted))


def _rows(view: SchemeView) -> Iterator[Row]:
    yield Row("h:policy", heading=_("The rules"))
    for id_, words in PARTS.items():
        yield Row(f"part:{id_}", Line(_(words)))
    yield Row("h:duties", heading=_("The duties, and how many are to do"))
    for count in view.counts:
        yield Row(f"{DUTY}:{count.duty}", Line(view.names.duty(count.duty), count))


def _columns() -> list[Column]:
    def number(field: str, style: str) -> Callable[[Line], Cell]:
        def cell(line: Line) -> Cell:
            if line.count is None:
                return ""
            value = getattr(line.count, field)
            return (f"{value:,}", style) if value else ("0", "muted")

        return cell

    titles: Mapping[str, str] = {"open": _("To do"), "overdue": _("Overdue")}
    styles = {"open": "", "overdue": "late"}
    return [
        Column("words", _("Scheme"), lambda line: line.words, 14, flex=1),
        *(Column(id_, title, number(id_, styles[id_]), 5, align="right") for id_, title in titles.items()),
    ]
