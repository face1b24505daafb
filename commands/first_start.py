"""What the interface needs where there is no book: where one would be, and how the demo is made."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guanhu.store.book import Book
    from guanhu.tui.beginning import Beginning, Tell


def beginning(path: Path, at_the_end: ExitStack) -> "Beginning":
    """The ways to begin at `path`; a demo made is gone when `at_the_end` closes."""
    from guanhu.tui.beginning import Beginning

    def make_demo(tell: "Tell") -> "Book":
        from tempfile import TemporaryDirectory

        from guanhu.commands.demo import CUSTOMERS, SEED
        from guanhu.commands.demo_branch import build_demo
        from guanhu.commands.frame import today

        folder = TemporaryDirectory(prefix="guanhu-demo-")
        try:
            path = Path(folder.name) / "book.db"
            book = build_demo(path, customers=CUSTOMERS, seed=SEED, today=today(), progress=tell)
        except BaseException:  # stopped: nothing is left behind, whatever is done next
            folder.cleanup()
            raise
        at_the_end.callback(folder.cleanup)
        return book

    return Beginning(path, make_demo)
