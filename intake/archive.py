"""What a workbook's archive would unpack to, found before any reader of workbooks sees it (DESIGN 8).

A few kilobytes can unpack to gigabytes, and one stray cell in the last corner makes a sheet of billions of cells.
"""

import io
import re
import zipfile
import zlib

from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.workbook import MOST_ROWS

MOST_RATIO = 200
MOST_UNPACKED = 2 << 30
MOST_CELLS = 25_000_000

_BLOCK = 1 << 20
_OVERLAP = 32
_ROW = re.compile(rb"""\sr=["']([0-9]{1,12})["']""")
# Beyond the columns A to Z, and beyond a million rows: few cells of an honest sheet are.
_FAR = re.compile(rb"""\sr=["'](?:([A-Z]{2,3})([0-9]{1,12})|[A-Z]([0-9]{7,12}))["']""")


def check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that is no workbook or unpacks to too much.

    Raises UnreadableFile: "too_large", "encrypted", "unsupported_format", "damaged_file".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members)
            if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
                raise UnreadableFile("too_large", file=name)
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableFile("encrypted", file=name)
            if not any(member.filename.lower() == "xl/workbook.xml" for member in members):
                raise UnreadableFile("unsupported_format", file=name)
            for member in members:
                _check_member(archive, member, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableFile("damaged_file", file=name) from error


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Unpack one member to its end, and measure it if it is a sheet."""
    is_sheet = member.filename.lower().startswith("xl/worksheets/") and member.filename.lower().endswith(".xml")
    height = width = 0
    tail = b""
    with archive.open(member) as opened:
        while block := opened.read(_BLOCK):
            if not is_sheet:
                continue
            piece = tail + block
            height = max(height, max(map(int, _ROW.findall(piece)), default=0))
            for letters, row, far_row in set(_FAR.findall(piece)):
                width = max(width, _column_number(letters))
                height = max(height, int(row or far_row))
            tail = piece[-_OVERLAP:]
    if height > MOST_ROWS or height * max(width, 1) > MOST_CELLS:
        raise UnreadableFile("too_large", file=name)


def _column_number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
