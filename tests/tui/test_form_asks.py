"""No form asserts a fact by itself, each says what is missing or written, and asks only what it needs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from guanhu.store.book import Book
from guanhu.tests.tui.acting import form, shown, stand_on
from guanhu.tests.tui.branch import at_today, busy_branch
from guanhu.tests.tui.desks import TODAY, desk_app, drive, lines, settled
from guanhu.tests.tui.sample_forms import Empty, save_call
from guanhu.tui.forms import Field, read
from guanhu.tui.learned import fields as learned_fields
from guanhu.tui.widgets.choice import Choice
from guanhu.tui.widgets.form_now import what_to_do
from guanhu.tui.widgets.form_screen import FormScreen

NEVER_CHOSEN = [("i", "kind"), ("M", "mark"), ("L", "relation"), ("R", "kind"), ("v", "outcome"), ("c", "outcome")]


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    """The branch with work to do."""
    opened = busy_branch(tmp_path)
    yield opened
    opened.close()


def test_no_fact_is_chosen_beforehand_and_what_is_missing_is_named(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for key, name in NEVER_CHOSEN:
            await stand_on(pilot, "20003")
            await pilot.press(key)
            await settled(pilot)
            label = next(field.label for field in form(pilot).fields if field.id == name)
            assert form(pilot).texts[name] == ""
            assert shown(pilot, "writes").startswith("Not ready to save: ")
            assert label in shown(pilot, "writes")
            await pilot.press("escape")
            await settled(pilot)

    at_today(branch, tmp_path, steps)


def test_a_referral_says_to_whom_it_goes(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        await stand_on(pilot, "20003")
        await pilot.press("r")
        await settled(pilot)
        assert shown(pilot, "writes").startswith("Writes: referred to 李静")

    at_today(branch, tmp_path, steps)


def test_any_form_says_what_it_writes_and_what_it_lacks(book: Book) -> None:
    fields = (Field("no", "number", needed=True), Field("sex", "sex", "choice", (("", "not asked"), ("male", "male"))))

    async def steps(pilot: Pilot[Any]) -> None:
        pilot.app.push_screen(FormScreen("New", fields, save_call, subject="Of whom it is"))
        await settled(pilot)
        told = "\n".join(lines(pilot.app))
        assert "Not ready to save: Number" in told
        assert "Of whom it is" in told
        await pilot.press("7")
        await settled(pilot)
        assert any("Writes: Number 7" in line for line in lines(pilot.app))
        pilot.app.push_screen(FormScreen("Try", fields, save_call, deed="try"))
        await settled(pilot)
        assert any("Still to be filled in: Number" in line for line in lines(pilot.app))
        await pilot.press("7")
        await settled(pilot)
        assert not any("Writes:" in line for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps)


def test_what_stands_above_the_fields_is_marked_where_it_is_not_all(book: Book) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        screen = FormScreen("New", (Field("note", "Note"),), save_call, subject="约下周来网点面谈。" * 20)
        pilot.app.push_screen(screen)
        await settled(pilot)
        above = screen.query_one("#last")
        assert above.region.height == 2
        assert any(line.rstrip("│ ").endswith("..") for line in lines(pilot.app))

    drive(desk_app(Empty, book), steps)


def test_a_field_is_asked_only_with_the_choice_that_it_belongs_to(book: Book) -> None:
    ways = (("new", "a new one"), ("old", "an old one"))
    fields = (
        Field("which", "Which", "choice", ways),
        Field("name", "Name", needed_with=("which", "new"), only_with=("which", "new")), Field("note", "Note"),
    )  # fmt: skip
    assert read(fields, {"which": "old", "name": "left there"}, TODAY, {"name"})["name"] == ""

    async def steps(pilot: Pilot[Any]) -> None:
        screen = FormScreen("Thing", fields, save_call)
        pilot.app.push_screen(screen)
        await settled(pilot)
        assert [field.id for field in screen.shown_fields] == ["which", "name", "note"]
        screen.query_one(Choice).value = "old"
        await settled(pilot)
        assert [field.id for field in screen.shown_fields] == ["which", "note"]
        assert not screen.query_one("#row-name").display
        screen.query_one(Choice).value = "new"
        screen.query_one("#field-name").focus()
        await settled(pilot)
        screen.query_one(Choice).value = "old"  # what has the focus is not lost with its field
        await settled(pilot)
        assert screen.focused is screen.query_one("#field-note")

    drive(desk_app(Empty, book), steps)


def test_the_sign_of_a_fact_is_no_part_of_its_name() -> None:
    birthday = next(each for each in learned_fields(["phone"], ["birthday"]) if each.id == "birthday")
    assert (birthday.sign, birthday.label) == ("!", "birthday")
    assert what_to_do(birthday, 0, {}).startswith("birthday: ")


def test_what_another_choice_makes_needed_is_called_so() -> None:
    field = Field("name", "Name", needed_with=("which", "new"))
    assert what_to_do(field, 0, {"which": "new"}) == "Name: type here. Needed."
    assert what_to_do(field, 0, {"which": "old"}) == "Name: type here. May stay empty."


def test_ten_options_have_a_digit_and_those_beyond_are_reached_by_arrows() -> None:
    field = Field("kind", "What", "choice", needed=True)
    assert what_to_do(field, 10, {}) == "What: press 1-9, 0 to choose."
    assert what_to_do(field, 11, {}).endswith("press 1-9, 0 to choose; the left and right keys reach the others.")
    assert Choice([(str(n), str(n)) for n in range(12)]).digits == "1234567890"


def test_all_fields_end_at_one_edge_and_no_hint_is_cut(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[Any]) -> None:
        for key in "cvmpioRPx":
            await stand_on(pilot, "20004")
            await pilot.press(key)
            await settled(pilot)
            ends = set()
            for field in form(pilot).shown_fields:
                if field.kind == "choice":
                    continue
                row, box = form(pilot).query_one(f"#row-{field.id}"), form(pilot).query_one(f"#field-{field.id}")
                ends.add(max(each.region.right for each in row.children if each.region))
                shows = form(pilot).texts[field.id]
                assert shows or len(field.hint) <= box.content_size.width, field.hint
            assert len(ends) == 1, key
            await pilot.press("escape")
            await settled(pilot)

    at_today(branch, tmp_path, steps)
