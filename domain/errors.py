"""What a rule says when it refuses: a code and the facts, never a sentence.

The sentence belongs to the catalogue of the user's language (`guanhu.language.reasons`).
"""

from collections.abc import Collection


class Refused(Exception):
    """An act that a rule forbids; `code` names the rule's reason, `details` fill its sentence."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code


class NotFound(Refused):
    """The thing that was named is not in the book."""


def check_among(value: str, allowed: Collection[str], code: str) -> str:
    """The value, or Refused(code, value, allowed) for what is none of the ids."""
    if value not in allowed:
        raise Refused(code, value=value, allowed=", ".join(allowed))
    return value
