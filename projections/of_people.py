"""Customers as the read model keeps them: registered, profiled, marked, tagged, linked, restricted, erased."""

import msgspec

from guanhu.domain.customer import (
    CustomerErased,
    CustomerMarked,
    CustomerRestricted,
    CustomersLinked,
    CustomersRegistered,
    CustomerTagged,
    CustomerUnmarked,
    PersonalData,
    ProfileRecorded,
)
from guanhu.domain.facts import EVER
from guanhu.projections.former import BY_FILE, PERSON, keep, keep_rows
from guanhu.projections.projection import Projection, projects, trace
from guanhu.projections.search_keys import keys
from guanhu.projections.searching import forget_keys, write_keys

ALWAYS = 1
"""A registration holds on every date: its facts are known from the first day on."""

PERSONAL_TEXTS = (
    ("act", "note"), ("affair", "text"), ("affair", "closed_text"), ("mark", "reason"), ("waiver", "reason"),
    ("evidence", "text"),
    ("inspection_item", "remark"), ("inspection_sheet", "remark"),
    ("inspection_finding", "text"), ("inspection_finding", "withdrawn"),
    ("inspection_answer", "text"), ("inspection_answer", "done"), ("inspection_answer", "note"),
)  # fmt: skip
"""Free text of customers in the read model, which an erasure takes away."""

_encode = msgspec.msgpack.Encoder().encode
_personal = msgspec.msgpack.Decoder(PersonalData)


@projects(CustomersRegistered)
def registered(p: Projection, position: int, event: CustomersRegistered) -> None:
    """New customers with their facts and what they are found by."""
    opened = p.opened(list(zip(event.customer_nos, event.sealed, strict=True)), "registered")
    ids = p.new_ids(event.customer_nos)
    rows: list[tuple[object, ...]] = []
    found: list[tuple[str, int]] = []
    for no, outlet, plain in zip(event.customer_nos, event.outlets, opened, strict=True):
        cid = ids[no]
        data = _personal.decode(plain) if plain is not None else PersonalData()
        facts = data.facts
        rows.append((
            cid, no, position, outlet, data.name, _encode({k: (v, ALWAYS) for k, v in facts.items()}),
            facts.get("birthday", ""), facts.get("lunar_birthday", ""), plain is None,
        ))  # fmt: skip
        for key in keys(data.name, facts):
            found.append((key, cid))
    p.cursor.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)", rows)
    p.found_by(found)
    p.knows(ids)


@projects(ProfileRecorded)
def profile(p: Projection, position: int, event: ProfileRecorded) -> None:
    """Facts learned since; a fact keeps the day since when it is known, "" takes it back."""
    cid = p.id(event.customer_no)
    _keep_person(p, position, event, cid)
    if event.outlet is not None:
        p.cursor.execute("UPDATE customer SET outlet = ? WHERE id = ?", (event.outlet, cid))
    p.touch(cid)
    (plain,) = p.opened([(event.customer_no, event.sealed)], "profile")
    if plain is None:
        return
    data = _personal.decode(plain)
    name, blob = p.cursor.execute("SELECT name, personal FROM customer WHERE id = ?", (cid,)).fetchone()
    known: dict[str, tuple[str, int]] = msgspec.msgpack.decode(blob)
    day = event.occurred_on.toordinal()
    for fact, value in data.facts.items():
        since = known[fact][1] if fact in known and known[fact][0] else day
        known[fact] = (value, since)
    known = {fact: entry for fact, entry in known.items() if entry[0]}
    write_person(p, cid, data.name or name, known)


def _keep_person(p: Projection, position: int, event: ProfileRecorded, cid: int) -> None:
    if not event.command.startswith(BY_FILE):
        row = p.cursor.execute("SELECT name, personal, outlet FROM customer WHERE id = ?", (cid,)).fetchone()
        keep(p, position, cid, PERSON, [row])


def write_person(p: Projection, cid: int, name: str, known: dict[str, tuple[str, int]]) -> None:
    """Write a customer's facts and make the search keys anew."""
    facts = {fact: entry[0] for fact, entry in known.items()}
    forget_search(p, cid)
    p.cursor.execute(
        "UPDATE customer SET name = ?, personal = ?, birthday = ?, lunar_birthday = ? WHERE id = ?",
        (name, msgspec.msgpack.encode(known), facts.get("birthday", ""), facts.get("lunar_birthday", ""), cid),
    )
    write_keys(p.cursor, [(key, cid) for key in keys(name, facts)])


def forget_search(p: Projection, cid: int) -> None:
    """Take a customer out of the search."""
    row = p.cursor.execute("SELECT name, personal FROM customer WHERE id = ?", (cid,)).fetchone()
    facts = {fact: entry[0] for fact, entry in msgspec.msgpack.decode(row[1]).items()}
    p.flush()
    forget_keys(p.cursor, cid, keys(row[0], facts))


@projects(CustomerMarked, CustomerUnmarked)
def marked(p: Projection, position: int, event: CustomerMarked | CustomerUnmarked) -> None:
    """A mark stands from its day to the day it is taken off."""
    cid = p.id(event.customer_no)
    day = event.occurred_on.toordinal()
    context = "marked" if isinstance(event, CustomerMarked) else "unmarked"
    (plain,) = p.opened([(event.customer_no, event.reason)], context)
    if isinstance(event, CustomerMarked):
        reason = plain.decode() if plain else ""
        p.cursor.execute(
            "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?)", (cid, event.mark, day, EVER, event.by, reason, position)
        )
    else:
        standing = "customer_id = ? AND mark = ? AND end = ?"
        keep_rows(p, position, event, cid, "mark", standing, (cid, event.mark, EVER))
        p.cursor.execute(
            "UPDATE mark SET end = ? WHERE customer_id = ? AND mark = ? AND end = ?", (day, cid, event.mark, EVER)
        )
    p.touch(cid)


@projects(CustomerTagged)
def tagged(p: Projection, position: int, event: CustomerTagged) -> None:
    """Tags are what stands now; who set them is in the history."""
    cid = p.id(event.customer_no)
    (plain,) = p.opener.unseal_many(p.cursor, [(event.customer_no, event.tag)], "tagged")
    if plain is None:
        return
    keep_rows(p, position, event, cid, "tag", "customer_id = ? AND tag = ?", (cid, plain.decode()))
    if event.on:
        p.cursor.execute("INSERT OR REPLACE INTO tag VALUES (?, ?, ?)", (cid, plain.decode(), position))
    else:
        p.cursor.execute("DELETE FROM tag WHERE customer_id = ? AND tag = ?", (cid, plain.decode()))


@projects(CustomersLinked)
def linked(p: Projection, position: int, event: CustomersLinked) -> None:
    """A link is seen from both ends."""
    one, other = p.id(event.customer_no), p.id(event.other_no)
    for pair in ((one, other), (other, one)):
        same = "customer_id = ? AND other_id = ? AND relation = ?"
        keep_rows(p, position, event, pair[0], "link", same, (*pair, event.relation))
        if event.on:
            p.cursor.execute("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)", (*pair, event.relation, position))
        else:
            p.cursor.execute(
                "DELETE FROM link WHERE customer_id = ? AND other_id = ? AND relation = ?", (*pair, event.relation)
            )
    trace(p, [(other, position)])


@projects(CustomerRestricted)
def restricted(p: Projection, position: int, event: CustomerRestricted) -> None:
    """Personal data are kept but not shown."""
    p.cursor.execute("UPDATE customer SET restricted = ? WHERE id = ?", (event.on, p.id(event.customer_no)))


@projects(CustomerErased)
def erased(p: Projection, position: int, event: CustomerErased) -> None:
    """All personal rows go; balances and tiers stay under the number."""
    cid = p.ids((event.customer_no,)).get(event.customer_no)
    known = p.cursor.execute("SELECT 1 FROM customer WHERE id = ? AND no = ?", (cid, event.customer_no)).fetchone()
    if cid is None or known is None:
        _erased_number(p, position, event.customer_no)
        return
    forget_search(p, cid)
    p.cursor.execute(
        "UPDATE customer SET name = '', personal = ?, birthday = '', lunar_birthday = '', erased = 1 WHERE id = ?",
        (msgspec.msgpack.encode({}), cid),
    )
    p.flush()
    for table, column in PERSONAL_TEXTS:
        p.cursor.execute(f"UPDATE {table} SET {column} = '' WHERE customer_id = ?", (cid,))
    for table in ("tag", "link", "former"):
        p.cursor.execute(f"DELETE FROM {table} WHERE customer_id = ?", (cid,))
    p.cursor.execute("DELETE FROM link WHERE other_id = ?", (cid,))
    p.touch(cid)


def _erased_number(p: Projection, position: int, customer_no: str) -> None:
    """A number whose registration was taken back: it stands among the erased, and is given to nobody."""
    ids = p.new_ids((customer_no,))
    row = (ids[customer_no], customer_no, position, "", "", _encode({}), "", "", 0, 1)
    p.cursor.execute("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    p.knows(ids)
