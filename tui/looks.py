"""What leaves the interface, and what is uncovered in it, leaves an event first (domain/looking.py)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of

NOTHING: Mapping[str, str] = {}


def form_of(path: Path) -> str:
    """The form of a file by its ending, as events keep it."""
    return path.suffix.lower().removeprefix(".")


class Looker:
    """Records looks for whoever sits at the desk: made on the screen, called in a thread before anything is shown."""

    def __init__(self, screen: Asking, subject: str) -> None:
        """`subject`: the place or screen, as `look_words.subject` names it."""
        desk = desk_of(screen)
        self._book, self._staff, self._day, self._wrote = desk.book, desk.staff, desk.day, desk.wrote
        self._subject = subject

    def leave(
        self, kind: str, form: str, *, rows: int = 0, customers: Iterable[str] = (), scope: Mapping[str, str] = NOTHING
    ) -> None:
        """Record a look, where the book records such looks; what it raises keeps from being shown what was asked."""
        from guanhu.store.looking import Look, record_look

        if self._book is not None:
            named = tuple(dict.fromkeys(customers))
            record_look(self._book, Look(kind, self._subject, form, self._day, scope, rows, named), by=self._staff)
            self._wrote()
