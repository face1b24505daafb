"""Steps of the tests of inspections: stand at the place as somebody, type into forms, read what is told."""

from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.store.book import Book
from guanhu.tests.store.inspected import TODAY
from guanhu.tests.tui.desks import Steps, drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.screens.inspection_sheet import InspectionSheetScreen
from guanhu.tui.settings import Settings


def at_inspections(
    book: Book, staff: str, folder: Path, steps: Steps, size: tuple[int, int] = (160, 45), language: str = "en"
) -> None:
    """The interface at the place of inspections, as a member of staff."""
    book.staff = staff
    app = GuanhuApp(
        book, staff, TODAY, start="inspection", language=language, settings=Settings(), folder=folder / "config"
    )
    drive(app, steps, size)


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(lines(pilot.app))


def said(pilot: Pilot[Any]) -> list[str]:
    return [each.message for each in pilot.app._notifications]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def write(pilot: Pilot[Any], words: str) -> None:
    """A text in the field that has the focus, in place of what stands there."""
    field = pilot.app.screen.focused
    assert isinstance(field, Input)
    field.value = words
    await settled(pilot)


async def fill(pilot: Pilot[Any], **texts: str) -> None:
    """Texts of a form's fields, and what saving would do."""
    for name, words in texts.items():
        pilot.app.screen.query_one(f"#field-{name}").value = words  # type: ignore[attr-defined]
    await settled(pilot, 0.15)


async def save(pilot: Pilot[Any], **texts: str) -> None:
    """Fill in a form and save it."""
    for name, words in texts.items():
        pilot.app.screen.query_one(f"#field-{name}").value = words  # type: ignore[attr-defined]
    await press(pilot, "ctrl+s")


def front(pilot: Pilot[Any]) -> object:
    """The screen in front."""
    return pilot.app.screen


def sheet(pilot: Pilot[Any]) -> InspectionSheetScreen:
    """The screen of one inspection, which must be in front."""
    screen = pilot.app.screen
    assert isinstance(screen, InspectionSheetScreen), screen
    return screen
