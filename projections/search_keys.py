"""What a customer is found by: name, pinyin and its initials, phone and card from their tail, identity number.

Every key begins with a letter that says what it is, so that one index answers each by prefix.
"""

from collections.abc import Mapping
from functools import lru_cache

from guanhu.domain.pinyin import initials, spelled
from guanhu.domain.text import fold

NAME, SPELLED, INITIALS, PHONE, IDENTITY, CARD = "n", "p", "i", "r", "x", "c"


def digits(text: str) -> str:
    """The digits of a phone number as written."""
    return "".join(character for character in text if "0" <= character <= "9")


def keys(name: str, facts: Mapping[str, str]) -> list[str]:
    """All keys of a customer."""
    found = list(_of_name(name))
    if "phone" in facts:
        phone = facts["phone"]
        number = phone if phone.isascii() and phone.isdigit() else digits(phone)
        if number:
            found.append(PHONE + number[::-1])
    if "identity_no" in facts:
        found.append(IDENTITY + facts["identity_no"].casefold())
    if "card_no" in facts and (number := digits(facts["card_no"])):
        found.append(CARD + number[::-1])
    return found


# Half of a branch's customers share their name with another.
@lru_cache(maxsize=1 << 16)
def _of_name(name: str) -> tuple[str, ...]:
    found = (NAME + fold(name), SPELLED + spelled(name), INITIALS + initials(name))
    return tuple(key for key in found if len(key) > 1)


def prefixes(text: str) -> list[str]:
    """The key prefixes that a search text can mean."""
    wanted = fold(text).strip()
    if not wanted:
        return []
    found = [NAME + wanted]
    if wanted.isascii():
        plain = wanted.replace(" ", "").replace("'", "")
        found += [SPELLED + plain, INITIALS + plain, IDENTITY + plain]
    number = digits(wanted)
    if len(number) >= 4 and number == wanted.replace(" ", "").replace("-", ""):
        found += [PHONE + number[::-1], CARD + number[::-1]]
    return found
