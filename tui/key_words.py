"""Keys as people read them, spelled alike in the line of keys, in the help and in every hint: F2, ^s, Enter.

`^s` is Ctrl and s together, which the help says (signs.py).
"""

import re

from guanhu.language import N_, _

KEY_WORDS = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "backspace": N_("Backspace"),
    "up": N_("Up key"),
    "down": N_("Down key"),
    "left": N_("Left key"),
    "right": N_("Right key"),
    "home": N_("Home"),
    "end": N_("End"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
}
"""Keys that Textual shows by signs which some consoles draw as two cells."""
_FUNCTION = re.compile(r"f[0-9]{1,2}")


def key_words(key: str) -> str:
    """A key by its word in the language in force, a function key as it is printed on it; "" for any other."""
    words = KEY_WORDS.get(key)
    if words:
        return _(words)
    return key.upper() if _FUNCTION.fullmatch(key) else ""
