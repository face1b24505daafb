"""Inspections (检查): what is looked at is fixed before anybody looks, and what is found is answered before the end.

An inspection stands on a cut-off: a position of the log and the root of its tree there, with the signed checkpoint. The
sample is drawn from what the log held then (`domain/sampling.py`). Each sampled entry or customer has a worksheet; what
is wrong becomes a finding with a class and a due date; the outlet answers it; the inspector accepts the answer or sends
it back; in the end the inspection is closed. All of that are events, so an inspection is as provable as what it is
about.

Texts are sealed with the customer's key where `customer_no` names one, and plain UTF-8 where it is "": then they are of
no customer, or of several. Who maintains should not inspect (SCHEMES.md 1, inspector).
"""

from collections.abc import Collection
from datetime import date
from typing import Literal, TypeAlias

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.events import Event, topic
from guanhu.domain.facts import OF_DEPARTMENT
from guanhu.domain.sampling import Stratum, Unit

SUBJECTS = ("entries", "customers")
ENTRY_KINDS = (
    "contact", "visit", "promise", "promise_kept", "promise_excused", "referral", "referral_accepted",
    "referral_returned", "event", "opinion", "request", "request_answered", "waiver",
)  # fmt: skip
"""The kinds of entries of the log that a sample can be drawn from (projections/log.py)."""

VERDICTS = ("ok", "doubtful", "false", "cannot_tell")
"""属实, 存疑, 不实, 无法核实."""
CHECKS = ("called_back", "call_record", "message_receipt", "core_system", "documents", "on_site")
"""What an inspector can have done to find out: rung the customer back, looked into records, systems, papers, gone."""
CLASSES = ("minor", "serious", "grave")
"""一般, 较重, 严重."""
FINDING_KINDS = (
    "false_record", "late_record", "poor_record", "not_maintained", "not_responsible", "profile", "promise", "privacy",
    "other",
)  # fmt: skip

MOST_SAMPLED = 2_000
"""Units of one sample: more than anybody fills worksheets for, and few enough for one event."""

INSPECTING = OF_DEPARTMENT
"""The posts that inspect: inspectors stand in the department, which supervises all outlets (SCHEMES.md 1, roles)."""
ANSWERS_FOR_OUTLET = "outlet_manager"

State: TypeAlias = Literal["open", "answering", "judging", "ready", "closed"]
"""Worksheets are missing; findings wait for answers; answers wait for judgement; it can be closed; it is closed."""
FindingState: TypeAlias = Literal["raised", "answered", "sent_back", "accepted", "withdrawn"]
SETTLED = frozenset({"accepted", "withdrawn"})


class Scope(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is inspected: entries of an outlet's customers, of a member of staff, or both ("" is all), of these days.

    `kinds`: of entries, () for all. A sample of customers is of those who are the outlet's or with the member of staff
    on the day of the opening; the days are then those whose records are looked at.
    """

    subject: str
    outlet: str
    staff_id: str
    first: date
    last: date
    kinds: tuple[str, ...] = ()


@topic("inspection_opened")
class InspectionOpened(Event, frozen=True, array_like=True, gc=False):
    """An inspection, with the cut-off on which it stands and the sample drawn from what the log held then.

    `position` and `root`: the last entry of the log at the cut-off, and the root over all up to it; `checkpoint` is the
    signed text that says so. `digest`: of the population, so that who repeats the drawing knows that it is the same.
    """

    inspection: str
    title: str
    scope: Scope
    position: int
    root: bytes
    checkpoint: str
    seed: str
    size: int
    digest: bytes
    strata: tuple[Stratum, ...]
    items: tuple[Unit, ...]


@topic("inspection_sheet")
class WorksheetFilled(Event, frozen=True, array_like=True, gc=False):
    """What an inspector found of one sampled item; filled in anew, the later one counts."""

    inspection: str
    item: str
    customer_no: str
    verdict: str
    checks: tuple[str, ...]
    remark: bytes = b""


@topic("inspection_finding")
class FindingRaised(Event, frozen=True, array_like=True, gc=False):
    """Something that is wrong: what, how grave, on which entries and customers it rests, and whose it is to mend.

    `outlet` and `staff_id`: whom it concerns, and who may answer it.
    """

    inspection: str
    finding: int
    grade: str
    kind: str
    customer_no: str
    text: bytes
    entries: tuple[int, ...]
    customers: tuple[str, ...]
    outlet: str
    staff_id: str
    due_on: date


@topic("inspection_withdrawn")
class FindingWithdrawn(Event, frozen=True, array_like=True, gc=False):
    """The finding does not stand, and why."""

    inspection: str
    finding: int
    customer_no: str
    reason: bytes


@topic("inspection_answer")
class FindingAnswered(Event, frozen=True, array_like=True, gc=False):
    """What the outlet says to a finding, and what it has done about it."""

    inspection: str
    finding: int
    customer_no: str
    text: bytes
    done: bytes = b""


@topic("inspection_judged")
class AnswerJudged(Event, frozen=True, array_like=True, gc=False):
    """The answer was accepted, which settles the finding, or sent back."""

    inspection: str
    finding: int
    customer_no: str
    accepted: bool
    note: bytes = b""


@topic("inspection_closed")
class InspectionClosed(Event, frozen=True, array_like=True, gc=False):
    """The inspection is over; `unfinished` says why it is so with worksheets or findings left."""

    inspection: str
    conclusion: str
    unfinished: str = ""


# ---------------------------------------------------------------- who may
def check_inspector(
    staff_id: str, posts: Collection[tuple[str, str]], scope: Scope, outlets: Collection[str], in_care: int
) -> None:
    """Who maintains does not inspect: Refused("not_inspector", "inspects_self", "inspects_own_outlet", "inspects_own").

    `posts`: (role, outlet) on the day. `outlets`: those of the scope, none for all. `in_care`: customers of the scope
    whom the inspector looked after on any of its days or since.
    """
    if not any(role in INSPECTING for role, _ in posts):
        raise Refused("not_inspector", staff_id=staff_id)
    if staff_id == scope.staff_id:
        raise Refused("inspects_self", staff_id=staff_id)
    for role, outlet in posts:
        if role not in INSPECTING and (not outlets or outlet in outlets):
            raise Refused("inspects_own_outlet", staff_id=staff_id, role=role, outlet=outlet)
    if in_care:
        raise Refused("inspects_own", staff_id=staff_id, customers=in_care)


def check_answering(
    staff_id: str, posts: Collection[tuple[str, str]], finding: int, concerned: str, outlet: str
) -> None:
    """The manager of the outlet answers, or the member of staff concerned: Refused("not_to_answer").

    A finding of no outlet is for any outlet manager.
    """
    if not _may_answer(staff_id, posts, concerned, outlet):
        raise Refused("not_to_answer", finding=finding, staff_id=staff_id)


def _may_answer(staff_id: str, posts: Collection[tuple[str, str]], concerned: str, outlet: str) -> bool:
    if staff_id and staff_id == concerned:
        return True
    return any(role == ANSWERS_FOR_OUTLET and outlet in ("", at) for role, at in posts)


# ---------------------------------------------------------------- who may see
def sees_sample(posts: Collection[tuple[str, str]], *, closed: bool) -> bool:
    """Whether sample, worksheets and report are shown to who holds these posts: until the end to those who inspect.

    Whoever knew what was drawn could mend just that before anybody looks. `posts`: (role, outlet) on the day.
    """
    return closed or any(role in INSPECTING for role, _ in posts)


def sees_finding(
    staff_id: str, posts: Collection[tuple[str, str]], concerned: str, outlet: str, *, closed: bool
) -> bool:
    """Whether a finding is shown: also to who may answer it, the member of staff concerned and the outlet's manager."""
    return sees_sample(posts, closed=closed) or _may_answer(staff_id, posts, concerned, outlet)


# ---------------------------------------------------------------- what may follow what
def check_unsettled(finding: int, state: str) -> None:
    """Refused("finding_settled") for a finding that was accepted as mended, or withdrawn."""
    if state in SETTLED:
        raise Refused("finding_settled", finding=finding)


def check_awaits_answer(finding: int, state: str) -> None:
    """Refused("finding_settled", "finding_answered"): one answer is judged before the next."""
    check_unsettled(finding, state)
    if state == "answered":
        raise Refused("finding_answered", finding=finding)


def check_awaits_judgement(finding: int, state: str) -> None:
    """Refused("finding_settled", "finding_unanswered"): only an answer can be accepted or sent back."""
    check_unsettled(finding, state)
    if state != "answered":
        raise Refused("finding_unanswered", finding=finding)


def state_of(*, closed: bool, sheets_left: int, answers_left: int, judgements_left: int) -> State:
    """Where an inspection stands: `answers_left` are the outlet's to give, `judgements_left` the inspector's."""
    if closed:
        return "closed"
    if sheets_left:
        return "open"
    if answers_left:
        return "answering"
    return "judging" if judgements_left else "ready"


def check_closing(sheets_left: int, findings_left: int, unfinished: str) -> None:
    """Refused("worksheets_left", "findings_left", "inspection_unfinished" for both), unless it is stated why."""
    if unfinished:
        return
    if sheets_left and not findings_left:
        raise Refused("worksheets_left", sheets=sheets_left)
    if findings_left and not sheets_left:
        raise Refused("findings_left", findings=findings_left)
    if sheets_left:
        raise Refused("inspection_unfinished", sheets=sheets_left, findings=findings_left)
