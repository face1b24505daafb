"""A text in sentences, broken into lines as Chinese is set: between any two characters, but no line begins with a stop.

Textual breaks at spaces only, which leaves half a line empty before a Chinese sentence and puts a full stop alone.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Size
from textual.visual import VisualType
from textual.widgets import Static

from guanhu.tui.widgets.breaking import HANG, breaks, indent_of


class Prose(Static):
    """Shows a `Content` of lines, each broken to the width.

    Wrapped lines begin where the text of the first does, behind its sign, or where `HANG` stands in it.
    """

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
    indent = indent_of(line.plain)
    indent = indent if indent * 2 <= width else 0  # a narrow panel has no room for it
    if HANG in line.plain:
        at = line.plain.index(HANG)
        line = line[:at] + line[at + 1 :]
    for n, part in enumerate(line.divide(breaks(line.plain, width, indent))):
        yield (Content(" " * indent) + part if n else part).rstrip()
