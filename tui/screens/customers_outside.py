"""Who is typed is looked for among one's own first; where few are found, how many there are outside is said.

One key shows those outside too; what was narrowed by stands again once nothing is typed any more.
"""

import msgspec

from guanhu.language import _
from guanhu.projections.browsing import Browse, browse
from guanhu.tui.asking import Asking
from guanhu.tui.ground import Ground

FEW = 5
"""So many found at most, and it is said who is found outside."""
AFTER_LIST = 0.05
"""Seconds after the list has its rows: who goes on typing does not wait for it."""


class LookingOutside(Asking):
    """For the screen of the customers, which narrows by `asked` and tells of `outside`."""

    asked: Browse | None
    outside: int | None = None
    """How many are found beyond what is narrowed by; None where it was not asked."""
    _within: tuple[str, str] | None = None
    """The owner and the outlet that were looked beyond."""

    def told_outside(self) -> None:
        """The number of those outside is known."""
        raise NotImplementedError

    @property
    def typing(self) -> bool:
        """Whether letters are typed where one is, so that no key of the screen works there."""
        raise NotImplementedError

    def look_outside(self, found: int) -> None:
        """Ask how many are found outside, where a text finds few within."""
        asked = self.asked
        if asked is None or not asked.text.strip() or not (asked.owner or asked.outlet) or found > FEW:
            return
        beyond: Browse = msgspec.structs.replace(asked, owner="", outlet="")

        def question(ground: Ground) -> int:
            return len(browse(ground.cursor, ground.policy, ground.calendar, ground.day, beyond)) - found

        def answered(count: int) -> None:
            if self.asked == asked:
                self.outside = max(0, count)
                self.told_outside()

        self.ask("outside", question, answered, delay=AFTER_LIST)

    def beyond(self, asked: Browse) -> Browse:
        """The filter that shows those outside too."""
        self._within = (asked.owner, asked.outlet)
        return msgspec.structs.replace(asked, owner="", outlet="")

    def within(self, asked: Browse) -> Browse:
        """The filter for a text that was changed: with none any more one is back where one looked first."""
        if asked.text or self._within is None:
            return asked
        (owner, outlet), self._within = self._within, None
        return msgspec.structs.replace(asked, owner=owner, outlet=outlet)

    def outside_said(self, found: int) -> str:
        """How many there are outside beside those `found` within, and the keys; "" where nobody is known to be."""
        if not self.outside:
            return ""
        count = f"{self.outside:,}"
        if not self.typing:
            return _("found outside: {count} (z shows them)", count=count)
        if not found:
            return _("found outside: {count} (Enter shows them)", count=count)
        return _("found outside: {count} (Enter, then z shows them)", count=count)

    def none_within_said(self) -> str:
        """What stands in place of rows, once it is known who is outside."""
        if not self.outside:
            return f"{_('Nobody is found, here or elsewhere.')}{self.way_back_said()}"
        count = f"{self.outside:,}"
        if self.typing:
            return _("Nobody here. Found outside: {count}. Enter shows them.", count=count)
        return _("Nobody here. Found outside: {count}. z shows them.", count=count)

    def way_back_said(self) -> str:
        """How one comes back to a list with somebody in it, as the end of what stands in place of rows."""
        return "  " + (_("Esc: empty the box") if self.typing else _("Backspace: all   /: find anew"))

    def further_said(self) -> str:
        """What stands in place of rows, while nobody asked who is outside."""
        if self.typing:
            return _("Nobody. Enter, then z looks further: outlet, all.")
        return _("Nobody. z looks further: outlet, all.")
