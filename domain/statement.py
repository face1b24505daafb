"""Balances as the bank reports them (对账), and the single deposits and withdrawals of the counter.

A statement is what the core system sent for one date: columns of customers and fen. Only customers
whose balance differs from what is known stand in the columns; `unchanged` is a bitmap over the
book's customer ids of those reported with the balance already known, so that a full feed stays
small and the last reported date is still known (DESIGN 3).
"""

from guanhu.domain.events import Event, topic

COLUMN_ROWS = 5_000


@topic("balances")
class BalancesReported(Event, frozen=True, array_like=True, gc=False):
    """Balances of one date, in fen; `first_id` is the customer id of the bitmap's lowest bit (zlib-packed)."""

    customer_nos: tuple[str, ...]
    fens: tuple[int, ...]
    late: bool = False
    first_id: int = 0
    unchanged: bytes = b""


@topic("deposit")
class Deposited(Event, frozen=True, array_like=True, gc=False):
    """Money paid in, in fen; changes the carried balance until the next statement."""

    customer_no: str
    fen: int


@topic("withdrawal")
class Withdrawn(Event, frozen=True, array_like=True, gc=False):
    """Money paid out, in fen; changes the carried balance until the next statement."""

    customer_no: str
    fen: int


@topic("tiers")
class TiersChanged(Event, frozen=True, array_like=True, gc=False):
    """Customers who moved between tiers on one date, in columns, under one version of the scheme.

    `from_tiers`/`to_tiers` hold "" for untiered; `bases` are the fen that decided, `rules` the rule.
    """

    scheme: str
    version: int
    customer_nos: tuple[str, ...]
    from_tiers: tuple[str, ...]
    to_tiers: tuple[str, ...]
    bases: tuple[int, ...]
    rules: tuple[str, ...]


@topic("day")
class DayOpened(Event, frozen=True, array_like=True, gc=False):
    """The book's day moved forward to `occurred_on` (by a statement or by `day open`)."""


@topic("import_begun")
class ImportBegun(Event, frozen=True, array_like=True, gc=False):
    """The first rows of a file enter; `book_day` is the book's day then, against which its rows are late.

    `run` names the file: its kind, the hash of its bytes, and the date given for all its rows, if one was.
    """

    run: str
    kind: str
    name: str
    book_day: int
    attempt: int


@topic("import_batch")
class BatchImported(Event, frozen=True, array_like=True, gc=False):
    """Batch `n` of a file is in the book: with it, a rerun knows where to go on.

    `refused` are the rows of the batch that a rule refused: (row, column, reason code).
    """

    run: str
    attempt: int
    phase: str
    n: int
    accepted: int
    registered: int
    changed: int
    unchanged: int
    tier_changes: int
    late: int
    refused: tuple[tuple[int, str, str], ...]


@topic("imported")
class FileImported(Event, frozen=True, array_like=True, gc=False):
    """A file has been gone through to its end; `refused` are the rows that could not be read."""

    run: str
    kind: str
    name: str
    attempt: int
    rows: int
    refused: tuple[tuple[int, str, str], ...]
