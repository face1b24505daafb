"""What the first start needs of those who open the interface: where the book would be, and how the demo is made."""

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
