"""The one place where a command is let through: every command passes here before it does anything."""

from guanhu.domain.errors import Refused


def let_through(command: str, staff: str, *, writing: bool) -> None:
    """Let a command act for a member of staff whom the book knows ("" for nobody).

    Anybody may ask; what is written needs a name: Refused("nobody_acts", command).
    """
    if writing and not staff:
        raise Refused("nobody_acts", command=command)
