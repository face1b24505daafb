"""What printed pages and workbooks share: the reader's words, a cell as text, how wide a text is, how a page begins.

Words come from the caller, who knows the reader's language: a mapping of label to text, `<word>.<id>` for ids, such as
`verdict.ok`, `tier.middle`, `staff.S1`. An id without a text is shown as it is; what a screen would obey is replaced.
"""

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import TypeAlias
from unicodedata import east_asian_width

from guanhu.domain.text import visible

Cell: TypeAlias = str | int | date | datetime | None

MOMENT_WIDTH, DAY_WIDTH = 17, 12
"""Characters that a moment and a date want in a workbook."""


class Words:
    """The reader's words."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def __call__(self, label: str, **values: object) -> str:
        """A word or sentence."""
        return self.labels.get(label, label).format(**values)

    def id(self, word: str, id_: str | None) -> str:
        """The name of an id; "" for none."""
        return visible(self.labels.get(f"{word}.{id_}", id_)) if id_ else ""

    def tier(self, tier: str | None) -> str:
        """A tier's name; untiered has one too."""
        return self.id("tier", tier or "untiered")

    def ids(self, word: str, ids: tuple[str, ...]) -> str:
        """Names in a line."""
        return "、".join(self.id(word, id_) for id_ in ids)


def came_of(kind: str, outcome: str, words: Words) -> str:
    """What came of an entry; of a visit it is said in other words."""
    return words.id("outcome.visit" if kind == "visit" else "outcome", outcome)


def about(kind: str, subject: str, occurrence: str, words: Words) -> str:
    """What an entry of the log is about: the event, whom the referral goes to, the duty waived and which one."""
    word = {"event": "event", "waiver": "duty"}.get(kind, "staff" if "referral" in kind else "request")
    return " ".join(part for part in (words.id(word, subject), occurrence) if part)


def shown(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def width(cell: Cell) -> int:
    """How many characters of a workbook's column a cell takes; a Chinese one takes two."""
    if isinstance(cell, datetime):
        return MOMENT_WIDTH
    if isinstance(cell, date):
        return DAY_WIDTH
    lines = shown(cell).split("\n")
    return max(sum(1 + (east_asian_width(char) in "WFA") for char in line) for line in lines)


def beginning(title: str, style: str, language: str) -> str:
    """A page up to its body; it needs nothing beside it. `language`: zh or en."""
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(visible(title))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
