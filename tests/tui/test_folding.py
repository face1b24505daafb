"""Keys typed with an input method on are the keys that were meant, outside of inputs."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from guanhu.tests.tui.desks import desk_app, drive
from guanhu.tui.folding import folded, folded_key
from guanhu.tui.keys import bindings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ｊ", "j"), ("Ｇ", "G"), ("？", "?"), ("、", "/"), ("。", "."), ("；", ";"), ("【", "["), ("》", ">"),
        ("１", "1"), ("\u3000", " "),
    ],
)  # fmt: skip
def test_full_width_forms_and_chinese_punctuation_stand_for_keys(typed: str, meant: str) -> None:
    assert folded(typed) == meant


@given(st.characters())
def test_folding_gives_one_character_and_settles(character: str) -> None:
    assert len(folded(character)) == 1
    assert folded(folded(character)) == folded(character)


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
def test_chinese_characters_are_no_keys(character: str) -> None:
    assert folded_key(Key(character, character)) is None


class Typing(Screen[None]):
    """An input, and an action with a key that it takes."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app.find")]
    found = 0

    def compose(self) -> ComposeResult:
        yield Input()

    def action_app_find(self) -> None:
        self.found += 1


def test_a_folded_key_does_its_action_outside_of_inputs_and_is_text_inside() -> None:
    screen = Typing()

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("、")
        assert screen.found == 1
        screen.query_one(Input).focus()
        await pilot.pause()
        pilot.app.post_message(Key("ideographic_comma", "、"))
        pilot.app.post_message(Key("ｊ", "ｊ"))
        await pilot.pause()
        assert screen.found == 1
        assert screen.query_one(Input).value == "、ｊ"

    drive(desk_app(lambda: screen), steps)
