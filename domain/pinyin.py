"""Names as they are typed on a keyboard without Chinese: by their syllables, or by the initials of these.

A table per character, filled as characters are met: the library's own call costs 22 microseconds a name, this one
less than half of one (DESIGN 9). Surnames are read otherwise than the same characters elsewhere.
"""

import os
import unicodedata
from functools import lru_cache

_DIAERESIS = "\u0308"

# Readings that names have and the dictionary does not put first.
_IN_NAMES = {"晟": "sheng", "焘": "tao", "长": "chang", "都": "du"}

# Readings at the head of a name only, syllable by syllable. Where bearers differ, the more numerous decide.
# fmt: off
_SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "盖": "ge", "区": "ou",
    "乐": "yue", "缪": "miao", "翟": "zhai", "召": "shao", "种": "chong", "重": "chong", "员": "yun", "秘": "bi",
    "折": "she", "洗": "xian", "黑": "he", "繁": "po", "郇": "xun", "句": "gou", "覃": "qin", "薄": "bo",
    "卜": "bu", "阚": "kan", "祭": "zhai", "乜": "nie", "佴": "nai", "粘": "nian",
}
# fmt: on
_DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
}
_HEADS = frozenset(_SURNAMES) | {name[0] for name in _DOUBLE_SURNAMES}


class _Table(dict[int, str]):
    """What each character is written as; `str.translate` reads it, and what is missing is worked out once."""

    def __init__(self, readings: dict[int, str], width: int | None) -> None:
        super().__init__({ord(char): reading[:width] for char, reading in _IN_NAMES.items()})
        self._readings = readings
        self._width = width

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code in self._readings:
            written = _plain(self._readings[code].partition(",")[0])[: self._width]
        elif (parts := unicodedata.normalize("NFKD", char)) != char:
            written = parts.translate(self)
        elif char.isalnum() and not unicodedata.name(char, "").startswith("CJK"):
            written = char.casefold()
        else:
            written = ""
        self[code] = written
        return written


def initials(name: str) -> str:
    """The first letters of a name's syllables, in lower case; letters and digits stay, all else is dropped."""
    table = _tables()[0]
    return name.translate(table) if name[:1] not in _HEADS else _with_surname(name, table, 1)


def spelled(name: str) -> str:
    """The syllables of a name run together, in lower case without tones, ü as v; letters and digits stay."""
    table = _tables()[1]
    return name.translate(table) if name[:1] not in _HEADS else _with_surname(name, table, None)


def _with_surname(name: str, table: _Table, width: int | None) -> str:
    """A name whose first characters may be a surname with a reading of its own."""
    if name[:2] in _DOUBLE_SURNAMES:
        head = "".join(syllable[:width] for syllable in _DOUBLE_SURNAMES[name[:2]])
        return head + name[2:].translate(table)
    if name[0] in _SURNAMES:
        return _SURNAMES[name[0]][:width] + name[1:].translate(table)
    return name.translate(table)


def _plain(reading: str) -> str:
    """A syllable without its tone, as keyboards have it: lǜ is lv."""
    letters = unicodedata.normalize("NFD", reading).replace("u" + _DIAERESIS, "v")
    return "".join(char for char in letters if char.isascii())


@lru_cache(maxsize=1)
def _tables() -> tuple[_Table, _Table]:
    """The tables of initials and of syllables."""
    readings = _readings()
    return _Table(readings, 1), _Table(readings, None)


def _readings() -> dict[int, str]:
    """The library's dictionary of single characters, each with its readings, the first the commonest."""
    # Its dictionary of phrases, which nothing here needs, would take 50 MB. The library's own switch leaves it out.
    switch = "PYPINYIN_NO_PHRASES"
    before = os.environ.get(switch)
    os.environ[switch] = "1"
    try:
        from pypinyin.pinyin_dict import pinyin_dict
    finally:
        if before is None:
            del os.environ[switch]
        else:
            os.environ[switch] = before
    return pinyin_dict
