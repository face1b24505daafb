"""The scheme's screen: the policy in sentences, and the duties behind each rule."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from guanhu.domain.scheme import Policy, Scheme
from guanhu.domain.scheme_file import default_scheme_text, read_scheme
from guanhu.language import choose
from guanhu.projections.duty_counts import duty_counts
from guanhu.projections.policy import policy_of
from guanhu.projections.queue import Asked, duty_list
from guanhu.store.affairs import hold_product
from guanhu.store.book import Book
from guanhu.tests.tui.branch import ME, TODAY, busy_branch
from guanhu.tests.tui.desks import drive, lines, settled
from guanhu.tui.app import GuanhuApp
from guanhu.tui.duty_words import said
from guanhu.tui.scheme_words import (
    amount,
    capacity_lines,
    profile_lines,
    rating_lines,
    responsible,
    scheme_named,
    tier_words,
)
from guanhu.tui.screens.duty_rows import DutyRowsScreen
from guanhu.tui.screens.scheme_text import duty_said
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.long_list import LongList

BANKS = sorted((Path(__file__).parent.parent / "domain" / "schemes").glob("*.toml"))


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = busy_branch(tmp_path)
    yield book
    book.close()


def app_on(book: Book, tmp_path: Path) -> GuanhuApp:
    return GuanhuApp(
        book, ME, TODAY, start="scheme", settings=Settings(language="en"), folder=tmp_path / "config"
    )  # fmt: skip


def schemes() -> list[Scheme]:
    return [read_scheme(text) for text in (default_scheme_text(), *(path.read_text("utf-8") for path in BANKS))]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_part_of_every_scheme_can_be_said(language: str) -> None:
    choose(language)
    for scheme in schemes():
        for duty in scheme.duties:
            parts = said(scheme, duty)
            assert len(parts) == 4
            for title, sentences in parts:
                assert title
                assert sentences
                assert all(sentence.strip(" :：;；.。()（）") and "{" not in sentence for sentence in sentences)
        assert all(rating_lines(scheme))
        assert all(profile_lines(scheme))
        assert all(words for pair in capacity_lines(scheme) for words in pair)
        assert all(responsible(scheme, tier) for tier in scheme.tiers)


def test_a_duty_says_who_owes_it_to_whom_and_until_when() -> None:
    scheme = read_scheme(default_scheme_text())
    whom, who, when, how = (sentences for _title, sentences in said(scheme, scheme.duty["monthly_contact"]))
    assert whom[0] == "tier 200k-500k and up"
    assert who == ["relationship manager"]
    assert when[0] == "Once every calendar month, due on its last day."
    assert how == ["a contact that reached the customer or a visit"]
    _whom, who, when, _how = (sentences for _title, sentences in said(scheme, scheme.duty["first_contact"]))
    assert who[0] == "tier 500k-3m and up: the owner (within 5 working days)"
    assert who[-1].startswith("all others: the owner (within 10 working days; done by a message or ")
    assert when == ["A new assignment.", "Handed over in bulk: within 30 days."]


def test_tiers_up_to_the_highest_are_told_by_the_lowest() -> None:
    scheme = read_scheme(default_scheme_text())
    assert tier_words(scheme, ["middle", "affluent", "wealth"]) == "200k-500k and up"
    assert tier_words(scheme, ["mass", "basic"]) == "1k-50k, 50k-200k"
    assert tier_words(scheme, ["wealth"]) == "3m+"


def test_amounts_are_told_as_each_language_counts() -> None:
    assert amount(50_000) == "50,000 yuan"
    choose("zh")
    assert [amount(1_000), amount(50_000), amount(1_500_000)] == ["0.1万元", "5万元", "150万元"]


def test_each_rule_is_counted_as_its_list_has_it(branch: Book) -> None:
    with branch.reading() as cursor:
        policy = policy_of(cursor)
        assert policy is not None
        for asked in (Asked(), Asked(staff=ME), Asked(outlet="01")):
            counts = duty_counts(cursor, policy, branch.calendar, TODAY, asked)
            items = duty_list(cursor, policy, branch.calendar, TODAY, asked).items
            assert sum(each.open + each.overdue for each in counts.duties) == len(items)
            for each in counts.duties:
                assert each.overdue == sum(item.duty == each.duty and item.status == "overdue" for item in items)
            assert [each.duty for each in counts.duties] == list(policy.on(TODAY).duty)


def test_a_rule_opens_to_the_duties_it_raised(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        table = pilot.app.screen.query_one(LongList)
        row = "duty:monthly_contact"
        assert table.highlight(row)
        await settled(pilot)
        assert table.row is not None
        expected = table.row.item.count
        text = "\n".join(lines(pilot.app))
        assert "Once every calendar month" in text
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, DutyRowsScreen)
        rows = pilot.app.screen.query_one(LongList)
        assert rows.rows == expected.open + expected.overdue > 0
        assert "欧阳丽华" in "\n".join(lines(pilot.app))
        await pilot.press("escape")
        await settled(pilot)
        back = pilot.app.screen.query_one(LongList).row
        assert back is not None
        assert back.id == row

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_all_whom_a_rule_asks_to_be_greeted_are_written_to_at_once(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        front: Any = pilot.app.screen
        assert front.query_one(LongList).highlight("duty:monthly_contact")
        await pilot.press("enter")
        await settled(pilot)
        front = pilot.app.screen
        owed = [item.customer_no for item in front._items]
        await pilot.press("asterisk", "space", "m")
        await settled(pilot)
        form: Any = pilot.app.screen
        assert sorted(form.others) == sorted(set(owed[1:]))
        await pilot.press("escape")
        await settled(pilot)
        assert f"{len(owed) - 1} customers selected" in "\n".join(lines(pilot.app))

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_what_is_to_come_and_what_is_done_of_one_duty_can_be_seen(branch: Book, tmp_path: Path) -> None:
    hold_product(branch, "20004", "大额存单", 30_000_000, TODAY, matures_on=TODAY + timedelta(days=30), by=ME)

    def states(pilot: Pilot[None]) -> set[str]:
        front: Any = pilot.app.screen
        return {item.status for item in front._items}

    async def steps(pilot: Pilot[None]) -> None:
        assert pilot.app.screen.query_one(LongList).highlight("duty:maturity")
        await pilot.press("enter")
        await settled(pilot)
        due = states(pilot)
        assert due <= {"open", "overdue"}
        await pilot.press("f", "down", "enter")
        await settled(pilot)
        assert "upcoming" in states(pilot)
        assert "to do and to come: " in "\n".join(lines(pilot.app))
        await pilot.press("f", "down", "enter")
        await settled(pilot)
        assert states(pilot) <= {"done"}
        await pilot.press("backspace")
        await settled(pilot)
        assert states(pilot) == due

    drive(app_on(branch, tmp_path), steps, (120, 40))


def test_whose_duties_are_counted_is_changed_by_a_key(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        def heading() -> str:
            return str(pilot.app.screen.query_one("#scheme-head", Static).render())

        assert "the whole book" in heading()
        await pilot.press("z")
        await settled(pilot)
        assert "营业部" in heading()
        await pilot.press("z")
        await settled(pilot)
        assert "mine" in heading()

    drive(app_on(branch, tmp_path), steps)


def test_a_duty_names_its_scheme_and_no_ids() -> None:
    scheme = read_scheme(default_scheme_text())
    policy = Policy(((date.min, scheme),))
    told = dict(duty_said(policy, scheme, "profile"))
    assert told["Scheme"] == [scheme_named(scheme)] == [f"{scheme.names.en}, version {scheme.version}"]
    assert not any("profile," in line or "personal," in line for lines in told.values() for line in lines)


def test_a_post_that_owns_no_customers_says_so() -> None:
    scheme = read_scheme(default_scheme_text())
    assert dict(capacity_lines(scheme))["inspector"] == "owns none"
