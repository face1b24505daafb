"""What the Tab key offers: numbers and ids of the book that begin so, where that is one cheap question.

A completion never fails: where there is no book there is nothing to offer.
"""

from collections.abc import Callable
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guanhu.commands.frame import Frame

MOST = 20


def customers(ctx: Any, incomplete: str) -> list[str]:
    """Numbers of customers."""
    from guanhu.projections.beginnings import customers_beginning

    return _ask(ctx, lambda cursor, _frame: customers_beginning(cursor, incomplete, MOST))


def duties(ctx: Any, incomplete: str) -> list[str]:
    """Duties of the schemes adopted."""
    from guanhu.projections.beginnings import duties_beginning

    return _ask(ctx, lambda cursor, _frame: duties_beginning(cursor, incomplete))


def inspections(ctx: Any, incomplete: str) -> list[str]:
    """Numbers of inspections, the newest first."""
    from guanhu.projections.beginnings import inspections_beginning

    return _ask(ctx, lambda cursor, _frame: inspections_beginning(cursor, incomplete, MOST))


def sampled(ctx: Any, incomplete: str) -> list[str]:
    """Sampled items without a worksheet, of the inspection that is named before; to who may see the sample."""
    from guanhu.projections.beginnings import sheets_left_beginning

    def ask(cursor: Cursor, frame: "Frame") -> list[str]:
        from guanhu.tui.inspection_seen import sight_in

        sight = sight_in(frame.book, frame.acting(cursor))
        return sheets_left_beginning(cursor, ctx.params.get("number") or "", incomplete, MOST, sight)

    return _ask(ctx, ask)


def _ask(context: Any, question: "Callable[[Cursor, Frame], list[str]]") -> list[str]:
    from guanhu.commands.frame import Frame

    # While completing, the root is not run: its options are read, the frame is not made.
    options = context.find_root().params
    try:
        with (
            Frame(options.get("book") or "", options.get("staff") or "") as frame,
            frame.book.reading() as cursor,
        ):
            return question(cursor, frame)
    except Exception:
        return []
