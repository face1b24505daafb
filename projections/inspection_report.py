"""The figures of an inspection's report: verdicts by tier and by staff, how late entries were written, what was found.

All of it is made of one answer (`inspection_view.Inspection`), so the page, the workbook and the screen say the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

from guanhu.domain.inspection import CLASSES, VERDICTS
from guanhu.projections.inspection_view import Inspection, Item

Verdicts: TypeAlias = dict[str, int]
"""How many items got each verdict; "" those without a worksheet."""

LATENESS = ((0, 0), (1, 1), (2, 3), (4, 7), (8, None))
"""Days from the act to its writing down, first and last of each bar; None: and more."""


class Group(msgspec.Struct, frozen=True):
    """Sampled items of one tier, or of one member of staff, by verdict; `population`: how many there were in all."""

    id: str
    verdicts: Verdicts
    population: int

    @property
    def sampled(self) -> int:
        """Items of the sample."""
        return sum(self.verdicts.values())


class Report(msgspec.Struct, frozen=True):
    """The figures. `late`: entries by LATENESS; `late_known` of them, `imported` left out, for nobody knows when they
    were written. `grades`: findings that stand, by class; `settled`: of these. `refilled`: items with an earlier
    worksheet.
    """

    whole: Verdicts
    by_tier: tuple[Group, ...]
    by_staff: tuple[Group, ...]
    late: tuple[int, ...]
    late_known: int
    imported: int
    changed: int
    refilled: int
    grades: dict[str, int]
    settled: int
    estimate: tuple[int, int] | None
    """What share of the whole population is doubtful or untrue, as the sample weighs it: (parts, of so many).

    Each stratum counts with its own size; an item that can't be told counts neither way. None while a worksheet is
    missing, or where nothing was sampled or nothing can be told.
    """


def report(found: Inspection, rank: Callable[[str], int]) -> Report:
    """The figures of an inspection; `rank` orders tiers, "" being untiered."""
    entries = [item.entry for item in found.items if item.entry is not None]
    late = [entry.days_late for entry in entries if not entry.imported]
    standing = [finding for finding in found.findings if finding.state != "withdrawn"]
    return Report(
        _verdicts(found.items),
        tuple(sorted(_groups(found, _tier), key=lambda group: rank(group.id))),
        tuple(sorted(_groups(found, _staff), key=lambda group: group.id)),
        tuple(sum(first <= days <= (days if last is None else last) for days in late) for first, last in LATENESS),
        len(late),
        len(entries) - len(late),
        sum(bool(item.changed) for item in found.items),
        sum(bool(item.earlier) for item in found.items),
        {grade: sum(finding.grade == grade for finding in standing) for grade in reversed(CLASSES)},
        sum(finding.state == "accepted" for finding in standing),
        _estimate(found),
    )  # fmt: skip


def _tier(tier: str, staff: str) -> str:
    return tier


def _staff(tier: str, staff: str) -> str:
    return staff


def _groups(found: Inspection, of: Callable[[str, str], str]) -> Iterator[Group]:
    """The items by what `of` makes of their tier and member of staff; strata of which nothing was taken too."""
    for id_ in {of(stratum.tier, stratum.staff_id) for stratum in found.strata}:
        items = [item for item in found.items if of(item.tier or "", item.staff) == id_]
        size = sum(stratum.size for stratum in found.strata if of(stratum.tier, stratum.staff_id) == id_)
        yield Group(id_, _verdicts(items), size)


def _verdicts(items: Iterable[Item]) -> Verdicts:
    counted = Counter(item.verdict or "" for item in items)
    return {verdict: counted[verdict] for verdict in (*VERDICTS, "")}


def _estimate(found: Inspection) -> tuple[int, int] | None:
    """Strata of which nothing was sampled, or nothing can be told, stand for nothing and are left out of the whole."""
    from fractions import Fraction

    if not found.items or any(item.verdict is None for item in found.items):
        return None
    told = [item for item in found.items if item.verdict != "cannot_tell"]
    judged = Counter((item.tier or "", item.staff) for item in told)
    wrong = Counter((item.tier or "", item.staff) for item in told if item.verdict != "ok")
    parts, whole = Fraction(), 0
    for stratum in found.strata:
        if count := judged[stratum.tier, stratum.staff_id]:
            parts += Fraction(stratum.size * wrong[stratum.tier, stratum.staff_id], count)
            whole += stratum.size
    return (round(parts), whole) if whole else None
