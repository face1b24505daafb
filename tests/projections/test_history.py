"""A customer's history: every event that touches the customer, single or in columns, oldest first (DESIGN 3, 7)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guanhu.domain.errors import NotFound
from guanhu.domain.events import TOPICS
from guanhu.projections.history import HistoryItem, customer_history
from guanhu.projections.history_words import told
from guanhu.store import rating
from guanhu.store.acts import correct_entry, log_contact
from guanhu.store.affairs import hold_product, keep_promise, make_promise
from guanhu.store.assigning import assign, release
from guanhu.store.codec import decode
from guanhu.store.registering import erase, link, mark, record_profile, register, restrict, tag
from guanhu.store.statements import deposit, report
from guanhu.tests.store.branch import RM, Branch, day

ON = day("2026-06-10")


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    found = Branch(tmp_path)
    yield found
    found.book.close()


def history(branch: Branch, no: str = "C1", *, limit: int = 0, offset: int = 0) -> list[HistoryItem]:
    book = branch.book
    with book.reading() as cursor:
        return customer_history(cursor, book.recorder, decode, book.keyring, no, limit=limit, offset=offset)[1]


def codes(branch: Branch, no: str = "C1") -> list[str]:
    return [item.code for item in history(branch, no)]


def reported(branch: Branch, on: str, **yuan: int) -> None:
    """One statement of several customers."""
    branch.feeds += 1
    rows = [(n, no, fen * 100, day(on).toordinal()) for n, (no, fen) in enumerate(yuan.items())]
    with branch.book.writing(by="core") as w:
        report(w, f"feed{branch.feeds}", rows, w.book_day)


def test_statements_and_ratings_are_told_by_the_customers_own_row(branch: Branch) -> None:
    branch.customer("C1")
    branch.customer("C2")
    reported(branch, "2026-05-01", C2=1, C1=250_000)
    reported(branch, "2026-05-02", C1=250_000, C2=600_000)
    deposit(branch.book, "C1", 5_00, day("2026-05-03"), by=RM)
    items = history(branch)
    assert [(item.event, item.code, item.details) for item in items[1:]] == [
        ("balances", "balance", {"fen": 25_000_000, "late": False}),
        ("tiers", "tier", {
            "from_tier": None, "to_tier": "middle", "basis_fen": 25_000_000, "rule": "first_balance",
            "scheme": "personal", "version": 1,
        }),
        ("balances", "unchanged", {"fen": 25_000_000}),
        ("deposit", "deposit", {"fen": 500}),
    ]  # fmt: skip
    assert [item.occurred_on for item in items[1:]] == [
        date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3),
    ]  # fmt: skip
    assert (items[-1].by, items[1].by) == (RM, "core")


def test_a_statement_replaced_by_a_later_one_of_its_date_stays_in_the_history(branch: Branch) -> None:
    branch.customer("C1")
    reported(branch, "2026-05-01", C1=250_000)
    deposit(branch.book, "C1", 5_00, day("2026-05-01"))
    reported(branch, "2026-05-01", C1=260_000)
    assert [(i.code, i.details["fen"]) for i in history(branch) if "fen" in i.details] == [
        ("balance", 25_000_000), ("deposit", 500), ("balance", 26_000_000),
    ]  # fmt: skip


def test_a_demotion_at_a_months_end_is_told_when_it_is_decided(branch: Branch) -> None:
    branch.customer("C1", 250_000, "2026-03-02")
    branch.balance("C1", 150_000, "2026-03-20")
    assert codes(branch)[-1] == "balance"
    with branch.book.writing() as w:
        rating.open_day(w, day("2026-05-02"))
    last = history(branch)[-1]
    assert (last.code, last.details["to_tier"], last.occurred_on) == ("tier", "basic", date(2026, 5, 1))


def test_history_shows_the_entry_and_its_correction(branch: Branch) -> None:
    branch.customer("C1")
    (position,) = log_contact(branch.book, "C1", "phone", "replied", ON, staff=RM, note="first").positions
    correct_entry(branch.book, position, note="second", reason="slip")
    correct_entry(branch.book, position, withdrawn=True, reason="never")
    entry, corrected, withdrawn = history(branch)[1:]
    assert (entry.code, entry.details["text"], entry.corrects) == ("contact", "first", None)
    assert (corrected.code, corrected.details["text"], corrected.details["reason"], corrected.corrects) == (
        "entry_corrected", "second", "slip", position,
    )  # fmt: skip
    assert (withdrawn.code, withdrawn.corrects) == ("entry_withdrawn", position)


def test_who_looked_after_the_customer_is_told_to_the_end(branch: Branch) -> None:
    branch.customer("C1", 250_000)
    assign(branch.book, "C1", RM, day("2026-06-01"))
    release(branch.book, "C1", RM, ON)
    seats = [(item.code, item.details["seat"]) for item in history(branch) if "seat" in item.details]
    assert seats == [("assigned", "owner"), ("assigned", "system"), ("released", "owner")]


def test_links_are_told_at_both_ends_even_when_they_are_over(branch: Branch) -> None:
    branch.customer("C1")
    branch.customer("C2")
    link(branch.book, "C1", "C2", "family", ON, add=True)
    link(branch.book, "C1", "C2", "family", ON, add=False)
    assert codes(branch, "C2") == ["registered", "linked", "unlinked"]
    assert [item.details.get("other_no") for item in history(branch, "C2")] == [None, "C1", "C1"]
    assert codes(branch, "C1") == ["registered", "linked", "unlinked"]


def test_profile_and_promises_are_told_without_the_values_of_facts(branch: Branch) -> None:
    branch.customer("C1", name="张伟", phone="13800138000")
    record_profile(branch.book, "C1", "", {"hobbies": "golf", "phone": ""}, "", ON)
    (promise,) = make_promise(branch.book, "C1", "送资料", day("2026-06-12"), ON, staff=RM).positions
    keep_promise(branch.book, promise, ON, note="已送")
    told_items = [(item.code, item.details) for item in history(branch)]
    assert told_items[0] == ("registered", {"outlet": "01", "name": "张伟", "facts": ["phone"]})
    assert told_items[1] == ("profile", {"name": "", "facts": ["hobbies"], "taken_back": ["phone"], "outlet": None})
    assert told_items[2][1]["text"] == "送资料"
    assert told_items[3] == ("promise_kept", {"ref": promise, "text": "已送"})


def test_of_an_erased_customer_the_facts_stay_and_the_person_is_gone(branch: Branch) -> None:
    branch.customer("C1", 250_000, name="张伟", phone="13800138000")
    log_contact(branch.book, "C1", "phone", "replied", ON, staff=RM, note="secret")
    tag(branch.book, "C1", "secret", ON, add=True)
    mark(branch.book, "C1", "prospect", "secret", ON)
    restrict(branch.book, "C1", "complaint", ON, add=True)
    restricted = history(branch)
    restrict(branch.book, "C1", "settled", ON, add=False)
    assert "secret" in repr(history(branch))
    erase(branch.book, "C1", "asked", ON)
    for items in (restricted, history(branch)):
        assert "secret" not in repr(items)
        assert "张伟" not in repr(items)
    assert codes(branch) == [
        "registered", "balance", "tier", "contact", "tagged", "marked", "restricted", "unrestricted", "erased",
    ]  # fmt: skip


def test_pages_join_to_the_whole(branch: Branch) -> None:
    branch.customer("C1", 250_000)
    hold_product(branch.book, "C1", "fund", 100, ON)
    hold_product(branch.book, "C1", "fund", 200, ON)
    whole = history(branch)
    assert [item.position for item in whole] == sorted(item.position for item in whole)
    assert [item for at in range(len(whole)) for item in history(branch, limit=1, offset=at)] == whole


def test_an_unknown_customer_is_not_found(branch: Branch) -> None:
    with pytest.raises(NotFound, match="unknown_customer"):
        history(branch, "C9")


def test_customers_registered_together_are_told_apart(branch: Branch) -> None:
    register(branch.book, "C1", "甲", {}, "", ON)
    assert codes(branch) == ["registered"]


OF_THE_BOOK = {
    "day", "import_begun", "import_batch", "imported", "scheme", "enrolled", "role_given", "role_taken", "staff_left",
    "handed_over", "leave", "reviewed", "outlet_opened", "outlet_closed", "supervised", "inspection_closed",
    "looking_set",
}  # fmt: skip


def test_every_event_of_a_customer_has_its_telling() -> None:
    from guanhu.projections import history_words

    named = {name for name, cls in TOPICS.items() if cls in history_words._TELLINGS}
    assert set(TOPICS) - named == OF_THE_BOOK
    assert callable(told)
