"""A line of values in few cells: blocks in eight heights, one value a cell; plain signs in an ASCII console.

Chinese fonts have blocks and no braille. Some consoles draw them two cells wide: nothing is aligned to their right.
"""

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_PLAIN = "_.-^"


def heights(values: Sequence[int], count: int, levels: int) -> list[int]:
    """The values as `count` heights from 0 to levels - 1, the smallest at 0; each the last value of its share."""
    if not values or count < 1:
        return []
    picked = [values[max(0, -(-(n + 1) * len(values) // count) - 1)] for n in range(count)]
    low, high = min(picked), max(picked)
    if low == high:
        return [levels // 2] * count
    return [(value - low) * (levels - 1) // (high - low) for value in picked]


def spark(values: Sequence[int], width: int, *, plain: bool = False) -> str:
    """The values as a line of `width` cells; "" where there are none."""
    signs = _PLAIN if plain else _BLOCKS
    return "".join(signs[height] for height in heights(values, width, len(signs)))


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
