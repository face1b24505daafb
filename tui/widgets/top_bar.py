"""The line above every screen: where one is, who acts, on which day, and how far the book has come."""

from datetime import date
from pathlib import Path
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.widget import Widget

from guanhu.language import _
from guanhu.tui.cells import day_month, fit, weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import ACTIONS


class Whereabouts(msgspec.Struct, frozen=True):
    """Who sits at the desk and where; the book's day is None in a new book."""

    outlet: str = ""
    staff: str = ""
    book_day: date | None = None


def whereabouts(ground: Ground) -> Whereabouts:
    """A question: the names of outlet and member of staff, and the book's day."""
    from guanhu.projections.day import open_day
    from guanhu.projections.projection import read_book

    posts = open_day(ground.cursor, ground.policy, ground.calendar, ground.day).posts
    day = read_book(ground.cursor, "day")
    return Whereabouts(
        ground.names.outlet(posts.outlets.get(ground.staff, "")),
        ground.names.staff(ground.staff),
        date.fromordinal(day) if day else None,
    )


class TopBar(Widget):
    """One line; on a narrow screen the places not stood on are only their keys."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"top-bar--here", "top-bar--key", "top-bar--note"}

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def render(self) -> Text:
        """The line."""
        facts = self._facts()
        room = self.size.width - cell_len(facts.plain) - 1
        for full in (True, False):
            places = self._places(full)
            if cell_len(places.plain) <= room:
                break
        else:
            places.truncate(max(0, room))
        space = max(1, self.size.width - cell_len(places.plain) - cell_len(facts.plain))
        return Text.assemble(places, " " * space, facts, no_wrap=True, overflow="crop")

    async def on_click(self, event: events.Click) -> None:
        """A place is gone to by a click too."""
        if place := event.style.meta.get("place"):
            event.stop()
            await self.app.run_action(f"go({place!r})", self.app)

    def _places(self, full: bool) -> Text:
        """The places with their keys; only this one has its words where there is no room."""
        from guanhu.tui.work_screen import WorkScreen

        here, key = (self.get_component_rich_style(f"top-bar--{name}") for name in ("here", "key"))
        text = Text()
        screen = self.screen
        for place in getattr(self.app, "places", ()) if desk_of(self).book is not None else ():
            stood_on = place.id == self._place
            digit = ACTIONS[f"go.{place.id}"].keys
            words = f" {_(place.words)} " if stood_on or full else ""
            part = Text.assemble((f" {digit}", here if stood_on else key), words)
            part.stylize(here if stood_on else "")
            part.stylize(Style(meta={"place": place.id}))
            text.append_text(part)
        if not self._place and isinstance(screen, WorkScreen):
            text.append(f" {fit_name(screen.words())} ", here)  # last, so that the places stand still
        return text

    def _facts(self) -> Text:
        desk = desk_of(self)
        here: Whereabouts = getattr(desk, "whereabouts", Whereabouts())
        note = self.get_component_rich_style("top-bar--note")
        who = " ".join(part for part in (here.outlet, here.staff or desk.staff) if part)
        text = Text(f"{fit_name(who)}  {desk.day:%Y-%m-%d} {weekday(desk.day)} ")
        if here.book_day is None:
            return text
        if here.book_day < desk.day:
            text.append(_("provisional, book at {day}", day=day_month(here.book_day, desk.day)) + " ", note)
        return text


def fit_name(name: str) -> str:
    """A name made harmless, and no longer than a bar has room for."""
    return fit(name, min(cell_len(name), 32))
