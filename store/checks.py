"""What acts are checked for: their days, who did them and where, ids, names and free text."""

from collections.abc import Iterable
from datetime import date

from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.text import clean
from guanhu.store.writer import Writer

LONGEST_ID = 32
LONGEST_NAME = 100
LONGEST_TEXT = 2_000
"""Characters of a note: it must fit a cell of a spreadsheet and a page of the log."""


# ---------------------------------------------------------------- days
def check_past(w: Writer, on: date) -> None:
    """Refused("future_act") for a day that has not come: only what has happened is recorded (DESIGN 8)."""
    if on > w.book.today:
        raise Refused("future_act", day=on.isoformat())


def check_later(day: date | None, on: date, what: str) -> None:
    """Refused("before_the_act") where a day lies before the act itself.

    `what` it is: "next_on" (a next step), "due_on", "matures_on", or "closed_on" (an answer, an end).
    """
    if day is not None and day < on:
        raise Refused("before_the_act", day=day.isoformat(), on=on.isoformat(), what=what)


# ---------------------------------------------------------------- people and places
def check_staff(w: Writer, staff_id: str, on: date) -> str:
    """The name of one who is with the bank on a day; NotFound("unknown_staff"), Refused("staff_left")."""
    row = w.cursor.execute("SELECT name, left FROM staff WHERE id = ?", (staff_id,)).fetchone()
    if row is None:
        raise NotFound("unknown_staff", staff_id=staff_id)
    if row[1] <= on.toordinal():
        raise Refused("staff_left", staff_id=staff_id, day=date.fromordinal(row[1]).isoformat())
    name: str = row[0]
    return name


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


def check_open_outlet(w: Writer, outlet: str, on: date) -> str:
    """An outlet that is open on a day; NotFound("unknown_outlet"), Refused("outlet_closed")."""
    row = w.cursor.execute("SELECT closed FROM outlet WHERE code = ?", (outlet,)).fetchone()
    if row is None:
        raise NotFound("unknown_outlet", outlet=outlet)
    if row[0] <= on.toordinal():
        raise Refused("outlet_closed", outlet=outlet)
    return outlet


# ---------------------------------------------------------------- words
def check_id(text: str, code: str) -> str:
    """An id of staff or an outlet: one word that lists can be made of; Refused(code) where it is not."""
    found = clean(text)
    if not found or len(found) > LONGEST_ID or found.startswith("@") or any(sign in " ;,:/" for sign in found):
        raise Refused(code, value=text[:80])
    return found


def check_name(text: str) -> str:
    """A name, cleaned; Refused("text_too_long")."""
    found = clean(text)
    if len(found) > LONGEST_NAME:
        raise Refused("text_too_long", longest=LONGEST_NAME)
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
