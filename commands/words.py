"""Words of the command line as values: dates, amounts, counts, and the ids of the field by id or by name.

What can't be read is a slip of the keyboard, so typer's BadParameter: exit code 2.
"""

from collections.abc import Callable, Mapping
from datetime import date

import typer

from guanhu.domain.errors import Refused
from guanhu.domain.text import fold
from guanhu.language import _
from guanhu.language.reasons import sentence


def day(text: str) -> date:
    """A date as `domain.dates` reads it; words for the days around today are not among them."""
    from guanhu.domain.dates import parse_day

    try:
        return parse_day(text)
    except Refused as error:
        raise typer.BadParameter(sentence(error.code, error.details)) from None


def yuan(text: str) -> int:
    """Fen in an amount of yuan."""
    from guanhu.domain.money import parse_yuan

    try:
        return parse_yuan(text)
    except Refused as error:
        raise typer.BadParameter(sentence(error.code, error.details)) from None


def count(text: str | int) -> int:
    """A whole number from 0 on; Typer sends defaults through here too."""
    if isinstance(text, int):
        return text
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    raise typer.BadParameter(_("This is not a whole number: {value}", value=text))


def channel(text: str) -> str:
    """The channel of a contact, by id or by a word that files use for it."""
    from guanhu.intake.words import CHANNEL, plain

    return _listed(CHANNEL, plain(text), text)


def outcome(text: str) -> str:
    """The outcome of a contact or visit, by id or by a word that files use for it."""
    from guanhu.intake.words import OUTCOME, plain

    return _listed(OUTCOME, plain(text), text)


def _listed(words: Mapping[str, str], form: str, text: str) -> str:
    found = words.get(form)
    if found is None:
        raise _unknown(text, list(dict.fromkeys(words.values())))
    return found


def one_of(ids: Mapping[str, str]) -> Callable[[str], str]:
    """Reads one of the ids, or its name in the language in force, as `language.terms` keeps them."""

    def read(text: str) -> str:
        wanted = fold(text)
        for id_, name in ids.items():
            if wanted in (id_, fold(_(name))):
                return id_
        raise _unknown(text, list(ids))

    return read


def choice(*allowed: str) -> Callable[[str], str]:
    """Reads one of a few words."""

    def read(text: str) -> str:
        if text in allowed:
            return text
        raise _unknown(text, list(allowed))

    return read


def _unknown(text: str, allowed: list[str]) -> typer.BadParameter:
    return typer.BadParameter(_("{value} is none of: {allowed}", value=text, allowed=", ".join(allowed)))
