"""Forms as data: what a form asks for, and what its texts mean once they are checked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import msgspec

from guanhu.domain.errors import Refused
from guanhu.domain.money import more_than_nothing, parse_yuan
from guanhu.domain.phrases import day_of
from guanhu.domain.text import clean

Kind = Literal["text", "choice", "day", "money"]
Values = Mapping[str, Any]
"""By field: a text, a choice's id, a date or None, fen or None."""


class Field(msgspec.Struct, frozen=True):
    """One field. `label` and the options' words are in the language in force; `value` is what stands there at first.

    text: a line; choice: one of `options` (id, words); day: a date or a phrase (明天, +7), None when empty;
    money: yuan as typed, None when empty. Of a choice that is needed none is chosen at first, unless `value` says
    which. `now`: what to do here, said while the field has the focus ("": what its kind says). `needed_with`,
    `only_with`: the choice of another field (field, id) with which it is needed, or is there at all. `sign` stands
    before the label, and is no part of it where the field is spoken of.
    """

    id: str
    label: str
    kind: Kind = "text"
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    hint: str = ""
    needed: bool = False
    now: str = ""
    needed_with: tuple[str, str] = ("", "")
    only_with: tuple[str, str] = ("", "")
    sign: str = ""

    @property
    def unchosen(self) -> bool:
        """Whether a choice stands open until somebody chooses."""
        return self.needed or bool(self.needed_with[0])

    def is_needed(self, texts: Mapping[str, str]) -> bool:
        """Whether it must be filled in beside what stands in the others."""
        other, chosen = self.needed_with
        return self.needed or bool(other and texts.get(other) == chosen)

    def is_there(self, texts: Mapping[str, str]) -> bool:
        """Whether it is asked for beside what stands in the others."""
        other, chosen = self.only_with
        return not other or texts.get(other) == chosen


class Draft(msgspec.Struct, frozen=True):
    """The texts of a form that was left, by field; what stood there before anybody touched it; when, in the branch."""

    texts: Mapping[str, str]
    untouched: Mapping[str, str]
    left_at: datetime


class FieldRefused(Exception):
    """A text that its field does not take: the field, and why."""

    def __init__(self, field: str, reason: Refused) -> None:
        super().__init__(field)
        self.field = field
        self.reason = reason


def read(
    fields: Sequence[Field], texts: Mapping[str, str], today: date, away: Collection[str] = ()
) -> dict[str, Any]:
    """The values of all fields; FieldRefused for the first that can't be taken. Those `away` are empty."""
    values: dict[str, Any] = {}
    for field in fields:
        if field.id in away:
            values[field.id] = None if field.kind in ("day", "money") else ""
            continue
        text = texts.get(field.id, "")
        try:
            if field.is_needed(texts) and not clean(text):
                raise Refused("nothing_entered", field=field.label)
            values[field.id] = value_of(field, text, today)
        except Refused as reason:
            raise FieldRefused(field.id, reason) from reason
    return values


def value_of(field: Field, text: str, today: date) -> Any:
    """What a text means in a field. Refused("nothing_entered", "not_a_date", "not_an_amount", "not_positive" ...)."""
    said = clean(text)
    if not said and field.needed:
        raise Refused("nothing_entered", field=field.label)
    if field.kind == "day":
        return day_of(said, today) if said else None
    if field.kind == "money":
        return more_than_nothing(parse_yuan(said)) if said else None
    return said
