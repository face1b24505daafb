"""The three streams of the process, made fit for Chinese and for readers who go away."""

import io
import os
import sys


def prepare() -> None:
    """Make sure that there are streams, and that no character can fail to be written.

    A stream that is piped speaks UTF-8 whatever the locale; on a terminal the console's own encoding stays.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the life of the process
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as above
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def hush() -> None:
    """Let nothing more be written to stdout: its reader has gone, and the interpreter flushes once more at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
