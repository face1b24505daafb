"""The queue as rows of a list: groups with their headings, and the columns."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from rich.cells import cell_len

from guanhu.language import N_, _, terms
from guanhu.projections.queue import DutyItem
from guanhu.projections.today import GROUPS, Group, LastAct, Queue, group_of
from guanhu.tui.cells import day_month, wan
from guanhu.tui.names import Names, outcome_shown
from guanhu.tui.signs import STYLES, Signs
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row

WHOLE_DUTY = 18
"""Cells of a duty's name that no other column may take."""
HEADINGS = {
    "overdue": N_("Overdue"),
    "today": N_("Due today"),
    "week": N_("This week"),
    "later": N_("After this week"),
}


def row_id(item: DutyItem) -> str:
    """What the cursor and the marks hold on to."""
    return f"{item.customer_no or ''} {item.duty} {item.occurrence}"


def rows(queue: Queue, today: date, duty: str = "", only: str = "") -> list[Row]:
    """The rows of a queue, or of one duty in it, each group under its heading; `today` is the day that is today.

    `only` is what that one duty is called.
    """
    return list(_rows(queue, today, duty, only))


def _rows(queue: Queue, today: date, duty: str, only: str) -> Iterator[Row]:
    items = [item for item in queue.items if not duty or item.duty == duty]
    # Sorted by due date within the states already; a group takes items of one stretch of days.
    items.sort(key=lambda item: GROUPS.index(group_of(item, queue.day)))
    for group, members in groupby(items, key=lambda item: group_of(item, queue.day)):
        part = list(members)
        # The daily duties of staff and outlets are of no customer.
        customers = len({item.customer_no for item in part if item.customer_no})
        words = _("duties: {duties}, customers: {customers}", duties=len(part), customers=customers)
        if not customers:
            words = _("duties: {duties}", duties=len(part))
        alone = _("only {duty}", duty=only) if only else ""
        heading = "  ".join(filter(None, (_heading(group, queue.day, today), alone, words)))
        yield Row(f"group {group}", heading=heading)
        for item in part:
            yield Row(row_id(item), item)


def _heading(group: Group, day: date, today: date) -> str:
    """A group by name; on a day that is not today it does not say so."""
    if day == today:
        return _(HEADINGS[group])
    shown = day_month(day, today)
    return {
        "today": _("Due on {day}", day=shown),
        "week": _("In the week of {day}", day=shown),
        "later": _("After the week of {day}", day=shown),
    }.get(group) or _(HEADINGS[group])


def columns(queue: Queue, names: Names, signs: Signs, whose: str) -> tuple[Column, ...]:
    """The columns of the queue of `whose`: the last act gives way first, then the tier."""

    def state(item: DutyItem) -> Cell:
        return getattr(signs, item.status), STYLES.get(item.status, "")

    def stood_in_for(item: DutyItem) -> str:
        """Who owes it in whose place it stands here."""
        return names.staff(item.owner) if item.owner and whose and whose not in item.owners else ""

    def name(item: DutyItem) -> Cell:
        if item.customer_no:
            return item.name or item.customer_no
        return _own(item, stood_in_for(item), names), "muted"

    def tier(item: DutyItem) -> Cell:
        return names.tier(item.tier) if item.customer_no and item.aum_fen is not None else ""

    def due(item: DutyItem) -> Cell:
        return day_month(item.due, queue.day), "late" if item.status == "overdue" else ""

    def duty(item: DutyItem) -> str:
        # An outlet's daily duty says which outlet.
        outlet = "" if item.customer_no else names.outlet_name(item.name)
        # Beside the duty: the column of who owes it gives way first.
        told = f"{names.duty(item.duty)} {outlet}".rstrip()
        away = stood_in_for(item) if item.customer_no else ""
        return _("{duty} (for {name})", duty=told, name=away) if away else told

    def duty_short(item: DutyItem, width: int) -> str:
        # The card says who looks after the customer.
        if not item.customer_no or not stood_in_for(item):
            return duty(item)
        plain = names.duty(item.duty)
        marked = _("{duty} (stand-in)", duty=plain)
        return marked if cell_len(marked) <= width else plain

    def owner(item: DutyItem) -> Cell:
        return names.staff(item.owner), "muted"

    def last(item: DutyItem) -> Cell:
        found = queue.last.get(item.customer_no or "")
        return (last_words(found, queue), "muted") if found else ""

    def last_short(item: DutyItem, width: int) -> str:
        found = queue.last.get(item.customer_no or "")
        return last_in(found, queue.day, width) if found else ""

    # As wide as what stands in them, so that the rest is left for the last act.
    tiers = _widest(names.tier(tier) for tier in {item.tier for item in queue.items if item.customer_no})
    duties = _widest({duty(item) for item in queue.items})
    plain = min(WHOLE_DUTY, _widest({names.duty(item.duty) for item in queue.items}))
    acts = _widest(last_words(act, queue) for act in queue.last.values())
    return (
        Column("state", "", state, 1),
        Column("name", _("Customer"), name, 8, widest=14, flex=1),
        Column("tier", _("Tier"), tier, 9, widest=max(9, tiers), flex=2, priority=2),
        Column("aum", _("AUM, wan"), lambda item: wan(item.aum_fen), 8, align="right"),
        Column("duty", _("Duty"), duty, max(12, plain), widest=max(14, duties), flex=4, short=duty_short),
        Column("due", _("Due"), due, 5, widest=10),
        Column("last", _("Last act"), last, 14, widest=max(20, acts), flex=4, priority=1, short=last_short),
        Column("owner", _("Owed by"), owner, 8, widest=14, flex=1, priority=3),
    )


def _own(item: DutyItem, away: str, names: Names) -> str:
    """In place of a customer: whose duty of the day it is."""
    if away:
        return _("(for {name})", name=away)
    return _("(outlet)") if names.outlet_name(item.name) else _("(own day)")


def _widest(words: Iterable[str]) -> int:
    return max(map(cell_len, words), default=0)


def last_words(act: LastAct, queue: Queue) -> str:
    """The last act in few words."""
    return f"{day_month(act.on, queue.day)} {_how(act)} {outcome_shown(act.outcome, act.kind)}"


def _how(act: LastAct) -> str:
    return terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")


def last_in(act: LastAct, day: date, width: int) -> str:
    """The last act without its outcome, in `width` cells: no word is cut, and of another year the month is enough."""
    on = day_month(act.on, day)
    short = on if act.on.year == day.year else f"{act.on:%Y-%m}"
    ways = (f"{on} {_how(act)}", f"{short} {_how(act)}", f"{short} {_briefly(act)}", short)
    return next((each for each in ways if cell_len(each) <= width), short)


def _briefly(act: LastAct) -> str:
    """How, in a word."""
    brief = {"message": N_("SMS"), "counter": N_("counter")}
    return _(brief[act.channel]) if act.kind == "contact" and act.channel in brief else _how(act)
