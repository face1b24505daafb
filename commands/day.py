"""The day of whoever acts: figures, what is to do and what is overdue. Bare `guanhu` and `guanhu demo` show it."""

import msgspec

from guanhu.commands.duty_lines import duty_columns, duty_line
from guanhu.commands.frame import Frame, Question
from guanhu.commands.output import heading, say, table
from guanhu.commands.provisional import note_provisional
from guanhu.language import _

SHOWN = 15


def bare(frame: Frame) -> None:
    """What bare `guanhu` prints where there is no terminal: the day, or how to begin where there is no book."""
    from guanhu.store.errors import BookMissing

    try:
        show_day(frame)
    except BookMissing:
        welcome(frame)


def welcome(frame: Frame) -> None:
    """The ways to begin."""
    say(_("Guanhu: look after the customers of a bank branch by tier."))
    say(_("There is no book at {path} yet.", path=str(frame.path)))
    say("")
    say("  guanhu demo                    " + _("a made-up branch, to look around in"))
    say("  guanhu init                    " + _("a new book"))
    say("  guanhu import customers FILE   " + _("the bank's own customers into it"))


def show_day(frame: Frame) -> None:
    """The day on the terminal; BookMissing."""
    with frame.asking("day") as q:
        who = q.names.staff(q.staff) if q.staff else _("the whole book")
        say(_("{day}, {who}", day=q.day.isoformat(), who=who))
        _tiers(q)
        _queue(q)


def _tiers(q: Question) -> None:
    from guanhu.commands.tier_lines import UNTIERED, summary_columns
    from guanhu.projections import tiers

    figures, untiered = tiers.summary(q.cursor, q.day, q.scheme)
    heading(_("Tiers"))
    rows = [{**msgspec.structs.asdict(untiered), "tier": UNTIERED}]
    table(summary_columns(q), rows + [msgspec.structs.asdict(figure) for figure in figures])


def _queue(q: Question) -> None:
    """What is overdue and what is to do, each with how many there are in all."""
    from guanhu.projections.queue import Asked, duty_list

    found = duty_list(q.cursor, q.policy, q.book.calendar, q.day, Asked(staff=q.staff or None))
    for title, status in ((_("Overdue"), "overdue"), (_("To do"), "open")):
        items = [item for item in found.items if item.status == status]
        heading(_("{title}: {count}", title=title, count=len(items)))
        if items:
            table(duty_columns(q, q.staff), [duty_line(item, q) for item in items[:SHOWN]])
        if len(items) > SHOWN:
            say(_("... and {count} more: guanhu duty list --limit 0", count=len(items) - SHOWN))
    if found.provisional:
        note_provisional(q, q.day)
