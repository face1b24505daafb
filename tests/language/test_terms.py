"""Every id of the domain has a name, in both languages."""

import ast
from collections.abc import Callable, Collection, Mapping
from typing import get_args, get_type_hints

import pytest

from guanhu.domain import affairs, contact, customer, staff
from guanhu.domain.scheme import Festival
from guanhu.language import choose, terms
from guanhu.language.compile import program_files


def topics() -> set[str]:
    """The topics that events are registered under."""
    return {
        decorator.args[0].value
        for path in program_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "topic"
        if isinstance(decorator.args[0], ast.Constant) and isinstance(decorator.args[0].value, str)
    }


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (terms.CHANNELS, contact.CHANNELS),
        (terms.OUTCOMES, contact.OUTCOMES),
        (terms.MARKS, customer.MARKS),
        (terms.RELATIONS, customer.RELATIONS),
        (terms.IMPORTANT_EVENTS, affairs.EVENT_KINDS),
        (terms.REQUESTS, affairs.REQUESTS),
        (terms.SEATS, staff.SEATS),
        (terms.FESTIVALS, get_args(get_type_hints(Festival)["id"])),
        (terms.TOPICS, topics()),
    ],
)
def test_names_are_those_of_the_domain(names: Mapping[str, str], ids: Collection[str]) -> None:
    assert set(names) == set(ids)


@pytest.mark.parametrize(
    ("named", "id_", "chinese", "english"),
    [
        (terms.channel, "counter", "到店", "at the counter"),
        (terms.outcome, "reached_success", "接通·有意向", "reached, interested"),
        (terms.status, "missed", "当期未完成", "missed"),
        (terms.mark, "prospect", "潜力客户", "prospect"),
        (terms.role, "rm_supervisor", "客户经理主管", "relationship-manager supervisor"),
        (terms.fact, "identity_no", "身份证号码", "identity number"),
        (terms.relation, "family", "家庭成员", "family"),
        (terms.seat, "system", "系统管户", "system owner"),
        (terms.request, "joint_visit", "联合走访", "joint visit"),
        (terms.festival, "mid_autumn", "中秋节", "Mid-Autumn Festival"),
        (terms.important_event, "moving", "乔迁", "moving to a new home"),
        (terms.topic, "referred", "客户转介", "referred"),
    ],
)
def test_ids_are_named_in_both_languages(named: Callable[[str], str], id_: str, chinese: str, english: str) -> None:
    choose("zh")
    assert named(id_) == chinese
    choose("en")
    assert named(id_) == english


def test_an_id_of_the_banks_own_is_shown_as_it_is() -> None:
    choose("zh")
    assert terms.fact("车牌{号}") == "车牌{号}"
