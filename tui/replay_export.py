"""A replay as a file of JSON Lines: a step a line, written while it is worked out."""

from datetime import date
from pathlib import Path

from guanhu.language import _
from guanhu.projections.replay_choice import Asked
from guanhu.projections.replay_scope import Scope
from guanhu.projections.replaying import Replay
from guanhu.store.book import Book
from guanhu.store.codec import decode
from guanhu.store.looking import Look, record_look
from guanhu.store.private_file import private_text
from guanhu.store.replay_source import ReplaySource
from guanhu.tui.inspection_seen import sight_in
from guanhu.tui.names import Names
from guanhu.tui.replay_data import step_line

ENDINGS = (".jsonl", ".json")
STEPS_AT_ONCE = 100


def default_name(whose: str, day: date) -> str:
    """The name that is proposed for a file."""
    return f"{_('replay')}-{whose}-{day:%Y-%m-%d}{ENDINGS[0]}".replace("/", "_").replace(" ", "_")


def write_replay(path: Path, book: Book, staff: str, scope: Scope, asked: Asked, names: Names) -> None:
    """Write all steps to a file; the look is recorded first. What files refuse. For a worker thread."""
    with private_text(path) as file, book.reading() as cursor:
        source, sight = ReplaySource(book.recorder), sight_in(book, staff)
        run = Replay(cursor, source, decode, book.keyring, book.calendar, scope, asked, sight=sight)
        numbers = tuple(run.customers.values())
        whose = {"customer_no": scope.customer_no, "staff": scope.staff, "outlet": scope.outlet}
        look = Look("export", "replay", ENDINGS[0][1:], asked.until, whose, run.total, numbers)
        record_look(book, look, by=staff)
        try:
            while not run.finished:
                file.writelines(f"{step_line(step, names)}\n" for step in run.steps(cursor, STEPS_AT_ONCE))
        finally:
            run.close()
