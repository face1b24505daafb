"""Another day looked at: earlier, later, or the one that a phrase names.

Nothing is written there: an act dated today would not show on the day in sight, and one dated that day would be untrue.
"""

from datetime import date, timedelta

from guanhu.domain.errors import Refused
from guanhu.language import _
from guanhu.tui.asking import Asking
from guanhu.tui.desk import desk_of

DAY_KEYS = ("view.day", "view.earlier", "view.later")


class LookingAtDays(Asking):
    """The actions of `DAY_KEYS`, for a screen that shows a day."""

    def action_view_earlier(self) -> None:
        """The day before."""
        self._turn(-1)

    def action_view_later(self) -> None:
        """The day after."""
        self._turn(1)

    def action_view_day(self) -> None:
        """Ask for a day; nothing typed is today."""
        from guanhu.tui.widgets.dialogs import AskText

        hint = _("today, tomorrow, next Wed, -7, 11-30")
        self.app.push_screen(AskText(_("Which day?"), hint=hint), self._named)

    def _named(self, text: str | None) -> None:
        if text is None:
            return
        from guanhu.domain.phrases import day_of

        desk = desk_of(self)
        try:
            day = day_of(text, desk.today) if text.strip() else desk.today
        except Refused as error:
            self.tell_error(error)
            return
        self._look_at_day(day)

    def _turn(self, days: int) -> None:
        self._look_at_day(desk_of(self).day + timedelta(days=days))

    def _look_at_day(self, day: date) -> None:
        from guanhu.tui.app import GuanhuApp

        if isinstance(self.app, GuanhuApp):
            self.app.look_at(day)
