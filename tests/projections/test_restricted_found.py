"""A restricted customer (限制处理) is found by the number alone, wherever somebody looks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guanhu.projections.browse_rows import numbers_of
from guanhu.projections.browsing import Browse, browse
from guanhu.projections.finding import find
from guanhu.projections.policy import policy_of
from guanhu.store.assigning import assign
from guanhu.store.registering import record_profile, restrict, tag
from guanhu.tests.store.branch import MANAGER, RM, Branch

PERSONAL = ("曾志强", "zengzhiqiang", "zzq", "志强", "13800138001", "8001", "6222021234567890", "11010519491231002X")
"""What one is found by who is not restricted: name, pinyin, initials, inside of the name, phone, its tail, card, id."""

EVERYWHERE = {"find": ["C1"], "all": ["C1"], "mine": ["C1"]}
NOWHERE: dict[str, list[str]] = {"find": [], "all": [], "mine": []}


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    found.customer("C1", 250_000, name="曾志强", phone="13800138001")
    found.customer("C2", 250_000, name="乙", phone="13900139002")
    on, book = found.today, found.book
    record_profile(book, "C1", "", {"card_no": "6222021234567890", "identity_no": "11010519491231002X"}, "", on)
    tag(book, "C1", "私密", on, add=True)
    assign(book, "C1", RM, on, by=MANAGER)
    yield found
    found.book.close()


def found_by(branch: Branch, text: str) -> dict[str, list[str]]:
    """The numbers that each way of looking finds: the command line's, the list's, the list of one's own."""
    with branch.book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        asked = cursor, policy, branch.book.calendar, branch.today
        ways = {"all": Browse(text=text), "mine": Browse(text=text, owner=RM)}
        lists = {name: numbers_of(cursor, browse(*asked, way)) for name, way in ways.items()}
        return {"find": [each.customer_no for each in find(*asked, text)[1]], **lists}


@pytest.mark.parametrize("text", PERSONAL)
def test_what_is_not_to_be_used_finds_nobody_until_the_restriction_is_lifted(branch: Branch, text: str) -> None:
    assert found_by(branch, text) == EVERYWHERE
    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    assert found_by(branch, text) == NOWHERE
    restrict(branch.book, "C1", "请求撤回", branch.today, add=False)
    assert found_by(branch, text) == EVERYWHERE


def test_the_number_finds_a_restricted_customer_and_others_are_found_as_ever(branch: Branch) -> None:
    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    assert found_by(branch, "C1") == EVERYWHERE
    assert found_by(branch, "9002")["find"] == found_by(branch, "9002")["all"] == ["C2"]


def test_what_is_written_of_a_restricted_customer_later_finds_nobody_either(branch: Branch) -> None:
    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    record_profile(branch.book, "C1", "", {"phone": "13700137007"}, "", branch.today)
    assert found_by(branch, "7007")["find"] == []


def test_a_tag_lists_no_restricted_customer(branch: Branch) -> None:
    def tagged() -> list[str]:
        with branch.book.reading() as cursor:
            policy = policy_of(cursor)
            assert policy
            return numbers_of(cursor, browse(cursor, policy, branch.book.calendar, branch.today, Browse(tag="私密")))

    assert tagged() == ["C1"]
    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    assert tagged() == []


def test_the_command_line_finds_them_by_number_alone(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    from guanhu.commands.root import app

    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    monkeypatch.setenv("GUANHU_BOOK", str(branch.book.path))
    for text, numbers in (("zzq", 0), ("8001", 0), ("C1", 1)):
        answer = CliRunner().invoke(app, ["--lang", "en", "customer", "find", text, "--json", "--as-of", "2026-06-15"])
        assert answer.output.count('"customer_no":"C1"') == numbers, (text, answer.output)
