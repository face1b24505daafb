"""Money is a whole number of fen: what is read becomes one exactly or is refused, and nothing is ever a float.

An ASCII pattern decides what an amount is. `Decimal` would take `NaN`, `1E400`, `1_000` and the digits of other
scripts (DESIGN 8).
"""

import re
from typing import Literal, TypeAlias

from guanhu.domain.errors import Refused
from guanhu.domain.text import narrow, visible

Unit: TypeAlias = Literal["yuan", "wan", "yi"]

YUAN = 100
"""Fen in a yuan (元)."""
WAN = 1_000_000
"""Fen in ten thousand yuan (万元)."""
LIMIT = 10**15
"""The largest amount taken, in fen, of either sign."""

_PLACES: dict[Unit, int] = {"yuan": 2, "wan": 6, "yi": 10}
_SUFFIX: dict[Unit, str] = {"yuan": "元?", "wan": "(?:万元?)?", "yi": "(?:亿元?)?"}

# Groups of three, or of four as 万 and 亿 are counted. A shorter group would be a decimal comma: 1,50 is no 150.
_BARE = r"(?P<whole>[0-9]+(?:,[0-9]{3,4})*)?(?:\.(?P<part>[0-9]*))?"


def _pattern(unit: Unit) -> re.Pattern[str]:
    """An amount after its blanks are gone: sign and ¥ in either order, or parentheses for what is owed."""
    bare = _BARE + _SUFFIX[unit]
    return re.compile(rf"(?P<bracket>\()?(?:(?P<sign>[+-])¥?|¥(?P<late>[+-])?)?{bare}(?(bracket)\))")


_PATTERNS = {unit: _pattern(unit) for unit in _PLACES}
_FOLD = str.maketrans({"￥": "¥", "−": "-", "\u00a0": " "})


def parse_yuan(text: str, *, unit: Unit = "yuan") -> int:
    """Fen in an amount as people and files write it, `unit` being what its column counts in.

    Full-width forms, thousands separators, ¥, a suffix that agrees with the unit, and accounting negatives such as
    (123.45) are read.
    Raises Refused("not_an_amount", value), also for a part of a fen, and Refused("amount_too_large", value).
    """
    if unit == "yuan" and len(text) <= 16 and text.isascii():
        # Nearly every row of a statement. Sixteen characters stay below the limit.
        if text.isdigit() and len(text) <= 13:
            return int(text) * YUAN
        if text[-3:-2] == "." and (digits := text[:-3] + text[-2:]).isdigit():
            return int(digits)
    return _parse_written(text, unit)


def _parse_written(text: str, unit: Unit) -> int:
    """Fen in an amount with anything beside digits and a point."""
    found = _PATTERNS[unit].fullmatch(narrow(text.translate(_FOLD)).strip(" \t\r\n"))
    shown = visible(text[:80])
    if not found:
        raise Refused("not_an_amount", value=shown)
    whole, part = found["whole"] or "", (found["part"] or "").rstrip("0")
    sign = found["sign"] or found["late"]
    # What the pattern lets through and is no amount: no digit at all, a sign in parentheses, a part of a fen.
    if not (whole or found["part"]) or (found["bracket"] and sign) or len(part) > _PLACES[unit]:
        raise Refused("not_an_amount", value=shown)
    digits = (whole.replace(",", "") + part.ljust(_PLACES[unit], "0")).lstrip("0")
    if len(digits) > 16 or (fen := int(digits or "0")) > LIMIT:
        raise Refused("amount_too_large", value=shown)
    return -fen if found["bracket"] or sign == "-" else fen


def more_than_nothing(fen: int) -> int:
    """The amount of an act, in fen: whether it is paid in or out is said by the act, never by a sign.

    Raises Refused("not_positive", value).
    """
    if fen <= 0:
        raise Refused("not_positive", value=format_yuan(fen))
    return fen


def format_yuan(fen: int) -> str:
    """Yuan with thousands separators and both decimals: 12,345.67."""
    yuan, rest = divmod(abs(fen), YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def format_wan(fen: int, places: int = 2) -> str:
    """Ten thousands of yuan with thousands separators, rounded half away from zero (四舍五入): 1.23."""
    scale = 10**places
    rounded = (2 * abs(fen) * scale + WAN) // (2 * WAN)
    whole, rest = divmod(rounded, scale)
    sign = "-" if fen < 0 and rounded else ""
    return f"{sign}{whole:,}.{rest:0{places}d}" if places else f"{sign}{whole:,}"
