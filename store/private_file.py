"""Files that leave the book: for their owner only, since they name customers, and in place when they are whole."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from tempfile import mkstemp
from typing import IO

from guanhu.domain.errors import Refused
from guanhu.store.errors import translated_files


@contextmanager
def private_file(path: Path) -> Iterator[IO[bytes]]:
    """The file to write, which takes the place of what stood at `path` when all of it is there.

    What is no file - a pipe, a device - is written to as it is. Refused("folder_missing", "not_writable"),
    StoreFull("disk_full").
    """
    with _refusing(path):
        where = path.resolve()  # what a link names is written, and the link stays
        if where.exists() and not where.is_file():
            with where.open("wb") as target:
                yield target
            return
        opened, name = mkstemp(prefix=".guanhu.", suffix=".part", dir=where.parent)  # 0600, and nobody else's
        try:
            with os.fdopen(opened, "wb") as target:
                yield target
            os.replace(name, where)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise


@contextmanager
def private_text(path: Path, *, marked: bool = False) -> Iterator[IO[str]]:
    """The same in UTF-8; `marked`: with a BOM, without which Excel reads UTF-8 as GBK. Line ends are as written."""
    with (
        private_file(path) as target,
        TextIOWrapper(target, encoding="utf-8-sig" if marked else "utf-8", newline="") as text,
    ):
        yield text


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    with translated_files(path):
        try:
            yield
        except FileNotFoundError as error:
            raise Refused("folder_missing", path=str(path.parent)) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise  # a full disk has a sentence of its own
            raise Refused("not_writable", file=str(path)) from error
