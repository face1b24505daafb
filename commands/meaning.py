"""What a word on the line means where an id is wanted: the id itself, or the name that people know it by.

A word that means nothing stays as it is, so that the rule that looks it up says what is wrong with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Cursor
from typing import TYPE_CHECKING

from guanhu.commands.failing import UsageError
from guanhu.domain.errors import NotFound, Refused
from guanhu.domain.text import fold
from guanhu.language import _, current

if TYPE_CHECKING:
    from guanhu.domain.scheme import Policy

TOGETHER = ",，、"


def staff_meant(cursor: Cursor, word: str) -> str:
    """A member of staff by id, or by a name that only one of them has; Refused("ambiguous_staff")."""
    from guanhu.projections.naming import staff_named

    found = staff_named(cursor, word) if word else ()
    if len(found) > 1:
        raise Refused("ambiguous_staff", value=word, staff=", ".join(found))
    return found[0] if found else word


def outlet_meant(cursor: Cursor, word: str) -> str:
    """An outlet by code, or by a name that only one of them has."""
    from guanhu.projections.naming import outlets_named

    found = outlets_named(cursor, word) if word else ()
    return found[0] if len(found) == 1 else word


def scope_meant(cursor: Cursor, staff: str, outlet: str) -> tuple[str, str]:
    """The member of staff and the outlet that a list is narrowed to, "" for none.

    Refused("ambiguous_staff"), NotFound("unknown_staff", "unknown_outlet").
    """
    from guanhu.projections.posts import check_known

    whose, at = staff_meant(cursor, staff), outlet_meant(cursor, outlet)
    check_known(cursor, staff=whose, outlet=at)
    return whose, at


def whose_meant(cursor: Cursor, own: str, staff: str, outlet: str, *, every: bool) -> tuple[str, str]:
    """The member of staff and the outlet of a list that is one's own unless others are asked for, "" for none.

    UsageError where several are named; else as `scope_meant`. `own`: who asks.
    """
    if sum(map(bool, (staff, outlet, every))) > 1:
        raise UsageError(_("Of --staff, --outlet and --all only one can be had."))
    return scope_meant(cursor, staff or ("" if outlet or every else own), outlet)


def role_meant(policy: "Policy", word: str) -> str:
    """A role by id, by a scheme's name for it, or by a word that files use for it."""
    from guanhu.intake.words import ROLE, plain

    named = {role.id: (role.names.zh, role.names.en) for _day, scheme in policy.adopted for role in scheme.roles}
    return _named(named, word) or ROLE.get(plain(word), word)


def duty_meant(policy: "Policy", word: str) -> str:
    """A duty by id, or by a scheme's name for it."""
    named = {duty.id: (duty.names.zh, duty.names.en) for _day, scheme in policy.adopted for duty in scheme.duties}
    return _named(named, word) or word


def known_duty(policy: "Policy", word: str) -> str:
    """The same, of a duty that there is; NotFound("unknown_duty") with those of the scheme in force last."""
    found = duty_meant(policy, word)
    if not any(found in scheme.duty for _day, scheme in policy.adopted):
        duties = policy.adopted[-1][1].duties
        known = [f"{duty.id} {duty.names.zh}" if current() == "zh" else duty.id for duty in duties]
        raise NotFound("unknown_duty", duty=word, allowed=", ".join(known))
    return found


def _named(names: Mapping[str, Iterable[str]], word: str) -> str:
    if word in names:
        return word
    wanted = fold(word).strip()
    return next((id_ for id_, known in names.items() if wanted in map(fold, known)), "")


def several(words: Sequence[str]) -> list[str]:
    """Words given one by one or parted by commas."""
    found: list[str] = []
    for word in words:
        for sign in TOGETHER[1:]:
            word = word.replace(sign, TOGETHER[0])
        found += [part.strip() for part in word.split(TOGETHER[0]) if part.strip()]
    return found
