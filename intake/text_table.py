"""Rows of a delimited text file, with the line on which each starts."""

import csv
import io
from collections.abc import Iterator
from typing import TypeAlias

from guanhu.intake.contents import Contents
from guanhu.intake.refusal import UnreadableFile

Row: TypeAlias = tuple[int, list[str]]

DELIMITERS = (",", "\t", ";", "|")


class Broken(list[str]):
    """A row that could not be read: a quote was opened and never closed."""


def text_rows(contents: Contents, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every record of the file with the line on which it starts, from 1; nothing is held in memory.

    A record that no reader can end is yielded as `Broken`, and reading goes on after it.
    """
    with contents.open() as opened, io.TextIOWrapper(opened, encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        line = 0
        while True:
            try:
                for record in reader:
                    yield line + 1, record
                    line = reader.line_num
                return
            except csv.Error:
                yield line + 1, Broken()
                line = reader.line_num
            except UnicodeError as error:
                raise UnreadableFile("file_changed", file=contents.name) from error
