"""What an input method commits arrives whole under the kitty keyboard protocol."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import _xterm_parser, events

from guanhu.tui.input_method import LIMIT_NAME, before_textual, widen_parser

COMMON = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
HAN = COMMON | st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF)


def committed(text: str) -> str:
    """A commit as the protocol sends it: key 0, no modifiers, the text as codepoints."""
    return "\x1b[0;;" + ":".join(str(ord(character)) for character in text) + "u"


def received(*parts: str) -> str:
    """The characters of the keys that a terminal's parts become."""
    parser = _xterm_parser.XTermParser()
    keys = [event for part in parts for event in parser.feed(part)]
    assert all(isinstance(event, events.Key) for event in keys)
    return "".join(event.character or "" for event in keys if isinstance(event, events.Key))


@pytest.fixture(autouse=True)
def widened() -> None:
    assert widen_parser()


@pytest.mark.parametrize("length", range(1, 41))
def test_a_commit_of_any_length_arrives_whole(length: int) -> None:
    text = "客户经理今天给您打电话约定下周三上门拜访祝您生日快乐并请您了解新的理财产品好吗谢谢"[:length]
    assert received(committed(text)) == text


@given(st.lists(HAN, min_size=5, max_size=60).map("".join))
def test_rare_characters_arrive_too(text: str) -> None:
    assert received(committed(text)) == text


@given(st.text(HAN, min_size=5, max_size=40), st.data())
def test_a_commit_that_comes_in_two_reads_is_still_one(text: str, data: st.DataObject) -> None:
    sequence = committed(text)
    cut = data.draw(st.integers(2, len(sequence) - 1))
    assert received(sequence[:cut], sequence[cut:]) == text


def test_punctuation_and_what_follows_arrive_in_order() -> None:
    assert received(committed("王女士，您好。") + "a" + committed("再见！")) == "王女士，您好。a再见！"


def test_keys_and_other_sequences_are_what_they_were() -> None:
    parser = _xterm_parser.XTermParser()
    keys = [event.key for event in parser.feed("\x1b[A\x1b[106u\x1b[106;5uj") if isinstance(event, events.Key)]
    assert keys == ["up", "j", "ctrl+j", "j"]


def test_an_unknown_parser_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_xterm_parser, LIMIT_NAME, 99)
    assert not widen_parser()
    assert getattr(_xterm_parser, LIMIT_NAME) == 99


def test_iterm_is_not_asked_for_the_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DISABLE_KITTY_KEY", raising=False)
    monkeypatch.setenv("TERM_PROGRAM", "Apple_Terminal")
    before_textual()
    import os

    assert "TEXTUAL_DISABLE_KITTY_KEY" not in os.environ
    monkeypatch.setenv("TERM_PROGRAM", "iTerm.app")
    before_textual()
    assert os.environ["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    monkeypatch.delenv("TEXTUAL_DISABLE_KITTY_KEY")
