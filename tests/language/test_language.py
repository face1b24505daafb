"""Which language is spoken, and what an English reader pays for the Chinese."""

import subprocess
import sys

import pytest

from guanhu.language import _, choose, current
from guanhu.language.terms import CHANNELS, channel

PHONE = CHANNELS["phone"]


@pytest.mark.parametrize(
    ("asked", "environment", "spoken"),
    [
        ("zh", {"GUANHU_LANG": "en", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ("zh_CN", {}, "zh"),
        ("ZH-Hans", {}, "zh"),
        ("en", {"GUANHU_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        ("fr", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"GUANHU_LANG": "zh", "LC_ALL": "C"}, "zh"),
        (None, {"GUANHU_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        (None, {"GUANHU_LANG": "", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        (None, {"LC_MESSAGES": "zh_CN", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LANG": "zh_TW.UTF-8"}, "zh"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {}, "en"),
    ],
)
def test_who_is_asked_first(
    asked: str | None, environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert choose(asked) == spoken
    assert current() == spoken


@pytest.mark.parametrize("name", ["Chinese (Simplified)_China", "zh_CN"])
def test_a_chinese_windows_has_no_variables(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (name, "936"))
    assert choose(None) == "zh"


def test_the_first_sentence_chooses_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANHU_LANG", "zh")
    assert channel("phone") == "电话"


def test_the_language_can_change_while_the_program_runs() -> None:
    choose("zh")
    assert _(PHONE) == "电话"
    choose("en")
    assert _(PHONE) == "phone"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_sentence_without_chinese_is_said_in_english(code: str) -> None:
    choose(code)
    unheard = "no catalogue holds {this}"
    assert _(unheard, this="one") == "no catalogue holds one"
    assert _("") == ""


def test_values_are_never_taken_for_placeholders() -> None:
    choose("zh")
    unheard = "{value}"
    assert _(unheard, value="{0.__class__} {value}") == "{0.__class__} {value}"


@pytest.mark.parametrize(("code", "loaded"), [("en", "False"), ("zh", "True")])
def test_only_chinese_loads_the_catalogue(code: str, loaded: str) -> None:
    program = (
        "import sys; from guanhu.language import terms; terms.channel('phone'); "
        "print('gettext' in sys.modules, 'babel' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env={"GUANHU_LANG": code}, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [loaded, "False"]
