"""Facts learned of a customer: the fields that ask for them, and how what was typed is checked and recorded.

A phone, an identity number and the like are checked as in files, so that the book holds one form of each.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from guanhu.domain.errors import Refused
from guanhu.domain.masking import COVERED, SIGN
from guanhu.intake import checks
from guanhu.language import _, terms
from guanhu.store.book import Book, Receipt
from guanhu.store.registering import record_profile
from guanhu.tui.forms import Field

CHECKS: Mapping[str, Callable[[str], str]] = {
    "phone": checks.phone,
    "identity_no": checks.identity_no,
    "card_no": checks.card_no,
}


def fields(facts: Sequence[str], wanted: Sequence[str]) -> list[Field]:
    """A field for each fact, those first that a duty wants; with a birthday the lunar one is asked for too."""
    ordered = list(dict.fromkeys([*wanted, *facts]))
    if "birthday" in ordered:
        ordered.insert(ordered.index("birthday") + 1, "lunar_birthday")
    return [_field(fact, fact in wanted) for fact in dict.fromkeys(ordered)]


def _field(fact: str, wanted: bool) -> Field:
    label, sign = terms.fact(fact), "!" if wanted else ""
    if fact == "sex":
        options = (("", _("not asked")), ("male", _("male")), ("female", _("female")))
        return Field(fact, label, "choice", options, sign=sign)
    hints = {
        "birthday": _("1980-05-06 or 19800506"),
        "lunar_birthday": _("08-15, where the customer keeps the lunar one"),
        "identity_no": _("18 digits"),
        "card_no": _("12 to 19 digits"),
    }
    return Field(fact, label, hint=hints.get(fact, ""), sign=sign)


def learned(values: Mapping[str, object]) -> dict[str, str]:
    """The facts that were typed, checked; Refused for what can't be right, with the value."""
    found: dict[str, str] = {}
    for fact, value in values.items():
        text = str(value or "")
        if not text:
            continue
        if fact in COVERED and SIGN in text:
            raise Refused("covered_value", value=text)
        try:
            found[fact] = CHECKS[fact](text) if fact in CHECKS else text
        except Refused as refused:
            raise Refused(refused.code, value=text, **refused.details) from refused
    return found


def record(book: Book, customer_no: str, values: Mapping[str, object], on: date, command: str) -> Receipt:
    """Record what was typed. Refused("nothing_to_record", "bad_phone", "bad_identity_no", "not_a_date" ...)."""
    return record_profile(book, customer_no, "", learned(values), "", on, command=command)
