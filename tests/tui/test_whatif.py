"""What if on the screen: from the scheme to the question, the answer, and the customers behind it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from unittest import mock

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from guanhu.domain.scheme_file import default_scheme_text
from guanhu.language import choose
from guanhu.store.book import Book
from guanhu.tests.tui.desks import STAFF, TODAY, drive, lines, settled, small_book
from guanhu.tui.app import GuanhuApp
from guanhu.tui.list_export import write_list
from guanhu.tui.screens import whatif_form
from guanhu.tui.screens.behind import BehindScreen
from guanhu.tui.screens.whatif import WhatIfScreen
from guanhu.tui.settings import Settings
from guanhu.tui.widgets.dialogs import Choose
from guanhu.tui.widgets.form_screen import FormScreen
from guanhu.tui.widgets.long_list import LongList
from guanhu.tui.widgets.long_work import LongWork


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Book]:
    book = small_book(tmp_path)
    yield book
    book.close()


def app_on(book: Book, tmp_path: Path, language: Literal["en", "zh"] = "en") -> GuanhuApp:
    choose(language)
    return GuanhuApp(
        book, STAFF, TODAY, start="scheme", settings=Settings(language=language), folder=tmp_path / "config"
    )  # fmt: skip


def in_front(pilot: Pilot[None]) -> type[object]:
    """The kind of screen that is shown."""
    return type(pilot.app.screen)


async def ask(pilot: Pilot[None], **fields: str) -> None:
    """From the scheme: other floors, as the form is filled in."""
    await pilot.press("O")
    await settled(pilot)
    assert in_front(pilot) is Choose
    await pilot.press("enter")
    await settled(pilot)
    assert in_front(pilot) is FormScreen
    for field, text in fields.items():
        pilot.app.screen.query_one(f"#field-{field.replace('_', '-')}", Input).value = text
    await pilot.press("ctrl+s")
    await settled(pilot, 0.2)
    await settled(pilot)


def test_the_form_begins_at_the_line_on_which_the_monthly_calls_hang(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("O")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        focused = pilot.app.focused
        assert focused is not None
        assert focused.id == "field-floor-middle"
        assert lines(pilot.app)[focused.region.y].count("200000") == 1  # in sight on a small screen too

    drive(app_on(branch, tmp_path), steps)


FIFTY = {"floor_middle": "60000", "first": "2026-11-01"}


def test_a_floor_is_changed_and_the_sentence_says_what_it_costs(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **FIFTY)
        shown = "\n".join(lines(pilot.app))
        assert "If the floor of 200k-500k were 60,000 yuan, not 200,000 yuan" in shown
        assert "1 more in 200k-500k" in shown
        assert "50k-200k -> 200k-500k" in shown
        with branch.reading() as cursor:
            assert cursor.execute("SELECT count(*) FROM scheme").fetchone()[0] == 1

    drive(app_on(branch, tmp_path), steps, size=(120, 30))


def test_a_line_opens_to_its_customers_and_a_customer_to_the_page(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **FIFTY)
        await pilot.press("G", "enter")
        await settled(pilot)
        assert in_front(pilot) is BehindScreen
        shown = "\n".join(lines(pilot.app))
        assert "曾志强" in shown
        assert "王秀英" not in shown
        await pilot.press("escape")
        await settled(pilot)
        assert in_front(pilot) is WhatIfScreen

    drive(app_on(branch, tmp_path), steps, size=(160, 45))


def test_the_parts_follow_one_another_and_each_can_be_kept_as_a_file(branch: Book, tmp_path: Path) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **FIFTY)
        parts = {"moves": "2026-11", "staff": "王芳", "owners": "would want an owner", "tiers": "3m"}
        for name, words in parts.items():
            await pilot.press("l")
            await settled(pilot)
            table = pilot.app.screen.query_one(f"#whatif-{name}", LongList)
            assert table.has_focus
            assert words in "\n".join(lines(pilot.app))
            count = write_list(tmp_path / f"{name}.csv", table.columns, table.source, lambda _row: True)
            assert count > 0

    drive(app_on(branch, tmp_path), steps, size=(160, 45))


@pytest.mark.parametrize(("field", "text", "said"), [
    ("floor_middle", "40000", "The floor of 200k-500k must be above that of 50k-200k."),
    ("floor_middle", "", "must be filled in"),
    ("first", "2026-12-24", "lies after the last"),
    ("floor_middle", "200000", "Same as in force: nothing would differ."),
])  # fmt: skip
def test_what_makes_no_question_is_told_in_the_form_and_the_texts_stay(
    branch: Book, tmp_path: Path, field: str, text: str, said: str
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **{field: text})
        assert in_front(pilot) is FormScreen
        assert said in "\n".join(lines(pilot.app))

    drive(app_on(branch, tmp_path), steps)


def test_a_scheme_at_hand_can_be_chosen_as_a_file(
    branch: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guanhu.domain.scheme_file import default_scheme_text

    text = default_scheme_text().replace("from_yuan = 200_000", "from_yuan = 55_000")
    (tmp_path / "next.toml").write_text(text, "utf-8")
    (tmp_path / "other.toml").write_text("[project]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    with mock.patch.object(Path, "home", return_value=tmp_path / "nobody"):
        assert whatif_form._scheme_files() == [tmp_path / "next.toml"]

        async def steps(pilot: Pilot[None]) -> None:
            await pilot.press("O")
            await settled(pilot)
            await pilot.press("j", "enter")
            await settled(pilot)
            await pilot.press("ctrl+s")
            await settled(pilot, 0.2)
            await settled(pilot)
            assert "were 55,000 yuan" in "\n".join(lines(pilot.app))

        drive(app_on(branch, tmp_path), steps, size=(120, 30))


def test_the_work_can_be_stopped_and_asked_anew(branch: Book, tmp_path: Path) -> None:
    from guanhu.store import whatif

    real = whatif.what_if

    def slow(book: Book, asked: object, scheme: object, tell: object = None) -> object:
        from time import monotonic, sleep

        until = monotonic() + 5
        while monotonic() < until:
            sleep(0.01)
            tell(1, 2)  # type: ignore[operator]
        return real(book, asked, scheme)  # type: ignore[arg-type]

    async def steps(pilot: Pilot[None]) -> None:
        with mock.patch.object(whatif, "what_if", slow):
            await pilot.press("O")
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            pilot.app.screen.query_one("#field-floor-middle", Input).value = "60000"
            await pilot.press("ctrl+s")
            for _ in range(200):
                await pilot.pause(0.01)
                if in_front(pilot) is WhatIfScreen and pilot.app.screen.query_one(LongWork).running:
                    break
            assert pilot.app.screen.query_one(LongWork).running
            await pilot.press("escape")
            await settled(pilot)
        assert in_front(pilot) is WhatIfScreen
        assert not pilot.app.screen.query_one(LongWork).running
        await pilot.press("O")
        await settled(pilot)
        assert in_front(pilot) is Choose

    drive(app_on(branch, tmp_path), steps)


@pytest.mark.parametrize(("language", "size"), [("zh", (80, 24)), ("en", (80, 24)), ("zh", (160, 45))])
def test_every_part_fits_the_screen(
    branch: Book, tmp_path: Path, language: Literal["en", "zh"], size: tuple[int, int]
) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await ask(pilot, **FIFTY)
        for _ in range(4):
            await pilot.press("l")
            await settled(pilot)
            shown = lines(pilot.app)
            assert len(shown) == size[1]
            assert not any(".." in line for line in shown[3:5])  # no title is cut

    drive(app_on(branch, tmp_path, language), steps, size=size)


def test_files_are_offered_by_name_and_what_is_not_sound_comes_last(
    branch: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "schemes"
    here.mkdir()
    text = default_scheme_text()
    (here / "newest.toml").write_text(text.replace("from_yuan", "from_wrong"), "utf-8")
    (here / "sound.toml").write_text(text, "utf-8")
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(tmp_path))

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("O")
        await settled(pilot)
        await settled(pilot)
        shown = [line.strip(" │") for line in lines(pilot.app)]
        at = shown.index("sound.toml (this folder)")
        assert shown[at + 1] == "newest.toml (this folder): not sound, can't be tried"
        assert str(here) not in "\n".join(shown)
        await pilot.press("enter")
        await settled(pilot)
        assert "^s: try  Enter: next" in "\n".join(lines(pilot.app))

    drive(app_on(branch, tmp_path), steps, size=(120, 30))
