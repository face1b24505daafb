"""What the first screen needs of those who open the interface, where there is no book yet, or none that is ready."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import msgspec

from guanhu.store.book import Book

Tell: TypeAlias = Callable[[int, int | None], None]
"""Called with what is done and what there is in all (None: not known); what it raises ends the work."""


class Beginning(msgspec.Struct, frozen=True):
    """`path` is where a new book goes; `make_demo(tell)` makes the made-up branch and opens it."""

    path: Path
    make_demo: Callable[[Tell], Book]


class Mending(msgspec.Struct, frozen=True):
    """A book whose tables are another version's; `rebuild(tell)` makes them anew and says who acts."""

    book: Book
    rebuild: Callable[[Tell], str]
