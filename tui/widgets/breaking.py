"""Where a line of a text is broken to fit a width, as sentences are set in Chinese and in English.

Chinese breaks between any two characters, but no line begins with a stop; a number stays with its unit, an arrow with
what stands before and behind it, and a short bracket in one piece; parts that stand two cells apart are kept whole
where a line is about half full by then; and no line at the end holds one word, while the line before can spare another.
"""

import re

from rich.cells import cell_len

from guanhu.tui.signs import LINE, PLAIN

NEVER_FIRST = frozenset("，。、；：！？）》」』”’%％,.;:!?)")
NEVER_LAST = frozenset("（《「『“‘(")
LISTING = tuple("，、；,;")
"""Between the items of a list."""
ARROW = "->"
"""From what to what: it stays with both."""
HANG = "\t"
"""Not drawn: the lines after the first begin where it stands."""
_STATES = ("overdue", "open", "upcoming", "done", "missed", "waived")
_SIGNS = frozenset(str(getattr(signs, state)) for signs in (LINE, PLAIN) for state in _STATES) | {"-", "*", "#", ">"}
"""What stands before a text, with a blank behind it."""
_WHOLE = re.compile(r"\([^()\n]{1,16}\)|（[^（）\n]{1,8}）|\b[a-z]{1,8} (?:\d{4}-)?\d\d-\d\d\b")
"""What is not broken: a bracket, and a date with the word before it."""


def indent_of(text: str) -> int:
    """Cells from which the lines after the first begin: where `HANG` is, else where the text begins behind its sign."""
    if HANG in text:
        return cell_len(text[: text.index(HANG)])
    indent = len(text) - len(text.lstrip(" "))
    sign = text[indent : indent + 2]
    return indent + 2 if len(sign) == 2 and sign[0] in _SIGNS and sign[1] == " " else indent


def breaks(text: str, width: int, indent: int) -> list[int]:
    """Where the lines after the first begin, each of at most `width` cells with an indent of `indent`."""
    possible = _possible(text, indent)
    found: list[int] = []
    at, room = 0, width
    while (end := _reached(text, at, room)) < len(text):
        begin = _begin(text, possible, at, end, room)
        if not text[begin:].strip(" "):
            break
        found.append(begin)
        at, room = begin, max(1, width - indent)
    if found:
        _spare_a_word(text, possible, found, room)
    return found


def _reached(text: str, at: int, room: int) -> int:
    """The first character that `room` cells have no place for; blanks at the end need none."""
    used = 0
    for n in range(at, len(text)):
        used += cell_len(text[n])
        if used > room and text[n] != " ":
            return max(n, at + 1)
    return len(text)


def _begin(text: str, possible: list[bool], at: int, end: int, room: int) -> int:
    """Where the next line begins: before a part, where that leaves this line about half full; else as late as may be.

    Of a list no item is broken where the line is nearly full without it.
    """
    places = [n for n in range(at + 1, end + 1) if possible[n]]
    filled = {n: cell_len(text[at:n].rstrip(" ")) for n in places}
    parts = [n for n in places if text[n - 2 : n] == "  " and filled[n] * 9 >= room * 4]
    items = [n for n in places if text[at:n].rstrip(" ")[-1:] in LISTING and filled[n] * 5 >= room * 4]
    return (parts or items or places or [end])[-1]


def _spare_a_word(text: str, possible: list[bool], found: list[int], room: int) -> None:
    """Move the last break forward where the last line would hold one word."""
    last = found[-1]
    if any(possible[last + 1 : len(text)]):
        return
    before = found[-2] if len(found) > 1 else 0
    earlier = next((n for n in range(last - 1, before, -1) if possible[n]), before)
    kept, moved = cell_len(text[before:earlier].strip(" ")), cell_len(text[earlier:].rstrip(" "))
    if earlier > before and moved <= room and kept * 2 >= room:
        found[-1] = earlier


def _possible(text: str, indent: int) -> list[bool]:
    """For each character whether a line may begin with it."""
    may = [n > 0 and _may_break(text, n) for n in range(len(text))] + [False]
    for whole in _WHOLE.finditer(text):
        may[whole.start() + 1 : whole.end()] = [False] * (whole.end() - whole.start() - 1)
    used = 0
    for n, sign in enumerate(text):
        used += cell_len(sign)
        if used > indent:
            break
        may[n] = False
    return may


def _may_break(text: str, n: int) -> bool:
    before, sign = text[n - 1], text[n]
    if sign in NEVER_FIRST or sign == " " or before in NEVER_LAST:
        return False
    if before == " ":
        counted = n > 1 and text[n - 2].isdigit() and sign.isalpha()
        between = text.startswith(ARROW, n) or text.endswith(ARROW, 0, n - 1)
        return not counted and not between
    if before.isdigit() and cell_len(sign) == 2:
        return False
    return before == "/" or cell_len(before) == 2 or cell_len(sign) == 2
