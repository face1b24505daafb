"""Every id of an inspection has a name in both languages."""

from collections.abc import Collection

import pytest

from guanhu.domain import inspection
from guanhu.language import choose
from guanhu.language.inspection_words import NAMED, named


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("subject", inspection.SUBJECTS),
        ("kind", inspection.ENTRY_KINDS),
        ("verdict", inspection.VERDICTS),
        ("check", inspection.CHECKS),
        ("class", inspection.CLASSES),
        ("finding_kind", inspection.FINDING_KINDS),
        ("state", ("open", "answering", "judging", "ready", "closed")),
        ("finding_state", ("raised", "answered", "sent_back", "accepted", "withdrawn")),
    ],
)
def test_names_are_those_of_the_domain(word: str, ids: Collection[str]) -> None:
    assert set(NAMED[word]) == set(ids)


def test_ids_are_named_in_both_languages() -> None:
    choose("zh")
    assert [named("verdict", id_) for id_ in inspection.VERDICTS] == ["属实", "存疑", "不实", "无法核实"]
    assert [named("class", id_) for id_ in inspection.CLASSES] == ["一般", "较重", "严重"]
    choose("en")
    assert named("verdict", "false") == "untrue"
    assert named("verdict", None) == ""
