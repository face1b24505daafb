"""The line above every screen: where one is, who acts, on which day, and how far the book has come."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import msgspec
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widget import Widget

from guanhu.language import _
from guanhu.tui.cells import day_month, fit, weekday
from guanhu.tui.desk import desk_of
from guanhu.tui.ground import Ground
from guanhu.tui.keys import ACTIONS

if TYPE_CHECKING:
    from guanhu.tui.places import Place

ROOMY = 130
"""Cells from which on there is room for everything."""
GAP = 2
"""Cells between names and facts at least, so that the last name is not read as one of the facts."""
LEAST = 16
"""Cells that the name of what is open over a place has, whatever else has room."""
HELP = "app.help"
"""Its key says where to read the names of the places that there is no room for."""


class Names(Enum):
    """How the names of the places stand."""

    WIDE = "wide"
    CLOSE = "close"
    SHORT = "short"


ROOMIER = (Names.WIDE, Names.CLOSE)
"""How they stand as long as there is something among the facts that may give way."""
FACTS = 5
"""Into how few words the facts can be put, each shorter than the one before (`TopBar._facts`)."""


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
    """One line. Where it is narrow the outlet and the year give way first, then short names of places stand for long.

    A place that has no room gives way with its key: no key stands without a name, and the last word says where the
    others are to be read.
    """

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
        """Places and facts: as much of the facts as leaves room for all places, else as many places as have room."""
        desk = desk_of(self)
        shown = self._shown()
        if desk.looking_back:  # names stand wide before it is told who looks
            told = [self._back(desk.known_at, who) for who in (True, False)]
            tries = [(facts, names) for names in Names for facts in told]
        else:
            told = [self._facts(short) for short in range(FACTS)]
            least = FACTS - 3
            tries = [(facts, names) for n, facts in enumerate(told) for names in (Names if n >= least else ROOMIER)]
        for facts, names in tries:
            places = self._places(shown, names, None)
            if self._side_by_side(places, facts):
                return places, facts
        places = self._as_many_as_fit(shown, self.size.width - cell_len(told[-1].plain) - GAP)
        return places, next((facts for facts in told if self._side_by_side(places, facts)), told[-1])

    def _side_by_side(self, places: Text, facts: Text) -> bool:
        return cell_len(places.plain) + GAP + cell_len(facts.plain) <= self.size.width

    def _shown(self) -> "Sequence[Place]":
        return getattr(self.app, "places", ()) if desk_of(self).book is not None else ()

    async def on_click(self, event: events.Click) -> None:
        """A place is gone to by a click too."""
        if place := event.style.meta.get("place"):
            event.stop()
            await self.app.run_action(f"go({place!r})", self.app)
        elif event.style.meta.get("help"):
            event.stop()
            await self.app.run_action("app_help", self.app)

    def _places(self, shown: "Sequence[Place]", names: Names, room: int | None, left_out: int = 0) -> Text:
        """Places with their keys and names, what is open over one, and where to read of those that are left out."""
        here, key = (self.get_component_rich_style(f"top-bar--{name}") for name in ("here", "key"))
        text = Text()
        for place in shown:
            stood_on = place.id == self._place
            part = Text.assemble(" ", (self._key(f"go.{place.id}"), key), _name(place, names))
            if stood_on:  # of names that stand close the blank in front is no part: its ground would touch the other
                part.stylize(here, 0 if names is Names.WIDE else 1)
            part.stylize(Style(meta={"place": place.id}))
            text.append_text(part)
        if left_out:
            more = Text.assemble((f" {self._key(HELP)}", key), f" {_('more')}")
            more.stylize(Style(meta={"help": True}))
            text.append_text(more)
        title = self._title(None if room is None else room - cell_len(text.plain))
        if text and names is not Names.WIDE:  # as a place's name stands where they are close
            text.append(title[:1])
            title = title.strip(" ")
        return text.append(title, here)  # last, so that the places stand still

    def _as_many_as_fit(self, shown: "Sequence[Place]", room: int) -> Text:
        """The place stood on, and of the others the first ones that there is room for."""
        others = [place for place in shown if place.id != self._place]
        title = min(cell_len(self._title(None)), LEAST)
        for count in range(len(others), 0, -1):
            kept = [place for place in shown if place.id == self._place or place in others[:count]]
            bare = self._places(kept, Names.SHORT, 0, len(shown) - len(kept))
            if cell_len(bare.plain) - cell_len(self._title(0)) + title <= room:
                return self._places(kept, Names.SHORT, room, len(shown) - len(kept))
        return self._places([place for place in shown if place.id == self._place], Names.SHORT, room, 1)

    def _key(self, name: str) -> str:
        """The first key of an action, as people read it; a user's own where there is one."""
        keys: str = getattr(self.app, "_keymap", {}).get(name) or ACTIONS[name].keys
        return self.app.get_key_display(Binding(keys.split(",", maxsplit=1)[0], ""))

    def _title(self, room: int | None) -> str:
        """What is open over a place."""
        from guanhu.tui.work_screen import WorkScreen

        screen = self.screen
        if self._place or not isinstance(screen, WorkScreen):
            return ""
        words = fit_name(screen.words())
        return f" {words if room is None else fit(words, min(cell_len(words), max(LEAST, room) - 2))} "

    def _facts(self, short: int) -> Text:
        """Who sits here and the day looked at.

        1: without the outlet, 2: without the book's own day and the year too, 3: without the day of the week,
        4: without the space at the edge of the screen.
        """
        desk = desk_of(self)
        here: Whereabouts = getattr(desk, "whereabouts", Whereabouts())
        note = self.get_component_rich_style("top-bar--note")
        day = day_month(desk.day, here.book_day or desk.day) if short > 1 else f"{desk.day:%Y-%m-%d}"
        who = self._who(outlet=not short)
        text = Text(f"{who} {day}" if short > 2 else f"{who}  {day} {weekday(desk.day)}")
        if here.book_day is not None and here.book_day < desk.day:
            far = day_month(here.book_day, desk.day)
            words = _("provisional") if short > 1 else _("provisional, book at {day}", day=far)
            text.append(f" {words}", note)
        return text.append("" if short > 3 else " ")

    def _back(self, known_at: datetime | None, who: bool) -> Text:
        """A look back says so in words and in colours of its own; `who` sits here where there is room."""
        from guanhu.domain.known_at import day_of_moment, known_words

        desk = desk_of(self)
        day = f"{desk.day:%Y-%m-%d}"
        if known_at is None:
            said = _("As of {day} | read-only", day=day)
            here: Whereabouts = getattr(desk, "whereabouts", Whereabouts())
            if here.book_day is not None and here.book_day < desk.day:
                said = _("As of {day} | provisional | read-only", day=day)
        else:
            known = known_words(known_at)
            said = _("As of {day} | known by {time} | read-only", day=day, time=known)
            if cell_len(said) > self.size.width // 2 and desk.day == day_of_moment(known_at):
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


def _name(place: "Place", names: Names) -> str:
    """A place's name after its key; where it must be close, Chinese needs no space before it."""
    if names is Names.WIDE:
        return f" {_(place.words)} "
    said = [_(place.words)] if names is Names.CLOSE else [_(place.words), _(place.short)]
    words = min(said, key=cell_len)
    return words if cell_len(words[0]) > 1 else f" {words}"
