"""The Chinese catalogue says all that the code says, and nothing else."""

import gettext
import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from guanhu.language.compile import COMPILED, bring_up_to_date, catalogue, said

REMEDY = "run: python -m guanhu.language.compile, and translate what it names in language/zh.po"


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    return catalogue()


@pytest.fixture(scope="module")
def sentences() -> dict[str, list[str]]:
    return said()


def test_every_sentence_of_the_code_stands_in_the_catalogue(chinese: Catalog, sentences: dict[str, list[str]]) -> None:
    assert sorted(set(sentences) - {entry.id for entry in chinese}) == [], REMEDY


def test_the_catalogue_holds_no_sentence_that_nobody_says(chinese: Catalog, sentences: dict[str, list[str]]) -> None:
    assert sorted({entry.id for entry in chinese if entry.id} - set(sentences)) == [], REMEDY
    assert not chinese.obsolete, REMEDY


def test_every_sentence_has_its_chinese(chinese: Catalog) -> None:
    untranslated = [entry.id for entry in chinese if entry.id and (not str(entry.string).strip() or entry.fuzzy)]
    assert untranslated == [], REMEDY


def test_the_chinese_fills_the_same_placeholders(chinese: Catalog) -> None:
    differing = [
        entry.id for entry in chinese if entry.id and placeholders(str(entry.id)) != placeholders(str(entry.string))
    ]
    assert differing == []


def test_placeholders_have_names(sentences: dict[str, list[str]]) -> None:
    nameless = [text for text in sentences if not all(name.isidentifier() for name in placeholders(text))]
    assert nameless == []


def test_what_the_program_reads_is_made_of_the_catalogue(chinese: Catalog) -> None:
    with COMPILED.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    read: dict[str, str] = dict(vars(compiled)["_catalog"])
    read.pop("", None)
    assert read == {entry.id: entry.string for entry in chinese if entry.id and entry.string}, REMEDY


def test_bringing_up_to_date_keeps_the_translations_that_are_still_said() -> None:
    old = Catalog(locale="zh_CN")
    old.add("kept", "留", locations=[("a.py", 1)])
    old.add("gone", "去", locations=[("a.py", 2)])
    old.add("unsure", "疑", flags=["fuzzy"])
    bring_up_to_date(old, {"kept": ["b.py"], "new": ["b.py", "c.py"], "unsure": ["c.py"]})
    entries = {entry.id: entry for entry in old if entry.id}
    assert {name: entry.string for name, entry in entries.items()} == {"kept": "留", "new": "", "unsure": "疑"}
    assert [place for place, _line in entries["new"].locations] == ["b.py", "c.py"]
    assert entries["unsure"].fuzzy
    assert not entries["kept"].fuzzy


def test_no_stop_of_the_chinese_stands_after_a_space(chinese: Catalog) -> None:
    spaced = [entry.string for entry in chinese if entry.id and re.search(r"\s[：，。；、！？）]", str(entry.string))]
    assert spaced == []


def test_keys_are_spelled_alike_wherever_the_interface_names_them(chinese: Catalog) -> None:
    """As `key_words.py` shows them: ^s, F2, Enter and 回车; tests of the line of keys hold that."""
    other = re.compile(r"(?i:ctrl\+)|\^[A-Z]|\bf[0-9]{1,2}\b(?=[:： ])|\b(?i:return|esc(ape)? key)\b(?=:)")
    named = [
        text
        for entry in chinese
        for text in (str(entry.id), str(entry.string))
        if any(place.startswith("tui/") for place, _line in entry.locations) and other.search(text)
    ]
    assert named == []
