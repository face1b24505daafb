"""Looking is recorded too: who took what out of the book, and who saw what is kept covered.

How fine the record is, is a setting of the book, and itself an event. What was seen is not kept again: the event names
the question, the day it was asked about and, by its own position, the state of the book. So it can be asked again.
"""

from collections.abc import Collection
from datetime import date

from guanhu.domain.errors import Refused, check_among
from guanhu.domain.events import Event, topic
from guanhu.domain.facts import OF_DEPARTMENT

LEVELS = ("exports", "pages", "lists")
"""What leaves an event, each with all before it. `exports`: files, printed pages and what is uncovered; `pages`: each
customer's page that is opened as well; `lists`: each list and search too."""

LEVEL_OF = {"export": "exports", "unmasked": "exports", "page": "pages", "list": "lists"}
"""The least level at which a kind of looking is recorded."""

MOST_NAMED = 200
"""Customers that one event names; of a larger export only their number is kept, and the question that found them."""


def check_level(level: str) -> str:
    """The level, or Refused("unknown_looking_level")."""
    return check_among(level, LEVELS, "unknown_looking_level")


def check_watcher(roles: Collection[str], staff_id: str) -> None:
    """Refused("not_a_watcher") for who may not say how fine it is: those inspect, not those who are inspected."""
    if OF_DEPARTMENT.isdisjoint(roles):
        raise Refused("not_a_watcher", staff_id=staff_id)


def is_recorded(kind: str, level: int) -> bool:
    """Whether a kind of looking leaves an event at a level, given as its place in `LEVELS`."""
    return LEVELS.index(LEVEL_OF[kind]) <= level


@topic("looked")
class Looked(Event, frozen=True, array_like=True, gc=False):
    """Somebody looked: `by` whom the book knows, or "" and the system's user `login`.

    `subject`: the command or screen. `form`: screen, csv, xlsx, html, json ... `as_of`: the day asked about.
    `known_to`: the last position that was shown, 0 for the book as it was then. `scope`: what was asked,
    name and value.
    `customer_nos`: whom it showed, where they are at most `MOST_NAMED`; `rows`: how many lines.
    """

    kind: str
    subject: str
    form: str
    as_of: date
    known_to: int
    scope: tuple[tuple[str, str], ...]
    rows: int
    customer_nos: tuple[str, ...]
    login: str


@topic("looking_set")
class LookingSet(Event, frozen=True, array_like=True, gc=False):
    """How fine looking is recorded from here on."""

    level: str
