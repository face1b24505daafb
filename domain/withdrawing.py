"""Acts taken back: an event that names the act, says why, and leaves both in the history (DESIGN 3).

Two acts on one thing (a promise, a mark, a product) rest on each other: only the newest that still stands can be
taken back, and the state before it stands again. Who may: whoever did it, or the manager of the customer's outlet.
"""

from collections.abc import Collection, Iterable

from guanhu.domain import affairs, customer, evidence, statement
from guanhu.domain.errors import Refused
from guanhu.domain.events import Event, topic


@topic("withdrawn")
class ActWithdrawn(Event, frozen=True, array_like=True, gc=False):
    """The act at `ref` should not be there; `what`: the topic that it is stored under. The reason is sealed.

    `moves`: positions of the tier moves that a deposit or withdrawal brought and that go with it. `occurred_on` is
    the date of the act.
    """

    customer_no: str
    ref: int
    what: str
    reason: bytes
    moves: tuple[int, ...] = ()


@topic("seats_withdrawn")
class SeatsWithdrawn(Event, frozen=True, array_like=True, gc=False):
    """Seats given from `ref` on are taken back, for these customers; the same command has put the former seats back.

    Of a handover's promises, referrals and requests `ref` names the event, and there are no customers. The reason
    stands in the clear, for it is of a plan and of no person.
    """

    customer_nos: tuple[str, ...]
    ref: int
    reason: str


Subject = tuple[object, ...]
"""What an act is about."""


def subject(event: Event, position: int, tag: str = "") -> Subject | None:
    """What an act at a position is about; None for what is not taken back so. `tag`: the opened text of a tag.

    A customer has one open referral at a time (store/affairs.py), so all of them are one subject.
    """
    match event:
        case (
            affairs.PromiseMade()
            | affairs.ImportantEventNoted()
            | affairs.OpinionVoiced()
            | affairs.HelpRequested()
            | statement.Deposited()
            | statement.Withdrawn()
            | evidence.EvidenceAttached()
        ):
            return ("entry", position)
        case (
            affairs.PromiseCorrected() | affairs.PromiseKept() | affairs.PromiseExcused() | affairs.HelpAnswered()
        ):
            return ("entry", event.ref)
        case affairs.CustomerReferred() | affairs.ReferralAnswered():
            return ("referral",)
        case affairs.DutyWaived():
            return ("waiver", event.duty, event.occurrence)
        case affairs.ProductHeld() | affairs.ProductEnded():
            return ("product", event.product_no)
        case customer.CustomerMarked() | customer.CustomerUnmarked():
            return ("mark", event.mark)
        case customer.CustomerTagged():
            return ("tag", tag)
        case customer.CustomersLinked():
            return ("link", frozenset((event.customer_no, event.other_no)), event.relation)
        case customer.ProfileRecorded():
            return ("profile",)
        case customer.CustomersRegistered():
            return ("registration",)
    return None


def check_newest(
    position: int, about: Subject, later: Iterable[tuple[int, Subject | None]], taken_back: Collection[int]
) -> None:
    """Refused("later_rests", position, later) where a later act that still stands is about the same thing.

    `later`: positions and subjects of what came after; a registration carries all of it.
    """
    for other, what in later:
        if other in taken_back or other <= position:
            continue
        if about == ("registration",) or what == about:
            raise Refused("later_rests", position=position, later=other)


def check_may(position: int, by: str, doers: Collection[str], manager: str | None) -> None:
    """Refused("not_your_act", position, staff_id) for one who neither did the act nor manages the outlet.

    `by` "" is the program itself; `doers`: who entered the act and whose it is.
    """
    if by and by not in doers and by != manager:
        raise Refused("not_your_act", position=position, staff_id=sorted(filter(None, doers)))


def check_may_of_evidence(position: int, by: str, attached_by: str, roles: Collection[str]) -> None:
    """Refused("not_your_evidence", position, staff_id): evidence is taken back by who attached it or the department.

    Never by the outlet whose entry it speaks of. `roles`: those of `by`, who acts; "" is the program itself.
    """
    if by and by != attached_by and "department" not in roles:
        raise Refused("not_your_evidence", position=position, staff_id=attached_by)
