"""Names are found by what is typed for them."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.pinyin import initials, spelled

# The library behind it is loaded on first use, in whichever example comes first.
patient = settings(deadline=None)


@pytest.mark.parametrize(
    ("name", "letters", "syllables"),
    [
        ("张伟", "zw", "zhangwei"),
        ("欧阳娜娜", "oynn", "ouyangnana"),
        ("吕布", "lb", "lvbu"),
        ("买买提·吐尔逊", "mmttex", "maimaitituerxun"),
        ("Anna Li", "annali", "annali"),
        ("王2号Ａ", "w2ha", "wang2haoa"),
        ("王晟", "ws", "wangsheng"),
        ("Ünal", "unal", "unal"),
        ("𠮷田", "t", "tian"),  # a rare character without a reading
        ("", "", ""),
        ("（）。 ", "", ""),
    ],
)
def test_a_name_is_typed_by_its_initials_or_its_syllables(name: str, letters: str, syllables: str) -> None:
    assert initials(name) == letters
    assert spelled(name) == syllables


@pytest.mark.parametrize(
    "pair",
    [
        *("曾敏 zengmin", "单雄信 shanxiongxin", "仇英 qiuying", "解缙 xiejin", "查良镛 zhaliangyong", "朴树 piaoshu"),
        *("盖叫天 gejiaotian", "区志强 ouzhiqiang", "任静 renjing", "乐毅 yueyi", "缪昌期 miaochangqi", "纪昀 jiyun"),
        *("翟天 zhaitian", "召虎 shaohu", "种师道 chongshidao", "覃丽 qinli", "卜凡 bufan", "阚泽 kanze"),
        *("尉迟恭 yuchigong", "万俟卨 moqixie", "长孙无忌 zhangsunwuji", "澹台明 tantaiming"),
    ],
)
def test_a_surname_is_read_as_a_surname(pair: str) -> None:
    name, syllables = pair.split()
    assert spelled(name) == syllables
    assert syllables.startswith(initials(name)[0])


@pytest.mark.parametrize(
    ("name", "syllables"), [("王曾", "wangceng"), ("李乐", "lile"), ("万里", "wanli"), ("长江", "changjiang")]
)
def test_the_same_characters_elsewhere_are_read_as_usual(name: str, syllables: str) -> None:
    assert spelled(name) == syllables


@patient
@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=6))
def test_every_common_character_has_one_initial_and_one_syllable(name: str) -> None:
    letters, syllables = initials(name), spelled(name)
    assert len(letters) == len(name)
    assert (letters + syllables).isascii()
    assert letters == letters.lower()
    for char in name[1:]:
        assert spelled("王" + char)[4:].startswith(initials("王" + char)[1:])


@patient
@given(st.text(max_size=8))
def test_any_text_becomes_letters_and_digits(name: str) -> None:
    for typed in (initials(name), spelled(name)):
        assert not typed or typed.isalnum()


def test_the_dictionary_is_loaded_on_first_use_and_the_phrases_never() -> None:
    program = (
        "import os, sys; from guanhu.domain.pinyin import initials; before = dict(os.environ);"
        "assert 'pypinyin' not in sys.modules; assert initials('张') == 'z';"
        "assert 'pypinyin.phrases_dict' not in sys.modules; assert dict(os.environ) == before"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
