"""What to do now: the line under the fields of a form, about the one that has the focus."""

from itertools import groupby

from guanhu.language import _
from guanhu.tui.forms import Field


def what_to_do(field: Field, digits: str) -> str:
    """What a field wants, in a line. `digits`: those that choose in a choice as it stands."""
    wanted = field.now or _wanted(field, digits)
    words = _("{field}: {wanted}", field=field.label, wanted=wanted)
    return words if field.needed or field.kind == "choice" else _("{words} May stay empty.", words=words)


def _wanted(field: Field, digits: str) -> str:
    match field.kind:
        case "choice":
            if not digits:
                return _("choose by the left and right keys.")
            if len(digits) == 1:
                return _("there is only this one; Enter goes on.")
            return _("press {digits} to choose.", digits=spans(digits))
        case "day":
            return _("type a day: tomorrow, next wed, +7, 11-30.")
        case "money":
            return _("type an amount in yuan.")
    return _("type here.")


def spans(digits: str) -> str:
    """Digits as they are read: "1234567" is 1-7, "123457" is 1-5 7."""
    runs = groupby(enumerate(digits), lambda each: (int(each[1]) or 10) - each[0])
    found = []
    for _key, run in runs:
        row = [digit for _n, digit in run]
        found.append(f"{row[0]}-{row[-1]}" if len(row) > 2 else " ".join(row))
    return " ".join(found)
