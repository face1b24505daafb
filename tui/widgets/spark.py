"""A line of values in few cells: braille dots, two values a cell in four heights; plain signs in an ASCII console.

Braille is one cell wide in every console; the block characters that others use are of ambiguous width.
"""

from collections.abc import Sequence

_LEFT = (0x40, 0x44, 0x46, 0x47)
_RIGHT = (0x80, 0xA0, 0xB0, 0xB8)
_PLAIN = "_.-^"
HEIGHTS = len(_PLAIN)


def heights(values: Sequence[int], count: int) -> list[int]:
    """The values as `count` heights from 0 to HEIGHTS - 1, the smallest at 0; each the last value of its share."""
    if not values or count < 1:
        return []
    picked = [values[max(0, -(-(n + 1) * len(values) // count) - 1)] for n in range(count)]
    low, high = min(picked), max(picked)
    if low == high:
        return [HEIGHTS // 2] * count
    return [(value - low) * (HEIGHTS - 1) // (high - low) for value in picked]


def spark(values: Sequence[int], width: int, *, plain: bool = False) -> str:
    """The values as a line of `width` cells; "" where there are none."""
    if plain:
        return "".join(_PLAIN[height] for height in heights(values, width))
    found = heights(values, width * 2)
    return "".join(chr(0x2800 + _LEFT[a] + _RIGHT[b]) for a, b in zip(found[::2], found[1::2], strict=True))


def daily(steps: Sequence[tuple[int, int]], first: int, last: int, count: int) -> list[int]:
    """The value carried on `count` days spread evenly from `first` to `last`; days before the first step are left out.

    `steps`: (day, value) in order of day; days are ordinals.
    """
    found: list[int] = []
    at = 0
    for n in range(count):
        day = first + (last - first) * n // max(1, count - 1)
        while at < len(steps) and steps[at][0] <= day:
            at += 1
        if at:
            found.append(steps[at - 1][1])
    return found
