"""Short parts one after another, in as many lines as they need: a part is never broken."""

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

GAP = "  "


class Parts(Widget):
    """Shows its parts; a part is wider than the line only where it is so alone."""

    DEFAULT_CSS = "Parts { height: auto; }"

    def __init__(self, parts: Sequence[Text], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts = parts

    def render(self) -> Text:
        """The lines."""
        return Text("\n").join(in_lines(self._parts, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the parts have at this width."""
        return len(list(in_lines(self._parts, width)))


def in_lines(parts: Sequence[Text], width: int) -> Iterator[Text]:
    """The parts in lines of at most `width` cells, as many in each as there is room for."""
    line: list[Text] = []
    for part in parts:
        if line and sum(each.cell_len + len(GAP) for each in line) + part.cell_len > width:
            yield Text(GAP).join(line)
            line = []
        line.append(part)
    if line:
        yield Text(GAP).join(line)
