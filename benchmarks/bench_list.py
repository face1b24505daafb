"""A key in a list of a million customers, from the key's event to the bytes for the terminal (DESIGN 9).

The key goes the whole way that Textual gives it; then the frame is made at once, as its timer would, in place of
waiting for the timer. Pages come from a thread, after a few milliseconds each, as from a book. Beside it Textual's own
DataTable with a thousand rows, at the same keys.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from guanhu.benchmarks.measure import Facts, Result, clock, measured

AT_MOST_SECONDS = 0.016
ROWS = 1_000_000
TABLE_ROWS = 1_000
PAGE_SECONDS = 0.004
KEYS = ("down",) * 30 + ("pagedown",) * 20 + ("LAST",) + ("up",) * 30 + ("pageup",) * 10 + ("FIRST",)
TIMES = 12
NAMES = ("王伟", "李秀英", "张敏", "欧阳静", "曾志强", "陈桂兰")


def in_list(rows: int) -> Facts:
    """Our list."""
    from textual.app import ComposeResult
    from textual.screen import Screen

    from guanhu.tui.widgets.columns import Column
    from guanhu.tui.widgets.long_list import LongList
    from guanhu.tui.widgets.pages import PageSource, Row

    class Customers(PageSource):
        def count(self) -> int:
            return rows

        def page(self, offset: int, limit: int) -> Sequence[Row]:
            time.sleep(PAGE_SECONDS)
            return [Row(str(n), n) for n in range(offset, min(offset + limit, rows))]

    columns = (
        Column("name", "姓名", lambda n: (NAMES[n % len(NAMES)], "strong"), 10, 16, 1),
        Column("no", "客户号", lambda n: f"62280000{n:08d}", 18),
        Column("tier", "层级", lambda n: "50-300万", 10),
        Column("aum", "AUM(万)", lambda n: f"{n % 3000:,}.0", 12, align="right"),
        Column("duty", "任务", lambda n: "每月联系", 16, 30, 1),
        Column("state", "状态", lambda n: ("! 逾期", "late") if n % 7 == 0 else ("> 待办", "soon"), 10),
    )

    class One(Screen[None]):
        def compose(self) -> ComposeResult:
            yield LongList(columns)

        def on_mount(self) -> None:
            self.query_one(LongList).show(Customers())

    keys = {"LAST": "G", "FIRST": "g"}
    return _took(One, lambda screen: screen.query_one(LongList).cursor, keys, rows)


def in_table(rows: int) -> Facts:
    """Textual's own table."""
    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.widgets import DataTable

    class One(Screen[None]):
        AUTO_FOCUS = "DataTable"

        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

        def on_mount(self) -> None:
            table = self.query_one(DataTable)
            table.add_columns("姓名", "客户号", "层级", "AUM(万)", "任务", "状态")
            for n in range(rows):
                no, aum = f"62280000{n:08d}", f"{n % 3000:,}.0"
                table.add_row(NAMES[n % len(NAMES)], no, "50-300万", aum, "每月联系", "! 逾期")

    keys = {"LAST": "ctrl+end", "FIRST": "ctrl+home"}
    return _took(One, lambda screen: screen.query_one(DataTable).cursor_row, keys, rows)


def _took(screen: Any, position: Callable[[Any], int], keys: dict[str, str], rows: int) -> Facts:
    """Median and 99th percentile of the keys, seconds."""
    from datetime import date

    from textual.events import Key

    from guanhu.tui.desk import Desk
    from guanhu.tui.settings import Settings

    written: list[int] = []

    class Bench(Desk, inherit_bindings=False):
        def get_default_screen(self) -> Any:
            return screen()

        def _display(self, screen: Any, renderable: Any) -> None:
            """What a terminal's driver would be given."""
            if renderable is not None:
                written.append(len(renderable.render_segments(self.console)))

    async def one(app: Bench, key: str) -> float:
        before = position(app.screen)
        started = clock()
        app.post_message(Key(key, key if len(key) == 1 else None))
        while position(app.screen) == before:
            await asyncio.sleep(0)
        app.screen._on_timer_update()
        return clock() - started

    async def run() -> list[float]:
        took: list[float] = []
        app = Bench(None, "", date(2026, 11, 24), settings=Settings(), folder=Path("/nonexistent"))
        async with app.run_test(size=(160, 45)) as pilot:
            await pilot.pause(1.0)
            for turn in range(TIMES):
                for name in KEYS:
                    seconds = await one(app, keys.get(name, name))
                    if turn:  # the first turn warms up
                        took.append(seconds)
                    await asyncio.sleep(0.002)
        return took

    took = sorted(asyncio.run(run()))
    return {
        "seconds": took[len(took) * 99 // 100], "median": took[len(took) // 2], "worst": took[-1], "keys": len(took),
        "bytes": sum(written),
    }  # fmt: skip


def run() -> Result:
    """The 99th percentile against the mark, which stands in the baseline's place; the table's beside it."""
    ours = measured("bench_list:in_list", rows=ROWS)
    table = measured("bench_list:in_table", rows=TABLE_ROWS)
    facts = {
        "median_ms": round(ours["median"] * 1000, 2), "worst_ms": round(ours["worst"] * 1000, 2),
        "table_p99_ms": round(table["seconds"] * 1000, 2), "table_median_ms": round(table["median"] * 1000, 2),
    }  # fmt: skip
    return Result("key", ours["seconds"], AT_MOST_SECONDS, 1.0, ours["mb"], table["mb"], facts)
