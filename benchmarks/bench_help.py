"""`guanhu --help` against a bare Typer program with as many commands (DESIGN 9)."""

import subprocess
import sys
from pathlib import Path

from guanhu.benchmarks.measure import Facts, Result, clock, measured

AT_MOST = 1.3
TIMES = 15

_BARE = """import typer
app = typer.Typer()
def add(app, name):
    @app.command(name)
    def command(no: str = typer.Argument(...), on: str = typer.Option("", "--on"), json: bool = False) -> None:
        "A command of that name."
for group, names in GROUPS.items():
    if group:
        inner = typer.Typer()
        app.add_typer(inner, name=group)
    for name in names:
        add(inner if group else app, name)
app()
"""


def groups() -> dict[str, list[str]]:
    """The commands of the program by their group ("" for those that stand alone)."""
    import click

    from guanhu.commands.root import root

    found: dict[str, list[str]] = {"": []}
    whole = root()
    context = click.Context(whole)
    for name in whole.list_commands(context):
        command = whole.get_command(context, name)
        if isinstance(command, click.Group):
            found[name] = command.list_commands(context)
        else:
            found[""].append(name)
    return found


def program(file: str) -> Facts:
    """Write the bare program."""
    found = groups()
    Path(file).write_text(_BARE.replace("GROUPS", repr(found)), encoding="utf-8")
    return {"seconds": 0.0, "commands": sum(map(len, found.values()))}


def helped(command: list[str]) -> float:
    """The seconds of one run."""
    started = clock()
    subprocess.run([*command, "--help"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return clock() - started


def run(work: Path) -> Result:
    """Turn by turn, the median of each, so that a busy machine slows both."""
    bare = str(work / "bare.py")
    facts = measured("bench_help:program", file=bare)
    ours_command = [str(Path(sys.executable).with_name("guanhu"))]
    ours, plain = [], []
    for _ in range(TIMES):
        ours.append(helped(ours_command))
        plain.append(helped([sys.executable, bare]))
    medians = sorted(ours)[TIMES // 2], sorted(plain)[TIMES // 2]
    return Result("help", *medians, AT_MOST, 0, 0, {"commands": facts["commands"]})
