"""`guanhu demo`: a made-up branch to look around in; the system's user is one of its relationship managers."""

from pathlib import Path
from typing import Annotated

import typer

from guanhu.commands import words
from guanhu.commands.app import command, single
from guanhu.commands.frame import Frame, check_folder, today
from guanhu.commands.gate import let_through
from guanhu.commands.output import note
from guanhu.commands.progress import progress
from guanhu.language import N_, _

app = single()

CUSTOMERS, SEED = 2000, 1


@command(app, "demo", N_("Make up a branch and show its day."))
def demo(
    context: typer.Context,
    customers: Annotated[
        int, typer.Option("--customers", parser=words.count, metavar="N", help=N_("How many customers it has."))
    ] = CUSTOMERS,
    seed: Annotated[
        int, typer.Option("--seed", parser=words.count, metavar="N", help=N_("The same seed makes the same branch."))
    ] = SEED,
    at: Annotated[
        Path | None, typer.Option("--at", metavar="BOOK", help=N_("Keep the book there; else it is gone afterwards."))
    ] = None,
) -> None:
    """`demo`."""
    let_through("demo", "", writing=False)
    language: str = context.find_root().params.get("lang", "")
    if at is not None:
        check_folder(at)
        _show(at, customers, seed, language)
        note(_("The book stays at {path}: guanhu --book {path} duty list", path=str(at)))
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="guanhu-demo-") as folder:
        _show(Path(folder) / "book.db", customers, seed, language)


def _show(path: Path, customers: int, seed: int, language: str) -> None:
    from guanhu.commands.bare import on_terminal, open_interface, say_why_not
    from guanhu.commands.day import show_day
    from guanhu.commands.demo_branch import build_demo

    with progress(_("Making up a branch")) as tell:
        book = build_demo(path, customers=customers, seed=seed, today=today(), progress=tell)
    book.close()
    # Who acts in the made-up branch is one of its relationship managers, whoever acts in the real one.
    with Frame(str(path), book.staff) as frame:
        if on_terminal():
            open_interface(frame, language or None)
        else:
            say_why_not()
            show_day(frame)
