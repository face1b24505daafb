"""Mapping files: a bank's own headers, units, words and dates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from guanhu.intake.refusal import UnreadableFile
from guanhu.intake.source import Source, open_source

Write: TypeAlias = Callable[..., str]
Read: TypeAlias = Callable[[Source], tuple[list[Any], list[Any]]]
Mapping: TypeAlias = Callable[[str | bytes], Path]

DAY = date(2026, 11, 24)


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    def _mapping(text: str | bytes) -> Path:
        path = tmp_path / "mapping.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return _mapping


def test_headers_units_and_dates_of_a_bank_are_followed(write: Write, read: Read, mapping: Mapping) -> None:
    path = write("CUST,BAL_A,BAL_B,D\nC1,7,1.5,24/11/2026\n")
    rules = mapping(
        'date_format = "%d/%m/%Y"\n[columns]\ncustomer_no = "cust"\nbalance_yuan = "BAL_B"\ndate = "D"\n'
        '[units]\nbalance_yuan = "wan"\n'
    )
    assert read(open_source(path, "balances", mapping=rules)) == ([(2, "C1", 1_500_000, DAY.toordinal())], [])


def test_a_named_header_stands_above_those_that_are_known(write: Write, read: Read, mapping: Mapping) -> None:
    path = write("客户号,AUM,余额(万元)\nC1,7,1.5\n")
    rules = mapping('[columns]\nbalance_yuan = "余额(万元)"\n')
    assert read(open_source(path, "balances", mapping=rules, day=DAY))[0] == [(2, "C1", 1_500_000, DAY.toordinal())]


def test_a_named_header_that_the_file_lacks_is_missing(write: Write, mapping: Mapping) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write("客户号,余额\nC1,1\n"), "balances", day=DAY, mapping=mapping('[columns]\nbalance_yuan = "B"'))
    assert (caught.value.code, caught.value.details["column"]) == ("missing_column", "balance_yuan")


def test_words_are_replaced_before_they_are_checked(write: Write, read: Read, mapping: Mapping) -> None:
    path = write("客户号,日期,渠道,结果,工号\nC1,2026-11-24,P,1,NULL\n")
    rules = mapping('[values.channel]\n"P" = "phone"\n[values.outcome]\n"1" = "有意向"\n[values.staff]\n"NULL" = ""\n')
    records, refusals = read(open_source(path, "contacts", mapping=rules))
    assert not refusals
    assert (records[0].channel, records[0].outcome, records[0].staff) == ("phone", "reached_success", "")


def test_words_are_replaced_in_a_statement_too(write: Write, read: Read, mapping: Mapping) -> None:
    path = write("customer_no,balance,date\nC1,5.00,2026-11-24\nC2,5.00,2026-11-24\n")
    rules = mapping('[values.customer_no]\n"C1" = "C9"\n"C2" = ""\n')
    records, refusals = read(open_source(path, "balances", mapping=rules))
    assert records == [(2, "C9", 500, DAY.toordinal())]
    assert [(refusal.row, refusal.reason) for refusal in refusals] == [(3, "missing_value")]


def test_one_mapping_file_may_serve_several_kinds(write: Write, read: Read, mapping: Mapping) -> None:
    rules = mapping('[columns]\ncustomer_no = "CUST"\nproduct = "PROD"\nbalance_date = "D"\n')
    path = write("CUST,余额,D\nC1,1,2026-11-24\n")
    assert read(open_source(path, "balances", mapping=rules))[0] == [(2, "C1", 100, DAY.toordinal())]


@pytest.mark.parametrize(
    "text",
    [
        "[columns",
        '[columns]\ncustomer_nummer = "A"',
        "[columns]\ncustomer_no = 1",
        '[units]\nbalance_yuan = "dollar"',
        '[units]\ncustomer_no = "wan"',
        '[values.chanel]\nP = "phone"',
        '[colums]\ncustomer_no = "A"',
        'date_format = "%d/%m"',
        'date_format = "%Q"',
        b"\xff\xfe\x00",
    ],
)
def test_a_mapping_file_that_says_nothing_known_is_bad(write: Write, mapping: Mapping, text: str | bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write("客户号,余额\nC1,1\n"), "balances", day=DAY, mapping=mapping(text))
    assert caught.value.code == "bad_mapping"


@pytest.mark.parametrize(("name", "code"), [("none.toml", "file_missing"), ("", "not_readable")])
def test_a_mapping_file_that_is_missing_or_a_folder_is_told_as_such(
    write: Write, tmp_path: Path, name: str, code: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write("客户号,余额\n"), "balances", day=DAY, mapping=tmp_path / name)
    assert (caught.value.code, caught.value.details) == (code, {"file": str(tmp_path / name)})
