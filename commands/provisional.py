"""What a question about a day says where the book's day has not come to it (DESIGN 6)."""

from datetime import date

from guanhu.commands.frame import Question
from guanhu.commands.output import note
from guanhu.language import _
from guanhu.projections.projection import read_book


def note_provisional(q: Question, day: date, *, duties: bool = True) -> None:
    """Say that the answer about `day` is provisional; `duties`: they are part of it, not tiers alone.

    In a look back the book's day is the one that it had come to by then, not the present one.
    """
    reached = read_book(q.cursor, "day")
    if q.known_at is not None and reached:
        told = {"reached": date.fromordinal(reached).isoformat(), "day": day.isoformat()}
        note(_("By the time that was chosen the book's day had come to {reached} only; {day} is provisional.", **told))
    elif duties:
        note(_("The book's day has not come to {day}; tiers and duties are provisional.", day=day.isoformat()))
    else:
        note(_("The book's day has not come to {day}; tiers are provisional.", day=day.isoformat()))
