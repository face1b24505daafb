"""A text in sentences, broken into lines as Chinese is set: between any two characters, but no line begins with a stop.

Textual breaks at spaces only, which leaves half a line empty before a Chinese sentence and puts a full stop alone.
"""

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Static

NEVER_FIRST = frozenset("，。、；：！？）》」』”’%％,.;:!?)")
NEVER_LAST = frozenset("（《「『“‘(")


class Prose(Static):
    """Shows a `Content` of lines; each is broken to the width, its wrapped lines as far in as itself."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._told = Content("")
        self._folded_for = 0

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show a text."""
        self._told = content if isinstance(content, Content) else Content(str(content))
        self._fold(layout=layout)

    def on_resize(self) -> None:
        """Other lines, where the width is another."""
        if self.content_size.width != self._folded_for:
            self._fold()

    def _fold(self, *, layout: bool = True) -> None:
        self._folded_for = self.content_size.width
        super().update(folded(self._told, self._folded_for) if self._folded_for else self._told, layout=layout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text has at this width, whether it was broken for it yet or not."""
        return folded(self._told, width).plain.count("\n") + 1 if width else 1


def folded(told: Content, width: int) -> Content:
    """A text with its lines broken to a width in cells."""
    return Content("\n").join(part for line in told.split("\n", allow_blank=True) for part in _parts(line, width))


def _parts(line: Content, width: int) -> Iterator[Content]:
    text = line.plain
    indent = len(text) - len(text.lstrip(" "))
    for n, part in enumerate(line.divide(breaks(text, width))):
        yield (Content(" " * indent) + part if n else part).rstrip()


def breaks(text: str, width: int) -> list[int]:
    """Where the lines after the first begin, each of at most `width` cells with the indent of the first."""
    indent = len(text) - len(text.lstrip(" "))
    found: list[int] = []
    at, possible = 0, 0
    used = 0
    for n, sign in enumerate(text):
        if n > at and n > indent and _may_break(text[n - 1], sign):
            possible = n
        used += cell_len(sign)
        if used > width and sign != " " and n > at:
            at = possible if possible > at else n
            found.append(at)
            used = indent + cell_len(text[at : n + 1])
    return found


def _may_break(before: str, sign: str) -> bool:
    if sign in NEVER_FIRST or sign == " " or before in NEVER_LAST:
        return False
    return before in " /" or cell_len(before) == 2 or cell_len(sign) == 2
