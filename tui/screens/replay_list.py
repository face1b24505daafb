"""The list of a replay's steps: the keys of groups lead from one move of a tier or an owner to the next."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from guanhu.language import N_
from guanhu.tui.keys import bindings
from guanhu.tui.widgets.long_list import LongList


class StepList(LongList):
    """The steps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            "list.group_next", "list.group_previous", shown=("list.group_next",),
            words={"list.group_next": N_("Next move"), "list.group_previous": N_("Move before")},
        )
    ]  # fmt: skip

    class TurnAsked(Message):
        """The next, or the earlier, move of a tier or an owner is wanted."""

        def __init__(self, back: bool) -> None:
            super().__init__()
            self.back = back

    def action_list_group_next(self) -> None:
        """To the next move."""
        self.post_message(self.TurnAsked(False))

    def action_list_group_previous(self) -> None:
        """To the move before."""
        self.post_message(self.TurnAsked(True))
