"""Refused rows, written to be mended and imported again."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from guanhu.domain.errors import Refused
from guanhu.intake.mend import check_not_source, write_refused
from guanhu.intake.refusal import Refusal
from guanhu.intake.source import Source, open_source

Write: TypeAlias = Callable[..., str]
Read: TypeAlias = Callable[[Source], tuple[list[Any], list[Any]]]

DAY = date(2026, 11, 24)


def kept(source: Source, refusals: Sequence[Refusal], path: Path, **options: Any) -> int:
    with path.open("wb") as target:
        return write_refused(source, refusals, target, **options)


def rows_of(path: Path) -> list[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


def test_refused_rows_stand_below_the_files_own_header_with_line_and_reason(
    write: Write, read: Read, tmp_path: Path
) -> None:
    source = open_source(
        write("资产表,,\n客户号,姓名,余额\nC1,张伟,1\nC2,李娜,x\nC3,王芳\n合计,,1\n"), "customers", day=DAY
    )
    _, refusals = read(source)
    path = tmp_path / "refused.csv"
    assert kept(source, refusals, path, row_title="行号", reason_title="原因") == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(path) == [
        ["行号", "原因", "客户号", "姓名", "余额"],
        ["4", "not_an_amount", "C2", "李娜", "x"],
        ["5", "wrong_width", "C3", "王芳"],
    ]


def test_a_mended_file_is_imported_again_without_the_two_columns(write: Write, read: Read, tmp_path: Path) -> None:
    source = open_source(write("单位：万元,\n客户号;备注;AUM\nC1;好;x\n".replace(";", ",")), "customers", day=DAY)
    path = tmp_path / "refused.csv"
    for row_title, reason_title in (("行号", "原因"), ("guanhu_row", "guanhu_reason")):
        refused = read(source)[1]
        assert kept(source, refused, path, row_title=row_title, reason_title=reason_title) == 1
        path.write_text(path.read_text("utf-8").replace("x", "1.5"), "utf-8")
        records, refusals = read(open_source(str(path), "customers", day=DAY))
        assert not refusals
        assert (records[0].facts, records[0].balance_fen) == ({"备注": "好"}, 1_500_000)


def test_the_reason_is_said_as_the_caller_says_it_and_rows_the_book_refused_are_taken_too(
    write: Write, tmp_path: Path
) -> None:
    source = open_source(write("客户号,余额\nC1,1\nC2,2\n"), "balances", day=DAY)
    path = tmp_path / "refused.csv"
    refusals = [Refusal(3, "客户号", "C2", "unknown_customer"), Refusal(3, "客户号", "C2", "second")]
    assert kept(source, refusals, path, explain=lambda refusal: f"查无此人 {refusal.value}") == 1
    assert rows_of(path)[1:] == [["3", "查无此人 C2", "C2", "2"]]


def test_no_cell_is_a_formula_and_all_come_back_as_they_were(write: Write, read: Read, tmp_path: Path) -> None:
    names = ["=SUM(A1)", "+1+1", "-1-1", "@x", "-5", "+86"]
    text = "客户号,姓名,手机号码\n" + "".join(f"C{number},{name},bad\n" for number, name in enumerate(names))
    source = open_source(write(text), "customers")
    path = tmp_path / "refused.csv"
    kept(source, read(source)[1], path)
    assert [row[3] for row in rows_of(path)[1:]] == ["'=SUM(A1)", "'+1+1", "'-1-1", "'@x", "-5", "+86"]
    path.write_text(path.read_text("utf-8").replace(",bad", ","), "utf-8")
    assert [record.name for record in read(open_source(str(path), "customers"))[0]] == names


def test_rows_of_a_workbook_are_mended_as_text(workbook: Write, read: Read, tmp_path: Path) -> None:
    source = open_source(workbook({"一": [["客户号", "生日"], [12, date(1980, 5, 1)], [13, "x"]]}), "customers")
    path = tmp_path / "refused.csv"
    assert kept(source, read(source)[1], path) == 1
    assert rows_of(path)[1:] == [["3", "not_a_date", "13", "x"]]


def test_the_source_itself_is_never_overwritten(write: Write, tmp_path: Path) -> None:
    original = write("客户号,余额\nC1,x\n")
    source = open_source(original, "balances", day=DAY)
    with pytest.raises(Refused, match="not_writable"):
        check_not_source(source, Path(original))
    check_not_source(source, tmp_path / "another.csv")
