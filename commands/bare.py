"""What `guanhu` without a command does: the interface on a terminal, else the day as text."""

import os
import sys
from typing import TYPE_CHECKING

from guanhu.commands.gate import let_through
from guanhu.language import _

if TYPE_CHECKING:
    from guanhu.commands.frame import Frame
    from guanhu.tui.app import GuanhuApp


def on_terminal() -> bool:
    """Whether a person can work here: a browser, or a terminal at all ends that can place the cursor.

    Textual draws on the error stream: where that goes elsewhere the screen would stay empty.
    """
    if os.environ.get("TEXTUAL_DRIVER"):  # `guanhu serve` stands for the terminal
        return True
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def say_why_not() -> None:
    """On a terminal whose error stream alone goes elsewhere, say that this keeps the interface from opening."""
    if sys.stdin.isatty() and sys.stdout.isatty() and not sys.stderr.isatty():
        print(_("The interface draws on the error stream, which leads elsewhere here (2>): without that it opens."))


def bare(frame: "Frame", language: str | None = None) -> None:
    """Open the interface, at the first start where there is no book; print the day where there is no terminal."""
    if on_terminal():
        open_interface(frame, language)
        return
    say_why_not()
    from guanhu.commands.day import bare as print_day

    print_day(frame)


def open_interface(frame: "Frame", language: str | None = None) -> None:
    """Work in the book of the frame until the interface is left; BookDamaged, NotFound("unknown_staff")."""
    from guanhu.tui.starting import interface, put_off_collecting

    put_off_collecting()
    from guanhu.commands.frame import today
    from guanhu.store.errors import BookMissing

    try:
        book = frame.book
    except BookMissing:
        _begin(frame, language)
        return
    if book.stale:
        _mend(frame, language)
        return
    with book.reading() as cursor:
        staff = frame.acting(cursor)
    let_through("interface", staff, writing=False)
    book.staff = staff
    _work(interface(book, staff, today(), language=language))


def _work(app: "GuanhuApp") -> None:
    """Work until the person leaves; its failure, and what was refused after they left, is told as every failure is."""
    app.run()
    if app.fault is not None:
        raise app.fault
    if app.untold:
        raise app.untold[0]


def _mend(frame: "Frame", language: str | None) -> None:
    """A book of another version: it is made ready in the interface, where the person says so."""
    from guanhu.commands.frame import today
    from guanhu.tui.beginning import Mending, Tell
    from guanhu.tui.starting import interface

    book = frame.book

    def rebuild(tell: Tell) -> str:
        from guanhu.store import rebuilding

        with book.recorder.reading() as cursor:
            let_through("store rebuild", frame.acting(cursor), writing=True)
        rebuilding.rebuild(book, tell)
        with book.reading() as cursor:
            book.staff = frame.acting(cursor)
        let_through("interface", book.staff, writing=False)
        return book.staff

    _work(interface(None, "", today(), language=language, mending=Mending(book, rebuild)))


def _begin(frame: "Frame", language: str | None) -> None:
    """The first start; the book that was begun there is closed when the person leaves."""
    from contextlib import ExitStack

    from guanhu.commands.first_start import beginning
    from guanhu.commands.frame import today
    from guanhu.tui.starting import interface

    with ExitStack() as at_the_end:
        app = interface(None, "", today(), language=language, beginning=beginning(frame.path, at_the_end))
        try:
            _work(app)
        finally:
            if app.book is not None:
                app.book.close()
