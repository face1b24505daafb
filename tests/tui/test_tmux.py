"""The README's walk-through in a real terminal: its commands one after the other, then the interface by keys."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TMUX = shutil.which("tmux")
SECONDS = 30.0

pytestmark = pytest.mark.skipif(TMUX is None, reason="there is no tmux")


def walk_through() -> list[str]:
    """The commands of the README's walk-through, without their comments."""
    readme = (ROOT / "README.md").read_text("utf-8")
    block = next(text for text in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "guanhu init" in text)
    return [line.partition("  #")[0].partition(" # ")[0].strip() for line in block.splitlines() if line.strip()]


class Terminal:
    """A terminal of 100 x 30 cells in a tmux server of its own."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux.sock")
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        environment = {"PATH": path, "HOME": str(folder), "GUANHU_LANG": "zh", "GUANHU_CONFIG": str(folder / "config")}
        said = [f"{name}={value}" for name, value in environment.items()]
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "-c", str(ROOT),
            "env", "-i", *said, "TERM=screen-256color", "LC_ALL=C.UTF-8", "PS1=ready> ", "sh", "-i",
        )  # fmt: skip
        self.waited(lambda shown: "ready>" in shown)

    def _tmux(self, *words: str) -> str:
        assert TMUX is not None
        command = [TMUX, "-u", "-S", self._socket, *words]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    def shown(self) -> str:
        """What stands in the terminal."""
        return self._tmux("capture-pane", "-p", "-J")

    def keys(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def run(self, command: str) -> int:
        """Run a command to its end; its exit code."""
        self._tmux("send-keys", "-R")
        self._tmux("clear-history")
        self.type(f"{command}; echo done:$?:")
        self.keys("Enter")
        found = self.waited(lambda shown: re.search(r"^done:(\d+):$", shown, re.MULTILINE))
        return int(found.group(1))

    def waited(self, there: Callable[[str], "re.Match[str] | bool | None"]) -> "re.Match[str]":
        """Wait until something stands there."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if found := there(self.shown()):
                return found if isinstance(found, re.Match) else re.match("", "")  # type: ignore[return-value]
            time.sleep(0.05)
        raise AssertionError(self.shown())

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


def test_the_walk_through_ends_in_the_interface(terminal: Terminal, tmp_path: Path) -> None:
    for command in walk_through():
        assert terminal.run(command.replace("walk.db", str(tmp_path / "walk.db"))) == 0, terminal.shown()
    assert (tmp_path / "walk.db").exists()
    terminal.type("guanhu")
    terminal.keys("Enter")
    terminal.waited(lambda shown: "1今日" in shown)
    terminal.keys("5")
    terminal.waited(lambda shown: "每月联系" in shown and "5方案" in shown)
    terminal.keys("6")
    terminal.waited(lambda shown: "找客户" in shown)
    terminal.type("PT027091")
    terminal.waited(lambda shown: "找到 1 户" in shown)
    terminal.keys("Enter")
    terminal.waited(lambda shown: "请询问客户" in shown)
    terminal.keys("C-q")
    terminal.waited(lambda shown: re.search(r"ready> *$", shown.rstrip() + " "))


def test_without_a_book_it_offers_to_begin(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run(f"export GUANHU_BOOK={tmp_path / 'none.db'}")
    terminal.type("guanhu")
    terminal.keys("Enter")
    terminal.waited(lambda shown: "看演示支行" in shown)
    terminal.keys("Down", "Enter")
    terminal.waited(lambda shown: "您的姓名" in shown)
    terminal.keys("Enter", "Enter")
    terminal.type("王芳")  # the system's user may have no name that colleagues know
    terminal.keys("C-s")
    terminal.waited(lambda shown: "1今日" in shown)
    terminal.keys("C-q")
    terminal.waited(lambda shown: re.search(r"ready> *$", shown.rstrip() + " "))
    assert (tmp_path / "none.db").exists()
