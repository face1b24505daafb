"""The lists of the meeting sheet: who does what in the morning, what was done in the evening, what concerns all."""

from collections.abc import Callable, Iterator

import msgspec
from rich.cells import cell_len

from guanhu.language import N_, _
from guanhu.language.meeting_words import WORDS
from guanhu.projections.meeting import Meeting, Part
from guanhu.projections.queue import DutyItem
from guanhu.tui.cells import day_month, wan
from guanhu.tui.names import Names
from guanhu.tui.outlet_rows import missing_words
from guanhu.tui.signs import Signs
from guanhu.tui.widgets.columns import Cell, Column
from guanhu.tui.widgets.pages import Row


def word(name: str, **values: object) -> str:
    """A word of the sheet in the language in force."""
    return _(WORDS[name], **values)


HEADS = {"due_week": N_("Week"), "done_today": N_("Done"), "missed": N_("Now missed")}
"""Heads of columns that say it in fewer words than the sheet: it is of one day."""


def head(name: str) -> str:
    """A word of the sheet above a column."""
    found = _(HEADS[name]) if name in HEADS else word(name)
    return found[:1].upper() + found[1:]


def shared(meeting: Meeting) -> bool:
    """Whether duties are owed by several, so that the outlet's are fewer than those of its staff together."""
    return sum(part.load.total for part in meeting.parts) + meeting.unowed > meeting.whole.load.total


def part_rows(meeting: Meeting) -> Iterator[Row]:
    """The outlet as a whole, which no screen is too short for, then all who take part."""
    yield Row("whole", meeting.whole)
    for part in meeting.parts:
        yield Row(f"staff {part.staff_id}", part)


# ---------------------------------------------------------------- the morning
def morning_columns(names: Names, signs: Signs, meeting: Meeting) -> list[Column]:
    """Who does what today; what was planned and who is away have columns where there is any."""
    columns = [
        _who(names),
        Column("post", head("post"), lambda part: (_posts(part, names), "muted"), 12, 18, 1, priority=4),
        _count("overdue", lambda part: part.load.overdue, signs.overdue, "late"),
        _count("due_today", lambda part: part.load.due_today, signs.open, "soon"),
        _count("due_week", lambda part: part.load.due_week, "", ""),
        Column("first", head("first"), lambda part: _first(part, names, meeting), 20, 0, 20,
               short=lambda part, width: _first_short(part, names, meeting, width)),
    ]  # fmt: skip
    if any(part.steps for part in meeting.parts):
        columns.insert(5, Column("steps", head("steps"), _steps, 10, 24, 4))
    if any(part.load.away for part in meeting.parts):
        away = Column("away", head("stand_in"), lambda part: (_away(part, names), "soon"), 8, 14, 1, priority=2)
        columns.append(away)
    return columns


def _who(names: Names) -> Column:
    def cell(part: Part) -> Cell:
        return names.staff(part.staff_id) if part.staff_id else word("total"), "strong"

    return Column("staff", head("staff"), cell, 8, 14, 1)


def _count(name: str, count: Callable[[Part], int], sign: str, style: str) -> Column:
    def cell(part: Part) -> Cell:
        found = count(part)
        return (f"{sign}{found}", style) if found else ("-", "muted")

    title = f" {head(name)}"  # heads of figures stand apart where the columns are as near as can be
    return Column(name, title, cell, max(6, cell_len(title)), 16, 1, "right")


def _posts(part: Part, names: Names) -> str:
    return _(", ").join(names.role(role) for role in part.load.roles)


def _first(part: Part, names: Names, meeting: Meeting) -> str:
    if part is meeting.whole:
        return _("a shared duty counts once here, below for each") if shared(meeting) else ""
    return _("; ").join(duty_words(item, names, meeting) for item in part.first)


def _first_short(part: Part, names: Names, meeting: Meeting, width: int) -> str:
    """The duties that there is room for, at least the first, and how many more there are."""
    if part is meeting.whole:
        once = _("a shared duty counts once here")
        return once if cell_len(once) <= width else _("shared ones once")
    words = [duty_words(item, names, meeting) for item in part.first]
    for told in range(len(words), 0, -1):
        shown = _("; ").join(words[:told]) + _more(len(words) - told)
        if cell_len(shown) <= width:
            return shown
    first = part.first[0]
    return f"{_whom(first)} {names.duty(first.duty)}".strip() + _more(len(words) - 1)


def _more(count: int) -> str:
    """How many more there are; in words, for "11-02 +2" reads as a day."""
    return _("; {count} more", count=count) if count else ""


def duty_words(item: DutyItem, names: Names, meeting: Meeting) -> str:
    """A duty in few words: whom, what, until when."""
    return " ".join(each for each in (_whom(item), names.duty(item.duty), day_month(item.due, meeting.day)) if each)


def _whom(item: DutyItem) -> str:
    return (item.name or item.customer_no or "") if item.customer_no else ""


def _steps(part: Part) -> str:
    return _(", ").join(step.name or step.customer_no for step in part.steps)


def _away(part: Part, names: Names) -> str:
    return names.staff(part.load.away) if part.load.away else ""


# ---------------------------------------------------------------- the evening
def evening_columns(names: Names, signs: Signs) -> list[Column]:
    """What was done today, and what is left."""
    return [
        _who(names),
        _count("entries", lambda part: part.entries, "", "strong"),
        _count("contacts", lambda part: part.contacts, "", ""),
        _count("reached", lambda part: part.reached, signs.done, "good"),
        _count("visits", lambda part: part.visits, signs.done, "good"),
        _count("done_today", lambda part: part.done_today, signs.done, "good"),
        _count("left", lambda part: part.pressing, signs.overdue, "late"),
        _count("missed", lambda part: part.load.missed, signs.missed, "late"),
    ]


# ---------------------------------------------------------------- what concerns all
class Line(msgspec.Struct, frozen=True):
    """A line beside the list, and the customer that it opens to ("": none)."""

    words: str
    customer_no: str = ""
    name: str = ""
    style: str = ""


def other_rows(meeting: Meeting, names: Names, signs: Signs) -> Iterator[Row]:
    """Who is away, who waits to be assigned, who rose or fell."""
    yield Row("#leave", heading=f"{word('leave')} {len(meeting.leave)}")
    if not meeting.leave:
        yield Row("no leave", Line(word("nobody_away"), style="muted"))
    for each in meeting.leave:
        days = f"{day_month(each.first, meeting.day)} {word('to')} {day_month(each.last, meeting.day)}"
        stand_in = _("stand-in {name}", name=names.staff(each.stand_in)) if each.stand_in else ""
        words = "  ".join(part for part in (names.staff(each.staff), days, stand_in) if part)
        yield Row(f"leave {each.staff} {each.first}", Line(words))
    yield Row("#waiting", heading=f"{word('waiting')} {len(meeting.waiting)}")
    if not meeting.waiting:
        yield Row("no waiting", Line(word("nobody_waits"), style="muted"))
    for who in meeting.waiting:
        told = (who.name or who.customer_no, names.tier(who.tier))
        missing = _("missing: {roles}", roles=missing_words(who, names))
        yield Row(f"waiting {who.customer_no}", Line("  ".join((*told, missing)), who.customer_no, who.name))
    yield from _moves(meeting, names, signs)
    if meeting.unowed:
        yield Row("#unowed", heading=word("unowed", count=meeting.unowed))


def _moves(meeting: Meeting, names: Names, signs: Signs) -> Iterator[Row]:
    moves = meeting.moves
    moved = [mover for mover in moves.movers if not mover.came]
    yield Row("#moves", heading=f"{word('moves', day=day_month(meeting.before, meeting.day))} {len(moved)}")
    if not moved:
        yield Row("no moves", Line(word("no_moves"), style="muted"))
    for mover in moved:
        sign, style = (signs.up, "good") if moves.rose(mover) else (signs.down, "late")
        tiers = f"{names.tier(mover.from_tier)} {sign} {names.tier(mover.to_tier)}"
        words = "  ".join((mover.name or mover.customer_no, tiers, _("{amount} wan", amount=wan(mover.to_fen))))
        yield Row(f"moved {mover.customer_no}", Line(words, mover.customer_no, mover.name, style))


def other_columns() -> list[Column]:
    """One column: the words."""
    return [Column("words", _("For all"), lambda line: (line.words, line.style), 20, 0, 1)]
