"""The customers that a figure of a what-if opens to, and the lists that lead there."""

from collections.abc import Callable, Sequence
from typing import Any

from guanhu.language import _
from guanhu.projections.whatif.answer import WhatIf
from guanhu.projections.whatif.behind import Elsewhere, behind
from guanhu.tui.acts.form import About
from guanhu.tui.cells import wan
from guanhu.tui.ground import Ground
from guanhu.tui.names import Names
from guanhu.tui.screens.behind import Behind
from guanhu.tui.signs import Signs
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.pages import Row


class ElsewhereBehind(Behind[Elsewhere]):
    """These customers on the what-if's last day, with the tier here and there."""

    def __init__(self, words: str, answer: WhatIf, ids: Sequence[int]) -> None:
        self.words = words
        self._answer, self._ids = answer, ids

    def told(self) -> str:
        """As Behind."""
        return _("on {day}", day=self._answer.last.isoformat())

    def find(self, ground: Ground) -> Sequence[Row]:
        """As Behind."""
        found = behind(ground.cursor, ground.policy, ground.calendar, self._answer, self._ids)
        return [Row(each.customer_no, each) for each in found]

    def columns(self, names: Names, signs: Signs) -> list[Column]:
        """As Behind."""

        def there(each: Elsewhere) -> tuple[str, str]:
            return (names.tier(each.other_tier), "" if each.other_tier == each.tier else "strong")

        def missing(each: Elsewhere) -> tuple[str, str]:
            return _(", ").join(map(names.role, each.missing)), "soon"

        return [
            Column("name", _("Customer"), lambda each: (each.name or each.customer_no, "strong"), 8, 14, 2),
            Column("no", _("Number"), lambda each: (each.customer_no, "muted"), 9, 16, 1, priority=2),
            Column("tier", _("Tier"), lambda each: names.tier(each.tier), 9, 12, 1),
            Column("other", _("Would be"), there, 9, 12, 1),
            Column("aum", _("AUM, wan"), lambda each: wan(each.aum_fen), 9, 12, 0, "right"),
            Column("owners", _("Owner now"), lambda each: names.staff_list(each.owners), 9, 18, 2, priority=1),
            Column("missing", _("Missing"), missing, 10, 26, 3, priority=3),
        ]

    def about(self, item: Elsewhere) -> About | None:
        """As Behind."""
        return About(item.customer_no, item.name)


def behind_of(tab: str, item: Any, answer: WhatIf, names: Names) -> ElsewhereBehind | None:
    """What a line of a tab opens to; None where no customers stand behind it."""
    if tab == "staff":
        ids = tuple(
            each.id for each in answer.tally.newcomers if any(staff == item.staff_id for staff, _role in each.owners)
        )
        words = _("would go from {staff}", staff=names.staff(item.staff_id) or _("nobody there"))
    else:
        ids, words = getattr(item, "ids", ()), item.words
    return ElsewhereBehind(words, answer, ids) if ids else None


class AnswerList(LongList):
    """A list of an answer: the key that opens a line is offered where customers stand behind it."""

    def __init__(self, id: str) -> None:
        super().__init__(markable=False, id=id)
        self.leads: Callable[[Any], bool] = lambda _item: False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As LongList."""
        if action == "list_open" and not (self.row is not None and self.leads(self.row.item)):
            return None
        return super().check_action(action, parameters)
