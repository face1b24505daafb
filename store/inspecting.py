"""Inspections (检查): opened on a cut-off with a sample, worksheets filled, closed (SCHEMES.md 1, the log).

Who maintains does not inspect: each of these acts is refused to whoever looks after customers of the scope, answers for
its outlet, or is the one inspected (`domain/inspection.py`, check_inspector).
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from guanhu.domain.errors import NotFound, Refused, check_among
from guanhu.domain.events import stamped
from guanhu.domain.inspection import (
    CHECKS,
    ENTRY_KINDS,
    MOST_SAMPLED,
    SETTLED,
    SUBJECTS,
    VERDICTS,
    InspectionClosed,
    InspectionOpened,
    Scope,
    WorksheetFilled,
    check_closing,
    check_inspector,
)
from guanhu.domain.sampling import Unit, draw, seed_of
from guanhu.projections.inspection_population import in_care, outlets_of, population
from guanhu.projections.policy import policy_of
from guanhu.projections.posts import check_known, posts_held
from guanhu.store.book import Book, Receipt
from guanhu.store.checks import check_name, check_past, check_staff, free_text, needed_reason, needed_text
from guanhu.store.cutoff import cut_off, walk
from guanhu.store.inspected_entries import took_part
from guanhu.store.writer import Writer


# ---------------------------------------------------------------- opening
def open_inspection(
    book: Book, title: str, scope: Scope, size: int, on: date, *, seed: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Open an inspection on the log as it is now, and draw its sample; without a seed the root's head is the seed.

    The event at the receipt's position has the number that the inspection got. NotFound("unknown_outlet",
    "unknown_staff"); Refused("text_missing", "text_too_long", "future_act", "inspection_backwards", "bad_sample_size",
    "nothing_to_inspect", "unknown_subject", "unknown_entry_kind", "kinds_of_customers", and those of
    `check_inspector`); BookDamaged("tree_mismatch").
    """
    walked, looked = walk(book), _look(book, scope, on)

    def act(w: Writer) -> None:
        check_past(w, on)
        named = needed_text(check_name(title))
        _check_scope(scope, size, on)
        check_known(w.cursor, staff=scope.staff_id, outlet=scope.outlet)
        check_may_inspect(w, scope, on)
        cutoff = cut_off(book, w.cursor, walked)
        sown = check_name(seed) or seed_of(cutoff.root)
        units = looked.units
        if looked.position != cutoff.position:  # somebody wrote since
            units = population(w.cursor, w.policy, book.calendar, scope, on)
        if not units:
            raise Refused("nothing_to_inspect")
        sample = draw(units, size, sown, cutoff.root)
        number = _next_number(w, on)
        event = InspectionOpened(
            *stamped(w.stamp(on)), number, named, scope, cutoff.position, cutoff.root, cutoff.text, sown, size,
            sample.digest, sample.strata, sample.units,
        )  # fmt: skip
        w.append(f"inspection:{number}", event)

    return book.once(command, act, by=by)


class _Looked(msgspec.Struct, frozen=True):
    """What could be drawn as of a position."""

    position: int
    units: list[Unit]


def _look(book: Book, scope: Scope, on: date) -> _Looked:
    """A look before the transaction: those of a large branch's year take longer than others should wait to write."""
    with book.reading() as cursor:
        policy = policy_of(cursor)
        if policy is None:
            raise Refused("no_scheme")
        units = population(cursor, policy, book.calendar, scope, on)
        return _Looked(book.recorder.head(cursor), units)


def _check_scope(scope: Scope, size: int, on: date) -> None:
    check_among(scope.subject, SUBJECTS, "unknown_subject")
    if scope.subject == "customers" and scope.kinds:
        raise Refused("kinds_of_customers")
    for kind in scope.kinds:
        check_among(kind, ENTRY_KINDS, "unknown_entry_kind")
    if scope.last < scope.first:
        raise Refused("inspection_backwards", first=scope.first.isoformat(), last=scope.last.isoformat())
    if scope.last > on:
        raise Refused("future_act", day=scope.last.isoformat())
    if not 0 < size <= MOST_SAMPLED:
        raise Refused("bad_sample_size", value=str(size), most=MOST_SAMPLED)


def _next_number(w: Writer, on: date) -> str:
    """JC-2026-001: the year of the opening and a running number in it; JC is 检查."""
    head = f"JC-{on.year}-"
    row = w.cursor.execute(
        "SELECT max(CAST(substr(id, ?) AS INTEGER)) FROM inspection WHERE substr(id, 1, ?) = ?",
        (len(head) + 1, len(head), head),
    ).fetchone()
    return f"{head}{(row[0] or 0) + 1:03d}"


def inspection_opened_at(book: Book, position: int) -> str:
    """The number of the inspection whose opening stands at a position: what a receipt of `open_inspection` names."""
    with book.reading() as cursor:
        row = cursor.execute("SELECT id FROM inspection WHERE position = ?", (position,)).fetchone()
    if row is None:
        raise NotFound("unknown_inspection", inspection=str(position))
    found: str = row[0]
    return found


# ---------------------------------------------------------------- worksheets
def fill_worksheet(
    book: Book, number: str, item: str, verdict: str, on: date, *, checks: Sequence[str] = (), remark: str = "",
    by: str = "", command: str = "",
) -> Receipt:  # fmt: skip
    """Say what an inspector found of a sampled entry (its position) or customer (its number); anew, the later counts.

    Whatever is not in order needs a remark. NotFound("unknown_inspection", "not_in_sample"); Refused("unknown_verdict",
    "unknown_check", "remark_missing", "own_entry", "inspection_over", and those of `check_inspector`).
    """

    def act(w: Writer) -> None:
        scope = check_open(w, number, on)
        check_may_inspect(w, scope, on)
        row = w.cursor.execute(
            "SELECT no, erased FROM inspection_item JOIN customer ON id = customer_id WHERE inspection = ? AND key = ?",
            (number, item),
        ).fetchone()
        if row is None:
            raise NotFound("not_in_sample", inspection=number, item=item)
        check_among(verdict, VERDICTS, "unknown_verdict")
        for each in checks:
            check_among(each, CHECKS, "unknown_check")
        text = free_text(remark)
        if verdict != "ok" and not text and not row[1]:  # of the erased nothing can be written any more
            raise Refused("remark_missing", verdict=verdict)
        if scope.subject == "entries" and took_part(w, int(item)):
            raise Refused("own_entry", position=int(item), staff_id=w.by)
        sealed = w.seal(row[0], text, "inspection_sheet")
        done = tuple(check for check in CHECKS if check in checks)
        event = WorksheetFilled(*stamped(w.stamp(on)), number, item, row[0], verdict, done, sealed)
        w.append(f"inspection:{number}", event)

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- closing
def close_inspection(
    book: Book, number: str, conclusion: str, on: date, *, unfinished: str = "", by: str = "", command: str = ""
) -> Receipt:
    """Close an inspection with a conclusion; `unfinished`: why, while worksheets or findings are left.

    NotFound("unknown_inspection"); Refused("text_missing", "inspection_over", and those of `check_closing` and
    `check_inspector`).
    """

    def act(w: Writer) -> None:
        scope = check_open(w, number, on)
        check_may_inspect(w, scope, on)
        text = needed_text(conclusion)
        sheets = w.cursor.execute(
            "SELECT count(*) FROM inspection_item WHERE inspection = ? AND filled = 0", (number,)
        ).fetchone()[0]
        states = w.cursor.execute("SELECT state FROM inspection_finding WHERE inspection = ?", (number,))
        findings = sum(state not in SETTLED for (state,) in states)
        why = free_text(unfinished)
        check_closing(sheets, findings, why)
        left = needed_reason(why) if sheets or findings else ""
        w.append(f"inspection:{number}", InspectionClosed(*stamped(w.stamp(on)), number, text, left))

    return book.once(command, act, by=by)


# ---------------------------------------------------------------- what the acts share
def check_open(w: Writer, number: str, on: date) -> Scope:
    """The scope of an inspection that is not over; NotFound("unknown_inspection"), Refused("inspection_over").

    Nothing is dated after today or before the opening: Refused("future_act", "before_the_act").
    """
    row = w.cursor.execute(
        "SELECT subject, outlet, staff, first, last, kinds, day, closed FROM inspection WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise NotFound("unknown_inspection", inspection=number)
    subject, outlet, staff, first, last, kinds, day, closed = row
    check_past(w, on)
    if closed is not None:
        raise Refused("inspection_over", inspection=number, day=date.fromordinal(closed).isoformat())
    if on.toordinal() < day:
        opened = date.fromordinal(day).isoformat()
        raise Refused("before_the_act", day=on.isoformat(), on=opened, what="of_inspection")
    return Scope(subject, outlet, staff, date.fromordinal(first), date.fromordinal(last), tuple(kinds.split()))


def check_may_inspect(w: Writer, scope: Scope, on: date) -> None:
    """That who acts may inspect this scope on a day: `check_inspector`, NotFound("unknown_staff")."""
    if w.by:
        check_staff(w, w.by, on)
    held = posts_held(w.cursor, w.by, on.toordinal())
    check_inspector(w.by, held, scope, outlets_of(w.cursor, scope, on), in_care(w.cursor, scope, w.by, on))
