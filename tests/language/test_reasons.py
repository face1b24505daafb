"""Every reason that the code can give has a sentence, and gets the facts that the sentence wants."""

import ast
from collections.abc import Iterator
from string import Formatter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.language import choose
from guanhu.language.compile import ROOT, program_files
from guanhu.language.reasons import SENTENCES, sentence

ROW_FACTS = frozenset({"row", "column", "value"})
"""What is known of a refused row of a file (DESIGN.md 7)."""


class Refusing(NamedTuple):
    """A place that refuses with a code written there; `facts` is None where they are not written there."""

    place: str
    code: str
    facts: frozenset[str] | None


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in program_files():
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def refusals() -> frozenset[str]:
    """The names of `Refused` and all classes made from it."""
    parents = {
        node.name: {name_of(base) for base in node.bases}
        for _place, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"Refused"}
    while more := {name for name, bases in parents.items() if bases & found} - found:
        found |= more
    return frozenset(found)


def texts(node: ast.expr) -> Iterator[str]:
    """The strings that a code's expression can be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def refusings() -> list[Refusing]:
    errors = refusals()
    found = []
    for place, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            where = f"{place}:{node.lineno}"
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            if name_of(node.func) in errors and node.args:
                facts = None if None in named else frozenset(name for name in named if name)
                if facts is not None and place.startswith("intake/") and name_of(node.func) == "Refused":
                    facts |= ROW_FACTS  # becomes the refusal of a row
                found += [Refusing(where, code, facts) for code in texts(node.args[0])]
            elif name_of(node.func) == "Refusal":
                reason = named.get("reason", node.args[3] if len(node.args) > 3 else None)
                found += [Refusing(where, code, ROW_FACTS) for code in (texts(reason) if reason else ())]
    return found


REFUSINGS = refusings()


def wanted(message: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(message) if name}


def test_every_code_has_a_sentence() -> None:
    assert sorted({(each.code, each.place) for each in REFUSINGS if each.code not in SENTENCES}) == []


def test_a_sentence_gets_the_facts_that_it_wants() -> None:
    short = [
        (each.place, each.code, sorted(missing))
        for each in REFUSINGS
        if each.facts is not None and "value" not in each.facts
        if (missing := wanted(SENTENCES.get(each.code, "")) - each.facts)
    ]
    assert short == []


def test_no_sentence_is_for_a_code_that_nobody_gives() -> None:
    strings = {
        node.value
        for place, tree in trees()
        if not place.startswith("language/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(SENTENCES) - strings) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "There is no such folder: /books/north"), ("zh", "文件夹不存在：/books/north")],
)
def test_a_reason_is_said_with_its_facts(language: str, said: str) -> None:
    choose(language)
    assert sentence("folder_missing", {"path": "/books/north"}) == said


def test_several_values_are_listed() -> None:
    choose("en")
    assert sentence("unknown_role", {"value": ("cook", "baker")}) == "This is not a role: cook, baker"


def test_ids_among_the_facts_are_named() -> None:
    choose("zh")
    assert sentence("mark_set", {"mark": "deceased"}) == "该客户已有此标记：已故"


def test_the_value_of_a_refused_row_stands_for_the_fact() -> None:
    choose("en")
    named = sentence("unknown_customer", {"customer_no": "C9"})
    assert sentence("unknown_customer", {"row": 3, "column": "客户号", "value": "C9"}) == named


def test_a_missing_fact_is_a_question_mark() -> None:
    choose("en")
    assert sentence("folder_missing", {}) == "There is no such folder: ?"


def test_a_code_without_a_sentence_is_shown_with_its_facts() -> None:
    assert sentence("never_heard_of", {}) == "never_heard_of"
    assert sentence("never_heard_of", {"a": 1, "b": "x"}) == "never_heard_of (a=1, b=x)"


@given(
    st.sampled_from([*SENTENCES, "never_heard_of"]),
    st.dictionaries(st.text(max_size=8), st.text() | st.none() | st.lists(st.integers()), max_size=5),
    st.sampled_from(["zh", "en"]),
)
def test_a_reason_can_always_be_said(code: str, details: dict[str, object], language: str) -> None:
    choose(language)
    assert sentence(code, details)
