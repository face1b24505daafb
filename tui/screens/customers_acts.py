"""What is done for the customers selected in a list, or for the one under the cursor: assign, plan, export."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from rich.cells import cell_len

from guanhu.domain.errors import Refused
from guanhu.domain.phrases import day_of
from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.projections.staff_view import Member
from guanhu.store.assigning import assign
from guanhu.store.book import Book
from guanhu.store.planning import plan_next
from guanhu.tui.acts.undoing import Undo, take_back_each, undo_corrections
from guanhu.tui.asking import Asking, new_command
from guanhu.tui.cells import fit
from guanhu.tui.customer_export import default_name, write_customers
from guanhu.tui.customer_source import CustomerSource
from guanhu.tui.desk import desk_of
from guanhu.tui.looks import Looker, form_of
from guanhu.tui.many import Many, for_each
from guanhu.tui.names import Names
from guanhu.tui.outlet_rows import posts_words
from guanhu.tui.table_file import ENDINGS
from guanhu.tui.takers import Takers, takers
from guanhu.tui.widgets.dialogs import AskText, Choose, Confirm
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.writing import ask_path

NAME, LOAD, POSTS = 8, 8, 24
"""Cells of a name, of a load and of posts in a list to choose from."""


class ActsOnMany(Asking):
    """For a screen with a `LongList` of customers that a `CustomerSource` fills."""

    source: CustomerSource | None

    def with_selected(self, then: Callable[[list[str]], object]) -> None:
        """Go on with the numbers selected, in the list's order; with the one under the cursor where none is."""
        listing, source = self.query_one(LongList), self.source
        if source is None:
            return
        if listing.marks:
            self.ask("selected", lambda _ground: list(listing.marks.chosen(source)), then)
        elif listing.row is not None:
            then([listing.row.id])

    # ------------------------------------------------------------ assign
    def action_act_assign(self) -> None:
        """Give the customers to a member of staff."""
        self.with_selected(
            lambda numbers: self.ask(
                "staff", partial(takers, numbers=numbers), lambda found: self._choose(numbers, found)
            )
        )

    def _choose(self, numbers: list[str], found: Takers) -> None:
        names = found.names
        if not found.members:
            self.app.notify(_("Nobody holds a post that fits."), severity="warning", markup=False)
            return
        options = [(each.staff_id, member_words(each, names)) for each in found.members]
        words = _("Assign {customer} to whom?", customer=found.customers.get(numbers[0], numbers[0]))
        if len(numbers) > 1:
            words = _("Assign {count} customers to whom?", count=len(numbers))
        words = "\n".join(filter(None, (words, found.advice, duties_of_them(found.duties), load_meant())))

        def chosen(staff_id: str | None) -> None:
            if staff_id is None:
                return
            if len(numbers) == 1:
                self._assign(numbers, staff_id, found)
                return
            sure = _("Assign {count} customers to {name}?", count=len(numbers), name=names.staff(staff_id))
            about = "\n".join((
                _("Where an owner's seat is taken, {name} takes it.", name=names.staff(staff_id)),
                duties_of_them(found.duties), _load_then(found, staff_id, len(numbers)),
            ))  # fmt: skip
            self.app.push_screen(
                Confirm(sure, about),
                lambda yes: self._assign(numbers, staff_id, found) if yes else None,
            )

        self.app.push_screen(Choose(words, options, self.taker_proposed()), chosen)

    def taker_proposed(self) -> str:
        """The id of who is proposed to be given customers; "" for whoever fits best."""
        return ""

    def _assign(self, numbers: list[str], staff_id: str, found: Takers) -> None:
        name, by, today = found.names.staff(staff_id), desk_of(self).staff, desk_of(self).today
        command, positions = new_command(), list[int]()

        def assigned(book: Book, no: str) -> None:
            receipt = assign(book, no, staff_id, today, by=by, command=f"{command}:{no}")
            positions.append(receipt.positions[0])

        def said(many: Many) -> str:
            words = _("{count} assigned to {name}", count=len(many.done), name=name)
            return many.words(words, found.customers | {staff_id: name})

        def undo_of(_many: Many) -> Undo | None:
            return take_back_each(positions, by) if positions else None

        def act(book: Book) -> Many:
            return for_each(numbers, partial(assigned, book))

        self.do(act, self._keep_the_rest, said=said, undo_of=undo_of)

    def _keep_the_rest(self, many: Many) -> None:
        """Where it ended before the last, those not reached stay selected: the same key goes on with them."""
        if many.ended is not None:
            for listing in self.query(LongList):
                listing.marks.remove(many.done)
                listing.redraw()

    # ------------------------------------------------------------ plan
    def action_act_plan(self) -> None:
        """Put the date of the next step on the newest entry of each."""
        self.with_selected(self._ask_day)

    def _ask_day(self, numbers: list[str], value: str = "") -> None:
        words = (
            _("Next step for {count} customers, when?", count=len(numbers))
            if len(numbers) > 1
            else _("Next step when?")
        )

        def answered(text: str | None) -> None:
            if text is None or not text.strip():
                return
            try:
                following = day_of(text, desk_of(self).day)
            except Refused as error:
                self.tell_error(error)
                self._ask_day(numbers, text)  # what was typed is not lost
            else:
                self._plan(numbers, text, following)

        self.app.push_screen(AskText(words, value, _("tomorrow, next Wed, +7, 11-30")), answered)

    def _plan(self, numbers: list[str], text: str, following: date) -> None:
        by, today, reason = desk_of(self).staff, desk_of(self).today, _("next step planned")
        command, corrections, without = new_command(), list[int](), list[str]()

        def planned(book: Book, no: str) -> None:
            found = plan_next(book, [no], following, today, reason=reason, by=by, command=command)
            corrections.extend(found.corrections)
            without.extend(found.without_entry)

        def said(many: Many) -> str:
            words = _("{count} planned for {day}", count=len(corrections), day=following.isoformat())
            left = _("{count} left out: nothing in the log to plan from", count=len(without))
            named = filter(None, (words if corrections else "", left if without else ""))
            return many.words("\n".join(named), {})

        def undo_of(_many: Many) -> Undo | None:
            return undo_corrections(corrections, by) if corrections else None

        def done(many: Many) -> None:
            self._keep_the_rest(many)
            if not many.done:
                self._ask_day(numbers, text)  # what was typed is not lost

        def failed(error: Exception) -> None:
            self.tell_error(error)
            self._ask_day(numbers, text)

        def act(book: Book) -> Many:
            return for_each(numbers, partial(planned, book))

        self.do(act, done, said=said, undo_of=undo_of, failed=failed)

    # ------------------------------------------------------------ export
    def export_customers(self) -> None:
        """Write the customers selected, or all of the list, into a file."""
        listing, source = self.query_one(LongList), self.source
        if source is None:
            return
        looker = Looker(self, "customers")

        def write(path: Path) -> str:
            wanted = list(listing.marks.chosen(source)) if listing.marks else None
            looker.leave("export", form_of(path), rows=source.count() if wanted is None else len(wanted))
            count = write_customers(path, source, wanted)
            return _("{count} customers written to {path}", count=f"{count:,}", path=visible(str(path)))

        count = listing.marks.count(listing.rows) or listing.rows
        words = _("Into which file (.xlsx or .csv)? Customers: {count}", count=f"{count:,}")
        ask_path(self, words, str(Path.home() / default_name(desk_of(self).day)), ENDINGS, write)


def duties_of_them(duties: Mapping[str, int]) -> str:
    """What is to be done for the customers who change hands: duties by state, "overdue" and "open"."""
    counts = {"open": duties.get("open", 0), "overdue": duties.get("overdue", 0)}
    if not any(counts.values()):
        return _("Nothing is to be done for them now.")
    return _("To be done for them: overdue {overdue}, to do {open}.", **counts)


def load_meant() -> str:
    """What the figures beside a member of staff are (`member_words`)."""
    return _("Beside a name: customers, and how many there is room for.")


def _load_then(found: Takers, staff_id: str, count: int) -> str:
    """How many customers somebody has who takes so many more, at most."""
    each = next(member for member in found.members if member.staff_id == staff_id)
    words = _("{name} has {before} customers, then at most {after}", name=found.names.staff(staff_id),
              before=each.customers, after=each.customers + count)  # fmt: skip
    return _("{load}; room for {capacity}.", load=words, capacity=f"{each.capacity:,}") if each.capacity else words


def member_words(each: Member, names: Names) -> str:
    """Name, how many customers of how many, who stands in for who is on leave, else posts; outlet.

    All of it has room on a narrow screen: what decides comes first, and of several posts the first are told.
    """
    posts = posts_words((role for role, _outlet in each.posts), names, POSTS)
    load = f"{each.customers}/{each.capacity}" if each.capacity else str(each.customers)
    note = "[" + _("on leave, {name} stands in", name=names.staff(each.stand_in)) + "]" if each.stand_in else ""
    name = visible(each.name or each.staff_id)
    head = f"{fit(name, max(NAME, cell_len(name)))}  {fit(load, max(LOAD, len(load)), 'right')}"
    return "  ".join(filter(None, (head, note or posts, names.outlet(each.outlet))))
