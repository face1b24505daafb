"""What acts for a customer are checked for beside their day: who did them, what follows them, their free text."""

from collections.abc import Iterable
from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.text import clean
from guanhu.store.posts import check_staff
from guanhu.store.writer import Writer

LONGEST_TEXT = 2_000
"""Characters of a note: it must fit a cell of a spreadsheet and a page of the log."""


def check_later(day: date | None, on: date, what: str) -> None:
    """Refused("before_the_act") where a day lies before the act itself.

    `what` it is: "next_on" (a next step), "due_on", "matures_on", or "closed_on" (an answer, an end).
    """
    if day is not None and day < on:
        raise Refused("before_the_act", day=day.isoformat(), on=on.isoformat(), what=what)


def who(w: Writer, staff_id: str, on: date) -> str:
    """Whose act it is: the member of staff named, else who gives the command; "" where nobody is known."""
    named = staff_id or w.by
    if named:
        check_staff(w, named, on)
    return named


def party(w: Writer, staff: Iterable[str], on: date) -> list[str]:
    """Those who took part; NotFound("unknown_staff"), Refused("staff_left")."""
    found = list(staff)
    for each in found:
        check_staff(w, each, on)
    return found


def free_text(text: str) -> str:
    """A note fit to be stored, with its line ends; Refused("control_character", "text_too_long")."""
    cleaned = clean(text, multiline=True)
    if len(cleaned) > LONGEST_TEXT:
        raise Refused("text_too_long", longest=LONGEST_TEXT)
    return cleaned


def needed_reason(text: str) -> str:
    """A reason, without which the act is refused: Refused("reason_missing")."""
    cleaned = free_text(text)
    if not cleaned:
        raise Refused("reason_missing")
    return cleaned


def needed_text(text: str) -> str:
    """A text that is the act itself; Refused("text_missing")."""
    cleaned = free_text(text)
    if not cleaned:
        raise Refused("text_missing")
    return cleaned
