"""How commands are made: groups and commands of Typer with our help page, and a root that imports what is named.

Help texts are marked with N_() where they stand and said when a page is drawn, because the language is chosen later
than the modules are imported.
"""

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from guanhu.commands.failing import UsageError
from guanhu.commands.help import Rows, page, said
from guanhu.language import _

F = TypeVar("F", bound=Callable[..., object])


class Command(TyperCommand):
    """A command whose help page is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(page(self, ctx))


class Group(TyperGroup):
    """A group of commands whose help page is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(page(self, ctx))

    def sections(self, ctx: Any) -> list[tuple[str, Rows]]:
        """The commands under their titles, for the page."""
        return [(_("Commands"), [(name, said(found.help)) for name, found in self.commands.items()])]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is named; UsageError with the nearest names where there is none."""
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing:
            near = _near(args[0], self.list_commands(ctx))
            message = _("There is no command {name}.", name=args[0])
            if near:
                message = _("There is no command {name}; perhaps {near}?", name=args[0], near=", ".join(near))
            raise UsageError(message, ctx)
        return (args[0] if found else None), found, args[1:]


# Words for one thing, of which each group has its own.
_SAME = (
    ("add", "note", "register", "enrol", "open", "set", "new", "create"),
    ("list", "ls", "find", "queue", "all"),
    ("show", "why", "info", "view", "get"),
    ("remove", "delete", "end", "erase", "release", "leave", "close", "withdraw", "rm"),
    ("edit", "correct", "change", "update", "profile", "rename", "move"),
    ("keep", "done", "answer", "accept", "finish"),
)


def _near(word: str, names: list[str]) -> list[str]:
    """The names that are written nearly so, else those that mean the same."""
    near = get_close_matches(word, names)
    return near or [name for same in _SAME if word in same for name in names if name in same]


class Entry(NamedTuple):
    """A command of the root before its module is imported: where it is, and what the root's page says of it."""

    module: str
    attribute: str
    help: str


class LazyGroup(Group):
    """The root: knows all commands by name and imports the module of the one that is called."""

    catalogue: dict[str, dict[str, Entry]]

    def _entries(self) -> dict[str, Entry]:
        return {name: entry for part in self.catalogue.values() for name, entry in part.items()}

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of the page."""
        return list(self._entries())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, imported now; None for an unknown name."""
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        entry = self._entries().get(cmd_name)
        if entry is None:
            return None
        found: typer.Typer = getattr(import_module(f"guanhu.commands.{entry.module}"), entry.attribute)
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command

    def sections(self, ctx: Any) -> list[tuple[str, Rows]]:
        """The commands by the work they belong to; none is imported for it."""
        return [
            (_(title), [(name, _(entry.help)) for name, entry in part.items()])
            for title, part in self.catalogue.items()
        ]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Names that begin so, with what the page says of them; none is imported for it."""
        self.commands = {name: Command(name, help=_(entry.help)) for name, entry in self._entries().items()}
        return super().shell_complete(ctx, incomplete)


def group(about: str) -> typer.Typer:
    """A group for the commands of one module."""
    return typer.Typer(cls=Group, help=about, rich_markup_mode=None, add_completion=False, no_args_is_help=True)


def single() -> typer.Typer:
    """A home for one command that stands in no group."""
    return typer.Typer(rich_markup_mode=None, add_completion=False)


def command(app: typer.Typer, name: str, about: str, *examples: str) -> Callable[[F], F]:
    """Register a command under its name, with what its page says, and lines that show how it is written."""
    return app.command(name, cls=Command, help=about, epilog="\n".join(examples) or None)
