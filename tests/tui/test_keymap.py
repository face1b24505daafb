"""The user's key file: what is right counts, what is wrong is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from guanhu.tests.tui.desks import desk_app, drive
from guanhu.tui.keymap import NO_KEYMAP, check_keymap, key_name, read_keymap
from guanhu.tui.keys import ACTIONS, FORM
from guanhu.tui.widgets.long_list import LongList, rows_of
from guanhu.tui.widgets.pages import ListSource


def test_no_file_is_no_keymap(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "keys.toml") == NO_KEYMAP


def test_keys_are_taken_as_people_write_them(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"act.call" = "f3"\n"list.down" = ["j", "ctrl+n"]\n"app.help" = "%, f1"\n', "utf-8")
    found = read_keymap(file)
    assert found.keys == {"act.call": "f3", "list.down": "j,ctrl+n", "app.help": "percent_sign,f1"}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"act.cal": "f3"}, "There is no action act.cal; perhaps act.call?"),
        ({"zzz": "f3"}, "There is no action zzz."),
        ({"act.call": "ctrl+"}, "act.call: these are no keys: ctrl+"),
        ({"act.call": 3}, "act.call: these are no keys: 3"),
        ({"act.call": ""}, "act.call: these are no keys: "),
        ({"act.call": "hyperspace+x"}, "act.call: these are no keys: hyperspace+x"),
        ({"act.call": "v"}, "act.call: the key v belongs to act.visit."),
        ({"act.call": "f3", "act.visit": "f3"}, "act.visit: the key f3 belongs to act.call."),
        ({"form.save": "ctrl+p"}, "form.save: the key ctrl+p belongs to app.palette."),
    ],
)
def test_a_wrong_line_is_named_and_left_out(lines: dict[str, object], said: str) -> None:
    found = check_keymap(lines)
    assert found.problems == (said,)
    assert set(found.keys) == ({"act.call"} if len(lines) == 2 else set())


def test_an_action_whose_line_is_wrong_keeps_its_own_key_against_another_line() -> None:
    found = check_keymap({"act.deposit": "1", "act.visit": "+"})
    assert found.keys == {}
    assert found.problems == (
        "act.deposit: the key 1 belongs to go.today.", "act.visit: the key plus belongs to act.deposit.",
    )  # fmt: skip


def test_keys_may_be_exchanged() -> None:
    found = check_keymap({"act.call": "v", "act.visit": "c"})
    assert found.problems == ()
    assert found.keys == {"act.call": "v", "act.visit": "c"}


def test_a_file_that_is_no_toml_is_said_to_be_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_bytes(b'[keys\n"\xff\x1b')
    found = read_keymap(file)
    assert len(found.problems) == 1
    assert "\x1b" not in found.problems[0]


VALUES = st.one_of(st.text(max_size=6), st.integers(), st.lists(st.text(max_size=3)))


@given(st.dictionaries(st.sampled_from([*ACTIONS, "x"]), VALUES))
def test_no_file_makes_two_actions_share_a_key(lines: dict[str, object]) -> None:
    found = check_keymap(lines)
    screens = [(name, action.keys) for name, action in ACTIONS.items() if action.group != FORM]
    held = [key for name, keys in screens for key in found.keys.get(name, keys).split(",")]
    assert len(held) == len(set(held))


@pytest.mark.parametrize(
    ("written", "name"),
    [("?", "question_mark"), ("+", "plus"), ("ctrl++", "ctrl+plus"), ("F3", None), (" ", None)],
)
def test_a_key_is_named_as_textual_names_it(written: str, name: str | None) -> None:
    assert key_name(written) == name


class OneList(Screen[None]):
    """A list of ten."""

    def compose(self) -> ComposeResult:
        yield LongList()

    def on_mount(self) -> None:
        self.query_one(LongList).show(ListSource(rows_of(range(10), str)))


def test_the_users_keys_work_and_the_old_ones_do_not(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "keys.toml").write_text('[keys]\n"list.down" = "ctrl+n"\n', "utf-8")

    async def steps(pilot: Pilot[None]) -> None:
        list_ = pilot.app.screen.query_one(LongList)
        await pilot.press("ctrl+n", "ctrl+n", "j")
        assert list_.cursor == 2

    drive(desk_app(OneList), steps)
