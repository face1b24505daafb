"""Files that a command writes where it is told to: for their owner only, and over no other unless that was said."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, TypeAlias

import typer

from guanhu.domain.errors import Refused
from guanhu.language import N_

Overwrite: TypeAlias = Annotated[bool, typer.Option("--yes", help=N_("Overwrite a file that is there."))]


def check_free(path: Path, *, yes: bool) -> None:
    """BookExists("file_exists") where a file stands that may not be overwritten: asked before a look is recorded."""
    from guanhu.store.errors import BookExists

    if not yes and path.exists():
        raise BookExists("file_exists", path=str(path))


@contextmanager
def private_file(path: Path, *, yes: bool) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, since it names customers; BookExists("file_exists") unless `yes`.

    What the system refuses: StoreFull("disk_full"), else Refused("not_writable").
    """
    from guanhu.store.errors import translated_files

    check_free(path, yes=yes)
    with translated_files(path):
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(opened, "wb") as target:
                yield target
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise  # a full disk has a sentence of its own
            raise Refused("not_writable", file=str(path)) from error
