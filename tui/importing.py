"""What the import screen does in threads: look a file through without writing, take it in, keep the refused rows."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from guanhu.domain.errors import Refused
from guanhu.intake.guess import guess_kind
from guanhu.intake.mapping import ColumnMapping
from guanhu.intake.records import Kind
from guanhu.intake.refusal import Refusal
from guanhu.intake.source import Source, open_source
from guanhu.language import N_, _, current
from guanhu.language.reasons import sentence
from guanhu.store.book import Book
from guanhu.store.import_kinds import Context
from guanhu.store.importing import ImportResult, import_file
from guanhu.store.private_file import private_file
from guanhu.tui.beginning import Tell

KIND_WORDS: Mapping[str, str] = {
    "customers": N_("list of customers"),
    "balances": N_("balance report"),
    "contacts": N_("record of contacts"),
    "products": N_("products held"),
    "staff": N_("staff and posts"),
    "assignments": N_("assignments"),
}
# Both pairs are passed over when the file is imported again.
_TITLES: Mapping[str, dict[str, str]] = {"zh": {"row_title": "行号", "reason_title": "原因"}, "en": {}}


def kind_words(kind: str) -> str:
    """What a kind of file holds."""
    return _(KIND_WORDS[kind])


class Looked(msgspec.Struct, frozen=True):
    """A file looked through: its kind and how that was found, the date of rows without one, what would happen.

    `columns`: those that somebody named, by the header that stands for each.
    """

    path: Path
    kind: Kind
    guessed: bool
    day: date | None
    header: tuple[str, ...]
    result: ImportResult
    columns: Mapping[str, str] = {}


class Taken(msgspec.Struct, frozen=True):
    """A file taken in, with what is needed to keep its refused rows."""

    path: Path
    source: Source
    result: ImportResult


def look(
    book: Book, path: Path, kind: Kind | None, day: date | None, by: str, tell: Tell,
    columns: Mapping[str, str] | None = None,
) -> Looked:  # fmt: skip
    """A dry run: nothing is written. Refused("no_header") where the header tells no kind, UnreadableFile."""
    found = kind or guess_kind(str(path))
    if found is None:
        raise Refused("no_header", file=path.name)
    mapping = ColumnMapping(columns or {})
    if day is None and found == "balances":
        day = _date_wanted(path, book, mapping)
    source = open_source(str(path), found, day=day, mapping=mapping)
    result = import_file(book, source, Context(day), by=by, progress=tell, dry_run=True)
    return Looked(path, found, kind is None, day, tuple(source.header.cells), result, mapping.columns)


def _date_wanted(path: Path, book: Book, mapping: ColumnMapping) -> date | None:
    """Today, for balances whose file has no date at all."""
    try:
        open_source(str(path), "balances", mapping=mapping)
    except Refused as refused:
        if refused.code == "missing_column" and refused.details.get("column") == "date":
            return book.today
        raise
    return None


def take(book: Book, looked: Looked, by: str, tell: Tell) -> Taken:
    """Take the file in, batch by batch; what `tell` raises ends it between two.

    Refused("file_changed_since", file) where the file does not say any more what was looked through.
    """
    source = open_source(str(looked.path), looked.kind, day=looked.day, mapping=ColumnMapping(looked.columns))
    if source.sha256 != looked.result.sha256:
        raise Refused("file_changed_since", file=looked.path.name)
    result = import_file(book, source, Context(looked.day), by=by, progress=tell)
    return Taken(looked.path, source, result)


def reason(refusal: Refusal) -> str:
    """Why a row was refused, as a sentence."""
    return sentence(refusal.reason, {"value": refusal.value})


def reason_alone(refusal: Refusal) -> str:
    """Why a row was refused, without what stands there: for a line that has no room for both."""
    return sentence(refusal.reason, {"value": ""}).strip().rstrip(":：")


def keep_refused(taken: Taken, path: Path) -> Path:
    """Write the refused rows where they can be mended. Refused("not_writable"), and what files refuse."""
    from guanhu.intake.mend import check_not_source, write_refused

    check_not_source(taken.source, path)
    with private_file(path) as target:
        write_refused(taken.source, taken.result.rejected, target, explain=reason, **_TITLES[current()])
    return path
