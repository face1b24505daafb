"""One set of keys: stable names, no key twice, the same action under the same key everywhere."""

from collections import Counter

import pytest

from guanhu.language import chinese
from guanhu.tests.tui.desks import TODAY
from guanhu.tui.app import GuanhuApp
from guanhu.tui.keymap import key_name
from guanhu.tui.keys import ACTIONS, FORM, GROUPS, bindings
from guanhu.tui.places import PLACES


def test_no_key_belongs_to_two_actions_of_a_screen_or_of_a_form() -> None:
    screens = [a for a in ACTIONS.values() if a.group != FORM]
    forms = [a for a in ACTIONS.values() if a.group == FORM or a.anywhere]
    for actions in (screens, forms):
        keys = Counter(key for action in actions for key in action.keys.split(","))
        assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_is_spelled_as_textual_spells_it() -> None:
    assert [key for action in ACTIONS.values() for key in action.keys.split(",") if key_name(key) != key] == []


def test_every_action_belongs_to_a_group_and_has_a_chinese_name() -> None:
    assert {action.group for action in ACTIONS.values()} == set(GROUPS)
    assert [action.id for action in ACTIONS.values() if chinese(action.words) == action.words] == []


def test_every_place_has_its_key() -> None:
    assert {f"go.{place.id}" for place in PLACES} == {name for name in ACTIONS if name.startswith("go.")}


def test_bindings_name_the_method_of_the_action() -> None:
    call, down = bindings("act.call", "list.down")
    assert (call.action, call.id, call.key) == ("act_call", "act.call", "c")
    assert down.key == "j,down"


def test_an_unknown_action_is_an_error_where_it_is_written() -> None:
    with pytest.raises(KeyError):
        bindings("act.fly")


def test_the_app_has_a_method_for_each_of_its_bindings() -> None:
    for _key, binding in GuanhuApp(None, "S1", TODAY)._bindings:
        assert hasattr(GuanhuApp, f"action_{binding.action.partition('(')[0]}"), binding.action
