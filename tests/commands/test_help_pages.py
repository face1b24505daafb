"""Every command, option and argument is explained, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest

from guanhu.commands.help import metavar, page
from guanhu.commands.root import root
from guanhu.language import chinese, choose


def commands() -> Iterator[tuple[str, Any, Any]]:
    """Each command that does something: its path, itself and its context."""
    top = root()
    above = top.make_context("guanhu", [], resilient_parsing=True)
    for name in top.list_commands(above):
        group = top.get_command(above, name)
        context = type(above)(group, info_name=name, parent=above)
        if not hasattr(group, "commands"):
            yield name, group, context
            continue
        for word, found in group.commands.items():
            yield f"{name} {word}", found, type(above)(found, info_name=word, parent=context)


COMMANDS = list(commands())


@pytest.mark.parametrize(("path", "command", "context"), COMMANDS, ids=[path for path, _c, _x in COMMANDS])
def test_all_that_can_be_written_is_explained(path: str, command: Any, context: Any) -> None:
    choose("en")
    for text in [command.help, *(param.help for param in command.params if not getattr(param, "hidden", False))]:
        assert text, path
        assert chinese(text) != text
    assert command.name in page(command, context) or path in page(command, context)


def test_what_stands_for_a_value_has_a_name_in_both_languages() -> None:
    choose("zh")
    written = {param.metavar for _p, command, _x in COMMANDS for param in command.params if param.metavar}
    assert {word for word in written if metavar(word) == word} == set()


def test_the_commands_of_every_day_show_how_they_are_written() -> None:
    shown = {path for path, command, _x in COMMANDS if command.epilog}
    assert shown >= {"duty list", "contact add", "visit add", "customer find", "import", "log", "deposit"}
