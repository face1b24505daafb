"""Of a restricted customer (限制处理) no page says what was written of them, nor who they are to others."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from guanhu.projections.customers import page
from guanhu.projections.duty_why import duty_why
from guanhu.projections.policy import policy_of
from guanhu.store.acts import log_contact
from guanhu.store.affairs import waive_duty
from guanhu.store.registering import link, mark, restrict, tag
from guanhu.tests.store.branch import RM, Branch

SECRET = "密语"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    found.customer("C1", 250_000, name=f"{SECRET}甲")
    found.customer("C2", 250_000, name="乙")
    on = found.today
    tag(found.book, "C1", f"{SECRET}标签", on, add=True)
    mark(found.book, "C1", "prospect", f"{SECRET}原因", on)
    link(found.book, "C2", "C1", "family", on, add=True)
    log_contact(found.book, "C1", "phone", "reached_success", on, note=f"{SECRET}记录", staff=RM)
    waive_duty(found.book, "C1", "monthly_contact", "2026-05", f"{SECRET}免办", on)
    yield found
    found.book.close()


def shown(branch: Branch, customer_no: str) -> str:
    """All that a customer's page and the reasons of a duty say."""
    with branch.book.reading() as cursor:
        policy = policy_of(cursor)
        assert policy
        asked = cursor, policy, branch.book.calendar, branch.today
        said = page(*asked, customer_no), duty_why(*asked, customer_no, "monthly_contact")
        return msgspec.json.encode(said).decode()


def test_what_was_written_of_a_restricted_customer_is_shown_nowhere_and_again_when_that_is_lifted(
    branch: Branch,
) -> None:
    before = shown(branch, "C1")
    assert before.count(SECRET) >= 5
    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    assert SECRET not in shown(branch, "C1")
    assert "C2" not in shown(branch, "C1")
    restrict(branch.book, "C1", "客户要求", branch.today, add=False)
    assert shown(branch, "C1") == before


def test_the_page_of_a_relation_does_not_name_a_restricted_customer(branch: Branch) -> None:
    assert SECRET in shown(branch, "C2")
    restrict(branch.book, "C1", "客户要求", branch.today, add=True)
    assert SECRET not in shown(branch, "C2")
    assert '"C1"' in shown(branch, "C2")
