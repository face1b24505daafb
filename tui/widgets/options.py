"""A list of options under keys that move in it as in every list."""

from textual.widgets import OptionList


def move_option(options: OptionList, step: int) -> None:
    """Down (1) or up (-1)."""
    if step > 0:
        options.action_cursor_down()
    else:
        options.action_cursor_up()
