"""The user's own keys: `keys.toml` in the configuration folder, checked line by line.

    [keys]
    "act.call" = "f3"
    "list.down" = ["j", "down", "ctrl+n"]

A line that is wrong is named with the reason and left out; the others count.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import msgspec

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.keys import ACTIONS, FORM

FILE_NAME = "keys.toml"

_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
_NAMED = re.compile(r"[a-z][a-z0-9_]*")


class Keymap(msgspec.Struct, frozen=True):
    """Keys by action name, in Textual's spelling, and what was wrong with the file, a sentence each."""

    keys: Mapping[str, str]
    problems: tuple[str, ...]


NO_KEYMAP = Keymap({}, ())


def read_keymap(path: Path) -> Keymap:
    """The user's keys; none where there is no file. Nothing is raised for what a user can write."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return NO_KEYMAP
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Keymap({}, (_("The key file {path} can't be read: {error}", path=str(path), error=visible(str(error))),))
    return check_keymap(document.get("keys", {}))


def check_keymap(lines: object) -> Keymap:
    """The keys of a table of action names, without those that are wrong."""
    if not isinstance(lines, dict):
        return Keymap({}, (_("[keys] must be a table of action names and keys."),))
    keys: dict[str, str] = {}
    problems: list[str] = []
    for name, value in lines.items():
        named = _keys_of(value)
        if name not in ACTIONS:
            problems.append(_unknown(str(name)))
        elif named is None:
            problems.append(_("{name}: these are no keys: {value}", name=name, value=visible(str(value))))
        else:
            keys[name] = ",".join(named)
    # An action whose line goes has its own keys again, which may be those of a line that seemed right.
    while wrong := dict(_clashes(keys)):
        problems += wrong.values()
        keys = {name: each for name, each in keys.items() if name not in wrong}
    return Keymap(keys, tuple(problems))


def key_name(text: str) -> str | None:
    """A key as a user writes it (`?`, `ctrl+n`, `f3`), in Textual's spelling; None where it is no key."""
    from textual.keys import _character_to_key

    written = text.strip()
    head, _plus, key = written[:-1].rpartition("+")  # the last sign may be a plus itself
    key += written[-1:]
    modifiers = head.split("+") if head else []
    if not key or not set(modifiers) <= _MODIFIERS:
        return None
    if len(key) == 1:
        key = _character_to_key(key) if key.isprintable() and not key.isspace() else ""
    elif not _NAMED.fullmatch(key):
        return None
    return "+".join([*sorted(modifiers), key]) if key else None


def _keys_of(value: object) -> list[str] | None:
    parts = value.split(",") if isinstance(value, str) and value != "," else value
    if isinstance(parts, str):
        parts = [parts]
    if not isinstance(parts, list) or not parts:
        return None
    named = [key_name(part) if isinstance(part, str) else None for part in parts]
    return list(dict.fromkeys(name for name in named if name)) if all(named) else None


def _unknown(name: str) -> str:
    near = get_close_matches(name, ACTIONS, n=1)
    if near:
        return _("There is no action {name}; perhaps {near}?", name=visible(name), near=near[0])
    return _("There is no action {name}.", name=visible(name))


def _clashes(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The user's lines that give a key to a second action; what the user gave first keeps it."""
    forms = [name for name, action in ACTIONS.items() if action.group == FORM or action.anywhere]
    screens = [name for name, action in ACTIONS.items() if action.group != FORM]
    for names in (forms, screens):
        held: dict[str, str] = {}
        # Actions that the user left alone keep their keys.
        for name in sorted(names, key=lambda name: name in keys):
            for key in keys.get(name, ACTIONS[name].keys).split(","):
                other = held.setdefault(key, name)
                if other != name and name in keys:
                    yield name, _("{name}: the key {key} belongs to {other}.", name=name, key=key, other=other)
                    break
