"""Schemes adopted: from its date on, a scheme decides; what was decided before stands (DESIGN 6)."""

from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.events import stamped
from guanhu.domain.scheme import Scheme
from guanhu.domain.scheme_file import read_scheme
from guanhu.domain.staff import SchemeAdopted
from guanhu.projections.rederive import AT_ONCE, rederive
from guanhu.store.book import Book, Receipt
from guanhu.store.rating import rate
from guanhu.store.writer import Writer


def put_in_force(w: Writer, text: str, from_day: date) -> Scheme:
    """Adopt a scheme inside a transaction, without what follows for customers. SchemeInvalid."""
    scheme = read_scheme(text)
    event = SchemeAdopted(*stamped(w.stamp(from_day)), scheme.id, scheme.version, text)
    w.append(f"scheme:{scheme.id}", event)
    w.adopt()
    return scheme


def adopt_scheme(book: Book, text: str, from_day: date, *, by: str = "", command: str = "") -> Receipt:
    """Adopt a scheme from a day on, perhaps one to come; every customer's next move and duties are derived anew.

    SchemeInvalid with all that is wrong in the file; Refused("scheme_known") for a text adopted before,
    ("scheme_version") for a version that is not above the last of its id, ("scheme_in_past") for a date before the
    book's day, ("scheme_order") for one before the last adopted scheme begins.
    """

    def act(w: Writer) -> None:
        scheme = read_scheme(text)
        _check_new(w, scheme, text)
        _check_day(w, from_day)
        put_in_force(w, text, from_day)
        rederive(w.projection)
        if from_day.toordinal() == w.book_day:
            _rate_today(w)

    return book.once(command, act, by=by)


def _check_new(w: Writer, scheme: Scheme, text: str) -> None:
    adopted = w.cursor.execute("SELECT version, text FROM scheme WHERE id = ?", (scheme.id,)).fetchall()
    if any(known == text for _, known in adopted):
        raise Refused("scheme_known", scheme=scheme.id, version=scheme.version)
    last = max((version for version, _ in adopted), default=0)
    if scheme.version <= last:
        raise Refused("scheme_version", scheme=scheme.id, version=scheme.version, last=last)


def _check_day(w: Writer, from_day: date) -> None:
    if from_day.toordinal() < w.book_day:
        book_day = date.fromordinal(w.book_day).isoformat()
        raise Refused("scheme_in_past", day=from_day.isoformat(), book_day=book_day)
    last = w.cursor.execute("SELECT max(start) FROM scheme").fetchone()[0]
    if last is not None and from_day.toordinal() < last:
        raise Refused("scheme_order", day=from_day.isoformat(), last=date.fromordinal(last).isoformat())


def _rate_today(w: Writer) -> None:
    """Whom the new scheme lifts on the book's own day, which `rederive` takes for decided."""
    last = 0
    while True:
        rows = w.cursor.execute(
            "SELECT id, no FROM account JOIN customer ON id = customer_id WHERE id > ? AND tier_since IS NOT NULL"
            " ORDER BY id LIMIT ?",
            (last, AT_ONCE),
        ).fetchall()
        if not rows:
            return
        accounts = w.projection.load(cid for cid, _ in rows)
        rate(w, [(no, accounts[cid], False) for cid, no in rows])
        w.settle()
        last = rows[-1][0]
