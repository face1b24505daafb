"""The acts that reached a customer, as a condition on rows of `act`: the rule is `reached` in domain/contact.py."""

from collections.abc import Iterable

from guanhu.domain.contact import NOBODY_MET, REACHED


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"'{id_}'" for id_ in sorted(ids))


REACHED_ACT = (
    f"(kind = 'contact' AND outcome IN ({_listed(REACHED)})"
    f" OR kind = 'visit' AND outcome NOT IN ({_listed(NOBODY_MET)}))"
)
