"""The folders and files that an import can begin with."""

import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from guanhu.domain.branch_time import branch_time
from guanhu.domain.errors import Refused

READABLE = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".htm", ".html")
"""Endings of the files that the bank's systems write."""

UP = ".."


class Entry(msgspec.Struct, frozen=True):
    """A folder or a file; `size` in bytes, `changed` by the branch's clock."""

    name: str
    folder: bool
    size: int = 0
    changed: datetime | None = None


def listing(folder: Path) -> list[Entry]:
    """What can be gone into or taken, folders first, the newest file first. Refused("not_readable", file)."""
    folders = [Entry(UP, True)] if folder.parent != folder else []
    files: list[Entry] = []
    try:
        with os.scandir(folder) as found:
            for each in found:
                if each.name.startswith("."):
                    continue
                entry = _entry(each)
                if entry is not None:
                    (folders if entry.folder else files).append(entry)
    except OSError as error:
        raise Refused("not_readable", file=str(folder)) from error
    folders.sort(key=lambda entry: (entry.name != UP, entry.name.casefold()))
    files.sort(key=lambda entry: entry.changed.timestamp() if entry.changed else 0.0, reverse=True)
    return folders + files


def _entry(each: "os.DirEntry[str]") -> Entry | None:
    try:
        if each.is_dir():
            return Entry(each.name, True)
        if not each.name.casefold().endswith(READABLE):
            return None
        status = each.stat()
    except OSError:
        return None  # a link to nowhere, or gone meanwhile
    return Entry(each.name, False, status.st_size, branch_time(datetime.fromtimestamp(status.st_mtime, UTC)))


def size_words(entry: Entry) -> str:
    """A file's size in few cells: 12 KB, 3.4 MB; nothing for a folder."""
    if entry.folder:
        return ""
    size = entry.size
    if size < 1024 * 1024:
        return f"{-(-size // 1024)} KB"
    return f"{size / (1024 * 1024):.1f} MB"
