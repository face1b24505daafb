"""`guanhu serve`: the interface in a browser, for those who may not install a terminal program."""

import os
import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from guanhu.commands import words
from guanhu.commands.app import command, single
from guanhu.commands.failing import UsageError
from guanhu.commands.frame import frame_of
from guanhu.commands.gate import let_through
from guanhu.language import N_, _, current

app = single()

HOST, PORT = "127.0.0.1", 8000


@command(app, "serve", N_("Show the interface in a browser, on this machine only unless --host says otherwise."))
def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help=N_("Where to listen; else only this machine can connect."))
    ] = HOST,
    port: Annotated[
        int, typer.Option("--port", parser=words.count, metavar="N", help=N_("The port; 0 takes a free one."))
    ] = PORT,
) -> None:
    """`serve`: who has the address with its key acts as whoever started it."""
    if find_spec("textual_serve") is None:
        raise UsageError(_("guanhu serve needs the extra: pip install 'guanhu[serve]'"))
    from guanhu.commands.web import serve_forever

    frame = frame_of(context)
    let_through("serve", "", writing=False)
    # The browser's process is a new one: it learns from its environment what this line said.
    os.environ["GUANHU_BOOK"] = str(frame.path)
    os.environ["GUANHU_LANG"] = current()
    if frame.staff_named:
        os.environ["GUANHU_STAFF"] = frame.staff_named
    serve_forever([sys.executable, "-m", "guanhu.cli"], host, port)
