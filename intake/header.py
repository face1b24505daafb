"""Finding the header row of a table, and which of its columns mean what (DESIGN 7)."""

from collections.abc import Iterable, Mapping

import msgspec

from guanhu.intake.columns import AMOUNTS, IGNORED, REQUIRED, Unit, recognise, same, title_unit
from guanhu.intake.mapping import ColumnMapping
from guanhu.intake.records import Kind
from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.text_table import Row

SEARCHED = 20
"""Rows from the top among which the header is looked for."""


class Header(msgspec.Struct, frozen=True):
    """The header row and what its columns are.

    `columns`: column -> its place; `others`: place -> header of what no kind of file knows; `unit_title`: the title
    row that states the unit, if that is where it is stated; `missing`: required columns that it does not have.
    """

    row: int
    cells: list[str]
    columns: Mapping[str, int]
    units: Mapping[str, Unit]
    others: Mapping[int, str]
    unit_title: list[str]
    missing: tuple[str, ...]
    doubled: str

    @property
    def width(self) -> int:
        """Cells of a row, without empty headers at the end."""
        return max((place for place, cell in enumerate(self.cells, 1) if cell.strip()), default=0)


def find_header(kind: Kind, rows: Iterable[Row], mapping: ColumnMapping, *, dated: bool) -> Header | None:
    """The first row that has the required columns, else the one that has most columns; None if no row has any.

    `rows` are those among which to look; with `dated` the date of balances is known without a column.
    """
    best: Header | None = None
    titles: list[list[str]] = []
    for number, cells in rows:
        header = _read(kind, number, cells, titles, mapping, dated=dated)
        if header.columns and not header.missing:
            return header
        if header.columns and (best is None or len(header.columns) > len(best.columns)):
            best = header
        titles.append(cells)
    return best


def checked(header: Header | None, name: str) -> Header:
    """The header, if the file can be read by it.

    Raises UnreadableFile: "no_header", "missing_column", "duplicate_column", "unknown_unit".
    """
    if header is None:
        raise UnreadableFile("no_header", file=name)
    if header.missing:
        raise UnreadableFile("missing_column", column=", ".join(header.missing), file=name)
    if header.doubled:
        raise UnreadableFile("duplicate_column", column=header.doubled, file=name)
    if header.unit_title and (stated := title_unit(header.unit_title)) and stated[1] is None:
        raise UnreadableFile("unknown_unit", value=stated[0], file=name)
    return header


def _read(
    kind: Kind, number: int, cells: list[str], titles: list[list[str]], mapping: ColumnMapping, *, dated: bool
) -> Header:
    """What a row would mean if it were the header."""
    columns, units, doubled = _bind(kind, cells, mapping)
    # A header states the unit of its column; a mapping file stands above it; a title row stands in for both.
    units |= {column: unit for column, unit in mapping.units.items() if column in columns}
    unit_title: list[str] = []
    unstated = [column for column in AMOUNTS if column in columns and column not in units]
    if unstated:
        unit_title = next((title for title in titles if title_unit(title)), [])
        stated = title_unit(unit_title)
        if stated and stated[1]:
            units |= dict.fromkeys(unstated, stated[1])
    # `--date` is the date of balances; a contact has a date of its own.
    given = {"date"} if dated and kind == "balances" else set()
    missing = tuple(column for column in REQUIRED[kind] if column not in columns and column not in given)
    return Header(number, cells, columns, units, _others(cells, columns), unit_title, missing, doubled)


def _bind(kind: Kind, cells: list[str], mapping: ColumnMapping) -> tuple[dict[str, int], dict[str, Unit], str]:
    """Columns and their units; also a header that stands twice for one column, which nobody could choose between."""
    mapped = {same(header): column for column, header in mapping.columns.items()}
    places: dict[str, tuple[int, int]] = {}
    units: dict[str, Unit] = {}
    doubled: dict[str, str] = {}
    for place, cell in enumerate(cells):
        recognised = recognise(kind, cell) if cell.strip() and same(cell) not in IGNORED else None
        column, rank, unit = recognised or ("", 0, None)
        if same(cell) in mapped:
            column, rank, unit = mapped[same(cell)], -1, unit if column == mapped[same(cell)] else None
        elif not column or column in mapping.columns:
            continue
        if column in places and places[column][0] <= rank:
            if places[column][0] == rank:
                doubled[column] = cell.strip()
            continue
        places[column] = (rank, place)
        doubled.pop(column, None)
        units.pop(column, None)
        if unit:
            units[column] = unit
    return {column: place for column, (_, place) in places.items()}, units, next(iter(doubled.values()), "")


def _others(cells: list[str], columns: Mapping[str, int]) -> dict[int, str]:
    """Headers that no column stands for, by their place; one that stands twice gets a number."""
    taken = set(columns.values())
    others: dict[int, str] = {}
    for place, cell in enumerate(cells):
        header = cell.strip()
        if header and place not in taken and same(header) not in IGNORED:
            name, count = header, 1
            while name in others.values():
                count += 1
                name = f"{header} {count}"
            others[place] = name
    return others
