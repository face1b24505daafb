"""The outcome of an act as a field: what can come of it by its channel, each with one digit whatever the channel is."""

from collections.abc import Sequence

from guanhu.domain.contact import OUTCOMES
from guanhu.language import _
from guanhu.tui.forms import Field
from guanhu.tui.names import outcome_shown

WRITTEN = ("replied", "sent")
"""Outcomes of what was written. They stand last, so that the digits of the others never move."""
SPOKEN = tuple(each for each in OUTCOMES if each not in WRITTEN)
"""What can come of a visit, or of a contact by word of mouth."""
MOUTH = ("phone", "counter")
"""Channels by word of mouth: nobody answers there in writing."""


def fitting(channel: str) -> tuple[str, ...]:
    """What can come of a contact by a channel; what was only sent is a message, which has a form of its own."""
    return SPOKEN if channel in MOUTH else (*SPOKEN, "replied")


def correctable(channel: str) -> tuple[str, ...]:
    """What an entry of a channel can say: what was written may have been sent only, all else was heard."""
    return fitting(channel) if channel in MOUTH else (*SPOKEN, *WRITTEN)


def outcome_options(outcomes: Sequence[str], kind: str = "contact") -> tuple[tuple[str, str], ...]:
    """Outcomes with their words of a contact or a visit."""
    return tuple((each, outcome_shown(each, kind)) for each in outcomes)


def outcome_field(
    outcomes: Sequence[str], value: str = "", *, kind: str = "contact", only_with: tuple[str, str] = ("", "")
) -> Field:
    """The field; without a value none is chosen, and the form asks for it."""
    options = outcome_options(outcomes, kind)
    return Field("outcome", _("Outcome"), "choice", options, value, needed=True, only_with=only_with)
