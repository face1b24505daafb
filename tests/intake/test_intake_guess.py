"""The kind of a file is told by its header."""

from pathlib import Path

import pytest

from guanhu.domain.errors import Refused
from guanhu.intake.guess import guess_kind


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("customers", "客户号,姓名,手机号码,管户人"),
        ("customers", "客户号,姓名,手机号码,资产余额,数据日期"),
        ("customers", "customer_no"),
        ("balances", "客户号,资产余额,数据日期"),
        ("balances", "customer_no,balance_yuan"),
        ("balances", "客户号\t余额(万元)\t日期"),
        ("contacts", "customer_no,date,channel,outcome,note"),
        ("products", "客户号,产品名称,金额,到期日"),
        ("staff", "工号,姓名,岗位,网点"),
        ("assignments", "客户号,工号,角色"),
        (None, "甲,乙,丙"),
    ],
)
def test_the_kind_is_guessed_from_the_header(tmp_path: Path, kind: str | None, header: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text(f"{header}\n1,2,3\n", "utf-8")
    assert guess_kind(str(file)) == kind


def test_title_rows_above_the_header_do_not_hide_it(tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text("XX支行余额报表\n单位:万元\n客户号,余额,日期\nC1,5,2026-01-01\n", "gb18030")
    assert guess_kind(str(file)) == "balances"


def test_a_workbook_is_guessed_too(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet("说明").write(0, 0, "由系统导出")
        workbook.add_worksheet("数据").write_row(0, 0, ["客户号", "工号"])
    assert guess_kind(str(file)) == "assignments"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    with pytest.raises(Refused) as refused:
        guess_kind(str(file))
    assert refused.value.code == "empty_file"
