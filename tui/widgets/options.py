"""A list of options under keys that move in it as in every list, marked as every list marks the one in front."""

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList

POINTER = "> "


class Options(OptionList):
    """Says by a sign, not by colour alone, which option the keys are on."""

    class Moved(Message):
        """The part in sight is another one."""

    def _get_left_gutter_width(self) -> int:
        return len(POINTER)

    def render_line(self, y: int) -> Strip:
        """The option's line, the pointer before it where it is the option in front."""
        line = super().render_line(y)
        number = self.scroll_offset.y + y
        if number >= len(self._lines):
            return line
        index, offset = self._lines[number]
        style = next(iter(line), Segment("")).style
        here = index == self.highlighted and offset == 0
        return Strip([Segment(POINTER if here else " " * len(POINTER), style), *line])

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """As a scroll view, and tell it."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Room for more of them, or for fewer."""
        self.post_message(self.Moved())

    @property
    def below(self) -> int:
        """How many options stand below what is in sight."""
        last = self.scroll_offset.y + self.size.height
        return len({index for index, _offset in self._lines[last:]})

    @property
    def above(self) -> int:
        """How many options stand above what is in sight."""
        return len({index for index, _offset in self._lines[: self.scroll_offset.y]})


def move_option(options: OptionList, step: int) -> None:
    """Down (1) or up (-1)."""
    if step > 0:
        options.action_cursor_down()
    else:
        options.action_cursor_up()
