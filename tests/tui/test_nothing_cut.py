"""In the kept pictures no words of the program are cut: what ends in `..` is data, and stands whole elsewhere."""

import re
from pathlib import Path

import pytest

KEPT = Path(__file__).parent / "__snapshots__" / "test_pictures"
FAMILIES = ("today", "log", "scheme", "meeting", "over", "inspection", "answering", "start")
CUT = re.compile(r"\S ?\.\.(?![./\w])")
DATA = (
    re.compile(r"[\w+/]{12}\.\."),  # the root of a tree
    re.compile(r"客户说没有接到\S* ?\.\."),  # an inspector's remark
    re.compile(r"\.{4,}"),  # what is free of a bar
)
"""What may be cut: the card or the list's own head has the whole."""


@pytest.mark.parametrize("family", FAMILIES)
def test_no_words_of_the_program_are_cut(family: str) -> None:
    pictures = [path for path in KEPT.iterdir() if f"[{family}-" in path.name]
    assert pictures, "the family has pictures"
    for path in pictures:
        # The first line is the bar above: the title of what is open over a place may be a name.
        for line in path.read_text("utf-8").partition("\n--\n")[0].splitlines()[1:]:
            told = line
            for data in DATA:
                told = data.sub("", told)
            assert not CUT.search(told), f"{path.name}: {line}"
