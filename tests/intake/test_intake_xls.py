"""True XLS files: BIFF8 records in an OLE container, made by hand because no library here writes them."""

import struct
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.source import Source, open_source

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", value))


def xls(title: str, rows: list[list[str | float]]) -> bytes:
    """A workbook of one sheet, for rows that fit in a few kilobytes."""
    end = _record(0x000A, b"")
    cells = b"".join(
        _cell(number, column, value) for number, row in enumerate(rows) for column, value in enumerate(row)
    )
    sheet = _begin(0x0010) + cells + end
    name = struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")
    start = len(_begin(0x0005)) + len(_record(0x0085, b"\0" * 6 + name)) + len(end)
    stream = _begin(0x0005) + _record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + end + sheet
    return _container(stream.ljust(4096, b"\0"))


def _container(stream: bytes) -> bytes:
    """An OLE container: sector 0 its table, sector 1 its folder, the stream from sector 2 on."""
    count = -(-len(stream) // 512)
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return header + table + folder.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    entry = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def test_a_true_xls_is_read(write: Callable[..., str], read: Callable[[Source], tuple[list[Any], list[Any]]]) -> None:
    rows: list[list[str | float]] = [
        ["资产表"],
        ["客户号", "姓名", "余额(万元)"],
        [123.0, "张伟", 1.5],
        ["合计", "", 1.5],
    ]
    source = open_source(write(xls("一", rows), name="file.xls"), "balances", day=date(2026, 11, 24))
    assert (source.header_row, source.rows_total) == (2, 2)
    assert read(source) == ([(3, "123", 1_500_000, date(2026, 11, 24).toordinal())], [])


def _moved(row: int, column: int) -> bytes:
    """A workbook whose last cell stands elsewhere."""
    data = xls("一", [["客户号", "余额"], ["C1", 1.5]])
    return data.replace(struct.pack("<HHHd", 1, 1, 0, 1.5), struct.pack("<HHHd", row, column, 0, 1.5))


def test_a_stray_cell_in_the_last_corner_does_not_end_the_program(write: Callable[..., str]) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write(_moved(65535, 65535), name="far.xls"), "balances", day=date(2026, 11, 24))
    assert caught.value.code == "too_large"


def test_a_protected_xls_says_so(write: Callable[..., str]) -> None:
    data = xls("一", [["客户号"], ["C1"]]).replace(struct.pack("<HH", 0x85, 10), struct.pack("<HH", 0x2F, 10))
    with pytest.raises(UnreadableFile) as caught:
        open_source(write(data, name="secret.xls"), "customers")
    assert caught.value.code == "encrypted"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=st.integers(0, 1600), flip=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_xls_is_read_or_refused(write: Callable[..., str], at: int, flip: int, cut: bool) -> None:
    data = bytearray(xls("一", [["客户号", "余额"], ["C1", 1.5]]))
    data[at] ^= flip
    try:
        source = open_source(write(bytes(data[:at] if cut else data), name="damaged.xls"), "customers")
        assert list(source.chunks()) == list(source.chunks())
    except UnreadableFile:
        pass
