"""The headings of a list: the cursor never stands on one, and keys lead from group to group."""

from collections.abc import Callable

Told = Callable[[int], bool]
"""Whether a heading stands at an index."""


def off_headings(index: int, step: int, rows: int, is_heading: Told) -> int:
    """The nearest row that is no heading: first in the direction of `step`, else in the other."""
    for direction in (step, -step):
        at = index
        while 0 <= at < rows and is_heading(at):
            at += direction
        if 0 <= at < rows:
            return at
    return index


def first_of_group(indexes: range, rows: int, may_be_heading: Told, is_heading: Told) -> int | None:
    """The first row below the nearest heading that has rows; None where no group lies that way.

    `may_be_heading` is true as well where the page has not come: it is not waited for.
    """
    for index in indexes:
        if may_be_heading(index) and index + 1 < rows and not is_heading(index + 1):
            return index + 1
    return None
