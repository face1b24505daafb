"""The rows of a statement, quickly: a bank reports a million balances at once (DESIGN 9).

What nearly every row looks like is decided here in a few steps; any other row goes to `RowReader`, which alone
knows the rules. Both give the same result for every row.
"""

from collections.abc import Iterable

from guanhu.intake.checks import LONGEST_NUMBER, MOST_DAYS
from guanhu.intake.records import Record
from guanhu.intake.refusal import Refusal
from guanhu.intake.rows import Parsed, RowReader
from guanhu.intake.text_table import Row
from guanhu.intake.words import is_total

_WHOLE_DIGITS = 13
"""Digits of whole yuan that can't be above the limit of `parse_yuan`."""


def read_balances(reader: RowReader, rows: Iterable[Row]) -> Parsed:
    """Check rows of a statement, in their order; the same as `reader.read(rows)`."""
    header = reader.header
    no_at, amount_at = header.columns["customer_no"], header.columns["balance_yuan"]
    date_at = header.columns.get("date")
    if header.units.get("balance_yuan", "yuan") != "yuan" or reader.words.keys() & header.columns.keys():
        return reader.read(rows)
    width, ordinals = header.width, reader.ordinals
    records: list[Record] = []
    refusals: list[Refusal] = []
    keep = records.append
    for row, cells in rows:
        if len(cells) == width:
            number, amount = cells[no_at], cells[amount_at]
            day = ordinals.get("" if date_at is None else cells[date_at])
            # A number of letters alone may be the word Total.
            if (
                day is not None and number.isascii() and number.isalnum() and not number.isalpha()
                and len(number) <= LONGEST_NUMBER and amount.isascii() and not (no_at and is_total(cells))
            ):  # fmt: skip
                if amount[-3:-2] == ".":
                    digits = amount[:-3] + amount[-2:]
                    if digits.isdigit() and 2 < len(digits) <= _WHOLE_DIGITS + 2:
                        keep((row, number, int(digits), day))
                        continue
                elif amount.isdigit() and len(amount) <= _WHOLE_DIGITS:
                    keep((row, number, int(amount) * 100, day))
                    continue
        result = reader.read_one(row, cells)
        if isinstance(result, Refusal):
            refusals.append(result)
        elif isinstance(result, tuple):
            keep(result)
            if len(ordinals) < MOST_DAYS:
                ordinals["" if date_at is None else cells[date_at]] = result[3]
    return records, refusals
