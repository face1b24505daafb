"""Keys typed while a Chinese input method is on, as the keys that were meant.

Outside of inputs a full-width letter is the letter, and Chinese punctuation is the sign that stands on its key.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from guanhu.domain.text import narrow

if TYPE_CHECKING:
    from textual.events import Key

# What input methods put on the keys of an ASCII keyboard, beside the full-width forms that `narrow` knows.
_PUNCTUATION = {
    "、": "/", "。": ".", "．": ".", "·": "`", "《": "<", "》": ">", "〈": "<", "〉": ">", "【": "[", "】": "]",
    "「": "[", "」": "]", "『": "{", "』": "}", "“": '"', "”": '"', "‘": "'", "’": "'", "￥": "$", "¥": "$",
    "…": "^", "—": "_", "×": "*", "÷": "/",
}  # fmt: skip


@lru_cache(maxsize=256)
def folded(character: str) -> str:
    """The ASCII character that a typed character stands for, itself where it stands for none."""
    if character.isascii():
        return character
    plain = narrow(_PUNCTUATION.get(character, character))
    return plain if plain.isascii() and len(plain) == 1 else character


def folded_key(event: "Key") -> "Key | None":
    """The key event that was meant, None where the event is that already."""
    from textual.events import Key

    # The second names keys as Textual does; it has no public name.
    from textual.keys import _character_to_key, key_to_character

    character = event.character or key_to_character(event.key)
    if not character or len(character) != 1 or (meant := folded(character)) == character:
        return None

    name = "space" if meant == " " else _character_to_key(meant)
    return Key(name, meant)
