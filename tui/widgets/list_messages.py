"""What a list tells its screen. `LongList` has them as `LongList.Opened` and so on."""

from typing import TYPE_CHECKING

from textual.message import Message

from guanhu.tui.widgets.pages import Row

if TYPE_CHECKING:
    from guanhu.tui.widgets.long_list import LongList


class Told(Message, namespace="long_list"):
    """What a list tells its screen; `list` is which."""

    def __init__(self, list_: "LongList") -> None:
        super().__init__()
        self.list = list_

    @property
    def control(self) -> "LongList":
        """The list, for `@on(..., "#id")`."""
        return self.list


class Highlighted(Told, namespace="long_list"):
    """The cursor stands on a row."""

    def __init__(self, list_: "LongList", row: Row, index: int) -> None:
        super().__init__(list_)
        self.row = row
        self.index = index


class Opened(Told, namespace="long_list"):
    """A row is to be opened: enter, or a double click."""

    def __init__(self, list_: "LongList", row: Row, index: int) -> None:
        super().__init__(list_)
        self.row = row
        self.index = index


class MarksChanged(Told, namespace="long_list"):
    """Other rows are selected."""


class SortAsked(Told, namespace="long_list"):
    """The rows are wanted in another order: the screen shows a source in that order."""

    def __init__(self, list_: "LongList", column: str, back: bool) -> None:
        super().__init__(list_)
        self.column = column
        self.back = back


class NextAsked(Told, namespace="long_list"):
    """The next match of what was searched for is wanted, or the previous."""

    def __init__(self, list_: "LongList", back: bool) -> None:
        super().__init__(list_)
        self.back = back


class Shown(Told, namespace="long_list"):
    """A source is shown: `rows` it has, headings included."""

    def __init__(self, list_: "LongList", rows: int) -> None:
        super().__init__(list_)
        self.rows = rows


class Failed(Told, namespace="long_list"):
    """A source could not be read."""

    def __init__(self, list_: "LongList", error: Exception) -> None:
        super().__init__(list_)
        self.error = error
