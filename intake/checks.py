"""One check per kind of cell: the text of a cell in, the value that is kept out.

Each raises Refused(code) for a cell that can't be right. Cells are known to be non-blank. A check that returns ""
says that the cell states nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import ModuleType

from guanhu.domain.contact import check_duration
from guanhu.domain.dates import FIRST_YEAR, LAST_YEAR, parse_day
from guanhu.domain.errors import Refused
from guanhu.domain.text import clean, narrow
from guanhu.intake.words import CHANNEL, OUTCOME, ROLE, SEX, plain

LONGEST_NUMBER = 64
"""Characters of a customer number, staff id or outlet code."""
LONGEST_TEXT = 2000
"""Characters of a note or fact."""
MOST_DAYS = 200_000
"""Written days that a reader remembers: more than there are days from 1900 to 2200."""

# What exports and spreadsheets put around a cell to keep it text: ="00123", '00123, and our own '=SUM(...).
_QUOTED = re.compile(r"""=\s*"(?P<inner>[^"]*)\"""")
_SHIELDED = re.compile(r"'\s*(?=[0-9=+\-@＝＋－＠])")
# A number of more digits than a spreadsheet keeps: 1.10101E+17.
_LOST = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2}")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"(?:0[0-9]{2,3}-?)?[0-9]{7,8}(?:(?:[-#]|转|ext)[0-9]{1,6})?|[48]00-?[0-9]{3,4}-?[0-9]{3,4}")
_ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}|00(?!86)[1-9][0-9]{7,14}")
_LUNAR = re.compile(
    r"(?P<early>闰|[Ll])?(?:农历|阴历)?(?:[0-9]{4}[-/.年])?(?P<leap>闰|[Ll])?"
    r"(?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?"
)
_CLOCK = re.compile(r"(?:(?P<hours>[0-9]{1,3}):)?(?P<minutes>[0-9]{1,2}):(?P<seconds>[0-5][0-9])")
_SEPARATORS = re.compile(r"[;；、/,，|\n]+")
_ROLE_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
_NO_END = re.compile(r"9999[-/.年]?12[-/.月]?31日?(?:[T ].*)?|长期|永久|无固定期限|无")


def bare(cell: str) -> str:
    """The cell without what was put around it to keep it text."""
    text = cell.strip()
    if quoted := _QUOTED.fullmatch(text):
        return quoted["inner"].strip()
    return _SHIELDED.sub("", text, count=1) if text.startswith("'") else text


def text(cell: str) -> str:
    """A line of text: a name, an address, a fact."""
    value = cell.strip()
    if value[:1] in "'=":
        value = bare(value)
    if not (value.isprintable() and unicodedata.is_normalized("NFC", value)):
        value = clean(value)
    if len(value) > LONGEST_TEXT:
        raise Refused("too_long")
    return value


def note(cell: str) -> str:
    """Free text that may have several lines; tabs become spaces."""
    value = clean(bare(cell).replace("\t", " "), multiline=True)
    if len(value) > LONGEST_TEXT:
        raise Refused("too_long")
    return value


def customer_no(cell: str) -> str:
    """A customer number: 1-64 characters without controls or blanks, kept as it is."""
    if cell.isascii() and cell.isalnum() and len(cell) <= LONGEST_NUMBER:
        return cell
    value = bare(cell)
    if _LOST.fullmatch(value):
        raise Refused("digits_lost")
    value = unicodedata.normalize("NFC", value)
    # Categories C and Z: controls, invisible signs, unassigned characters, every kind of blank.
    if not 1 <= len(value) <= LONGEST_NUMBER or any(unicodedata.category(sign)[0] in "CZ" for sign in value):
        raise Refused("bad_customer_no")
    return value


def code(cell: str) -> str:
    """The id of a member of staff, an outlet or a product: a short text whose digits are all there."""
    if cell.isascii() and cell.isalnum() and len(cell) <= LONGEST_NUMBER:
        return cell
    value = text(bare(cell))
    if _LOST.fullmatch(value):
        raise Refused("digits_lost")
    if len(value) > LONGEST_NUMBER:
        raise Refused("too_long")
    return value


def phone(cell: str) -> str:
    """A telephone number: mainland mobile as 11 digits, a landline with its area code, or one abroad with + or 00."""
    if len(cell) == 11 and cell.isascii() and cell.isdigit() and cell[0] == "1" and cell[1] > "2":
        return cell
    written = bare(cell)
    if _LOST.fullmatch(written):
        raise Refused("digits_lost")
    value = narrow(clean(written))
    closed = re.sub(r"[\s()]", "", value)
    digits = closed.replace("-", "")
    if mobile := _MOBILE.fullmatch(digits):
        return mobile[1]
    if _LANDLINE.fullmatch(closed) or _ABROAD.fullmatch(digits):
        return value
    raise Refused("bad_phone")


def identity_no(cell: str) -> str:
    """A resident identity number: 18 characters with a day of birth and a check digit that agree (GB 11643).

    The place is not looked up: tables of places refuse people who were registered after their place was renamed.
    """
    value = cell
    if len(value) != 18 or not value.isascii():
        written = bare(cell)
        if _LOST.fullmatch(written):
            raise Refused("digits_lost")
        value = "".join(narrow(clean(written)).split())
    value = value.upper()
    if len(value) != 18 or not (value.isascii() and value[:17].isdigit()):
        raise Refused("bad_identity_no")
    if value[17] != _ric().calc_check_digit(value) or not _is_birth_date(value[6:14]):
        raise Refused("bad_identity_no")
    return value


def card_no(cell: str) -> str:
    """The number of a bank card: 12 to 19 digits (ISO/IEC 7812), written with or without spaces and hyphens.

    The check digit is not asked for: old passbooks and cards of some banks have none.
    """
    value = re.sub(r"[\s-]", "", narrow(code(cell)))
    if not (value.isascii() and value.isdigit() and 12 <= len(value) <= 19):
        raise Refused("bad_card_no")
    return value


@lru_cache(maxsize=1)
def _ric() -> ModuleType:
    from stdnum.cn import ric

    return ric


# A branch's customers share some thirty thousand birthdays.
@lru_cache(maxsize=1 << 16)
def _is_birth_date(digits: str) -> bool:
    from stdnum.exceptions import ValidationError

    try:
        born: date = _ric().get_birth_date("0" * 6 + digits + "0" * 4)
    except (ValidationError, ValueError):
        return False
    return FIRST_YEAR <= born.year <= LAST_YEAR


def lunar_birthday(cell: str) -> str:
    """A birthday by the lunar calendar, as MM-DD, or LMM-DD in a leap month; a year beside it is dropped."""
    found = _LUNAR.fullmatch(narrow(bare(cell)).partition(" ")[0])
    if not found or not (1 <= int(found["month"]) <= 12 and 1 <= int(found["day"]) <= 30):
        raise Refused("not_a_lunar_date")
    leap = "L" if found["leap"] or found["early"] else ""
    return f"{leap}{int(found['month']):02d}-{int(found['day']):02d}"


def duration(cell: str) -> int:
    """Seconds: a whole number, or minutes and hours with colons (1:02:03)."""
    value = narrow(bare(cell)).removesuffix("秒")
    if value.isascii() and value.isdigit() and len(value) <= 6:
        seconds = int(value)
    elif clock := _CLOCK.fullmatch(value):
        seconds = int(clock["hours"] or 0) * 3600 + int(clock["minutes"]) * 60 + int(clock["seconds"])
    else:
        raise Refused("bad_duration")
    check_duration(seconds)
    return seconds


def _word(table: Mapping[str, str], refusal: str) -> Callable[[str], str]:
    def check(cell: str) -> str:
        meaning = table.get(plain(bare(cell)))
        if meaning is None:
            raise Refused(refusal)
        return meaning

    return check


channel = _word(CHANNEL, "unknown_channel")
outcome = _word(OUTCOME, "unknown_outcome")
sex = _word(SEX, "unknown_sex")


def role(cell: str) -> str:
    """The id of a role; an id that this table does not have may be a scheme's own, and is the book's to judge."""
    value = bare(cell)
    known = ROLE.get(plain(value))
    if known is None and not _ROLE_ID.fullmatch(value):
        raise Refused("unknown_role")
    return known or value


def roles(cell: str) -> tuple[str, ...]:
    """Several roles in one cell, each once, in their order."""
    return tuple(dict.fromkeys(role(part) for part in _SEPARATORS.split(bare(cell)) if part.strip()))


def day_reader(written: str | None) -> Callable[[str], date]:
    """A check for days, in the usual forms or in that of a mapping file; a day met before costs one look-up."""
    seen: dict[str, date] = {}

    def check(cell: str) -> date:
        day = seen.get(cell)
        if day is None:
            day = _formatted(bare(cell), written) if written else parse_day(bare(cell))
            if len(seen) < MOST_DAYS:
                seen[cell] = day
        return day

    return check


def iso_reader(check: Callable[[str], date]) -> Callable[[str], str]:
    """A check for days that are kept as ISO text."""
    seen: dict[str, str] = {}

    def iso(cell: str) -> str:
        written = seen.get(cell)
        if written is None:
            written = check(cell).isoformat()
            if len(seen) < MOST_DAYS:
                seen[cell] = written
        return written

    return iso


def _formatted(value: str, written: str) -> date:
    try:
        day = datetime.strptime(value, written).date()
    except ValueError:
        # A spreadsheet's own dates arrive in ISO form, whatever the format of its text cells.
        return parse_day(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("not_a_date")
    return day


def end_reader(check: Callable[[str], date]) -> Callable[[str], date | None]:
    """A check for the end of a product: 9999-12-31, which banks write for "no end", is None."""
    return lambda cell: None if _NO_END.fullmatch(bare(cell)) else check(cell)
