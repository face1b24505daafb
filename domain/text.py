"""Text that people and files bring in: made clean once, compared folded, shown without harm.

Terminals obey escape characters and bidi controls, and neither Rich nor Textual stops them. So they are
refused where text comes in (`clean`) and replaced where older or foreign text goes out (`visible`).
"""

import re
import unicodedata

from guanhu.domain.errors import Refused

# Beside controls (Cc) and bidi controls: line and paragraph separators, which end a line without being Cc,
# and lone surrogates, which undecodable command-line bytes become and no UTF-8 can store.
_BIDI_AND_SEPARATORS = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_HARMFUL = re.compile(f"[\x00-\x1f\x7f-\x9f{_BIDI_AND_SEPARATORS}]")
_HARMFUL_IN_LINES = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_BIDI_AND_SEPARATORS}]")

_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_BLANK = " \t\r\n\u00a0\u3000"
_NARROW = {0xFF00 + code: 0x20 + code for code in range(0x01, 0x5F)} | {0x3000: 0x20}

# Spreadsheets in East Asian locales take the full-width signs for formulas too.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def clean(text: str, *, multiline: bool = False) -> str:
    """Text fit to be stored: NFC, without blanks at its ends (DESIGN 8).

    With `multiline`, line ends are kept as plain newlines.
    Raises Refused("control_character", character, value) for controls, bidi controls and lone surrogates.
    """
    stripped = unicodedata.normalize("NFC", text).strip(_BLANK)
    if stripped.isprintable():
        return stripped
    if multiline:
        stripped = stripped.replace("\r\n", "\n")
    found = (_HARMFUL_IN_LINES if multiline else _HARMFUL).search(stripped)
    if found:
        raise Refused("control_character", character=f"U+{ord(found.group()):04X}", value=visible(stripped))
    return stripped


def visible(text: str, *, multiline: bool = False) -> str:
    """Text fit to be shown: what `clean` would refuse becomes U+FFFD, one for one (DESIGN 8)."""
    if text.isprintable():
        return text
    return (_HARMFUL_IN_LINES if multiline else _HARMFUL).sub("\ufffd", text)


def fold(text: str) -> str:
    """The form in which two texts are compared: NFKC without case, by Unicode's compatibility caseless matching."""
    if text.isascii():
        return text.lower()
    if _IDEOGRAPHS.fullmatch(text):  # nearly every name: nothing to fold, and the long way costs four times as much
        return text
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFKC", once.casefold())


def narrow(text: str) -> str:
    """Full-width ASCII forms, as Chinese input methods type them, in their plain form.

    Unlike NFKC it leaves superscripts and circled digits alone: ² is not a 2 in an amount.
    """
    return text if text.isascii() else text.translate(_NARROW)


def csv_safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: a leading `'` unless it is a plain number (DESIGN 8)."""
    if cell.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell
