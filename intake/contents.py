"""The bytes of a file, opened anew for every pass over it."""

import io
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from guanhu.intake.refusal import UnreadableFile

MOST_IN_MEMORY = 200 * 1024 * 1024
"""Bytes of a workbook, or of a pipe, that are held in memory."""


class Contents:
    """A file by its path, or what came through a pipe.

    A pipe is read once and held in memory, so that personal data never lie in a temporary file.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = "-" if path == "-" else Path(path).name
        self._held: bytes | None = None
        self._seen: tuple[int, int] | None = None
        try:
            if path == "-":
                self._held = self._capped(sys.stdin.buffer)
                return
            status = os.stat(path)
            if stat.S_ISREG(status.st_mode):
                self._seen = (status.st_size, status.st_mtime_ns)
                return
            with open(path, "rb") as pipe:
                self._held = self._capped(pipe)
        except (FileNotFoundError, ValueError) as error:
            raise UnreadableFile("file_missing", file=path) from error
        except OSError as error:
            raise UnreadableFile("not_readable", file=path) from error

    def open(self) -> BinaryIO:
        """A new pass over the bytes.

        Raises UnreadableFile("file_changed", file) if the file is no longer the one that was opened first.
        """
        if self._held is not None:
            return io.BytesIO(self._held)
        try:
            status = os.stat(self.path)
            if (status.st_size, status.st_mtime_ns) != self._seen:
                raise UnreadableFile("file_changed", file=self.name)
            return open(self.path, "rb")
        except OSError as error:
            raise UnreadableFile("not_readable", file=self.path) from error

    def head(self, size: int) -> bytes:
        """The first bytes."""
        with self.open() as opened:
            return opened.read(size)

    def whole(self) -> bytes:
        """All bytes; raises UnreadableFile("too_large", file) above the cap."""
        with self.open() as opened:
            return self._capped(opened)

    def _capped(self, opened: BinaryIO) -> bytes:
        data = opened.read(MOST_IN_MEMORY + 1)
        if len(data) > MOST_IN_MEMORY:
            raise UnreadableFile("too_large", file=self.name)
        return data
