"""Words of the command line as values: amounts, counts, and the ids of the field by id or by name.

What can't be read is a slip of the keyboard, so typer's BadParameter: exit code 2.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time

import typer

from guanhu.commands.meaning import several
from guanhu.domain.errors import Refused
from guanhu.domain.text import fold
from guanhu.language import _, chinese, current, terms
from guanhu.language.reasons import sentence


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
    raise typer.BadParameter(_("This is not a whole number from 0 on: {value}", value=text))


def clock(text: str | time) -> time:
    """A clock time to the minute, 14:30 or 14：30; Typer sends defaults through here too."""
    if isinstance(text, time):
        return text
    try:
        return datetime.strptime(text.replace("：", ":"), "%H:%M").time()
    except ValueError:
        raise typer.BadParameter(_("This is not a clock time such as 14:30: {value}", value=text)) from None


def channel(text: str) -> str:
    """The channel of a contact, by id or by a word that files use for it."""
    from guanhu.intake.words import CHANNEL, plain

    return _listed(CHANNEL, plain(text), text, terms.CHANNELS)


def outcome(text: str) -> str:
    """The outcome of a contact or visit, by id or by a word that files use for it."""
    from guanhu.intake.words import OUTCOME, plain

    return _listed(OUTCOME, plain(text), text, terms.OUTCOMES)


def _listed(words: Mapping[str, str], form: str, text: str, names: Mapping[str, str]) -> str:
    return words.get(form) or one_of(names)(text)


def one_of(ids: Mapping[str, str], short: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Reads one of the ids, or its name in either language, as `language.terms` keeps them.

    `short`: shorter names of some of the ids, which are read too.
    """

    def read(text: str) -> str:
        wanted = fold(text.strip())
        for names in (ids, short or {}):
            for id_, name in names.items():
                if wanted in (id_, fold(name), fold(chinese(name))):
                    return id_
        raise _unknown(text, [with_name(id_, name) for id_, name in ids.items()])

    return read


def some_of(ids: Mapping[str, str], short: Mapping[str, str] | None = None) -> Callable[[str], tuple[str, ...]]:
    """Reads several of the ids or names, parted by commas, each once."""
    read = one_of(ids, short)

    def read_all(text: str | tuple[str, ...]) -> tuple[str, ...]:
        if isinstance(text, tuple):  # Typer sends defaults through here too
            return text
        found = tuple(dict.fromkeys(map(read, several([text]))))
        if not found:
            raise typer.BadParameter(_("a value is missing"))
        return found

    return read_all


def with_name(id_: str, name: str) -> str:
    """An id beside its name where that is another word, as in a list of what may be written."""
    said = _(name)
    return f"{id_} {said}" if current() == "zh" and said != id_ else id_


def choice(*allowed: str) -> Callable[[str], str]:
    """Reads one of a few words."""

    def read(text: str) -> str:
        if text in allowed:
            return text
        raise _unknown(text, list(allowed))

    return read


def _unknown(text: str, allowed: list[str]) -> typer.BadParameter:
    return typer.BadParameter(_("{value} is none of: {allowed}", value=text, allowed=_(", ").join(allowed)))
