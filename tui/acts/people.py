"""Members of staff as one types them: by id, by name, by pinyin or its initials."""

from collections.abc import Sequence

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.pinyin import initials, spelled
from guanhu.domain.text import fold

SEPARATORS = str.maketrans(",，、;；", "     ")


class Member(msgspec.Struct, frozen=True):
    """Somebody who can be named in a form, with the name of the post."""

    staff_id: str
    name: str
    post: str


def people(text: str, staff: Sequence[Member]) -> tuple[Member, ...]:
    """Those who are named in a text, each once; Refused("unknown_staff", "ambiguous_staff")."""
    found = {each.staff_id: each for word in text.translate(SEPARATORS).split() for each in (member(word, staff),)}
    return tuple(found.values())


def member(word: str, staff: Sequence[Member]) -> Member:
    """Who is meant by a word: whom it names whole, else whose name begins so.

    Refused("unknown_staff", "ambiguous_staff").
    """
    wanted = fold(word)
    for matches in (_whole, _begins):
        found = [each for each in staff if matches(each, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{each.name} {each.staff_id}" for each in found)
            raise Refused("ambiguous_staff", value=word, staff=names)
    raise Refused("unknown_staff", staff_id=word)


def _whole(each: Member, wanted: str) -> bool:
    return wanted in (fold(each.staff_id), fold(each.name), initials(each.name), spelled(each.name))


def _begins(each: Member, wanted: str) -> bool:
    return any(key.startswith(wanted) for key in (fold(each.name), initials(each.name), spelled(each.name)))
