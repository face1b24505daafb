"""Options and arguments whose value is an id of the field: read by id or by name, and offered to the Tab key."""

from collections.abc import Mapping
from typing import Any

import typer

from guanhu.commands import words

Ids = Mapping[str, str]
"""Names by id, as `language.terms` keeps them."""


def chosen_argument(metavar: str, ids: Ids, words_of_help: str) -> Any:
    """An argument that is one of the ids."""
    return typer.Argument(
        metavar=metavar, parser=words.one_of(ids), autocompletion=lambda: list(ids), help=words_of_help
    )


def chosen_option(flag: str, metavar: str, ids: Ids, words_of_help: str, *, short: Ids | None = None) -> Any:
    """An option that is one of the ids; `short`: shorter names of some of them, which are read too."""
    return typer.Option(
        flag, metavar=metavar, parser=words.one_of(ids, short), autocompletion=lambda: list(ids), help=words_of_help
    )


def several_chosen(flag: str, metavar: str, ids: Ids, words_of_help: str, *, short: Ids | None = None) -> Any:
    """An option that is some of the ids, parted by commas."""
    return typer.Option(
        flag, metavar=metavar, parser=words.some_of(ids, short), autocompletion=lambda: list(ids), help=words_of_help
    )
