"""A customer's history: the events of a page as rows and columns (the sentences: tui/history_words.py)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from guanhu.commands.frame import Question
from guanhu.commands.output import Column
from guanhu.domain.branch_time import branch_time
from guanhu.domain.paging import paged
from guanhu.language import _, terms
from guanhu.tui.history_words import summary
from guanhu.tui.names import Names

if TYPE_CHECKING:
    from guanhu.projections.history import HistoryItem


def history_items(
    q: Question, customer_no: str, until: date | None, limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many events there are, and those of the page, oldest first; `until`: only up to a business date."""
    from guanhu.projections.history import customer_history
    from guanhu.store.codec import decode
    from guanhu.tui.inspection_seen import sight_in

    all_of_it = until is not None
    total, found = customer_history(
        q.cursor, q.book.recorder, decode, q.book.keyring, customer_no,
        limit=0 if all_of_it else limit, offset=0 if all_of_it else offset, sight=sight_in(q.book, q.staff),
    )  # fmt: skip
    if until is not None:
        found = [item for item in found if item.occurred_on <= until]
        total = len(found)
        found = paged(found, limit, offset)
    return total, [_row(item, q.names) for item in found]


def history_columns(q: Question) -> list[Column]:
    """The columns for people and for CSV."""
    return [
        Column("position", _("entry")),
        Column("occurred_on", _("date"), show=day_of),
        Column("event", _("event"), show=terms.topic, least=14),
        Column("by", _("by"), show=q.names.staff, least=6, spare=1),
        Column("recorded_at", _("written"), show=_moment, spare=3),
        Column("corrects", _("corrects"), spare=2),
        Column("summary", _("what"), least=34),
    ]


def _moment(moment: datetime) -> str:
    return branch_time(moment).strftime("%Y-%m-%d %H:%M")


def day_of(day: date) -> str:
    """A business date; nothing for what holds on every date."""
    return "" if day == date.min else day.isoformat()


def _row(item: "HistoryItem", names: Names) -> dict[str, Any]:
    return {
        "position": item.position,
        "recorded_at": item.recorded_at,
        "occurred_on": item.occurred_on,
        "by": item.by,
        "event": item.event,
        "summary": summary(item.code, item.details, names),
        "corrects": item.corrects,
    }
