"""Text files: encodings, delimiters, headers, titles and totals, lines."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import pytest

from guanhu.intake.refusal import Refusal, UnreadableFile
from guanhu.intake.source import Source, open_source

Write: TypeAlias = Callable[..., str]
Read: TypeAlias = Callable[[Source], tuple[list[Any], list[Any]]]

DAY = date(2026, 11, 24)
ORDINAL = DAY.toordinal()
PLAIN = "customer_no,balance_yuan,date\nC1,12345.67,2026-11-24\n"


def test_a_plain_statement_gives_tuples(write: Write, read: Read) -> None:
    source = open_source(write(PLAIN), "balances")
    assert read(source) == ([(2, "C1", 1234567, ORDINAL)], [])
    assert (source.kind, source.name, source.header_row, source.rows_total) == ("balances", "file.csv", 1, 1)


def test_the_hash_is_that_of_the_bytes(write: Write) -> None:
    from hashlib import sha256

    assert open_source(write(PLAIN), "balances").sha256 == sha256(PLAIN.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "gbk"])
def test_chinese_is_read_in_each_encoding(write: Write, read: Read, encoding: str) -> None:
    path = write("客户号,姓名\nC1,张伟\nC2,王芳\n", encoding=encoding)
    records, refusals = read(open_source(path, "customers"))
    assert [record.name for record in records] == ["张伟", "王芳"]
    assert not refusals


def test_a_rare_name_of_gb18030_is_read_although_gbk_was_named(write: Write, read: Read) -> None:
    path = write("客户号,姓名\nC1,李㛃𬱖\n", encoding="gb18030")
    records, _ = read(open_source(path, "customers", encoding="gbk"))
    assert records[0].name == "李㛃𬱖"


def test_utf_16_big_endian_with_its_mark_is_read(write: Write, read: Read) -> None:
    path = write("\ufeff客户号\t姓名\nC1\t张伟\n".encode("utf-16-be"))
    assert read(open_source(path, "customers"))[0][0].name == "张伟"


def test_a_quoted_first_header_after_a_mark_is_found(write: Write, read: Read) -> None:
    path = write('"客户号","余额"\n"C1","1"\n', encoding="utf-8-sig")
    assert read(open_source(path, "balances", day=DAY)) == ([(2, "C1", 100, ORDINAL)], [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_from_the_header(write: Write, read: Read, delimiter: str) -> None:
    rows = [
        ["客户号", "客户名称", "余额(元)", "数据日期"],
        ["C1", "张,伟" if delimiter != "," else "张", "5", "20261124"],
    ]
    path = write("\n".join(delimiter.join(row) for row in rows))
    assert read(open_source(path, "balances")) == ([(2, "C1", 500, ORDINAL)], [])


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_as_one(write: Write, read: Read, ends: str) -> None:
    path = write(ends.join(["customer_no,balance", "C1,1", "", "C2,2", ""]))
    source = open_source(path, "balances", day=DAY)
    assert [row[0] for row in read(source)[0]] == [2, 4]


@pytest.mark.parametrize(
    ("number", "balance", "day"),
    [
        ("customer_no", "balance_yuan", "date"),
        ("Customer No", "BALANCE YUAN", "balance_date"),
        ("客户号", "资产余额", "数据日期"),
        ("客户编号", "AUM", "日期"),
        ("客 户 号", "余额（元）", "余额日期"),
        ("ｃｕｓｔｏｍｅｒ＿ｎｏ", "余额", "统计日期"),
    ],
)
def test_headers_are_known_by_many_names(write: Write, read: Read, number: str, balance: str, day: str) -> None:
    path = write(f"{number},{balance},{day}\nC1,1.00,2026-11-24\n")
    assert read(open_source(path, "balances")) == ([(2, "C1", 100, ORDINAL)], [])


@pytest.mark.parametrize(
    ("header", "fen"),
    [
        ("余额(元)", 150),
        ("余额(万元)", 1_500_000),
        ("余额（万元）", 1_500_000),
        ("余额【万元】", 1_500_000),
        ("AUM万元", 1_500_000),
        ("AUM(人民币万元)", 1_500_000),
        ("资产余额(亿元)", 15_000_000_000),
        ("余额(美元)", None),
        ("余额(千元)", None),
    ],
)
def test_the_unit_in_the_header_counts_and_an_unknown_one_is_never_guessed(
    write: Write, read: Read, header: str, fen: int | None
) -> None:
    path = write(f"客户号,{header}\nC1,1.5\n")
    if fen is None:
        with pytest.raises(UnreadableFile) as caught:
            open_source(path, "balances", day=DAY)
        assert caught.value.code == "missing_column"
        assert caught.value.details["column"] == "balance_yuan"
    else:
        assert read(open_source(path, "balances", day=DAY))[0] == [(2, "C1", fen, ORDINAL)]


def test_a_unit_in_a_title_row_counts_for_amounts_without_their_own(write: Write, read: Read) -> None:
    path = write("支行资产表,,\n单位：万元   制表人：张,,\n\n客户号,余额\nC1,1.5\n")
    assert read(open_source(path, "balances", day=DAY))[0] == [(5, "C1", 1_500_000, ORDINAL)]
    path = write("单位：万元,\n客户号,余额(元)\nC1,1.5\n")
    assert read(open_source(path, "balances", day=DAY))[0] == [(3, "C1", 150, ORDINAL)]


def test_a_unit_in_a_title_row_that_is_not_known_is_no_guess(write: Write) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write("单位：千元,\n客户号,余额\nC1,1.5\n"), "balances", day=DAY)
    assert caught.value.code == "unknown_unit"


def test_titles_totals_blanks_and_repeated_headers_are_no_rows(write: Write, read: Read) -> None:
    path = write(
        "某某支行客户资产表,,\n制表日期：2026-11-25,,\n客户号,余额,日期\nC1,1,2026-11-24\n,,\n小计,1,\n"
        '客户号,余额,日期\nC2,"1,234.50",2026-11-24\n"合 计",1235.50,\nTotal,1235.50,2026-11-24\n总计：,,\n'
    )
    source = open_source(path, "balances", day=DAY)
    assert source.header_row == 3
    assert read(source) == ([(4, "C1", 100, ORDINAL), (8, "C2", 123450, ORDINAL)], [])


def test_a_total_before_the_number_is_seen(write: Write, read: Read) -> None:
    path = write("机构,客户号,余额\n一支行,C1,1\n合计,2,3\n,合计,3\n")
    assert read(open_source(path, "balances", day=DAY))[0] == [(2, "C1", 100, ORDINAL)]


def test_totals_and_repeated_headers_are_no_customers(write: Write, read: Read) -> None:
    path = write("客户号,姓名\nC1,张伟\n客户号,姓名\n合计,1人\ntotal,1\n")
    assert [record.customer_no for record in read(open_source(path, "customers"))[0]] == ["C1"]


def test_a_record_over_several_lines_is_known_by_its_first(write: Write, read: Read) -> None:
    path = write('customer_no,date,channel,outcome,note\nC1,2026-11-24,电话,接通,"一\n二\n三"\nC2,2026-11-24,x,接通,\n')
    records, refusals = read(open_source(path, "contacts"))
    assert (records[0].row, records[0].note) == (2, "一\n二\n三")
    assert refusals == [Refusal(5, "channel", "x", "unknown_channel")]


def test_rows_too_long_or_too_short_are_refused_unless_the_rest_is_empty(write: Write, read: Read) -> None:
    path = write("客户号,余额,日期\nC1,1,2026-11-24,,\nC2,1\nC3,1,2026-11-24,x\n")
    records, refusals = read(open_source(path, "balances"))
    assert records == [(2, "C1", 100, ORDINAL)]
    assert [(refusal.row, refusal.column, refusal.reason) for refusal in refusals] == [
        (3, "", "wrong_width"),
        (4, "", "wrong_width"),
    ]


def test_a_quote_never_closed_costs_its_own_rows_only(write: Write, read: Read) -> None:
    lines = ['C1,"张,1', *[f"C{number},名,1" for number in range(2, 20_000)]]
    path = write("客户号,姓名,余额\n" + "\n".join(lines) + "\n")
    records, refusals = read(open_source(path, "balances", day=DAY))
    assert refusals[0].reason == "unclosed_quote"
    assert refusals[0].row == 2
    assert records[-1][1] == "C19999"


def test_chunks_are_cut_alike_at_every_pass(write: Write) -> None:
    path = write("客户号,余额\n" + "".join(f"C{number},{'x' if number % 7 == 0 else 1}\n" for number in range(100)))
    source = open_source(path, "balances", day=DAY)
    first, second = list(source.chunks(30)), list(source.chunks(30))
    assert first == second
    assert [len(records) + len(refusals) for records, refusals in first] == [30, 30, 30, 10]


def test_a_pipe_is_read_and_may_be_read_again(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode())))
    source = open_source("-", "balances")
    assert source.name == "-"
    assert read(source) == read(source) == ([(2, "C1", 1234567, ORDINAL)], [])


def test_what_a_spreadsheet_put_around_a_cell_is_taken_off(write: Write, read: Read) -> None:
    path = write("客户号,姓名,手机号码,爱好\n" + '"=""00123""",张伟,\'13800138000,\t高尔夫\t\nC2,\'=SUM(A1),,"="""""\n')
    records, refusals = read(open_source(path, "customers"))
    assert not refusals
    assert records[0].facts == {"phone": "13800138000", "hobbies": "高尔夫"}
    assert (records[0].customer_no, records[1].name, records[1].facts) == ("00123", "=SUM(A1)", {})


def test_what_a_branch_notes_of_habits_and_needs_are_facts_of_the_profile(write: Write, read: Read) -> None:
    records, refusals = read(open_source(write("客户号,消费习惯,需求\nC1,网购,教育金\n"), "customers"))
    assert (records[0].facts, refusals) == ({"spending_habits": "网购", "needs": "教育金"}, [])


def test_of_two_headers_for_one_column_the_nearer_is_taken_and_the_other_kept_as_a_fact(
    write: Write, read: Read
) -> None:
    path = write("客户号,联系电话,手机号码\nC1,0755-12345678,13800138000\n")
    assert read(open_source(path, "customers"))[0][0].facts == {"联系电话": "0755-12345678", "phone": "13800138000"}


def test_one_header_twice_is_nobodys_choice(write: Write) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_source(write("客户号,余额,余额\nC1,1,2\n"), "balances", day=DAY)
    assert caught.value.code == "duplicate_column"
    assert caught.value.details["column"] == "余额"
