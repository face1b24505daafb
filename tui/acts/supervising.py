"""The department has looked at an outlet's day (SCHEMES.md 1, supervision): asked for a note, and written down."""

from guanhu.domain.text import visible
from guanhu.language import _
from guanhu.tui.asking import new_command
from guanhu.tui.desk import desk_of
from guanhu.tui.widgets.dialogs import AskText
from guanhu.tui.work_screen import WorkScreen


def supervise(screen: WorkScreen, outlet: str, title: str) -> None:
    """Ask what was seen at an outlet today; nothing typed is a look without a word, Escape none."""
    desk, command = desk_of(screen), new_command()
    today, staff, named = desk.today, desk.staff, visible(title)

    def answered(note: str | None) -> None:
        from guanhu.store.outlets import supervise_outlet

        if note is not None:
            screen.do(
                lambda book: supervise_outlet(book, outlet, staff, note, today, by=staff, command=command),
                lambda _receipt: None,
                said=_("{outlet}: today's look is written down.", outlet=named),
            )

    words = _("What was seen at {outlet} today?", outlet=named)
    screen.app.push_screen(AskText(words, hint=_("may stay empty; then only that one looked")), answered)
