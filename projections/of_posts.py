"""Staff, outlets and who looks after whom, as the read model keeps them."""

from guanhu.domain.facts import EVER
from guanhu.domain.staff import (
    AffairsHandedOver,
    CustomersAssigned,
    CustomersReleased,
    DayReviewed,
    LeaveArranged,
    OutletClosed,
    OutletOpened,
    OutletSupervised,
    RoleGiven,
    RoleTaken,
    StaffEnrolled,
    StaffLeft,
)
from guanhu.projections.former import HANDED, keep
from guanhu.projections.projection import Projection, projects, trace


@projects(StaffEnrolled)
def enrolled(p: Projection, position: int, event: StaffEnrolled) -> None:
    """A new member of staff, or a new name."""
    p.cursor.execute(
        "INSERT INTO staff VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name,"
        " login = CASE WHEN excluded.login <> '' THEN excluded.login ELSE login END, left = excluded.left",
        (event.staff_id, event.name, event.login, event.occurred_on.toordinal(), EVER, position),
    )


@projects(RoleGiven)
def role_given(p: Projection, position: int, event: RoleGiven) -> None:
    """A post begins."""
    p.posts_moved()
    p.cursor.execute(
        "INSERT INTO post VALUES (?, ?, ?, ?, ?, ?)",
        (event.staff_id, event.role, event.outlet, event.occurred_on.toordinal(), EVER, position),
    )


@projects(RoleTaken)
def role_taken(p: Projection, position: int, event: RoleTaken) -> None:
    """A post ends."""
    p.posts_moved()
    p.cursor.execute(
        "UPDATE post SET end = ? WHERE staff = ? AND role = ? AND outlet = ? AND end = ?",
        (event.occurred_on.toordinal(), event.staff_id, event.role, event.outlet, EVER),
    )


@projects(StaffLeft)
def left(p: Projection, position: int, event: StaffLeft) -> None:
    """All posts end with the last day."""
    p.posts_moved()
    day = event.occurred_on.toordinal()
    p.cursor.execute("UPDATE staff SET left = ? WHERE id = ?", (day, event.staff_id))
    p.cursor.execute("UPDATE post SET end = ? WHERE staff = ? AND end > ?", (day, event.staff_id, day))


@projects(LeaveArranged)
def leave(p: Projection, position: int, event: LeaveArranged) -> None:
    """Days away, with a stand-in."""
    p.cursor.execute(
        "INSERT INTO leave VALUES (?, ?, ?, ?, ?)",
        (event.staff_id, event.stand_in, event.occurred_on.toordinal(), event.to.toordinal(), position),
    )


@projects(AffairsHandedOver)
def handed_over(p: Projection, position: int, event: AffairsHandedOver) -> None:
    """What the leaver had promised or been referred is now the successor's."""
    for column, kinds in (("staff", "('promise', 'request')"), ("other", "('referral')")):
        found = p.cursor.execute(
            f"SELECT position, customer_id FROM affair WHERE {column} = ? AND kind IN {kinds} AND closed IS NULL",
            (event.staff_id,),
        ).fetchall()
        keep(p, position, 0, HANDED, [(column, row[0], event.staff_id) for row in found])
        p.cursor.executemany(
            f"UPDATE affair SET {column} = ? WHERE position = ?", [(event.to_staff, row[0]) for row in found]
        )
        for _, cid in found:
            p.touch(cid)


@projects(CustomersAssigned)
def assigned(p: Projection, position: int, event: CustomersAssigned) -> None:
    """A seat is taken; a replaced owner's seat ends the day before."""
    day = event.occurred_on.toordinal()
    ids = p.ids(event.customer_nos)
    ended = [
        (day, ids[no], event.seat, former, day)
        for no, former in zip(event.customer_nos, event.replaces, strict=True)
        if former
    ]
    p.cursor.executemany("UPDATE care SET end = ? WHERE customer_id = ? AND seat = ? AND staff = ? AND end > ?", ended)
    p.cursor.executemany(
        "INSERT INTO care VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (ids[no], event.seat, event.staff_id, event.role, day, EVER, event.bulk, position)
            for no in event.customer_nos
        ],
    )
    for no in event.customer_nos:
        p.touch(ids[no])


@projects(CustomersReleased)
def released(p: Projection, position: int, event: CustomersReleased) -> None:
    """A seat ends."""
    day = event.occurred_on.toordinal()
    ids = p.ids(event.customer_nos)
    p.cursor.executemany(
        "UPDATE care SET end = ? WHERE customer_id = ? AND seat = ? AND staff = ? AND end > ?",
        [(day, ids[no], event.seat, event.staff_id, day) for no in event.customer_nos],
    )
    trace(p, [(ids[no], position) for no in event.customer_nos])
    for no in event.customer_nos:
        p.touch(ids[no])


@projects(OutletOpened)
def outlet_opened(p: Projection, position: int, event: OutletOpened) -> None:
    """An outlet, or its new name."""
    p.cursor.execute(
        "INSERT INTO outlet VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name",
        (event.outlet, event.name, event.occurred_on.toordinal(), EVER, position),
    )


@projects(OutletClosed)
def outlet_closed(p: Projection, position: int, event: OutletClosed) -> None:
    """The outlet's last day is over."""
    p.cursor.execute("UPDATE outlet SET closed = ? WHERE code = ?", (event.occurred_on.toordinal(), event.outlet))


@projects(DayReviewed)
def reviewed(p: Projection, position: int, event: DayReviewed) -> None:
    """The day's list has been gone through."""
    p.cursor.execute(
        "INSERT OR IGNORE INTO day_done VALUES ('daily_review', ?, ?, ?, ?, ?)",
        (event.staff_id, event.occurred_on.toordinal(), event.by, event.note, position),
    )


@projects(OutletSupervised)
def supervised(p: Projection, position: int, event: OutletSupervised) -> None:
    """The department has looked at the outlet's day."""
    p.cursor.execute(
        "INSERT OR IGNORE INTO day_done VALUES ('supervision', ?, ?, ?, ?, ?)",
        (event.outlet, event.occurred_on.toordinal(), event.staff_id, event.note, position),
    )
