"""Steps to a picture that are more than keys."""

import os
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.tests.tui.acting import stand_on, typed
from guanhu.tests.tui.desks import settled
from guanhu.tui.screens.importing import ImportScreen

FILE = "客户清单.csv"
NOON = 1795492800
"""12:00 in China on the day of the tests, in seconds."""


def on_customer(customer_no: str, key: str) -> Any:
    """On a customer's first duty, press a key."""

    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, customer_no)
        await pilot.press(key)
        await settled(pilot)

    return steps


async def write(pilot: Pilot[Any], text: str) -> None:
    """Type a text where the cursor is."""
    await typed(pilot, text)
    await settled(pilot, 0.2)


async def find_anew(pilot: Pilot[Any], text: str) -> None:
    """Look for another customer, and go on to who is found."""
    await pilot.press("slash", *text)
    await settled(pilot, 0.2)
    await pilot.press("enter")
    await settled(pilot, 0.2)


async def look_at_file(pilot: Pilot[Any]) -> None:
    """A list of customers with rows to be refused, looked through."""
    folder = Path(str(pilot.app.folder)) / "files"  # type: ignore[attr-defined]
    folder.mkdir(parents=True)
    rows = (
        "20001,张伟,13800138001,1900000,2026-11-24",
        "20091,新客户,12,5000,2026-11-24",
        "20092,另一位,,80000,2026-11-24",
    )
    (folder / FILE).write_text("\n".join(["客户号,姓名,手机号码,余额,数据日期", *rows]), "utf-8")
    os.utime(folder / FILE, (0, NOON))
    pilot.app.push_screen(ImportScreen(folder))
    await settled(pilot)
    await pilot.press("G", "enter")
    await settled(pilot, 0.2)


async def taken_in(pilot: Pilot[Any]) -> None:
    """The list taken in."""
    await look_at_file(pilot)
    await pilot.press("ctrl+s")
    await settled(pilot, 0.2)


async def fill(pilot: Pilot[Any], **texts: str) -> None:
    """Write into fields of a form."""
    for name, text in texts.items():
        pilot.app.screen.query_one(f"#field-{name.replace('_', '-')}", Input).value = text
    await settled(pilot, 0.2)


async def other_floor(pilot: Pilot[Any]) -> None:
    """What if a tier began elsewhere, since November."""
    await fill(pilot, floor_middle="300000", first="2026-11-01")
    await pilot.press("ctrl+s")
    await settled(pilot, 0.2)


async def known_by(pilot: Pilot[Any]) -> None:
    """The time bar with a time and another day."""
    pilot.app.screen.query_one("#known", Input).value = "2026-11-24 10:01"
    pilot.app.screen.query_one("#day", Input).value = "2026-11-16"
    await settled(pilot, 0.2)


def opened_at(customer_no: str, *keys: str) -> Any:
    """On a customer's page, press keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        pilot.app.open_customer(customer_no)  # type: ignore[attr-defined]
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return steps


async def nothing_found(pilot: Pilot[Any]) -> None:
    """Somebody whom nobody knows is looked for."""
    pilot.app.screen.query_one("#find", Input).value = "无此人"
    await settled(pilot, 0.3)
