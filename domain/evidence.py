"""Outside evidence (外部凭证): what somebody else's record says of an entry of the log.

An inspector attaches it to the entry: a call record of the exchange, a message's receipt, what the customer said when
called back. It changes nothing of the entry; where it says otherwise, a red flag tells (domain/red_flags/calls.py).
"""

import re
from collections.abc import Collection

from guanhu.domain.contact import check_duration
from guanhu.domain.errors import Refused, check_among
from guanhu.domain.events import Event, topic
from guanhu.domain.facts import OF_DEPARTMENT

EVIDENCE_KINDS = ("call_record", "message_receipt", "customer_said", "other")
_SHA256 = re.compile("[0-9a-f]{64}")


@topic("evidence")
class EvidenceAttached(Event, frozen=True, array_like=True, gc=False):
    """Evidence about the entry at position `entry`; `occurred_on` is the day that the evidence bears.

    `seconds`: how long the call took by it; `reached`: whether the customer was reached by it; None where it does not
    say. The text is sealed. `sha256`: the hash of a file that the inspector keeps, in hexadecimal, "" for none.
    """

    customer_no: str
    entry: int
    kind: str
    seconds: int | None = None
    reached: bool | None = None
    text: bytes = b""
    sha256: str = ""


def check_evidence(kind: str, seconds: int | None, reached: bool | None, text: str, sha256: str) -> None:
    """Refused("unknown_evidence", "bad_duration", "bad_hash", "evidence_empty") for what can be no evidence."""
    check_among(kind, EVIDENCE_KINDS, "unknown_evidence")
    check_duration(seconds)
    if sha256 and not _SHA256.fullmatch(sha256):
        raise Refused("bad_hash", value=sha256[:80])
    if seconds is None and reached is None and not text and not sha256:
        raise Refused("evidence_empty")


def check_inspects(roles: Collection[str], staff_id: str) -> None:
    """Refused("inspectors_only") for one without a post in the department (SCHEMES.md 1, inspection)."""
    if not OF_DEPARTMENT.intersection(roles):
        raise Refused("inspectors_only", staff_id=staff_id)
