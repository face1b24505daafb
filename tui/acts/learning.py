"""What forms learn from the book: the last acts of a customer, who can be named, what an act does."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from guanhu.domain.contact import REACHED
from guanhu.domain.text import visible
from guanhu.language import _, terms
from guanhu.projections import customer_log
from guanhu.projections.customer_log import ActLine
from guanhu.projections.foreseen import UNSETTLED, Draft, discharged_by, foresee
from guanhu.projections.queue import Asked, duty_list
from guanhu.projections.staff_view import staff_list
from guanhu.store.book import Book, Receipt
from guanhu.tui.acts.people import Member
from guanhu.tui.acts.undoing import Settled
from guanhu.tui.cells import day_month
from guanhu.tui.ground import Ground, standing
from guanhu.tui.names import duties_counted, listed, outcome_shown

FORESEEN_AT_MOST = 200
"""Customers for whom it is foreseen what one message does; for more the form would answer too late."""


def last_acts(ground: Ground, customer_no: str) -> list[ActLine]:
    """The newest acts of a customer; notes of a restricted one are left out."""
    return customer_log.last_acts(ground.cursor, customer_no, ground.day)


def last_words(acts: Sequence[ActLine], ground: Ground) -> str:
    """The newest act in a line: what to take up again."""
    if not acts:
        return _("Never contacted.")
    act = acts[0]
    how = terms.channel(act.channel) if act.kind == "contact" else terms.topic("visit")
    who = ground.names.staff(act.staff)
    told = f"{day_month(act.on, ground.day)} {how} {outcome_shown(act.outcome, act.kind)} {who}".rstrip()
    note = " ".join(act.note.split())
    return visible(_("Last: {act}", act=f"{told}  {note}" if note else told))


def last_reached(acts: Iterable[ActLine], kind: str) -> ActLine | None:
    """The newest act of a kind with which the customer was reached."""
    return next((act for act in acts if act.kind == kind and act.outcome in REACHED), None)


def rhythm(act: ActLine | None) -> str:
    """The next step as it was planned last time, as a phrase; "" where there was none."""
    return f"+{(act.next_on - act.on).days}" if act and act.next_on and act.next_on > act.on else ""


def members(ground: Ground, *, without: str = "") -> tuple[Member, ...]:
    """The staff of the day, those of one's own outlet first."""
    everybody = staff_list(ground.cursor, ground.day)
    own = next((each.outlet for each in everybody if each.staff_id == ground.staff), "")
    found = [each for each in everybody if each.staff_id != without]
    found.sort(key=lambda each: (each.outlet != own, each.staff_id))
    posts = ({ground.names.role(role): None for role, _outlet in each.posts} for each in found)
    return tuple(
        Member(each.staff_id, each.name, _(", ").join(held)) for each, held in zip(found, posts, strict=True)
    )


# ---------------------------------------------------------------- what an act does
def foreseen_words(ground: Ground, customers: Sequence[str], draft: Draft) -> str:
    """What an act would do for one customer or for many."""
    if len(customers) > FORESEEN_AT_MOST:
        return ""
    done: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for no in customers:
        found = foresee(ground.cursor, ground.policy, ground.calendar, ground.day, no, draft)
        done.update(item.duty for item in found.discharged)
        more.update(item.duty for item in found.brought_on)
    parts = []
    if done:
        parts.append(_("Will discharge: {duties}", duties=listed(duties_counted(done, ground.names))))
    if more:
        parts.append(_("Brings on: {duties}", duties=listed(duties_counted(more, ground.names))))
    return "   ".join(parts) or _("This discharges no duty.")


def discharged(book: Book, day: date, customers: Sequence[str], receipt: Receipt) -> tuple[Settled, ...]:
    """The duties that an act did, as the book holds it now."""
    if len(customers) > FORESEEN_AT_MOST:
        return ()
    with standing(book, day, "") as ground:
        items = discharged_by(ground.cursor, ground.policy, ground.calendar, day, customers, receipt.positions)
    return tuple((item.customer_no or "", item.duty, item.occurrence) for item in items)


def settled_words(book: Book, day: date, did: Iterable[Settled]) -> str:
    """Duties in words, each with how often; "" for none."""
    duties = Counter(duty for _no, duty, _key in did)
    if not duties:
        return ""
    with standing(book, day, "") as ground:
        return listed(duties_counted(duties, ground.names))


def owed_again(book: Book, day: date, did: Collection[Settled]) -> str:
    """Those of the duties that are owed now, in words; "" for none."""
    owed: list[Settled] = []
    with standing(book, day, "") as ground:
        for no in dict.fromkeys(no for no, _duty, _key in did):
            asked = Asked(customer_no=no, statuses=UNSETTLED)
            items = duty_list(ground.cursor, ground.policy, ground.calendar, day, asked).items
            owed += ((no, item.duty, item.occurrence) for item in items)
    return settled_words(book, day, set(owed) & set(did))
