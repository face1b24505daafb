"""How every screen looks: in both languages, at both sizes, dark and light. `pictures.py` says what a picture is."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.store.inspected import INSPECTOR, MANAGER
from guanhu.tests.tui.branch import ME, TODAY
from guanhu.tests.tui.desks import drive
from guanhu.tests.tui.picture_books import Shelf, branch, flagged, inspected
from guanhu.tests.tui.picture_steps import (
    find_anew,
    known_by,
    look_at_file,
    nothing_found,
    on_customer,
    opened_at,
    other_floor,
    taken_in,
    write,
)
from guanhu.tests.tui.pictures import SIZES, PictureFile, Stop, pictures
from guanhu.tui.app import GuanhuApp
from guanhu.tui.beginning import Beginning
from guanhu.tui.screens.help import HelpScreen
from guanhu.tui.screens.importing import ImportScreen
from guanhu.tui.settings import Settings

TELLER = "T1"
LEAVE = ("escape",)


@pytest.fixture(autouse=True)
def in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times are shown as the machine's clock has them."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The books of the pictures."""
    shelf = Shelf(tmp_path_factory.mktemp("pictures"))
    yield shelf
    shelf.close()


# ---------------------------------------------------------------- the screens
FORMS = {
    "call": ("20002", "c"), "visit": ("20004", "v"), "message": ("20002", "m"), "promise": ("20002", "p"),
    "kept": ("20003", "K"), "accept": ("20005", "Y"), "event": ("20002", "i"),
    "opinion": ("20002", "o"), "request": ("20002", "R"), "product": ("20002", "P"), "mark": ("20002", "M"),
    "waive": ("20002", "W"), "correct": ("20004", "x"), "deposit": ("20002", "plus"), "tag": ("20002", "number_sign"),
    "link": ("20002", "L"), "correct-what": ("20002", "x"),
}  # fmt: skip
"""An act, and the customer and key that open its form."""

TABS = ("page-log", "page-balances", "page-tiers", "page-duties", "page-profile", "page-history")

FAMILIES: dict[str, tuple[str, str, tuple[Stop, ...]]] = {
    "today": ("today", ME, (
        Stop("today", ("n",)),
        Stop("why", ("w",)),
        Stop("one-duty", ("escape", "f")),
        Stop("whose", ("escape", "z")),
        Stop("marked", ("escape", "g", "space", "j", "space")),
        Stop("no-card", ("b",)),
    )),
    "forms": ("today", ME, tuple(
        Stop(name, LEAVE if n else (), on_customer(*how)) for n, (name, how) in enumerate(FORMS.items())
    )),
    "customers": ("customers", ME, (
        Stop("customers", ("j", "space")),
        Stop("filter", ("f",)),
        Stop("export", ("escape", "e")),
        Stop("assign", ("escape", "a")),
        Stop("register", ("escape", "C")),
        Stop("nothing-found", LEAVE, nothing_found),
    )),
    "page": ("customers", ME, (Stop("page", ("j", "enter")), *(Stop(name, ("l",)) for name in TABS))),
    "event": ("customers", ME, (Stop("event", ("j", "enter", *"llllll", "enter")),)),
    "log": ("log", ME, (Stop("log"), Stop("correct", ("x",)), Stop("another-day", ("escape", "comma")))),
    "outlet": ("outlet", ME, (
        Stop("loads"),
        Stop("behind-loads", ("enter",)),
        Stop("waiting", ("escape", "l")),
        Stop("assign", ("a",)),
        Stop("share-out", ("escape", "D")),
        Stop("tiers", ("escape", "l")),
        Stop("moves", ("l",)),
        Stop("behind-moves", ("enter",)),
        Stop("handover", ("escape", "A")),
        Stop("handover-to", ("down", "enter")),
        Stop("handover-plan", ("down", "enter")),
    )),
    "scheme": ("scheme", ME, (
        Stop("tiers"),
        *(Stop(name, ("j",)) for name in ("rating", "posts", "profile", "flags", "versions", "duty")),
        Stop("behind", ("enter",)),
    )),
    "counter": ("counter", TELLER, (
        Stop("nobody"),
        Stop("typed", (), partial(write, text="2000")),
        Stop("found", ("enter", "j")),
        Stop("fill-in", ("E",)),
        Stop("refer", ("escape", "r")),
        Stop("referred", LEAVE, partial(find_anew, text="20005")),
    )),
    "meeting": ("meeting", ME, (Stop("morning"), Stop("evening", ("l",)), Stop("print", ("H",)))),
    "import": ("scheme", ME, (
        Stop("looked-at", (), look_at_file),
        Stop("kind", ("f",)),
        Stop("day", ("escape", "d")),
        Stop("columns", ("escape", "x")),
        Stop("files", ("escape", "escape")),
    )),
    "taken-in": ("scheme", ME, (Stop("result", (), taken_in),)),
    "figures": ("figures", ME, (
        Stop("figures"),
        Stop("a-part", ("tab",)),
        Stop("by-outlet", ("l",)),
        Stop("by-tier", ("l",)),
        Stop("behind", ("enter",)),
        Stop("no-card", ("escape", "b")),
    )),
    "flags": ("flags", "R2", (
        Stop("flags"),
        Stop("a-flag", ("j",)),
        Stop("which-flag", ("f",)),
        Stop("which-entry", ("escape", "X")),
        Stop("evidence", ("enter",)),
        Stop("behind", ("escape", "w")),
    )),
    "replay": ("replay", ME, (
        Stop("replay"),
        Stop("a-move", ("right_square_bracket",)),
        Stop("kinds", ("f",)),
        Stop("of-one", LEAVE, opened_at("20002", "Z")),
        Stop("story", ("l",)),
    )),
    "whatif": ("scheme", ME, (
        Stop("which", ("O",)),
        Stop("floors", ("enter",)),
        Stop("tiers", (), other_floor),
        Stop("behind", ("G", "enter")),
        Stop("moves", ("escape", "l")),
        *(Stop(name, ("l",)) for name in ("staff", "owners")),
    )),
    "back": ("today", ME, (
        Stop("bar", ("T",)),
        Stop("bar-filled", (), known_by),
        Stop("today", ("enter",)),
        Stop("page", (), opened_at("20002")),
        Stop("figures", ("9",)),
    )),
    "uncovered": ("customers", ME, (Stop("covered", (), opened_at("20001")), Stop("uncovered", ("f4",)))),
    "inspection": ("inspection", INSPECTOR, (
        Stop("inspections"),
        Stop("new", ("J",)),
        Stop("sample", ("escape", "enter")),
        Stop("worksheet", ("j", "B")),
        Stop("finding", ("escape", "exclamation_mark")),
        Stop("then", ("escape", "w")),
        Stop("findings", ("escape", "l")),
        Stop("answers", ("l",)),
        Stop("judge", ("j", "Q")),
        Stop("facts", ("escape", "l")),
        Stop("proof", ("U",)),
        Stop("looks", ("escape", "escape", "at")),
    )),
    "answering": ("inspection", MANAGER, (Stop("inspections"), Stop("owed", ("enter",)), Stop("answer", ("Q",)))),
    "over": ("today", ME, (
        Stop("help", ("question_mark",)),
        Stop("help-found", (), partial(write, text="call")),
        Stop("palette", ("escape", "colon")),
        Stop("palette-found", (), partial(write, text="zw")),
        Stop("settings", ("escape", "f2"), themes=("dark",)),
        Stop("jump", ("escape", "semicolon")),
        Stop("nothing-to-undo", ("escape", "u")),
    )),
    "start": ("today", "", (Stop("start"), Stop("new", ("down",)), Stop("new-form", ("enter",)))),
}  # fmt: skip
"""A family of screens: the place it opens at, who acts ("": there is no book yet), the stops."""

BOOKS: dict[str, Callable[[Path], Book]] = {"flags": flagged, "inspection": inspected, "answering": inspected}
"""The book of a family, where it is not the branch."""

WRITTEN = frozenset({"taken-in", "uncovered", "inspection", "answering"})
"""Families that write into the book: a new one for each."""


@pytest.fixture
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths and the user's name look the same on every machine."""
    monkeypatch.setenv("HOME", "/home/staff")
    monkeypatch.setenv("LOGNAME", "staff")
    monkeypatch.setattr(GuanhuApp, "NOTIFICATION_TIMEOUT", 60)  # a notice stays until its picture was taken
    monkeypatch.setattr(ImportScreen, "_set_path", _show_path)
    monkeypatch.setattr(HelpScreen, "_file", "~/.config/guanhu/keys.toml")


def looked_at(shelf: Shelf, folder: Path, family: str, size: str, **settings: Any) -> list[tuple[str, str]]:
    """The pictures of a family of screens."""
    place, staff, stops = FAMILIES[family]
    taken: list[tuple[str, str]] = []

    themes = (settings["theme"],) if "theme" in settings else ("dark", "light")

    async def steps(pilot: Pilot[Any]) -> None:
        name = f"{family}-{settings['language']}-{size}"
        taken.extend(await pictures(pilot, stops, name, themes))

    whose = f"-{family}-{settings['language']}-{size}" if family in WRITTEN else ""
    book = shelf.book(BOOKS.get(family, branch), whose)
    book.staff = staff
    beginning = Beginning(Path("/data/guanhu/book.db"), lambda _tell: pytest.fail("nobody asked for the demo"))
    app = GuanhuApp(
        book if staff else None, staff, TODAY, start=place, settings=Settings(**settings), folder=folder / "guanhu",
        beginning=beginning,
    )  # fmt: skip
    drive(app, steps, SIZES[size], notices=True)
    return taken


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.usefixtures("same_everywhere")
def test_it_looks_as_it_did(
    family: str, language: str, size: str, shelf: Shelf, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    kept = snapshot.use_extension(PictureFile)
    taken = looked_at(shelf, tmp_path, family, size, language=language)
    assert [name for name, picture in taken if kept(name=name) != picture] == []


@pytest.mark.parametrize("family", ["today", "outlet", "page", "figures", "flags", "replay"])
@pytest.mark.usefixtures("same_everywhere")
def test_plain_signs_in_high_contrast_look_as_they_did(
    family: str, shelf: Shelf, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    kept = snapshot.use_extension(PictureFile)
    taken = looked_at(shelf, tmp_path, family, "small", language="zh", theme="contrast", borders="ascii")
    assert [name for name, picture in taken if kept(name=name) != picture] == []


def _show_path(screen: ImportScreen, path: Path) -> None:
    """A path that is the same on every machine."""
    screen.query_one("#import-path", Input).value = str(Path("/data") / path.name)
