"""Lines of a panel that say one thing each: a title, and beside it the text, broken under itself."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content

from guanhu.domain.text import visible
from guanhu.tui.cells import fit
from guanhu.tui.widgets.breaking import HANG


def titled(title: str, text: str) -> Content:
    """A line with its title before it; what is broken goes on under the text."""
    return Content.assemble((f"{title}  ", "$muted"), f"{HANG}{visible(text, multiline=True)}")


def aligned(facts: Sequence[tuple[str, str]]) -> Iterator[Content]:
    """Lines with their titles before them, the texts one under the other."""
    widest = max((cell_len(title) for title, _text in facts), default=0)
    return (titled(fit(title, widest), text) for title, text in facts)
