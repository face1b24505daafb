"""What is shown covered unless somebody asks for it: numbers by which a person could be taken for another."""

COVERED = frozenset({"identity_no", "card_no"})
"""Facts that nobody needs whole to look after a customer; telephone and address are what the work is done with."""

HEAD, TAIL = 3, 4
SIGN = "*"


def masked(fact: str, value: str) -> str:
    """A fact as it may be shown to anybody: its first three and last four characters, the rest covered."""
    if fact not in COVERED or not value:
        return value
    if len(value) <= HEAD + TAIL:
        return SIGN * len(value)
    return value[:HEAD] + SIGN * (len(value) - HEAD - TAIL) + value[-TAIL:]
