"""Workbooks, and what calls itself one: Excel's own cells, sheets, HTML and tab-separated text named .xls."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from guanhu.intake.records import CustomerRecord
from guanhu.intake.refusal import Refusal, UnreadableFile
from guanhu.intake.source import Source, open_source
from guanhu.intake.workbook import Cell, cell_text

Write: TypeAlias = Callable[..., str]
Read: TypeAlias = Callable[[Source], tuple[list[Any], list[Any]]]

DAY = date(2026, 11, 24)
HTML = (
    "<html><head><meta charset='gb2312'><style>td { mso-number-format:'\\@' }</style></head><body><table border=1>"
    "<tr><td colspan=3>资产表</td></tr><tr><th>客户号</th><th>姓名</th><th>余额(万元)</th></tr>"
    "<tr><td>0012</td><td>张&amp;伟<td>1.5</tr><tr><td>合计</td><td></td><td>1.5</td></tr></table></body></html>"
)


def test_numbers_and_dates_of_a_sheet_are_what_a_person_sees(workbook: Write, read: Read) -> None:
    path = workbook(
        {
            "一": [
                ["客户资产表"],
                ["客户号", "姓名", "出生日期", "手机号码", "余额", "数据日期"],
                [123456, "张伟", date(1980, 5, 1), 13800138000, 0.1 + 0.2, 20261124],
                [None, None, None, None, None, None],
                ["C2", "李娜", "1980年5月1日", None, 12345.67, datetime(2026, 11, 24, 10, 5)],
                ["合计", None, None, None, 12345.97, None],
            ]
        }
    )
    source = open_source(path, "customers")
    records, refusals = read(source)
    assert not refusals
    assert source.rows_total == 4
    assert records == [
        CustomerRecord(
            3, "123456", "张伟", {"birthday": "1980-05-01", "phone": "13800138000"}, "", "", 30, DAY.toordinal()
        ),
        CustomerRecord(5, "C2", "李娜", {"birthday": "1980-05-01"}, "", "", 1234567, DAY.toordinal()),
    ]
    assert read(source)[0] == records


def test_a_number_longer_than_a_sheet_keeps_is_refused(workbook: Write, read: Read) -> None:
    path = workbook({"一": [["客户号", "身份证号"], ["C1", 110108195003050077], [6222021234567890123, None]]})
    assert read(open_source(path, "customers"))[1] == [
        Refusal(2, "身份证号", "1.10108195003050E+17".replace("0E", "E"), "digits_lost"),
        Refusal(3, "客户号", "6.22202123456789E+18", "digits_lost"),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (-0.0, "0"),
        (1e-17, "0"),
        (33.3333333333333, "33.3333333333333"),
        (999_999_999_999_999.0, "999999999999999"),
        (True, "TRUE"),
        (time(0, 3, 20), "00:03:20"),
        (timedelta(seconds=3723), "1:02:03"),
        (datetime(2026, 11, 24, 10, 5), "2026-11-24 10:05:00"),
        (datetime(2026, 11, 24), "2026-11-24"),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_have_typed(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_the_sheet_with_the_header_is_found_or_named(workbook: Write, read: Read) -> None:
    good = [["客户号", "余额"], ["C1", 1]]
    path = workbook({"说明": [["请看下页"]], "空": [], "数据": good, "旧": [["客户号", "余额"], ["C2", 1]]})
    assert read(open_source(path, "balances", day=DAY))[0][0][1] == "C1"
    assert read(open_source(path, "balances", day=DAY, sheet="旧"))[0][0][1] == "C2"
    with pytest.raises(UnreadableFile) as caught:
        open_source(path, "balances", day=DAY, sheet="无")
    assert (caught.value.code, caught.value.details["sheet"]) == ("sheet_missing", "无")
    with pytest.raises(UnreadableFile) as caught:
        open_source(path, "balances", day=DAY, sheet="空")
    assert caught.value.code == "empty_file"


def test_a_sheet_that_does_not_begin_in_the_corner_keeps_its_row_numbers(tmp_path: Path, read: Read) -> None:
    import xlsxwriter

    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(4, 2, ["客户号", "余额"])
        sheet.write_row(7, 2, ["C1", 1])
    source = open_source(str(path), "balances", day=DAY)
    assert (source.header_row, read(source)[0]) == (5, [(8, "C1", 100, DAY.toordinal())])


def test_a_workbook_is_known_by_its_bytes_not_by_its_name(workbook: Write, read: Read) -> None:
    path = workbook({"一": [["客户号", "余额"], ["C1", 1]]}, name="file.csv")
    assert read(open_source(path, "balances", day=DAY))[0] == [(2, "C1", 100, DAY.toordinal())]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_an_html_table_named_xls_is_read(write: Write, read: Read, encoding: str) -> None:
    path = write(HTML, name="file.xls", encoding=encoding)
    source = open_source(path, "customers", day=DAY)
    assert source.header_row == 2
    assert read(source)[0] == [CustomerRecord(3, "0012", "张&伟", {}, "", "", 1_500_000, DAY.toordinal())]


def test_tab_separated_text_named_xls_is_read(write: Write, read: Read) -> None:
    path = write("客户号\t余额\nC1\t1\n", name="file.xls", encoding="gb18030")
    assert read(open_source(path, "balances", day=DAY))[0] == [(2, "C1", 100, DAY.toordinal())]


def _repacked(path: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook's archive with its first sheet changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(member, change(data) if member.filename.endswith("sheet1.xml") else data)
    return packed.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b" " * 30_000_000,
        lambda data: data.replace(b'r="B2"', b'r="XFD1048576"').replace(b'r="2"', b'r="1048576"'),
        lambda data: data.replace(b'r="B2"', b'r="B9999999"'),
    ],
    ids=["a bomb", "a cell in the last corner", "a row beyond any sheet"],
)
def test_a_workbook_that_unpacks_to_too_much_is_refused(
    workbook: Write, write: Write, change: Callable[[bytes], bytes]
) -> None:
    bad = write(_repacked(workbook({"一": [["客户号", "余额"], ["C1", 1]]}), change), name="bad.xlsx")
    with pytest.raises(UnreadableFile) as caught:
        open_source(bad, "balances", day=DAY)
    assert caught.value.code == "too_large"
