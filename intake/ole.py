"""What an XLS workbook claims to hold, found before any reader of workbooks sees it (DESIGN 8).

The reader makes room for every cell between the first and the last, and ends the whole program when memory does not
suffice. So the places of the cells are looked at first: records of the stream "Workbook" in an OLE container
([MS-CFB] 2, [MS-XLS] 2.4).
"""

import struct
from collections.abc import Iterator

from guanhu.intake.archive import MOST_CELLS
from guanhu.intake.refusal import UnreadableFile

_END = 0xFFFFFFFA  # this and above mark the end of a chain, not a sector
_MINI_BELOW = 4096
_MINI = 64

_BEGIN, _DIMENSIONS, _FILE_PASS, _MANY = 0x0809, 0x0200, 0x002F, 0x00BD
# NUMBER, LABEL, LABELSST, RK, MULRK, FORMULA, BOOLERR, RSTRING: a row and a column come first.
_CELLS = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, _MANY, 0x0006, 0x0205, 0x00D6})


def check_container(data: bytes, name: str) -> None:
    """Refuse an XLS workbook whose cells lie too far apart.

    Raises UnreadableFile: "too_large", "encrypted", "damaged_file", "unsupported_format" (no workbook in it).
    """
    # A protected XLSX is such a container with this stream (its name is UTF-16).
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile("encrypted", file=name)
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError, ValueError) as error:
        raise UnreadableFile("damaged_file", file=name) from error
    if stream is None:
        raise UnreadableFile("unsupported_format", file=name)
    _check_cells(stream, name)


def _check_cells(stream: bytes, name: str) -> None:
    """Walk the records; the reader takes a sheet's claimed dimensions as true, too."""
    height = width = at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind in _CELLS and 4 <= length <= len(stream) - at:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == _MANY and length >= 6:
                column = max(column, *struct.unpack_from("<H", stream, at + length - 2))
            height, width = max(height, row + 1), max(width, column + 1)
        elif kind == _BEGIN:
            height = width = 0
        elif kind == _FILE_PASS:
            raise UnreadableFile("encrypted", file=name)
        elif kind == _DIMENSIONS and length in (10, 14) and length <= len(stream) - at:
            _, height, _, width = struct.unpack_from("<HHHH" if length == 10 else "<IIHH", stream, at)
        if max(height, 1) * max(width, 1) > MOST_CELLS:
            raise UnreadableFile("too_large", file=name)
        at += length


def _workbook_stream(data: bytes) -> bytes | None:
    """The bytes of the stream "Workbook" (or "Book", as older files call it); None if there is none."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        raise ValueError("sector size")
    table = _table(data, sector)
    folder = b"".join(_sectors(data, sector, table, struct.unpack_from("<I", data, 48)[0]))
    root: int | None = None
    for at in range(0, len(folder) - 127, 128):
        length, kind = struct.unpack_from("<HB", folder, at + 64)
        start, size = struct.unpack_from("<II", folder, at + 116)
        title = folder[at : at + max(length - 2, 0)].decode("utf-16-le", errors="replace").casefold()
        if kind == 5:
            root = start
        elif kind == 2 and title in ("workbook", "book"):
            if size >= _MINI_BELOW or root is None:
                return b"".join(_sectors(data, sector, table, start))[:size]
            # Small streams share the root's own, in pieces of 64 bytes with a table of their own.
            shared = b"".join(_sectors(data, sector, table, root))
            mini = b"".join(_sectors(data, sector, table, struct.unpack_from("<I", data, 60)[0]))
            chain = _chain(_numbers(mini), start)
            return b"".join(shared[place * _MINI : (place + 1) * _MINI] for place in chain)[:size]
    return None


def _table(data: bytes, sector: int) -> tuple[int, ...]:
    """The table that says which sector follows which; its parts are listed in the header, then in a chain."""
    parts = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector)):
        if following >= _END:
            break
        *more, following = _numbers(_sector(data, sector, following))
        parts += more
    return _numbers(b"".join(_sector(data, sector, part) for part in parts if part < _END))


def _sectors(data: bytes, sector: int, table: tuple[int, ...], start: int) -> Iterator[bytes]:
    return (_sector(data, sector, place) for place in _chain(table, start))


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The places of a chain in their order; a chain that never ends is cut at the table's length."""
    place = start
    for _ in range(len(table)):
        if place >= _END:
            return
        yield place
        place = table[place]


def _sector(data: bytes, sector: int, place: int) -> bytes:
    return data[(place + 1) * sector : (place + 2) * sector]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
