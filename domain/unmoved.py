"""Whether a new balance can change what is owed at all: the quick answer for most rows of a statement."""

from bisect import bisect_right

from guanhu.domain.money import YUAN
from guanhu.domain.scheme import Change, Scheme


def unmoved(scheme: Scheme, before: int | None, after: int | None, cuts: list[int]) -> bool:
    """Whether a new reported balance leaves every duty as it was: same zone of AUM, and too small a change."""
    if before is None or after is None or bisect_right(cuts, before) != bisect_right(cuts, after):
        return False
    changes: list[Change] | None = scheme.memo.get("changes")
    if changes is None:
        changes = scheme.memo["changes"] = [duty.change for duty in scheme.duties if duty.change]
    for change in changes:
        if max(before, after) < change.either_from * YUAN:
            continue
        threshold = change.thresholds.get(scheme.tier_of(max(before, after)) or "")
        if threshold is not None and abs(after - before) >= threshold * YUAN:
            return False
    return True
