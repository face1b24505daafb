"""A file into the book: in batches, each one transaction, known by (file, attempt, phase, n).

Other terminals get their turn between batches; a rerun after a crash goes on where it stopped. A file
that was gone through is known: the same file again tries only the rows that were refused (DESIGN 4, 7).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import msgspec

from guanhu.domain.events import stamped
from guanhu.domain.statement import BatchImported, FileImported, ImportBegun
from guanhu.intake.refusal import Refusal
from guanhu.intake.source import Source
from guanhu.store.book import Book
from guanhu.store.bulk import bulk
from guanhu.store.import_kinds import PHASES, Context, Judge
from guanhu.store.import_run import Run, run_of
from guanhu.store.statements import Counts
from guanhu.store.writer import Writer

BATCH = 20_000

Progress = Callable[[int, int | None], None]
"""Called with the rows done and the rows in all (None: not known), between batches.

What it raises ends the import there: the batches before are in and whole, and the file again goes on after them.
"""


class ImportResult(msgspec.Struct):
    """What became of a file."""

    kind: str
    file: str
    sha256: str
    rows: int
    counts: Counts
    rejected: list[Refusal]
    repeated: bool

    def document(self) -> dict[str, Any]:
        """The JSON document of `import --json` (DESIGN 7)."""
        c = self.counts
        return {
            "kind": self.kind,
            "file": self.file,
            "sha256": self.sha256,
            "rows": self.rows,
            "accepted": c.accepted,
            "registered": c.registered,
            "changed": c.changed,
            "unchanged": c.unchanged,
            "tier_changes": c.tier_changes,
            "late": c.late,
            "rejected": [
                {"row": r.row, "column": r.column, "value": r.value, "reason": r.reason} for r in self.rejected
            ],
        }


class _DryRun(Exception):
    """Ends a transaction that was only to show what would happen."""


def import_file(
    book: Book, source: Source, context: Context, *,
    by: str = "", progress: Progress | None = None, dry_run: bool = False,
) -> ImportResult:  # fmt: skip
    """Take a file in. Bad rows are refused, not raised.

    Raises what reading the file raises (UnreadableFile), BookBusy, and what `progress` raises.
    """
    if not dry_run:
        with bulk():
            return _Importer(book, source, context, by, progress).run()
    result: list[ImportResult] = []
    try:
        with bulk(), book.writing(by=by) as writer:
            result.append(_Importer(book, source, context, by, progress, writer).run())
            raise _DryRun
    except _DryRun:
        return result[0]


class _Importer:
    def __init__(
        self, book: Book, source: Source, context: Context, by: str, progress: Progress | None,
        inside: Writer | None = None,
    ) -> None:  # fmt: skip
        self.book, self.source, self.context, self.by = book, source, context, by
        self.progress = progress or (lambda done, total: None)
        self.inside = inside
        self.counts = Counts()
        self.rejected: list[Refusal] = []
        self.unread: list[Refusal] = []
        self.read = self.written = 0
        self.passes = 2 if source.kind == "balances" or "balance_yuan" in source.header.columns else 1
        """How often each row is gone through: balances are read all, then written in order of date."""
        self.new = False
        self.refused_rows: set[int] = set()
        dated = "" if context.day is None else f":{context.day.isoformat()}"
        self.key = f"{source.kind}:{source.sha256}{dated}"
        self.command = f"import:{self.key}"

    def run(self) -> ImportResult:
        with self.book.reading() as cursor:
            run = run_of(cursor, self.key)
        phases = PHASES[self.source.kind]
        rows = self._rows(phases)
        for phase, judge in phases.items():
            for n, part in enumerate(rows[phase]() if callable(rows[phase]) else _parts(rows[phase]), 1):
                self._batch(run, phase, n, part, judge)
                if phase == "balances":
                    self.written += len(part)
                    self._tell()
        self._finish(run)
        self.rejected.sort(key=lambda refusal: (refusal.row, refusal.column))
        return ImportResult(
            self.source.kind, self.source.name, self.source.sha256, self.read, self.counts, self.rejected,
            run.retried is not None,
        )  # fmt: skip

    def _rows(self, phases: dict[str, Judge]) -> dict[str, Any]:
        """For each phase its batches: as the file gives them, or all balances in order of date."""
        if self.source.kind == "balances":
            ordered: list[Any] = []
            for records in self._chunks():
                ordered += records
            _in_order(ordered)
            return {"balances": ordered}
        if self.source.kind == "customers":
            balances: list[Any] = []

            def registering() -> Iterator[list[Any]]:
                for records in self._chunks():
                    yield records
                    balances.extend(
                        (r.row, r.customer_no, r.balance_fen, r.balance_day)
                        for r in records
                        if r.balance_day is not None and r.row not in self.refused_rows
                    )
                _in_order(balances)

            return {"customers": registering, "balances": balances}
        return {next(iter(phases)): self._chunks}

    def _chunks(self) -> Iterator[list[Any]]:
        for records, refusals in self.source.chunks(BATCH):
            self.read += len(records) + len({refusal.row for refusal in refusals})
            self.unread += refusals
            self.rejected += refusals
            self._tell()
            yield list(records)

    def _tell(self) -> None:
        total = self.source.rows_total
        done = (self.read + self.written) // self.passes
        self.progress(done if total is None else min(done, total), total)  # the last line may have no end to be counted

    # ------------------------------------------------------------ one batch
    def _batch(self, run: Run, phase: str, n: int, records: Sequence[Any], judge: Judge) -> None:
        main = phase == next(iter(PHASES[self.source.kind]))
        wanted = records if run.retried is None else [record for record in records if run.wants(_row(record))]
        if main:
            known = len(records) - len(wanted)
            self.counts.accepted += known
            self.counts.unchanged += known
        if not wanted:
            return
        counts = run.done.get((phase, n))
        if counts is None:
            counts = self._write(run, phase, n, wanted, judge)
        elif main and run.refused:
            counts.refused = [(row, *run.refused[row]) for row in map(_row, wanted) if row in run.refused]
        self.refused_rows.update(row for row, _, _ in counts.refused)
        if not main:
            # The row was accepted in its first phase; here only its balance can still be refused or change.
            counts.accepted = counts.unchanged = 0
            counts.changed = 0
        self.counts.add(counts)
        by_row = {_row(record): record for record in wanted} if counts.refused else {}
        self.rejected += [self._refusal(by_row.get(row), row, column, reason) for row, column, reason in counts.refused]

    def _write(self, run: Run, phase: str, n: int, records: Sequence[Any], judge: Judge) -> Counts:
        if self.inside is not None:
            counts = self._judge(self.inside, run, phase, n, records, judge)
            self.inside.settle()
            return counts
        with self.book.writing(by=self.by, command=f"{self.command}:{run.attempt}") as writer:
            return self._judge(writer, run, phase, n, records, judge)

    def _judge(self, w: Writer, run: Run, phase: str, n: int, records: Sequence[Any], judge: Judge) -> Counts:
        taken = w.cursor.execute(
            "SELECT counts FROM import_batch WHERE run = ? AND attempt = ? AND phase = ? AND n = ?",
            (run.key, run.attempt, phase, n),
        ).fetchone()
        if taken:  # another process is taking the same file in
            return Counts(*msgspec.msgpack.decode(taken[0]))
        if run.retried is None:
            self._begin(w, run)
        counts = judge(w, records, run.began, self.context)
        if run.retried is not None:
            if not counts.accepted:
                return counts
            self._begin(w, run)
        self.new = True
        event = BatchImported(
            *stamped(w.stamp(self.book.today)), run.key, run.attempt, phase, n, counts.accepted, counts.registered,
            counts.changed, counts.unchanged, counts.tier_changes, counts.late, tuple(counts.refused),
        )  # fmt: skip
        w.append(f"import:{run.key}", event)
        return counts

    def _begin(self, w: Writer, run: Run) -> None:
        known = w.cursor.execute(
            "SELECT 1 FROM import_run WHERE run = ? AND attempt = ?", (run.key, run.attempt)
        ).fetchone()
        if known:
            return
        head = stamped(w.stamp(self.book.today))
        event = ImportBegun(*head, run.key, self.source.kind, self.source.name, run.began, run.attempt)
        w.append(f"import:{run.key}", event)

    def _finish(self, run: Run) -> None:
        """Say that the file has been gone through; a repetition that brought nothing leaves no event."""
        if not self.new and not run.begun and run.retried is not None:
            return
        if self.inside is not None:
            return
        with self.book.writing(by=self.by, command=f"{self.command}:{run.attempt}") as w:
            self._begin(w, run)
            # A second attempt keeps all that is still refused: the next one looks only at these.
            still = self.unread if run.retried is None else self.rejected
            refused = tuple((r.row, r.column, r.reason) for r in still)
            head = stamped(w.stamp(self.book.today))
            event = FileImported(*head, run.key, self.source.kind, self.source.name, run.attempt, self.read, refused)
            w.append(f"import:{run.key}", event)

    def _refusal(self, record: Any, row: int, column: str, reason: str) -> Refusal:
        header = self.source.header
        place = header.columns.get(column)
        shown = header.cells[place] if place is not None and place < len(header.cells) else column
        named = _FIELD.get(column, column)
        if isinstance(record, tuple):
            value = date.fromordinal(record[3]).isoformat() if column == "date" else record[1]
        else:
            value = getattr(record, named, "")  # "" where there is no record
        return Refusal(row, shown, str(value)[:80], reason)


_NUMBER, _DAY, _NUMBER_AND_DAY = itemgetter(1), itemgetter(3), itemgetter(1, 3)
_FIELD = {"date": "day", "next_date": "next_day", "staff_id": "staff_id"}


def _row(record: Any) -> int:
    return int(record[0] if isinstance(record, tuple) else record.row)


def _in_order(rows: list[Any]) -> None:
    """Sort balances by date; where a customer stands twice for one date, the two stand together in file order."""
    rows.sort(key=_DAY)
    if not rows:
        return
    # The numbers alone are half the work, and enough for the statement of one date.
    one_date = rows[0][3] == rows[-1][3]
    if len(set(map(_NUMBER if one_date else _NUMBER_AND_DAY, rows))) < len(rows):
        rows.sort(key=lambda row: (row[3], row[1]))


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    """Batches that never part two records of one customer and date: only the later of them may rate."""
    start = 0
    while start < len(rows):
        end = min(start + BATCH, len(rows))
        while end < len(rows) and rows[end][1] == rows[end - 1][1] and rows[end][3] == rows[end - 1][3]:
            end += 1
        yield rows[start:end]
        start = end
