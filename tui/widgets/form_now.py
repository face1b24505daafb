"""What to do now: the line under the fields of a form, about the one that has the focus."""

from collections.abc import Mapping
from itertools import groupby

from guanhu.language import _
from guanhu.tui.forms import Field
from guanhu.tui.widgets.choice import DIGITS


def what_to_do(field: Field, options: int, texts: Mapping[str, str]) -> str:
    """What a field wants, in a line. `options`: how many there are in a choice as it stands; `texts`: of all fields."""
    wanted = field.now or _wanted(field, options)
    words = _("{field}: {wanted}", field=field.label, wanted=wanted)
    if field.kind == "choice":
        return words
    needed = field.is_needed(texts)
    return _("{words} Needed.", words=words) if needed else _("{words} May stay empty.", words=words)


def _wanted(field: Field, options: int) -> str:
    match field.kind:
        case "choice":
            digits = spans(DIGITS[:options])
            if options == 1:
                return _("there is only this one; Enter goes on.")
            if options > len(DIGITS):
                return _("press {digits} to choose; the left and right keys reach the others.", digits=digits)
            return _("press {digits} to choose.", digits=digits) if options else _("there is none to choose.")
        case "day":
            return _("type a day: tomorrow, next Wed, +7, 11-30.")
        case "money":
            return _("type an amount in yuan.")
    return _("type here.")


def spans(digits: str) -> str:
    """Digits as they are read: "123" is 1-3, "1234567890" is 1-9, 0."""
    runs = groupby(enumerate(digits), lambda each: int(each[1]) - each[0])
    found = []
    for _key, run in runs:
        row = [digit for _n, digit in run]
        found.append(f"{row[0]}-{row[-1]}" if len(row) > 1 else row[0])
    return _(", ").join(found)
