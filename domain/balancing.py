"""Work shared out evenly: whoever carries the least comes next, and nobody gets more than their capacity.

Ties are broken by numbers of a seeded generator, so that a seed gives the same plan again.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from random import Random

MILLION = 1_000_000


class Pool:
    """The holders of one role with the customers they have; `capacity` of each (0: not counted)."""

    def __init__(self, capacity: int, loads: Mapping[str, int], random: Random) -> None:
        self.capacity = capacity
        self.loads = dict(loads)
        self._random = random
        self._heap = [(load, random.getrandbits(32), staff) for staff, load in sorted(loads.items())]
        heapify(self._heap)

    def least(self, avoid: frozenset[str] = frozenset()) -> tuple[int, str] | None:
        """Who comes next, with their load in millionths of the capacity; None where all are full or to be avoided."""
        aside = []
        found = None
        while self._heap:
            load, _, staff = self._heap[0]
            if load != self.loads[staff]:
                heappop(self._heap)  # an entry from before the load changed
            elif self.capacity and load >= self.capacity:
                break
            elif staff in avoid:
                aside.append(heappop(self._heap))
            else:
                found = (load * MILLION // self.capacity if self.capacity else 0, staff)
                break
        for entry in aside:
            heappush(self._heap, entry)
        return found

    def add(self, staff: str, customers: int) -> None:
        """Somebody of the pool has that many customers more, or fewer; others are not counted."""
        if staff in self.loads:
            self.loads[staff] += customers
            heappush(self._heap, (self.loads[staff], self._random.getrandbits(32), staff))
