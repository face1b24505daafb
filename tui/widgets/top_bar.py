"""The line above every screen: where one is, who acts, on which day, and how far the book has come."""

from collections.abc import Collection
from datetime import date, datetime
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

ROOMY = 130
"""Cells from which on there is room for everything."""
GAP = 3
"""Cells between names and facts, so that the last name is not read as one of the facts."""
LEAST = 12
"""Cells that the name of what is open over a place has, whatever else has room."""


class Whereabouts(msgspec.Struct, frozen=True):
    """Who sits at the desk and where; the book's day is None in a new book."""

    outlet: str = ""
    staff: str = ""
    book_day: date | None = None
    apart: bool = False
    """Whether who sits there only inspects."""


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
        _apart(posts.roles_of(ground.staff)),
    )


def _apart(roles: Collection[str]) -> bool:
    """Whether somebody only inspects; for most it is settled without what the first frame does not need."""
    from guanhu.domain.facts import OF_DEPARTMENT

    if OF_DEPARTMENT.isdisjoint(roles):
        return False
    from guanhu.domain.maintaining import keeps_apart

    return keeps_apart(roles)


class TopBar(Widget):
    """One line. Where it is narrow the outlet and the year give way first, then names of places, from the right."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text("utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"top-bar--here", "top-bar--key", "top-bar--note", "top-bar--back"}

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def render(self) -> Text:
        """The line."""
        places, facts = self._fitting()
        room = self.size.width - cell_len(facts.plain) - 1
        if cell_len(places.plain) > room:
            places.truncate(max(0, room))
        space = max(1, self.size.width - cell_len(places.plain) - cell_len(facts.plain))
        return Text.assemble(places, " " * space, facts, no_wrap=True, overflow="crop")

    def _fitting(self) -> tuple[Text, Text]:
        """Places and facts: as much of the facts as leaves room for all names, else the shortest."""
        desk = desk_of(self)
        told = (
            [self._back(desk.known_at, who) for who in (True, False)] if desk.looking_back
            else [self._facts(short) for short in (0, 1, 2)]
        )  # fmt: skip
        for facts in told:
            for close in (False, True):
                places = self._places(close)
                if cell_len(places.plain) + GAP + cell_len(facts.plain) <= self.size.width:
                    return places, facts
        room = self.size.width - cell_len(told[-1].plain) - GAP
        places = self._places(True, room)
        return places if cell_len(places.plain) < room + GAP else self._places(True, room, alone=True), told[-1]

    async def on_click(self, event: events.Click) -> None:
        """A place is gone to by a click too."""
        if place := event.style.meta.get("place"):
            event.stop()
            await self.app.run_action(f"go({place!r})", self.app)

    def _places(self, close: bool, room: int | None = None, *, alone: bool = False) -> Text:
        """The places with their keys and names; in `room` cells only the first ones and this one have theirs.

        `alone`: only where one is, because there is no room for the keys.
        """
        here, key = (self.get_component_rich_style(f"top-bar--{name}") for name in ("here", "key"))
        shown = getattr(self.app, "places", ()) if desk_of(self).book is not None else ()
        if alone:
            shown = [place for place in shown if place.id == self._place]
        keys = {place.id: f" {ACTIONS[f'go.{place.id}'].keys}" for place in shown}
        names = {place.id: _name(_(place.words), close and place.id != self._place) for place in shown}
        taken = cell_len("".join(keys.values()) + names.get(self._place, ""))
        title = self._title(None if room is None else room - taken)
        if room is not None:
            names = self._first_names(names, room - taken - cell_len(title))
        text = Text()
        for place, digit in keys.items():
            stood_on = place == self._place
            part = Text.assemble((digit, here if stood_on else key), names.get(place, ""))
            part.stylize(here if stood_on else "")
            part.stylize(Style(meta={"place": place}))
            text.append_text(part)
        return text.append(title, here)  # last, so that the places stand still

    def _first_names(self, names: dict[str, str], room: int) -> dict[str, str]:
        """The name of this place, and of the others the first ones that there is room for."""
        kept = {}
        for place, name in names.items():
            if place != self._place:
                room -= cell_len(name)
            if place == self._place or room >= 0:
                kept[place] = name
        return kept

    def _title(self, room: int | None) -> str:
        """What is open over a place."""
        from guanhu.tui.work_screen import WorkScreen

        screen = self.screen
        if self._place or not isinstance(screen, WorkScreen):
            return ""
        words = fit_name(screen.words())
        return f" {words if room is None else fit(words, min(cell_len(words), max(LEAST, room - 2)))} "

    def _facts(self, short: int) -> Text:
        """Who sits here and the day looked at; 1: without the outlet, 2: without the book's own day too."""
        desk = desk_of(self)
        here: Whereabouts = getattr(desk, "whereabouts", Whereabouts())
        note = self.get_component_rich_style("top-bar--note")
        day = day_month(desk.day, here.book_day or desk.day) if short > 1 else f"{desk.day:%Y-%m-%d}"
        text = Text(f"{self._who(outlet=not short)}  {day} {weekday(desk.day)} ")
        if here.book_day is None:
            return text
        if here.book_day < desk.day:
            far = day_month(here.book_day, desk.day)
            words = _("provisional") if short > 1 else _("provisional, book at {day}", day=far)
            text.append(f"{words} ", note)
        return text

    def _back(self, known_at: datetime | None, who: bool) -> Text:
        """A look back says so in words and in colours of its own; `who` sits here where there is room."""
        from guanhu.domain.known_at import day_of_moment, known_words

        desk = desk_of(self)
        day = f"{desk.day:%Y-%m-%d}"
        if known_at is None:
            said = _("As of {day} | read-only", day=day)
        else:
            known = known_words(known_at)
            said = _("As of {day} | known by {time} | read-only", day=day, time=known)
            room = self.size.width - cell_len(self._places(True, 0).plain) - 3
            if cell_len(said) > room and desk.day == day_of_moment(known_at):
                said = _("As known by {time} | read-only", time=known)
        back = (f" {said} ", self.get_component_rich_style("top-bar--back"))
        return Text.assemble(self._who() + "  ", back) if who and self.size.width >= ROOMY else Text.assemble(back)

    def _who(self, *, outlet: bool = True) -> str:
        desk = desk_of(self)
        here: Whereabouts = getattr(desk, "whereabouts", Whereabouts())
        parts = (here.outlet if outlet else "", here.staff or desk.staff)
        return fit_name(" ".join(part for part in parts if part))


def fit_name(name: str) -> str:
    """A name made harmless, and no longer than a bar has room for."""
    return fit(name, min(cell_len(name), 32))


def _name(words: str, close: bool) -> str:
    """A place's name after its key; where it must be close, Chinese needs no space before it."""
    if not close:
        return f" {words} "
    return words if cell_len(words[0]) > 1 else f" {words}"
