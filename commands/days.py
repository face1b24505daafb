"""Days and moments on the command line: as files write them, and as people say them - 昨天, 11-24, -3, next fri.

`domain/phrases.py` knows what a phrase means for a plan, `domain/past.py` what it means of what has happened.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

import typer

from guanhu.commands.failing import UsageError
from guanhu.domain.dates import parse_day
from guanhu.domain.errors import Refused
from guanhu.domain.past import past
from guanhu.domain.phrases import day_of
from guanhu.language import _
from guanhu.language.reasons import sentence


def happened(text: str) -> date:
    """A day of what has happened, or that is asked about; typer.BadParameter."""
    return _read(past, text)


def coming(text: str) -> date:
    """A day of what is to come; typer.BadParameter."""
    return _read(day_of, text)


def _read(meaning: Callable[[str, date], date], text: str) -> date:
    from guanhu.commands.frame import today

    with suppress(Refused):
        return parse_day(text)
    try:
        return meaning(text, today())
    except Refused as error:
        forms = _("written like 2026-11-24, 20261124, 11-24, today, yesterday, tomorrow, -3 or +7")
        said = sentence(error.code, error.details)
        raise typer.BadParameter(_("{said} ({forms})", said=said, forms=forms)) from None


def check_order(first: date, last: date) -> None:
    """UsageError for a period that ends before it begins."""
    if first > last:
        raise UsageError(_("--from must not lie after --to."))


def recorded(text: str) -> datetime:
    """A time up to which what was recorded counts; typer.BadParameter."""
    from guanhu.domain.known_at import known_at

    try:
        return known_at(text, datetime.now(UTC))
    except Refused as error:
        raise typer.BadParameter(sentence(error.code, error.details)) from None
