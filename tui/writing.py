"""Where a file goes: asked for, confirmed where one stands there, written in a thread; what was typed is not lost."""

from collections.abc import Callable
from pathlib import Path

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.asking import Asking
from guanhu.tui.widgets.dialogs import AskText, Confirm


def ask_path(asker: Asking, words: str, value: str, hint: str, write: Callable[[str], Path]) -> None:
    """Ask for a file by `words`, and let `write` (in a thread) say where it was written; a failure asks again."""

    def again(text: str) -> None:
        ask_path(asker, words, text, hint, write)

    def go(text: str) -> None:
        def failed(error: Exception) -> None:
            asker.tell_error(error)
            again(text)

        asker.ask("write", lambda _ground: write(text), told, failed=failed)

    def told(path: Path) -> None:
        asker.app.notify(_("Kept as {path}.", path=visible(str(path))), markup=False)

    def named(text: str | None) -> None:
        if text is None or not text.strip():
            return
        path = Path(text.strip()).expanduser()
        if not path.exists():
            go(text)
            return
        sure = _("{path} is there already. Write over it?", path=visible(str(path)))
        asker.app.push_screen(Confirm(sure), lambda yes: go(text) if yes else again(text))

    asker.app.push_screen(AskText(words, value, hint), named)
