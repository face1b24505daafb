"""The interface is not opened where it would draw out of sight."""

import io
import sys

import pytest

from guanhu.commands.bare import on_terminal, say_why_not


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_without_an_error_stream_on_the_terminal_it_says_why_nothing_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert on_terminal()
    say_why_not()
    assert not shown.getvalue()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert not on_terminal()
    say_why_not()
    assert "2>" in shown.getvalue()
