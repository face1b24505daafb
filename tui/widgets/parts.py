"""Keys with what they do, one after another, in as many lines as they need: a part is never broken."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

GAP = "  "

Part = tuple[str, str]
"""A key and what it does."""


class Parts(Widget):
    """Shows its parts, keys in the colour of keys; a part is wider than the line only where it is so alone."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"parts--key"}

    def __init__(self, parts: Sequence[Part], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts = parts

    def render(self) -> Text:
        """The lines."""
        key = self.get_component_rich_style("parts--key", partial=True)
        parts = [Text.assemble((each, key), f" {words}") for each, words in self._parts]
        return Text("\n").join(in_even_lines(parts, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the parts have at this width."""
        return len(list(in_lines([Text(f"{key} {words}") for key, words in self._parts], width)))


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


def in_even_lines(parts: Sequence[Text], width: int) -> list[Text]:
    """The parts in as few lines as the width allows, none of them left with a part alone where that can be helped."""
    lines = list(in_lines(parts, width))
    while len(closer := list(in_lines(parts, width - 1))) == len(lines) and width > 1:
        lines, width = closer, width - 1
    return lines
