"""Bars in lists: a sign for every part, so that they read without colours, on grounds in the parts' colours.

The signs that fill a cell draw two cells wide in some Chinese consoles; what stands behind a bar would be moved.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from rich.style import Style

from guanhu.tui.signs import PLAIN, signs_of

if TYPE_CHECKING:
    from guanhu.tui.widgets.long_list import LongList

Pen: TypeAlias = Callable[[str], Style]
"""How the bars of a list are drawn, by the name of a style."""


def pen_of(shown: "LongList") -> Pen:
    """The pen of a list; in an ASCII console the signs alone have the colours."""
    return partial(_pen, shown)


def _pen(shown: "LongList", name: str) -> Style:
    ink = shown.get_component_rich_style(f"long-list--{name}").color
    return Style(color=ink, reverse=signs_of(shown.app) is not PLAIN)
