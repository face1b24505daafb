"""Copied notes: which texts are alike, and when like notes are a flag."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.red_flags.found import Entry
from guanhu.domain.red_flags.notes import copied_notes, pairs_of, plain
from guanhu.domain.scheme_flags import CopiedNotes

RULE = CopiedNotes(6, 5, 3, 85, 10)
DAY = date(2026, 10, 12).toordinal()
NOTE = "介绍我行新发行的三年期大额存单额度,客户表示考虑后再答复"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x6FFF), min_size=14, max_size=60)


def notes(
    texts: list[str], *, staff: str = "A", apart: int = 0, channel: str = "phone", customer: int = 0
) -> list[Entry]:
    """Calls with these notes, each for another customer unless one is named, so many days apart."""
    return [
        Entry(
            n, customer or n, DAY, "contact", channel, "reached_other", staff, (), 60, n, DAY + n * apart, False, text
        )
        for n, text in enumerate(texts, 1)
    ]  # fmt: skip


def test_digits_signs_width_and_forms_of_address_do_not_count() -> None:
    texts = [f"{who},{NOTE}{n}!" for n, who in enumerate(("王女士", "李先生", "赵阿姨", "钱叔叔", "孙老师"))]
    assert len({plain(text) for text in texts}) == 1
    (found,) = copied_notes(notes(texts), RULE)
    assert (found.staff, found.measured, found.positions) == ("A", {"customers": 5, "notes": 5}, (1, 2, 3, 4, 5))


def test_a_word_more_or_less_is_still_a_copy() -> None:
    texts = [NOTE, NOTE + "。", NOTE + "了", "今" + NOTE, NOTE.replace("考虑", "考量")]
    assert len(list(copied_notes(notes(texts), RULE))) == 1


@pytest.mark.parametrize(
    "made",
    [
        notes([NOTE] * 4),
        notes([NOTE] * 9, customer=1),
        notes([NOTE] * 9, apart=1)[:1] + notes([NOTE] * 4, staff="B"),
        notes([NOTE] * 9, channel="message"),
        notes(["未接,再打"] * 9),
        notes([NOTE] * 5, apart=2),
    ],
    ids=["too few", "one customer", "several members", "messages", "too short", "over many days"],
)
def test_what_is_no_copy(made: list[Entry]) -> None:
    assert not list(copied_notes(made, RULE))


def test_notes_of_several_days_are_found_within_the_span() -> None:
    (found,) = copied_notes(notes([NOTE] * 2, apart=0) + [
        Entry(10 + n, 10 + n, DAY, "visit", "", "reached_other", "A", (), None, 9 + n, DAY + 2, False, NOTE)
        for n in range(3)
    ], RULE)  # fmt: skip
    assert found.measured["customers"] == 5


@settings(max_examples=60, deadline=None)
@given(HAN, st.integers(0, 10**6))
def test_near_copies_are_found_wherever_they_differ(text: str, seed: int) -> None:
    """Every copy that shares enough pairs with the first is in its group, by the sketches as by comparing all."""
    rng = Random(seed)
    changed = [text]
    for _ in range(6):
        at = rng.randrange(len(text))
        changed.append(text[:at] + chr(0x7000 + rng.randrange(2_000)) + text[at + 1 :])
    first = pairs_of(plain(changed[0]))
    alike = [each for each in changed if _alike(first, pairs_of(plain(each)))]
    found = list(copied_notes(notes(changed), RULE))
    if len(alike) >= RULE.customers:
        assert found
        assert found[0].measured["customers"] >= RULE.customers


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 100 >= RULE.percent * len(one | other)


@settings(max_examples=30, deadline=None)
@given(st.lists(HAN, min_size=5, max_size=30, unique_by=plain))
def test_different_notes_are_not_alike(texts: list[str]) -> None:
    groups = list(copied_notes(notes(texts), RULE))
    for found in groups:
        first = pairs_of(plain(texts[found.positions[0] - 1]))
        shared = [position for position in found.positions if _alike(first, pairs_of(plain(texts[position - 1])))]
        assert len(shared) > 1
