"""What somebody has begun is finished and told, whatever stands on the screen by then: acts, and files being written.

An act belongs to the desk, not to the screen that began it. Leaving does not take it back; so what became of it is said
and kept for `u` even where that screen is gone, and a refusal is told.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from guanhu.domain.errors import Refused
from guanhu.language import _
from guanhu.store.book import Book
from guanhu.tui.desk import ActDone, Desk, desk_of

if TYPE_CHECKING:
    from guanhu.tui.asking import Asking

Answer = TypeVar("Answer")


def finish(
    desk: Desk, work: Callable[[], Answer], then: Callable[[Answer], object], failed: Callable[[Exception], object]
) -> None:
    """Do a work in a thread to its end; one of the two gets what became of it, back on the screen's loop.

    The program ends after it, whoever leaves meanwhile; a failure then stands in `desk.untold`.
    """

    def run() -> None:
        try:
            answer = work()
        except Exception as error:  # told, never raised: a worker's error must not end the program
            desk.untold.append(error)
            desk.call_later(told, error)
        else:
            desk.call_later(then, answer)

    def told(error: Exception) -> None:
        desk.untold.remove(error)
        failed(error)

    desk.run_worker(run, name="act", group="acts", thread=True, exit_on_error=False)


def do(
    asker: "Asking", act: Callable[[Book], Answer], then: Callable[[Answer], object], *,
    said: str | Callable[[Answer], str], undo: Callable[[Book], object] | None,
    undo_of: Callable[[Answer], Callable[[Book], Any] | None] | None, failed: Callable[[Exception], object] | None,
) -> None:  # fmt: skip
    """As `Asking.do`."""
    desk = desk_of(asker)
    book = desk.book
    if book is None:
        return

    def refused(error: Exception) -> None:
        if failed is not None and asker.is_attached:
            failed(error)
        else:
            asker.tell_error(error)

    desk.follow_clock()  # midnight alone makes no look back
    # Whatever key or form led here: an act of another day would be untrue, and one of today would not be in sight.
    if desk.looking_back:
        refused(Refused("moment_is_read_only"))
        return

    def run() -> Answer:
        answer = act(book)
        desk.wrote()
        return answer

    def done(answer: Answer) -> None:
        words = said(answer) if callable(said) else said
        if words:
            desk.notify(words, markup=False)
        correct = undo_of(answer) if undo_of else undo
        if correct is not None or (words and undo_of is None):
            desk.acts.append(ActDone(words, correct))
        desk.changed()
        if asker.is_attached:
            then(answer)

    finish(desk, run, done, refused)


def take_back_last(asker: "Asking") -> None:
    """Correct the last act, once it was confirmed."""
    from guanhu.tui.widgets.dialogs import Confirm

    desk = desk_of(asker)
    last = desk.last_act
    if last is None:
        desk.notify(_("There is nothing to undo."), markup=False)
        return
    undo = last.undo
    if undo is None:
        desk.notify(_("No event takes this back: {act}", act=last.said), markup=False)
        return

    def confirmed(yes: bool | None) -> None:
        if yes:
            _take_back(asker, last, undo)

    desk.push_screen(Confirm(_("Undo this? The log keeps both entries."), last.said), confirmed)


def _take_back(asker: "Asking", last: ActDone, undo: Callable[[Book], object]) -> None:
    """While it is being taken back it is no act that `u` offers; where that fails it is one again, in its place."""
    desk = desk_of(asker)
    book = desk.book
    if book is None or last not in desk.acts:
        return
    at = desk.acts.index(last)
    del desk.acts[at]

    def run() -> object:
        answer = undo(book)
        desk.wrote()
        return answer

    def undone(answer: object) -> None:
        desk.changed()
        words = getattr(answer, "words", "") or _("Undone: {act}", act=last.said)
        if (before := desk.last_act) is not None and before.undo is not None:
            words += "\n" + _("u takes back the act before too: {act}", act=before.in_short)
        desk.notify(words, markup=False)
        if passed_over := getattr(answer, "passed_over", 0):
            seats = _("Left as they are, for their seats have moved since: {count}.", count=passed_over)
            words = getattr(answer, "left", "") or seats
            desk.notify(words, severity="warning", markup=False, timeout=12)
        desk.screen.refresh_bindings()

    def failed(error: Exception) -> None:
        desk.acts.insert(at, last)
        asker.tell_error(error)

    finish(desk, run, undone, failed)
