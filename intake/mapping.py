"""A mapping file: how a bank's own file differs from what the table of names knows (DESIGN 7).

TOML: `[columns]` customer_no = "CUST_ID"; `[units]` balance_yuan = "wan"; `[values.channel]` "P" = "phone";
`date_format` = "%d/%m/%Y" (as of `datetime.strptime`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

import msgspec

from guanhu.intake.columns import AMOUNTS, NAMES, Unit, column_named
from guanhu.intake.records import Kind
from guanhu.intake.refusal import UnreadableFile


class ColumnMapping(msgspec.Struct, frozen=True):
    """What a mapping file says for one kind of file; the keys are columns of that kind."""

    columns: Mapping[str, str] = {}
    units: Mapping[str, Unit] = {}
    values: Mapping[str, Mapping[str, str]] = {}
    date_format: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    columns: dict[str, str] = {}
    units: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    date_format: str | None = None


def read_mapping(path: Path, kind: Kind) -> ColumnMapping:
    """Read a mapping file for one kind of file; what it says for other kinds is left aside.

    Raises UnreadableFile("bad_mapping", value) for what is no TOML of this form or names an unknown column,
    UnreadableFile("file_missing", "not_readable", file).
    """
    try:
        # Decoded here, so that a file saved by a Windows editor with a BOM is read too.
        text = path.read_bytes().decode("utf-8-sig")
        written = msgspec.toml.decode(text, type=_File)
    except FileNotFoundError as error:
        raise UnreadableFile("file_missing", file=str(path)) from error
    except OSError as error:
        raise UnreadableFile("not_readable", file=str(path)) from error
    except (ValueError, msgspec.MsgspecError) as error:
        raise UnreadableFile("bad_mapping", value=f"{path.name}: {error}") from error
    columns = {
        column: header for name, header in written.columns.items() if (column := _column(name, kind, path)) is not None
    }
    values = {
        column: {word.strip(): meaning for word, meaning in words.items()}
        for name, words in written.values.items()
        if (column := _column(name, kind, path)) is not None
    }
    return ColumnMapping(columns, _units(written.units, kind, path), values, _date_format(written.date_format, path))


def _column(name: str, kind: Kind, path: Path) -> str | None:
    """The column of this kind that a name means; None if only another kind has it."""
    column = column_named(kind, name)
    if column is None and not any(column_named(other, name) for other in NAMES):
        raise UnreadableFile("bad_mapping", value=f"{path.name}: {name}")
    return column


def _units(written: Mapping[str, str], kind: Kind, path: Path) -> Mapping[str, Unit]:
    units: dict[str, Unit] = {}
    for name, unit in written.items():
        column = _column(name, kind, path)
        if unit not in get_args(Unit) or (column is not None and column not in AMOUNTS):
            raise UnreadableFile("bad_mapping", value=f"{path.name}: {name} = {unit}")
        if column is not None:
            units[column] = cast(Unit, unit)
    return units


def _date_format(written: str | None, path: Path) -> str | None:
    from datetime import datetime

    if written is None:
        return None
    try:
        # A format that can't read back what it writes names no full day. The sample's day, month and year differ.
        sample = datetime(2031, 12, 25)
        if datetime.strptime(sample.strftime(written), written) == sample:
            return written
    except ValueError:
        pass
    raise UnreadableFile("bad_mapping", value=f"{path.name}: date_format = {written}")
