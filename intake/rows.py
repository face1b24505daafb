"""Rows into checked records: the cells of a row pass the checks of their columns, the first bad one refuses the row."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from guanhu.domain.errors import Refused
from guanhu.domain.money import parse_yuan
from guanhu.intake import checks
from guanhu.intake.columns import REQUIRED, Unit
from guanhu.intake.header import Header
from guanhu.intake.mapping import ColumnMapping
from guanhu.intake.records import (
    AssignmentRecord,
    ContactRecord,
    CustomerRecord,
    Kind,
    ProductRecord,
    Record,
    StaffRecord,
)
from guanhu.intake.refusal import SHOWN, Refusal
from guanhu.intake.text_table import Broken, Row
from guanhu.intake.words import is_total

Parsed: TypeAlias = tuple[list[Record], list[Refusal]]
Check: TypeAlias = Callable[[str], Any]
# Cells that passed their checks, by column; what a maker takes out of it is of the column's type.
Values: TypeAlias = dict[str, Any]

_FACTS = (
    "address", "age", "occupation", "marital_status", "education", "income", "hobbies", "spending_habits",
    "risk_preference", "needs",
)  # fmt: skip
_CHECKS: Mapping[str, Check] = {
    "customer_no": checks.customer_no,
    "name": checks.text,
    "sex": checks.sex,
    "lunar_birthday": checks.lunar_birthday,
    "phone": checks.phone,
    "identity_no": checks.identity_no,
    "card_no": checks.code,
    "outlet": checks.code,
    "owner": checks.code,
    "staff": checks.code,
    "staff_id": checks.code,
    "product": checks.text,
    "product_no": checks.code,
    "channel": checks.channel,
    "outcome": checks.outcome,
    "duration_seconds": checks.duration,
    "note": checks.note,
    **dict.fromkeys(_FACTS, checks.text),
}
_EMPTY = '=""'  # how some exports write a cell that is empty and text
# A member of staff without a role, or a balance without a date, is judged elsewhere.
_MAY_BE_BLANK = frozenset({"role", "date"})


class RowReader:
    """Reads the rows of one file by its header."""

    def __init__(self, kind: Kind, header: Header, mapping: ColumnMapping, day: date | None) -> None:
        self.header = header
        self.day = day
        self.words = mapping.values
        self.ordinals: dict[str, int] = {}
        self.day_of = checks.day_reader(mapping.date_format)
        self._make = _MAKERS[kind]
        self._needed = {column for column in REQUIRED[kind] if column not in _MAY_BE_BLANK}
        self._needed |= {"date"} if kind == "contacts" else set()
        self._width = header.width
        self._plan = sorted(
            (place, column, self._check(kind, column, mapping)) for column, place in header.columns.items()
        )
        if kind == "customers":
            self._plan += [(place, name, checks.text) for place, name in header.others.items()]
            self._plan.sort(key=lambda step: step[0])

    def _check(self, kind: Kind, column: str, mapping: ColumnMapping) -> Check:
        """The check of a column, after the words that a mapping file replaces."""
        check = self._plain_check(kind, column)
        words = mapping.values.get(column)
        if words is None:
            return check
        return lambda cell: check(meaning) if (meaning := words.get(cell.strip(), cell)) else ""

    def _plain_check(self, kind: Kind, column: str) -> Check:
        if column in ("balance_yuan", "amount_yuan"):
            return amount_reader(self.header.units.get(column, "yuan"))
        if column == "matures_on":
            return checks.end_reader(self.day_of)
        if column == "birthday":
            return checks.iso_reader(self.day_of)
        if column in ("balance_date", "date", "next_date", "opened_on"):
            return self.day_of
        if column == "role":
            return checks.roles if kind == "staff" else checks.role
        return _CHECKS[column]

    def read(self, rows: Iterable[Row]) -> Parsed:
        """Check rows, in their order; blank rows, total rows and repeated headers are no rows."""
        records: list[Record] = []
        refusals: list[Refusal] = []
        for row, cells in rows:
            result = self.read_one(row, cells)
            if isinstance(result, Refusal):
                refusals.append(result)
            elif result is not None:
                records.append(result)
        return records, refusals

    def read_one(self, row: int, cells: list[str]) -> Record | Refusal | None:
        """Check one row; None if it is no row of the table."""
        if cells == self.header.cells or is_total(cells):
            return None
        width = self._width
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            return self._odd_row(row, cells)
        values: Values = {}
        place = 0
        try:
            for place, column, check in self._plan:
                cell = cells[place]
                value = "" if not cell or cell.isspace() or cell == _EMPTY else check(cell)
                if value != "":
                    values[column] = value
                elif column in self._needed:
                    raise Refused("missing_value")
            return self._make(self, row, values)
        except Refused as refused:
            if _is_blank(cells):
                return None
            if refused.code == "missing_date":
                place = self.header.columns.get("balance_date", self.header.columns.get("date", -1))
            return self._refusal(row, cells, place, refused.code)

    def _odd_row(self, row: int, cells: list[str]) -> Refusal | None:
        """A row with too many cells or too few."""
        if isinstance(cells, Broken):
            return Refusal(row, "", "", "unclosed_quote")
        if _is_blank(cells):
            return None
        # A quote that was never meant as one swallows line ends and delimiters.
        reason = "unclosed_quote" if any("\n" in cell for cell in cells) else "wrong_width"
        return Refusal(row, "", ",".join(cells)[:SHOWN], reason)

    def _refusal(self, row: int, cells: list[str], place: int, reason: str) -> Refusal:
        if place < 0:
            return Refusal(row, "", "", reason)
        return Refusal(row, self.header.cells[place].strip(), cells[place][:SHOWN], reason)


def _is_blank(cells: list[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


def amount_reader(unit: Unit) -> Callable[[str], int]:
    """A check for amounts of a column that counts in a unit; fen."""
    return lambda cell: parse_yuan(checks.bare(cell), unit=unit)


def _customer(reader: RowReader, row: int, values: Values) -> CustomerRecord:
    take = values.pop
    fen: int | None = take("balance_yuan", None)
    day: date | None = take("balance_date", reader.day)
    if fen is None:
        day = None
    elif day is None:
        raise Refused("missing_date")
    return CustomerRecord(
        row, take("customer_no"), take("name", ""), values, take("outlet", ""), take("owner", ""),
        fen, day.toordinal() if day else None,
    )  # fmt: skip


def _balance(reader: RowReader, row: int, values: Values) -> Record:
    day: date | None = values.get("date", reader.day)
    if day is None:
        raise Refused("missing_date")
    return row, values["customer_no"], values["balance_yuan"], day.toordinal()


def _contact(_reader: RowReader, row: int, values: Values) -> ContactRecord:
    get = values.get
    return ContactRecord(
        row, values["customer_no"], values["date"], values["channel"], values["outcome"],
        get("duration_seconds"), get("staff", ""), get("note", ""), get("next_date"),
    )  # fmt: skip


def _product(_reader: RowReader, row: int, values: Values) -> ProductRecord:
    get = values.get
    return ProductRecord(
        row, values["customer_no"], values["product"], values["amount_yuan"],
        get("opened_on"), get("matures_on"), get("product_no", ""),
    )  # fmt: skip


def _staff(_reader: RowReader, row: int, values: Values) -> StaffRecord:
    get = values.get
    return StaffRecord(row, values["staff_id"], get("name", ""), get("role", ()), get("outlet", ""))


def _assignment(_reader: RowReader, row: int, values: Values) -> AssignmentRecord:
    return AssignmentRecord(row, values["customer_no"], values["staff_id"], values.get("role", ""))


_MAKERS: Mapping[Kind, Callable[[RowReader, int, Values], Record]] = {
    "customers": _customer,
    "balances": _balance,
    "contacts": _contact,
    "products": _product,
    "staff": _staff,
    "assignments": _assignment,
}
