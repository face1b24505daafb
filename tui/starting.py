"""The interface started on a book: the first screen's question is asked before the interface itself is loaded.

So the first frame shows the queue's rows. A thread beside the imports was tried and is slower: both want the
interpreter, and the question takes some milliseconds.
"""

import gc
from datetime import date
from typing import TYPE_CHECKING

from guanhu.domain.errors import Refused
from guanhu.tui.input_method import before_textual

if TYPE_CHECKING:
    from guanhu.store.book import Book
    from guanhu.tui.app import GuanhuApp
    from guanhu.tui.beginning import Beginning, Mending
    from guanhu.tui.first_question import Day


def put_off_collecting() -> None:
    """Collect no garbage until the first frame (`Desk` begins again): what is loaded now stays.

    Looking for it would take a tenth of the time.
    """
    gc.disable()


def interface(
    book: "Book | None", staff: str, day: date, *, language: str | None = None, beginning: "Beginning | None" = None,
    mending: "Mending | None" = None,
) -> "GuanhuApp":
    """The interface, ready to run, with its first rows at hand; without a book it opens at the first start.

    `mending`: in place of a book, one that is to be made ready first.
    """
    before_textual()
    rows = _ask_ahead(book, day, staff) if book is not None and staff else None
    from guanhu.tui.app import GuanhuApp

    app = GuanhuApp(book, staff, day, language=language, beginning=beginning, mending=mending)
    app.ahead = rows
    return app


def _ask_ahead(book: "Book", day: date, staff: str) -> "Day | None":
    """The first rows; None where the question is refused: the screen asks again, and says why."""
    from guanhu.tui.first_question import first_rows
    from guanhu.tui.ground import standing

    try:
        with standing(book, day, staff) as ground:
            return first_rows(ground, staff)
    except Refused:
        return None
