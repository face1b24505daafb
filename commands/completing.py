"""What the Tab key offers: numbers and ids of the book, where that is one cheap question.

A completion never fails: where there is no book there is nothing to offer.
"""

from typing import Any

MOST = 20


def customers(ctx: Any, incomplete: str) -> list[str]:
    """Numbers of customers that begin so."""
    rows = _ask(
        ctx, "SELECT no FROM customer WHERE no >= ? AND no < ? ORDER BY no LIMIT ?",
        (incomplete, incomplete + "\U0010ffff", MOST),
    )  # fmt: skip
    return [row[0] for row in rows]


def duties(ctx: Any, incomplete: str) -> list[str]:
    """Duties of the schemes adopted that begin so."""
    from guanhu.domain.scheme_file import read_scheme

    rows = _ask(ctx, "SELECT text FROM scheme ORDER BY start, position", ())
    found = dict.fromkeys(duty.id for row in rows for duty in read_scheme(row[0]).duties)
    return [duty for duty in found if duty.startswith(incomplete)]


def inspections(ctx: Any, incomplete: str) -> list[str]:
    """Numbers of inspections that begin so, the newest first."""
    rows = _ask(
        ctx, "SELECT id FROM inspection WHERE substr(id, 1, ?) = ? ORDER BY position DESC LIMIT ?",
        (len(incomplete), incomplete, MOST),
    )  # fmt: skip
    return [row[0] for row in rows]


def sampled(ctx: Any, incomplete: str) -> list[str]:
    """Sampled items that begin so and have no worksheet yet, of the inspection that is named before."""
    rows = _ask(
        ctx, "SELECT key FROM inspection_item WHERE inspection = ? AND filled = 0 AND substr(key, 1, ?) = ? LIMIT ?",
        (ctx.params.get("number") or "", len(incomplete), incomplete, MOST),
    )  # fmt: skip
    return [row[0] for row in rows]


def _ask(context: Any, question: str, values: tuple[object, ...]) -> list[Any]:
    from guanhu.commands.frame import Frame

    # While completing, the root is not run: its options are read, the frame is not made.
    options = context.find_root().params
    try:
        with Frame(options.get("book") or "", "") as frame, frame.book.reading() as cursor:
            return cursor.execute(question, values).fetchall()
    except Exception:
        return []
