"""The outcome of an act as a field: an outcome has the same digit in every form, whatever others the form offers."""

from collections.abc import Sequence

from guanhu.domain.contact import OUTCOMES
from guanhu.language import _, terms
from guanhu.tui.forms import Field

DIGITS = dict(zip(OUTCOMES, "1234567890", strict=True))


def outcome_field(outcomes: Sequence[str], value: str = "", *, kind: str = "contact") -> Field:
    """The field, in the words of a contact or a visit; without a value none is chosen, and the form asks for it."""
    offered = [each for each in OUTCOMES if each in outcomes]
    return Field(
        "outcome", _("Outcome"), "choice", tuple((each, terms.outcome(each, kind)) for each in offered), value,
        needed=True, digits="".join(DIGITS[each] for each in offered),
    )  # fmt: skip
