"""What is said of a saved act."""

from datetime import date

from guanhu.domain.text import visible
from guanhu.language import N_
from guanhu.tui.cells import day_month

WITHDRAWN = N_("Entered by mistake, taken back at once.")
"""The reason that undoing an act gives in the log."""


def when(on: date, today: date) -> str:
    """The day of an act, where it is not today."""
    return "" if on == today else day_month(on, today)


def act_words(whom: str, what: str, on: str = "") -> str:
    """Whom, what, and when it was not today."""
    return " ".join(part for part in (visible(whom), what, on) if part)
