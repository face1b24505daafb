"""Files that can't be read: each says why by a code, and nothing else is ever raised."""

import io
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanhu.intake import contents
from guanhu.intake.records import Kind
from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.source import open_source

Write: TypeAlias = Callable[..., str]

DAY = date(2026, 11, 24)
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)


def code_of(path: object, kind: Kind = "balances", **options: Any) -> str:
    """The code with which a file is refused."""
    with pytest.raises(UnreadableFile) as caught:
        open_source(str(path), kind, **options)
    return caught.value.code


def zipped(name: str, data: bytes = b"x") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data)  # of 1980: a name of a test must not tell the time
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n  \n,,\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"a,b\n1,2\n", "no_header"),
        ("客户号,姓名\nC1,张\n".encode(), "missing_column"),
        ("客户号,余额\nC1,1\n".encode(), "missing_column"),
        ("客户号,余额\n".encode() + b"\xff\xff\n", "not_decodable"),
        (b"\xef\xbb\xbfcustomer_no\n\xff\n", "not_decodable"),
        (b"%PDF-1.7 ...", "unsupported_format"),
        (b"\x1f\x8b\x08\x00", "unsupported_format"),
        (b"<?xml version='1.0'?><Workbook/>", "unsupported_format"),
        (zipped("word/document.xml"), "unsupported_format"),
        (zipped("content.xml"), "unsupported_format"),
        (zipped("xl/workbook.xml"), "damaged_file"),
        (b"PK\x03\x04 and no more", "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged_file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"x" * (3 << 20), "line_too_long"),
    ],
)
def test_each_wrong_file_says_what_is_wrong(write: Write, data: bytes, code: str) -> None:
    assert code_of(write(data)) == code


def test_every_column_that_is_missing_is_named(write: Write) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write("客户号,姓名\nC1,张\n"), "balances")
    assert caught.value.details["column"] == "balance_yuan, date"


def test_a_path_to_nothing_or_to_no_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.csv") == "file_missing"
    assert code_of("nul\0.csv") == "file_missing"
    assert code_of(tmp_path) == "not_readable"


def test_an_encoding_that_is_wrong_or_none(write: Write) -> None:
    path = write("客户号,余额\nC1,1\n", encoding="gb18030")
    assert code_of(path, encoding="utf-8") == "not_decodable"
    assert code_of(path, encoding="klingon") == "unknown_encoding"
    assert code_of(path, encoding="base64") == "unknown_encoding"


def test_a_text_has_no_sheets(write: Write) -> None:
    assert code_of(write("客户号,余额\nC1,1\n"), sheet="一") == "sheet_missing"


def test_a_workbook_or_pipe_above_the_cap_is_too_large(
    write: Write, workbook: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_IN_MEMORY", 100)
    assert code_of(workbook({"一": [["客户号", "余额"], ["C1", 1]]})) == "too_large"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x" * 101)))
    assert code_of("-") == "too_large"


def test_a_file_that_changes_between_two_passes_is_not_mixed_up(write: Write) -> None:
    path = write("客户号,余额\nC1,1\n")
    source = open_source(path, "balances", day=DAY)
    with open(path, "a", encoding="utf-8") as opened:
        opened.write("C2,2\n")
    os.utime(path, ns=(1, 1))
    with pytest.raises(UnreadableFile) as caught:
        list(source.chunks())
    assert caught.value.code == "file_changed"


def consume(path: str, kind: Kind = "customers") -> None:
    """Read a file to its end; only UnreadableFile may come of it."""
    try:
        source = open_source(path, kind, day=DAY)
        for _ in source.chunks(7):
            pass
    except UnreadableFile:
        pass


@ANY
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.tsv"]))
@example(data=b"<table><![x", name="a.xls")
@example(data=b"<html><![CDATA[<tr", name="a.xls")
def test_any_bytes_are_read_or_refused(write: Write, data: bytes, name: str) -> None:
    consume(write(data, name=name))


@ANY
@given(
    start=st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<table>", b"\xef\xbb\xbf",
                           "客户号,姓名,手机,生日,余额\n".encode(), "客户号\t余额\n".encode("gb18030")]),
    data=st.binary(max_size=400),
)  # fmt: skip
def test_any_bytes_after_a_true_beginning_are_read_or_refused(write: Write, start: bytes, data: bytes) -> None:
    consume(write(start + data))


@ANY
@given(at=st.integers(0, 6000), flip=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_workbook_is_read_or_refused(workbook: Write, write: Write, at: int, flip: int, cut: bool) -> None:
    with open(workbook({"一": [["客户号", "余额"], ["C1", 1]]}, name="whole.xlsx"), "rb") as opened:
        data = bytearray(opened.read())
    at %= len(data)
    data[at] ^= flip
    consume(write(bytes(data[:at] if cut else data), name="damaged.xlsx"))


@ANY
@given(text=st.text(alphabet=st.sampled_from(list("客户号,余额\n\t;|\"'C1.5=合计 <>table/tr")), max_size=200))
def test_any_text_below_a_header_is_read_or_refused(write: Write, text: str) -> None:
    consume(write("客户号,姓名,余额\n" + text))
    consume(write("<table><tr><td>客户号<td>姓名<td>余额</tr>" + text))
