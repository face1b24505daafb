"""One measurement is one process: what it took in seconds, and the most memory it held.

`measured("module:function", **arguments)` runs the function in a fresh interpreter. The function times what it is
about with `clock` and returns a dictionary with "seconds"; whatever it does before is not counted as time, but it is
as memory.
"""

import importlib
import json
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

Facts = dict[str, Any]
clock = time.perf_counter
_MEBIBYTE = 1024 if sys.platform != "darwin" else 1024 * 1024


class Result(msgspec.Struct, frozen=True):
    """A row of the table: ours against the raw baseline of the same run; seconds, MiB."""

    name: str
    ours: float
    baseline: float
    at_most: float
    ours_mb: int
    baseline_mb: int
    facts: dict[str, Any] = {}

    @property
    def ratio(self) -> float:
        """How many times the baseline ours takes."""
        return self.ours / self.baseline

    @property
    def good(self) -> bool:
        """Whether the row keeps its mark, memory included."""
        return self.ratio <= self.at_most and self.ours_mb <= MOST_MB


MOST_MB = 600


def measured(target: str, **arguments: Any) -> Facts:
    """Run "module:function" of this folder in a process of its own; its dictionary, with "mb" added."""
    module, _, function = target.partition(":")
    command = [sys.executable, __file__, f"guanhu.benchmarks.{module}", function, json.dumps(arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Facts = json.loads(done.stdout.splitlines()[-1])
    return found


def best(target: str, times: int, **arguments: Any) -> Facts:
    """The quickest of several runs: for what takes milliseconds, where another process costs more than noise."""
    return min((measured(target, **arguments) for _ in range(times)), key=lambda facts: float(facts["seconds"]))


def on_disk(folder: Path) -> bool:
    """Whether a folder is on a file system that keeps what is synced to it (where that can be told)."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return True
    inside = [(len(at), kind) for at, kind in mounts if folder.resolve().is_relative_to(at)]
    return max(inside, default=(0, ""))[1] not in ("tmpfs", "ramfs")


def machine() -> Facts:
    """What it ran on."""
    import os
    import sqlite3

    return {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "cores": os.cpu_count()}


def _child(module: str, function: str, arguments: str) -> None:
    facts = getattr(importlib.import_module(module), function)(**json.loads(arguments))
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = round(used.ru_utime + used.ru_stime, 2)  # beside the seconds it tells a busy machine from slow work
    print(json.dumps({**facts, "mb": used.ru_maxrss // _MEBIBYTE, "cpu": cpu}))


if __name__ == "__main__":
    _child(*sys.argv[1:])
