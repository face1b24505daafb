"""What each kind of file does to the book: one function a kind, over one batch of rows in one transaction.

A row that a rule refuses is counted with its line, column and reason; the others go in.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from guanhu.domain.affairs import ProductHeld
from guanhu.domain.contact import ContactLogged
from guanhu.domain.customer import PersonalData, ProfileRecorded
from guanhu.domain.events import Event, stamped
from guanhu.domain.staff import OutletOpened, RoleGiven, StaffEnrolled
from guanhu.intake.records import AssignmentRecord, ContactRecord, CustomerRecord, ProductRecord, StaffRecord
from guanhu.projections.of_work import ordinal
from guanhu.projections.projection import chunks, marks
from guanhu.store.acts import DO_NOT_DISTURB, silence
from guanhu.store.registering import New, default_outlet, register_many
from guanhu.store.seats import Seating
from guanhu.store.statements import Counts, report
from guanhu.store.writer import Writer


class Context(msgspec.Struct, frozen=True):
    """What the command says of the whole file: the date of its rows where they have none (None: not said)."""

    day: date | None = None


Judge = Callable[[Writer, Sequence[Any], int, Context], Counts]

_encode = msgspec.msgpack.Encoder().encode


def customers(w: Writer, records: Sequence[CustomerRecord], began: int, context: Context) -> Counts:
    """New customers are registered; of known ones, what the file says otherwise is recorded."""
    counts = Counts()
    outlets = _outlets(w, {r.outlet for r in records if r.outlet})
    home = default_outlet(w)
    staff, today = _staff(w), w.book.today.toordinal()
    known = set(w.projection.ids(r.customer_no for r in records))
    erased = w.book.keyring.erased()
    new: list[New] = []
    updates: list[CustomerRecord] = []
    owned: list[tuple[str, str]] = []
    for r in records:
        if r.owner and r.owner not in staff:
            counts.refused.append((r.row, "owner", "unknown_staff"))
            continue
        if r.balance_day is not None and r.balance_day > today:
            counts.refused.append((r.row, "balance_date", "future_act"))
            continue
        if r.customer_no in erased and r.customer_no not in known:
            counts.refused.append((r.row, "customer_no", "customer_erased"))
            continue
        counts.accepted += 1
        if r.owner:
            owned.append((r.customer_no, r.owner))
        if r.customer_no in known:
            updates.append(r)
        else:
            known.add(r.customer_no)
            new.append((r.customer_no, outlets.get(r.outlet, home), PersonalData(r.name, r.facts)))
    if new:
        register_many(w, f"registration:{w.command}", new, w.book.today)
    counts.registered = len(new)
    counts.changed = _update(w, updates, outlets, counts)
    counts.unchanged = counts.accepted - counts.registered - counts.changed
    seating = Seating(w, [no for no, _ in owned], context.day)
    for no, staff_id in owned:
        seating.take(no, staff_id, "", "owner")
    seating.write()
    return counts


def _update(w: Writer, records: Sequence[CustomerRecord], outlets: dict[str, str], counts: Counts) -> int:
    """Record what is new of known customers; how many there are."""
    ids = w.projection.ids(r.customer_no for r in records)
    people: dict[int, tuple[str, str, bytes, int]] = {}
    for part in chunks(list({ids[r.customer_no] for r in records}), 900):
        rows = w.cursor.execute(
            f"SELECT id, name, outlet, personal, erased FROM customer WHERE id IN ({marks(part)})", part
        )
        people.update({row[0]: row[1:] for row in rows})
    events: list[tuple[str, Event]] = []
    on = w.book.today
    for r in records:
        name, outlet, personal, erased = people[ids[r.customer_no]]
        if erased:
            counts.accepted -= 1
            counts.refused.append((r.row, "customer_no", "customer_erased"))
            continue
        before = {fact: entry[0] for fact, entry in msgspec.msgpack.decode(personal).items()}
        facts = {fact: value for fact, value in r.facts.items() if before.get(fact) != value}
        new_name = r.name if r.name != name else ""
        named = outlets.get(r.outlet)
        moved = named if named and named != outlet else None
        if facts or new_name or moved:
            sealed = w.book.keyring.seal(w.cursor, r.customer_no, _encode(PersonalData(new_name, facts)), "profile")
            event = ProfileRecorded(*stamped(w.stamp(on)), r.customer_no, sealed, moved)
            events.append((f"customer:{r.customer_no}", event))
    w.append_each(events)
    return len(events)


def balances(w: Writer, records: Sequence[tuple[int, str, int, int]], began: int, context: Context) -> Counts:
    """Balances, in order of date."""
    today = w.book.today.toordinal()
    future = [row for row in records if row[3] > today]
    counts = report(w, w.command, [row for row in records if row[3] <= today], began)
    counts.refused += [(row[0], "date", "future_act") for row in future]
    return counts


def contacts(w: Writer, records: Sequence[ContactRecord], began: int, context: Context) -> Counts:
    """Contacts made elsewhere; one without a name counts, but for nobody."""
    ids, staff, today = w.projection.ids(r.customer_no for r in records), _staff(w), w.book.today
    erased = {row[0] for row in w.cursor.execute("SELECT no FROM customer WHERE erased = 1")}
    counts = Counts()
    good: list[ContactRecord] = []
    for r in records:
        if r.customer_no not in ids:
            counts.refused.append((r.row, "customer_no", "unknown_customer"))
        elif r.customer_no in erased:
            counts.refused.append((r.row, "customer_no", "customer_erased"))
        elif r.staff and r.staff not in staff:
            counts.refused.append((r.row, "staff", "unknown_staff"))
        elif r.day > today:
            counts.refused.append((r.row, "date", "future_act"))
        else:
            good.append(r)
    noted = [r for r in good if r.note]
    sealed = dict(
        zip(
            (r.row for r in noted),
            w.book.keyring.seal_many(w.cursor, [(r.customer_no, r.note.encode()) for r in noted], "contact"),
            strict=True,
        )
    )
    w.append_each([
        (
            f"customer:{r.customer_no}",
            ContactLogged(
                *stamped(w.stamp(r.day)), r.customer_no, r.staff, r.channel, r.outcome, sealed.get(r.row, b""),
                r.next_day, r.duration_seconds, True,
            ),
        )
        for r in good
    ])  # fmt: skip
    for r in good:
        if r.outcome == DO_NOT_DISTURB:
            wish = silence(w, r.customer_no, ids[r.customer_no], r.outcome, r.note, r.day)
            w.append_each([(f"customer:{r.customer_no}", event) for event in wish])
    counts.accepted = counts.changed = len(good)
    return counts


def products(w: Writer, records: Sequence[ProductRecord], began: int, context: Context) -> Counts:
    """Products held; the same product again with the same figures changes nothing."""
    ids = w.projection.ids(r.customer_no for r in records)
    counts = Counts()
    on = context.day or w.book.today
    events: list[tuple[str, Event]] = []
    held = _held(w, [ids[r.customer_no] for r in records if r.customer_no in ids])
    for r in records:
        if r.customer_no not in ids:
            counts.refused.append((r.row, "customer_no", "unknown_customer"))
            continue
        if r.amount_fen < 0:
            counts.refused.append((r.row, "amount_yuan", "not_positive"))
            continue
        if r.opened_on and r.matures_on and r.matures_on < r.opened_on:
            counts.refused.append((r.row, "matures_on", "before_the_act"))
            continue
        counts.accepted += 1
        number = r.product_no or "/".join((r.product, str(r.opened_on or ""), str(r.matures_on or "")))
        figures = (r.product, r.amount_fen, ordinal(r.opened_on), ordinal(r.matures_on))
        if held.get((ids[r.customer_no], number)) == figures:
            counts.unchanged += 1
            continue
        held[ids[r.customer_no], number] = figures
        counts.changed += 1
        event = ProductHeld(
            *stamped(w.stamp(on)), r.customer_no, number, r.product, r.amount_fen, r.opened_on, r.matures_on
        )
        events.append((f"customer:{r.customer_no}", event))
    w.append_each(events)
    return counts


def _held(w: Writer, ids: list[int]) -> dict[tuple[int, str], tuple[str, int, int | None, int | None]]:
    found: dict[tuple[int, str], tuple[str, int, int | None, int | None]] = {}
    for part in chunks(list(dict.fromkeys(ids)), 900):
        for cid, number, *figures in w.cursor.execute(
            "SELECT customer_id, product_no, product, amount, opened, matures FROM product"
            f" WHERE customer_id IN ({marks(part)})",
            part,
        ):
            found[cid, number] = tuple(figures)
    return found


def staff(w: Writer, records: Sequence[StaffRecord], began: int, context: Context) -> Counts:
    """Staff with their posts; posts without a date hold on every date. Outlets that are new are opened."""
    counts = Counts()
    on = context.day or date.min
    roles = w.policy.on(w.book.today).role
    outlets = _outlets(w, {r.outlet for r in records if r.outlet})
    home = default_outlet(w)
    for r in records:
        unknown = [role for role in r.roles if role not in roles]
        if unknown:
            counts.refused.append((r.row, "role", "unknown_role"))
            continue
        counts.accepted += 1
        events = list(_posting(w, r, outlets.get(r.outlet, home), on))
        w.append(f"staff:{r.staff_id}", *events)
        counts.changed += bool(events)
        counts.unchanged += not events
    return counts


def _posting(w: Writer, r: StaffRecord, outlet: str, on: date) -> list[Event]:
    head = stamped(w.stamp(on))
    row = w.cursor.execute("SELECT name FROM staff WHERE id = ?", (r.staff_id,)).fetchone()
    events: list[Event] = []
    if row is None or (r.name and row[0] != r.name):
        events.append(StaffEnrolled(*head, r.staff_id, r.name))
    today = w.book.today.toordinal()
    held = w.cursor.execute("SELECT role, outlet FROM post WHERE staff = ? AND end > ?", (r.staff_id, today)).fetchall()
    events += [RoleGiven(*head, r.staff_id, role, outlet) for role in r.roles if (role, outlet) not in held]
    return events


def assignments(w: Writer, records: Sequence[AssignmentRecord], began: int, context: Context) -> Counts:
    """Customers given to staff; undated, to one who had nobody before, the seat holds on every date."""
    ids, known = w.projection.ids(r.customer_no for r in records), _staff(w)
    counts = Counts()
    seating = Seating(w, [r.customer_no for r in records if r.customer_no in ids], context.day)
    for r in records:
        if r.customer_no not in ids:
            counts.refused.append((r.row, "customer_no", "unknown_customer"))
        elif r.staff_id not in known:
            counts.refused.append((r.row, "staff_id", "unknown_staff"))
        else:
            system = r.role in ("system", "system_owner")
            reason = seating.take(r.customer_no, r.staff_id, "" if system else r.role, "system" if system else "owner")
            if reason == "same":
                counts.accepted += 1
                counts.unchanged += 1
            elif reason:
                counts.refused.append((r.row, "role", reason))
            else:
                counts.accepted += 1
                counts.changed += 1
    seating.write()
    return counts


def _staff(w: Writer) -> set[str]:
    return {row[0] for row in w.cursor.execute("SELECT id FROM staff")}


def _outlets(w: Writer, named: set[str]) -> dict[str, str]:
    """The code of each outlet that a file names by code or by name.

    Those that the book does not know are opened under what the file calls them: the bank's core system is their
    authority.
    """
    codes: dict[str, str] = {}
    for code, name in w.cursor.execute("SELECT code, name FROM outlet ORDER BY position DESC").fetchall():
        codes[name] = code
    codes.update((code, code) for code in list(codes.values()))
    for code in sorted(named - codes.keys()):
        w.append(f"outlet:{code}", OutletOpened(*stamped(w.stamp(date.min)), code, code))
        codes[code] = code
    return codes


PHASES: Mapping[str, dict[str, Judge]] = {
    "customers": {"customers": customers, "balances": balances},
    "balances": {"balances": balances},
    "contacts": {"contacts": contacts},
    "products": {"products": products},
    "staff": {"staff": staff},
    "assignments": {"assignments": assignments},
}
