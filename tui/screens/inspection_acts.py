"""What is done in an inspection: worksheets filled, findings raised, answered, judged and withdrawn, the end."""

from collections.abc import Callable, Sequence

from textual import on

from guanhu.domain.inspection import SETTLED
from guanhu.language import _
from guanhu.projections.inspection_view import Item
from guanhu.projections.inspections import Finding
from guanhu.tui.acts.people import Member
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.inspection_asked import SheetView, members, refusal_of_answer, refusal_of_inspector
from guanhu.tui.inspection_forms import (
    UNTRUE,
    answer_form,
    closing_form,
    finding_form,
    judge_form,
    withdraw_form,
    worksheet_form,
)
from guanhu.tui.inspection_then import AtCutoff
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import Row


class InspectionActs(AtCutoff):
    """The acts of the screen of one inspection; the screen says what the cursor is on."""

    number: str
    view: SheetView | None = None
    _last_verdict = ""
    _just_judged = ("", "")
    """The item that was judged untrue last, and where the cursor went from it: it counts as long as that stays."""

    @property
    def row(self) -> Row | None:
        """The row under the cursor of the tab in front."""
        raise NotImplementedError

    @property
    def item(self) -> Item | None:
        """The sampled item under the cursor."""
        row = self.row
        return row.item if row is not None and isinstance(row.item, Item) else None

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        row = self.row
        return row.item if row is not None and isinstance(row.item, Finding) else None

    # ------------------------------------------------------------ worksheets
    @on(LongList.Opened, "#sample")
    async def _open_item(self, event: LongList.Opened) -> None:
        event.stop()
        await self.run_action("act_sheet")

    def action_act_sheet(self) -> None:
        """The worksheet of the item under the cursor; after one in order the next item waits."""
        view, item = self.view, self.item
        if view is None or item is None:
            self._say_where()
            return

        def filled(verdict: str) -> None:
            self._last_verdict = verdict

        def closed(saved: bool | None) -> None:
            if saved:
                self._go_on_from(item)

        form = worksheet_form(view.found, item, view.names, desk_of(self).today, filled)
        self._if_inspector(lambda: self.app.push_screen(form, closed))

    def _go_on_from(self, item: Item) -> None:
        """To the next item that waits, whatever the verdict; a finding is still raised on the one just judged."""
        self.to_unchecked()
        row = self.row
        untrue = self._last_verdict in UNTRUE and row is not None
        self._just_judged = (item.key, row.id) if untrue and row is not None else ("", "")

    def left_judged(self, row_id: str) -> None:
        """The cursor is on a row: once it went elsewhere by itself, a finding is of what it stands on."""
        if row_id != self._just_judged[1]:
            self._just_judged = ("", "")

    def _if_inspector(self, then: Callable[[], object]) -> None:
        """Go on where whoever acts may inspect this scope; else say why not, before anything is typed."""
        if self.view is not None:
            scope, today = self.view.found.line.scope, desk_of(self).today
            self._if_may(lambda ground: refusal_of_inspector(ground, scope, today), then)

    def _if_may(self, refusal: Callable[[Ground], str], then: Callable[[], object]) -> None:
        def answered(refused: str) -> None:
            if refused:
                desk_of(self).tell_error(refused)
            else:
                then()

        self.ask("may", refusal, answered)

    def _say_where(self) -> None:
        self.app.notify(_("This is done on the sample: stand on one of its items."), markup=False)

    # ------------------------------------------------------------ findings
    def action_act_finding(self) -> None:
        """Raise a finding on the items selected, else on the one just judged untrue, else on the one under the cursor.

        Off the sample it rests on none.
        """
        view = self.view
        if view is None:
            return
        table = self.query_one("#sample", LongList)
        items = [item for item in view.found.items if table.marks.has(item.key)]
        if not items and self.item is not None:
            judged, here = self._just_judged
            own = view.found.item(judged) if self.item.key == here else None
            items = [own or self.item]
        today = desk_of(self).today

        def closed(saved: bool | None) -> None:
            if saved:
                self._just_judged = ("", "")
                table.marks.clear()
                table.redraw()

        def form(staff: Sequence[Member]) -> None:
            self.app.push_screen(finding_form(view.found, items, staff, view.names, today), closed)

        self._if_inspector(lambda: self.ask("members", members, form))

    @on(LongList.Opened, "#findings, #answers")
    async def _open_finding(self, event: LongList.Opened) -> None:
        event.stop()
        await self.run_action("act_answer")

    def action_act_answer(self) -> None:
        """What the finding under the cursor waits for: the outlet's answer, or the inspector's judgement."""
        view, finding, today = self.view, self.finding, desk_of(self).today
        if view is None:
            return
        if finding is None:
            self.app.notify(_("There is no finding under the cursor."), markup=False)
        elif finding.state in SETTLED:
            self.app.notify(_("This finding is settled."), markup=False)
        elif finding.state == "answered":
            self._if_inspector(lambda: self.app.push_screen(judge_form(view.found, finding, today)))
        else:
            form = answer_form(self.number, finding, today)
            self._if_may(
                lambda ground: refusal_of_answer(ground, finding, today), lambda: self.app.push_screen(form)
            )

    def action_act_correct(self) -> None:
        """Withdraw the finding under the cursor."""
        view, finding = self.view, self.finding
        if view is None or finding is None:
            self.app.notify(_("There is no finding under the cursor."), markup=False)
        else:
            form = withdraw_form(view.found, finding, desk_of(self).today)
            self._if_inspector(lambda: self.app.push_screen(form))

    def action_act_close(self) -> None:
        """Close the inspection."""
        if self.view is not None:
            form = closing_form(self.view.found, desk_of(self).today)
            self._if_inspector(lambda: self.app.push_screen(form))

    # ------------------------------------------------------------ the next without a worksheet
    @on(LongList.NextAsked, "#sample")
    def _next_unchecked(self, event: LongList.NextAsked) -> None:
        event.stop()
        self.to_unchecked(back=event.back)

    def to_unchecked(self, *, back: bool = False) -> None:
        """The cursor to the next item without a worksheet, round the end."""
        view, table = self.view, self.query_one("#sample", LongList)
        if view is None:
            return
        items, at = view.found.items, table.cursor
        order = [*range(at + 1, len(items)), *range(at)]
        found = next((n for n in (reversed(order) if back else order) if items[n].verdict is None), None)
        if found is not None:
            table.move_to(found)
        elif not items[at].verdict:
            self.app.notify(_("Only this one has no worksheet yet."), markup=False)
        else:
            self.app.notify(_("Every item has its worksheet."), markup=False)

    # ------------------------------------------------------------ AtCutoff
    @property
    def cutoff(self) -> int:
        """As AtCutoff."""
        return self.view.found.cutoff if self.view is not None else 0

    def customers_here(self) -> Sequence[str]:
        """As AtCutoff: the item's customer, or those whom the finding rests on."""
        if self.item is not None:
            return (self.item.customer_no,)
        return self.finding.customers if self.finding is not None else ()

    def entries_here(self) -> Sequence[int]:
        """As AtCutoff: the entries of the item, or those that the finding rests on."""
        item = self.item
        if item is not None:
            if item.entry is not None:
                return (item.entry.position,)
            return item.customer.positions if item.customer is not None else ()
        return self.finding.entries if self.finding is not None else ()
