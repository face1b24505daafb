"""The `guanhu` command: a line of words in, an exit code out.

What is imported here is paid for by every command, so it is little: the commands' modules come when they are named,
and a bare `guanhu` goes past Typer altogether (DESIGN 9).
"""

import os
import sys
from collections.abc import Sequence

from guanhu.language import choose

COMPLETION = "_GUANHU_COMPLETE"


def main() -> None:
    """Run the command line; exit codes as in DESIGN 7."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing is raised but what ends the process on purpose."""
    from guanhu.commands.failing import guarded
    from guanhu.commands.streams import prepare

    prepare()
    choose(_asked_language(arguments))
    return guarded(lambda: _run(arguments), as_json="--json" in arguments)


def _run(arguments: Sequence[str]) -> int:
    if not arguments and COMPLETION not in os.environ:
        from guanhu.commands.bare import bare, on_terminal

        if on_terminal():
            from guanhu.tui.starting import put_off_collecting

            put_off_collecting()
        from guanhu.commands.frame import Frame

        with Frame("", "") as frame:
            bare(frame)
        return 0
    from guanhu.commands.root import root

    command = root()
    if COMPLETION in os.environ:
        command.main(list(arguments), prog_name="guanhu")
    with command.make_context("guanhu", list(arguments)) as context:
        command.invoke(context)
    return 0


def _asked_language(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, looked for before anything else, because help texts are made in that language."""
    for n, word in enumerate(arguments):
        if word == "--lang":
            return arguments[n + 1] if n + 1 < len(arguments) else None
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


if __name__ == "__main__":
    main()
