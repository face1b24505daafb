"""Facts of a profile as people read and type them, and as they are stored."""

from guanhu.intake.words import SEX, plain
from guanhu.language import N_, _

_SEXES = {"male": N_("male"), "female": N_("female")}


def shown(fact: str, value: str) -> str:
    """A stored value in words."""
    return _(_SEXES[value]) if fact == "sex" and value in _SEXES else value


def stored(fact: str, text: str) -> str:
    """What was typed, as it is stored: 男 is male, as in files."""
    return SEX.get(plain(text), text) if fact == "sex" else text
