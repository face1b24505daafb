"""Schemes read back from the book are the schemes that were adopted."""

from importlib.resources import files

import pytest

from guanhu.domain.adopted import adopted_scheme
from guanhu.domain.scheme_file import SchemeInvalid, read_scheme

SHIPPED = [each.name.removesuffix(".toml") for each in files("guanhu.domain").joinpath("schemes").iterdir()]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize(("mark", "line_end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_an_adopted_scheme_reads_back_as_it_was_checked(name: str, mark: str, line_end: str) -> None:
    text = files("guanhu.domain").joinpath("schemes", f"{name}.toml").read_text("utf-8")
    text = mark + text.replace("\n", line_end)
    assert adopted_scheme(text) == read_scheme(text)


@pytest.mark.parametrize("text", ["version = ", "version = 1"])
def test_what_can_not_be_read_any_more_is_told_in_full(text: str) -> None:
    with pytest.raises(SchemeInvalid) as caught:
        adopted_scheme(text)
    assert caught.value.problems
