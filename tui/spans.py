"""A stretch of days looked at: a day, a week, up to a year; the one before, the one after, another length."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar, Literal

from guanhu.domain.dates import period_bounds
from guanhu.language import N_, _
from guanhu.tui.days import LookingAtDays
from guanhu.tui.desk import desk_of

Span = Literal["day", "week", "month", "quarter", "year"]
WORDS: Mapping[Span, str] = {
    "day": N_("by day"), "week": N_("by week"), "month": N_("by month"), "quarter": N_("by quarter"),
    "year": N_("by year"),
}  # fmt: skip


class LookingAtSpans(LookingAtDays):
    """`view.earlier` and `view.later` go on by the length in force, `view.next` and `view.previous` change it."""

    SPANS: ClassVar[tuple[Span, ...]]
    """The lengths there are, the shortest first."""
    _span: Span
    _at: date | None = None
    """A day among those shown, where it is not the day looked at."""
    _looked_at: date | None = None

    def reload(self) -> None:
        """As WorkScreen."""
        raise NotImplementedError

    def follow_the_day(self) -> None:
        """For `load`: where another day was chosen, its days are shown, not those gone to before."""
        if self._looked_at != desk_of(self).day:
            self._looked_at, self._at = desk_of(self).day, None

    @property
    def whole_span(self) -> tuple[date, date]:
        """The first and the last day of the stretch."""
        at = self._at or desk_of(self).day
        return (at, at) if self._span == "day" else period_bounds(self._span, at)

    def spans_line(self) -> str:
        """The lengths side by side, the one in force in brackets."""
        return "  ".join(
            f"[{_(WORDS[span])}]" if span == self._span else f" {_(WORDS[span])} " for span in self.SPANS
        )

    def action_view_next(self) -> None:
        """To the next longer one."""
        self._change_span(1)

    def action_view_previous(self) -> None:
        """The other way."""
        self._change_span(-1)

    def _change_span(self, step: int) -> None:
        self._span = self.SPANS[(self.SPANS.index(self._span) + step) % len(self.SPANS)]
        self.reload()

    def action_view_earlier(self) -> None:
        """The days before."""
        self._at = self.whole_span[0] - timedelta(days=1)
        self.reload()

    def action_view_later(self) -> None:
        """The days after, as far as the day looked at."""
        following, today = self.whole_span[1] + timedelta(days=1), desk_of(self).day
        if following <= today:
            self._at = following
            if today <= self.whole_span[1]:
                self._at = None  # so that the day among them is today
            self.reload()
