"""Questions off the screen's loop: in threads of their own, and given up as soon as nobody waits for the answer.

A thread can't be ended from outside: a question under way gives way by itself (`giving_way.py`). And acts, which use
other threads, never wait until questions that were left have ended.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import Event

from textual.widget import Widget
from textual.worker import WorkType

from guanhu.tui.giving_way import waited_for

THREADS = 8
"""Questions at a time: more than a screen asks, so that what waits for another terminal leaves room for the rest."""


class Questions:
    """The threads in which one desk asks."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="guanhu-question")

    def ask(
        self, widget: Widget, run: Callable[[], object], over: Event, *, group: str, exclusive: bool = False
    ) -> None:
        """Call `run` in a thread, in the name of a widget; once `over` is set it is not begun, or given up."""

        def while_waited_for() -> None:
            with waited_for(over):
                run()

        async def asked() -> None:
            here = copy_context()
            await asyncio.get_running_loop().run_in_executor(self._threads, here.run, while_waited_for)

        work: WorkType[None] = asked
        widget.run_worker(work, name=group, group=group, exclusive=exclusive, exit_on_error=False)

    def close(self) -> None:
        """Begin no more. The loop, when it ends, waits for those under way: the book is closed after them."""
        asyncio.get_running_loop().run_in_executor(None, partial(self._threads.shutdown, cancel_futures=True))
