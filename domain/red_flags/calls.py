"""Calls that are shorter than what they claim, and entries that outside evidence speaks against."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from guanhu.domain.red_flags.found import Entry, Found, Proof
from guanhu.domain.scheme_flags import Contradicted, ShortCall

Proofs = Mapping[int, Sequence[Proof]]
"""The evidence attached to an entry, by the entry's position."""


def short_calls(entries: Iterable[Entry], proofs: Proofs, rule: ShortCall) -> Iterator[Found]:
    """Calls said to have reached the customer that took under `rule.seconds`, by the entry or by evidence.

    Whoever made them, and those of files too: how long a call took does not depend on when it was written down.
    """
    for entry in entries:
        if entry.kind != "contact" or entry.channel != "phone" or not entry.reached:
            continue
        about = proofs.get(entry.position, ())
        told = [(proof.seconds, proof.position) for proof in about if proof.seconds is not None]
        if entry.seconds is not None:
            told.append((entry.seconds, 0))
        if told and min(told)[0] < rule.seconds:
            seconds, proof_at = min(told)
            measured = {"seconds": seconds}
            if proof_at and entry.seconds is not None:
                measured["claimed_seconds"] = entry.seconds
            positions = (entry.position, proof_at) if proof_at else (entry.position,)
            yield Found(entry.staff, entry.customer, entry.day, str(entry.position), measured, positions)


def contradicted(entries: Iterable[Entry], proofs: Proofs, rule: Contradicted) -> Iterator[Found]:
    """Entries that say the customer was reached where evidence says no, or a call of a fraction of the time.

    One finding an entry, whatever number of pieces speak against it: the shortest call that any of them tells.
    """
    for entry in entries:
        if not entry.reached:
            continue
        against = [(proof, measured) for proof in proofs.get(entry.position, ())
                   if (measured := _against(entry, proof, rule))]  # fmt: skip
        if not against:
            continue
        told = [measured for _, measured in against]
        measured = {"reached": 0} if any("reached" in each for each in told) else {}
        measured |= min((each for each in told if "seconds" in each), key=lambda each: each["seconds"], default={})
        which = {"which": "not_reached" if "reached" in measured else "shorter"}
        positions = (entry.position, *(proof.position for proof, _ in against))
        yield Found(entry.staff, entry.customer, entry.day, str(entry.position), measured, positions, which)


def _against(entry: Entry, proof: Proof, rule: Contradicted) -> dict[str, int]:
    """What of the evidence speaks against the entry; nothing where it agrees."""
    measured = {"reached": 0} if proof.reached is False else {}
    if entry.seconds and proof.seconds is not None and proof.seconds * 100 < rule.percent * entry.seconds:
        measured |= {"seconds": proof.seconds, "claimed_seconds": entry.seconds}
    return measured
