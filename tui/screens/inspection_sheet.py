"""One inspection: its sample with worksheets, its findings, what the outlet answered, what it all stands on.

Items are shown as they stood at the cut-off. Enter does what comes next: the worksheet of an item, the answer to a
finding or the judgement of an answer. Who may do it is for the store to say; the forms tell it before one types.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from guanhu.domain.inspection import SETTLED
from guanhu.domain.text import visible
from guanhu.language import N_, _
from guanhu.language.inspection_words import named
from guanhu.projections.inspection_flags import Flagged
from guanhu.projections.inspection_view import Inspection, Item
from guanhu.tui.asking import told
from guanhu.tui.cells import in_line
from guanhu.tui.desk import desk_of
from guanhu.tui.inspection_asked import SheetView, flags_of, sheet_view
from guanhu.tui.inspection_card import finding_lines, item_lines
from guanhu.tui.inspection_export import scope_text
from guanhu.tui.inspection_facts import facts_lines
from guanhu.tui.inspection_rows import answer_rows, finding_columns, finding_rows, item_columns, item_rows
from guanhu.tui.inspection_writing import ENDINGS, default_name, write_inspection
from guanhu.tui.keys import bindings
from guanhu.tui.looks import Looker
from guanhu.tui.names import Names
from guanhu.tui.screens.inspection_acts import InspectionActs
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import ListSource, Row
from guanhu.tui.widgets.prose import Prose
from guanhu.tui.widgets.tab_line import TabLine
from guanhu.tui.work_screen import WorkScreen
from guanhu.tui.writing import ask_path, kept

TABS = ("sample", "findings", "answers", "facts")
WIDE = 120
OF_INSPECTORS = frozenset({"act.sheet", "act.finding", "act.close", "act.correct", "app.print", "app.export"})
"""What is for inspectors and the department as long as an inspection runs."""
ON_A_FINDING = frozenset({"act.answer", "act.correct"})
ON_A_ROW = frozenset({"view.why", "view.card", "act.evidence"})


class InspectionSheetScreen(WorkScreen, InspectionActs):
    """One inspection, by its number."""

    OF_INSPECTION = True
    CSS_PATH = "inspection_sheet.tcss"
    SUBJECT = "inspection"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "act.sheet", "act.finding", "act.answer", "act.close", "act.evidence", "act.correct", "view.next",
            "view.previous", "view.why", "view.proof", "view.card", "go.replay", "app.print",
            shown=(
                "act.sheet", "act.finding", "act.answer", "act.close", "app.print", "view.next", "view.why",
                "view.proof",
            ),
            words={
                "act.correct": N_("Withdraw finding"), "view.next": N_("Next tab"), "view.previous": N_("Previous tab"),
                "act.close": N_("Close it"), "view.why": N_("Customer at the cut-off"),
                "view.card": N_("The whole item"), "app.print": N_("Report"), "app.export": N_("Report as a workbook"),
            },
        ),
    ]  # fmt: skip

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self._flags: Flagged | None = None
        self._flags_asked = False
        self._tab = TABS[0]
        self._stood: dict[str, str] = {}

    # ------------------------------------------------------------ what is shown
    def words(self) -> str:
        """As WorkScreen."""
        return self.number

    def body(self) -> ComposeResult:
        """The head, the tabs; lists with one item whole beside them, or the facts."""
        yield Static(id="sheet-head")
        yield TabLine(id="sheet-tabs")
        with ContentSwitcher(initial="sheet-work", id="sheet-switch"):
            with Container(id="sheet-work"):
                with ContentSwitcher(initial="sample", id="sheet-lists"):
                    yield LongList(id="sample")
                    yield LongList(markable=False, id="findings")
                    yield LongList(markable=False, id="answers")
                with VerticalScroll(id="item", can_focus=False):
                    yield Prose(id="item-text")
            with VerticalScroll(id="facts", can_focus=True):
                yield Prose(id="facts-text")

    def load(self) -> None:
        """As WorkScreen."""
        book, number, flags = desk_of(self).book, self.number, self._flags
        if book is not None:
            self.ask(
                "inspection", lambda ground: sheet_view(ground, book, number, flags), self._show, failed=self._gone
            )

    def _gone(self, error: Exception) -> None:
        """There is no such inspection at the time looked at: nothing of it may stand there as if it were."""
        for tab in TABS[:3]:  # where the cursor stood, for when it is there again: after a look at the cut-off
            if (row := self.query_one(f"#{tab}", LongList).row) is not None:
                self._stood[tab] = row.id
        self.view = None
        self.query_one("#sheet-head", Static).update(Text(visible(told(error))))
        for tab in TABS[:3]:
            self.query_one(f"#{tab}", LongList).show(ListSource([]))
        for text in ("#facts-text", "#item-text"):
            self.query_one(text, Prose).update("")

    def action_app_refresh(self) -> None:
        """Ask again, for the red flags too."""
        self._flags_asked = False
        self.reload()

    def _show(self, view: SheetView) -> None:
        first, self.view = self.view is None, view
        if first and view.owed and self._tab == TABS[0]:
            self._tab = "answers"  # whoever owes an answer came for it
        found = view.found
        if first:
            self._record_opening(found)
        if not self._flags_asked and not found.withheld:  # once: it takes longer than others need to write
            self._flags_asked, scope = True, found.line.scope
            self.ask("flags", lambda ground: flags_of(ground, scope), self._take_flags)
        self._tell_head(found, view.names)
        sample, findings, answers = (self.query_one(f"#{tab}", LongList) for tab in TABS[:3])
        sample.set_columns(item_columns(view.names, entries=found.line.scope.subject == "entries"))
        if found.withheld:
            sample.empty = _("The sample is shown once the inspection is closed.")
        sample.show(ListSource(item_rows(found.items)))
        findings.empty = _("No finding was raised. {key} raises one on what the cursor is on in the sample.", key="!")
        answers.empty = _("No finding was raised, so there is nothing to answer.")
        if found.withheld:
            findings.empty = answers.empty = _("No finding is for you to answer.")
        for table, rows in ((findings, finding_rows(found.findings)), (answers, answer_rows(found.findings))):
            table.set_columns(finding_columns(view.names))
            table.show(ListSource(list(rows)))
        for tab, row_id in self._stood.items():
            self.query_one(f"#{tab}", LongList).highlight(row_id)
        self._stood.clear()
        self.query_one("#facts-text", Prose).update(Content("\n").join(facts_lines(view)))
        self.to_tab(self._tab, focus=first or self.focused is None)
        self.refresh_bindings()

    def _record_opening(self, found: Inspection) -> None:
        """That somebody looks at the sample, where the book records lists."""
        looker, shown = Looker(self, self.SUBJECT), [item.customer_no for item in found.items]
        scope = {"inspection": self.number}
        self.ask(
            "look", lambda _ground: looker.leave("list", "screen", rows=len(shown), customers=shown, scope=scope),
            lambda _answer: None,
        )  # fmt: skip

    def _take_flags(self, flags: Flagged) -> None:
        self._flags = flags
        self.load()

    def _tell_head(self, found: Inspection, names: Names) -> None:
        line, width = found.line, self.app.size.width - 2
        overdue = _("overdue {count}", count=line.overdue) if line.overdue else ""
        counted = [
            overdue,
            _("checked {filled}/{sampled}", filled=line.filled, sampled=line.sampled),
            _("not true {count}", count=line.wrong) if line.wrong else "",
            _("can't be told {count}", count=line.cannot_tell) if line.cannot_tell else "",
            _("findings {count}, pending {open}", count=line.findings, open=line.unsettled),
        ]
        head = Text.assemble((visible(line.title), "bold"), f"  {named('state', line.state)}  ")
        head.append(in_line(counted, max(20, width - head.cell_len)))
        head.append("\n").append(in_line([scope_text(line.scope, names)], width), "dim")
        self.query_one("#sheet-head", Static).update(head)
        names_of = {"sample": _("Sample"), "findings": _("Findings"), "answers": _("Answers"), "facts": _("Facts")}
        counts = {"sample": len(found.items), "findings": len(found.findings), "answers": line.unsettled, "facts": 0}
        shown = [f"{names_of[tab]} {counts[tab]}" if counts[tab] else names_of[tab] for tab in TABS]
        self.query_one(TabLine).show(shown, TABS.index(self._tab))

    @on(LongList.Highlighted)
    def _moved(self, event: LongList.Highlighted) -> None:
        event.stop()
        if event.list.id == self._tab:
            self.left_judged(event.row.id)
            self._tell()
            self.refresh_bindings()

    def _tell(self) -> None:
        """The whole of what the cursor is on."""
        view, row = self.view, self.row
        lines: Iterator[Content] = iter(())
        if view is not None and row is not None:
            lines = (item_lines if isinstance(row.item, Item) else finding_lines)(row.item, view.names)
        self.query_one("#item-text", Prose).update(Content("\n").join(lines))
        self.query_one("#item").scroll_home(animate=False)

    def on_screen_resume(self) -> None:
        """In front again: after a look at the cut-off in the present. While that look opens, a page is over this."""
        if self.app.screen is self:
            self.come_back()

    def pointless(self, action: str) -> bool:
        """As WorkScreen; left out are what the tab in front has nothing for, what others do, and acts after the end."""
        if self.view is None:
            return super().pointless(action)
        found = self.view.found
        over = found.line.closed_on is not None and action.startswith("act.")
        if over or (found.withheld and action in OF_INSPECTORS):
            return True
        if action in ON_A_FINDING:
            return self.finding is None or self.finding.state in SETTLED
        if action in ON_A_ROW:
            return self.row is None
        return (action == "act.sheet" and self.item is None) or super().pointless(action)

    # ------------------------------------------------------------ the tabs
    @property
    def _list(self) -> LongList | None:
        return None if self._tab == "facts" else self.query_one(f"#{self._tab}", LongList)

    @property
    def row(self) -> Row | None:
        """The row under the cursor of the tab in front."""
        table = self._list
        return table.row if table is not None and table.rows else None

    def to_tab(self, tab: str, *, focus: bool = True) -> None:
        """Bring a tab to the front, and the keys to it."""
        self._tab = tab
        facts = tab == "facts"
        self.query_one("#sheet-switch", ContentSwitcher).current = "facts" if facts else "sheet-work"
        if not facts:
            self.query_one("#sheet-lists", ContentSwitcher).current = tab
            self._tell()
        if focus:
            self.query_one(f"#{tab}").focus()
        if self.view is not None:
            self._tell_head(self.view.found, self.view.names)

    @on(TabLine.Chosen)
    def _chosen(self, event: TabLine.Chosen) -> None:
        event.stop()
        self.to_tab(TABS[event.index])

    def action_view_next(self) -> None:
        """The next tab."""
        self.to_tab(TABS[(TABS.index(self._tab) + 1) % len(TABS)])

    def action_view_previous(self) -> None:
        """The tab before."""
        self.to_tab(TABS[(TABS.index(self._tab) - 1) % len(TABS)])

    # ------------------------------------------------------------ proof and report
    def action_view_proof(self) -> None:
        """Make a checkpoint, or verify the book against one."""
        from guanhu.tui.inspection_proof import ProofScreen

        self.app.push_screen(ProofScreen())

    def action_view_card(self) -> None:
        """Show the whole item, or hide it."""
        self.toggle_class("-no-card")

    def action_app_export(self) -> None:
        """Write the report: a workbook or a page."""
        self._write(_("Write the report to a file (.xlsx, or .html to print)"), ENDINGS[0])

    def action_app_print(self) -> None:
        """Write the report as a page that a browser prints."""
        self._write(_("Write the report to a page that a browser prints"), ENDINGS[1])

    def _write(self, words: str, ending: str) -> None:
        desk, number, flags = desk_of(self), self.number, self._flags
        if desk.book is None or self.view is None:
            return
        book, staff, day, looker = desk.book, desk.staff, desk.day, Looker(self, self.SUBJECT)

        def write(path: Path) -> str:
            write_inspection(path, book, staff, number, day, flags, looker)
            return kept(path)

        value = str(Path.home() / default_name(self.view.found, ending))
        ask_path(self, words, value, ENDINGS, write, hint=" ".join(ENDINGS))
