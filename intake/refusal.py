"""What is said of a row, or of a whole file, that can't be taken in."""

import msgspec

from guanhu.domain.errors import Refused

SHOWN = 80
"""Characters of a refused value that are kept: enough to find it, not a whole note."""


class Refusal(msgspec.Struct, frozen=True, gc=False):
    """One refused row: its line in the file, the header and cell that are wrong as they stand, the reason's code.

    `column` is empty where the row as a whole is wrong ("wrong_width", "unclosed_quote").
    """

    row: int
    column: str
    value: str
    reason: str


class UnreadableFile(Refused):
    """A file that can't be read at all; `details` name the file, column or sheet."""
