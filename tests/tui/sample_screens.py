"""Places and pages for the tests of what is around them."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from guanhu.language import _
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY
from guanhu.tui import places
from guanhu.tui.app import GuanhuApp
from guanhu.tui.keys import bindings
from guanhu.tui.places import Place
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.columns import Column
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource
from guanhu.tui.work_screen import WorkScreen

SAMPLES = "guanhu.tests.tui.sample_screens"


class Morning(WorkScreen):
    """A place."""

    PLACE = "today"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("act.call", "app.find")]
    calls = 0

    def body(self) -> ComposeResult:
        yield Input(placeholder=_("Search"))
        yield LongList([Column("n", _("Customers"), str, 10)], id="rows")

    def load(self) -> None:
        self.query_one(LongList).show(ListSource(rows_of(range(30), str)))

    def action_act_call(self) -> None:
        self.calls += 1

    def action_app_find(self) -> None:
        self.query_one(Input).focus()


class Evening(Morning):
    """Another place."""

    PLACE = "customers"


class Page(WorkScreen):
    """What is opened over a place."""

    def __init__(self, customer_no: str, order: object = None) -> None:
        super().__init__()
        self.customer_no = customer_no
        self.order = order

    def words(self) -> str:
        return self.customer_no


class NoBook(WorkScreen):
    """The first start."""

    def words(self) -> str:
        return "first start"


def use_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and the first start are those of this file."""
    import guanhu.tui.app

    for module in (places, guanhu.tui.app):
        monkeypatch.setattr(module, "CUSTOMER_PAGE", f"{SAMPLES}:Page")
        monkeypatch.setattr(module, "FIRST_START", f"{SAMPLES}:NoBook")


def app_on(book: Book | None, tmp_path: Path, **settings: Any) -> GuanhuApp:
    """The interface with two places."""
    own = (Place("today", f"{SAMPLES}:Morning"), Place("customers", f"{SAMPLES}:Evening"))
    wanted = {"language": "en"} | settings
    return GuanhuApp(book, STAFF, TODAY, settings=Settings(**wanted), folder=tmp_path / "config", places=own)


def screen_of(pilot: Pilot[None], kind: type[Screen[Any]]) -> Any:
    """The screen in front, which must be of this kind."""
    assert isinstance(pilot.app.screen, kind), pilot.app.screen
    return pilot.app.screen
