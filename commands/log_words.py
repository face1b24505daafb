"""The log's words with the names of the book: days, and the labels of the sheets."""

from datetime import date

from guanhu.language import _
from guanhu.language.log_words import kind_text, sheet_labels
from guanhu.tui.names import Names

__all__ = ["day_range", "kind_text", "log_labels"]


def day_range(first: date, last: date) -> str:
    """Two days and all between them."""
    return _("{first} to {last}", first=first.isoformat(), last=last.isoformat())


def log_labels(names: Names) -> dict[str, str]:
    """All words of the sheets (language/log_words.py)."""
    return sheet_labels(names.labels())
