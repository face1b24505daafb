"""Pictures of the interface: what stands on the screen and in which colours, dark and light, as a text to compare.

A picture has the screen's lines, a table of the styles on it (dark, then light), and on which cells each stands, so
that a change of it can be read. With GUANHU_PICTURES=FOLDER every picture is written there as SVG too, to be looked at.
"""

import os
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from rich.segment import Segment
from rich.style import Style
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual._context import visible_screen_stack
from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.tests.tui.desks import settled
from guanhu.tui.desk import desk_of

SIZES = {"small": (80, 24), "large": (160, 45)}
FOLLOWS = 0.15
"""Seconds until all is drawn that follows the cursor."""
HASH = re.compile("[0-9a-f]{64}")
"""Another one in every book, because its keys are random: drawn as zeros."""
Steps = Callable[[Pilot[Any]], Awaitable[None]]


class Stop(msgspec.Struct, frozen=True):
    """A place to take a picture: what leads there from the stop before (keys, then steps), and its name.

    `themes`: those it is taken in, where the words themselves tell which one is worn.
    """

    name: str
    keys: Sequence[str] = ()
    steps: Steps | None = None
    themes: Sequence[str] = ()


class PictureFile(SingleFileSnapshotExtension):
    """A picture is a text file of its own."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


async def pictures(
    pilot: Pilot[Any], stops: Sequence[Stop], name: str, themes: Sequence[str] = ("dark", "light")
) -> list[tuple[str, str]]:
    """Go from stop to stop; each one's name and picture."""
    found = []
    for stop in stops:
        pilot.app.clear_notifications()  # those of the stop before: they leave by the clock
        for key in stop.keys:
            await pilot.press(key)
            await settled(pilot)
        if stop.steps is not None:
            await stop.steps(pilot)
        await settled(pilot, FOLLOWS)
        found.append((stop.name, await picture(pilot, f"{name}-{stop.name}", stop.themes or themes)))
    return found


async def picture(pilot: Pilot[Any], name: str, themes: Sequence[str]) -> str:
    """What stands on the screen, in each of the themes."""
    for typed in pilot.app.screen.query(Input):
        typed.cursor_blink = False
    looks = {}
    worn = desk_of(pilot.app.screen).settings.theme
    for theme in sorted(themes, key=lambda theme: theme != worn):  # what is worn first: putting another on is slow
        await wear(pilot, theme)
        looks[theme] = drawn(pilot.app)
        if folder := os.environ.get("GUANHU_PICTURES"):
            Path(folder, f"{name}-{theme}.svg").write_text(pilot.app.export_screenshot(), "utf-8")
    return "\n".join(_told([looks[theme] for theme in themes])) + "\n"


async def wear(pilot: Pilot[Any], theme: Any) -> None:
    """Put on another theme."""
    desk = desk_of(pilot.app.screen)
    if desk.settings.theme != theme:
        desk.apply(msgspec.structs.replace(desk.settings, theme=theme))
        await settled(pilot)


def drawn(app: App[Any]) -> list[list[Segment]]:
    """The screen's lines with their styles, dialogs with what is behind them."""
    visible_screen_stack.set(app._background_screens)
    size = app.size
    chops = app.screen._compositor._render_chops(Region(0, 0, size.width, size.height), lambda _y: True)
    return [[segment for strip in line.values() for segment in strip] for line in chops]


def _told(looks: Sequence[list[list[Segment]]]) -> Iterator[str]:
    texts = [[HASH.sub("0" * 64, "".join(segment.text for segment in line)) for line in look] for look in looks]
    assert all(text == texts[0] for text in texts), "a theme changed the words"
    yield from (text.rstrip() for text in texts[0])
    names: dict[tuple[str, ...], str] = {}
    runs = []
    for lines in zip(*looks, strict=True):
        told = []
        for styles, cells in groupby(zip(*map(_cells, lines), strict=True)):
            told.append(f"{names.setdefault(styles, _letter(len(names)))}{len(list(cells))}")
        runs.append(" ".join(told))
    yield "--"
    yield from (f"{letter}  {'  |  '.join(styles)}" for styles, letter in names.items())
    yield "--"
    at = 0
    for run, same in groupby(runs):
        count = len(list(same))
        yield f"{at + 1}{f'-{at + count}' if count > 1 else ''}: {run}"
        at += count


def _cells(line: list[Segment]) -> list[str]:
    """A style for every character."""
    return [style for segment in line for style in [_style(segment.style)] * len(segment.text)]


def _style(style: Style | None) -> str:
    if style is None:
        return "none"
    inks = (style.color, style.bgcolor)
    colours = (each.triplet.hex if each and each.triplet else str(each and each.name) for each in inks)
    shown = ("bold", "dim", "italic", "underline", "reverse", "strike")
    return " ".join((" on ".join(colours), *(name for name in shown if getattr(style, name))))


def _letter(n: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[n] if n < len(letters) else f"<{n}>"
