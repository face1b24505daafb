"""The language that a person reads: English stands in the code, Chinese in `zh.po`.

A sentence is written in English where it is said, inside `_()`. Its Chinese is found in the catalogue that
`python -m guanhu.language.compile` makes of `zh.po`. An English reader pays nothing for it: the catalogue and
the library that reads it are loaded when Chinese is chosen and something is said.
"""

import os
from collections.abc import Callable
from functools import cache
from typing import Literal

Language = Literal["zh", "en"]

_chosen: Language | None = None


def choose(code: str | None) -> Language:
    """Set the language of all that is said from here on, and say which it is.

    `code` is what the person asked for (`--lang`); without it GUANHU_LANG decides, then the locale.
    Chinese where it begins with zh, English for everything else (DESIGN.md 7).
    """
    global _chosen  # noqa: PLW0603 - one process speaks to one person
    wanted = code or os.environ.get("GUANHU_LANG") or _locale()
    _chosen = "zh" if wanted.casefold().startswith("zh") else "en"
    return _chosen


def current() -> Language:
    """Return the language in force; the first to ask chooses it by the environment."""
    return _chosen or choose(None)


def _(message: str, /, **values: object) -> str:
    """Say an English sentence in the language in force, its {placeholders} filled from `values`.

    A sentence that the catalogue does not have is said in English.
    """
    if message and current() == "zh":
        message = _chinese()(message)
    return message.format(**values)


def chinese(message: str, /) -> str:
    """Say an English sentence in Chinese whatever the language in force: what is searched by both names."""
    return _chinese()(message)


def N_(message: str, /) -> str:
    """Mark a sentence for the catalogue and leave it as it is; `_()` says it later."""
    return message


def _locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    # Windows sets none of them and calls its locale "Chinese (Simplified)_China" or zh_CN.
    import locale

    value = locale.getlocale()[0] or ""
    return "zh" if value.startswith("Chinese") else value


@cache
def _chinese() -> Callable[[str], str]:
    import gettext
    from pathlib import Path

    with Path(__file__).with_name("zh.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext
