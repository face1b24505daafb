"""More than one person can do: visits of a day, and calls that claim more time than there was between them.

Of calls the book knows when each was written and how long it says it took; of visits, where somebody said so, when
they began and how long they took.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from guanhu.domain.red_flags.found import Entry, Found
from guanhu.domain.scheme_flags import Density, OverlappingVisits


def too_many_visits(entries: Iterable[Entry], rule: Density) -> Iterator[Found]:
    """Who took part in more than `rule.visits` visits on one day; a customer seen twice counts once."""
    held: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "visit":
            for person in dict.fromkeys(entry.people):
                if person:
                    held[person, entry.day].append(entry)
    for (person, day), visits in held.items():
        customers = len({visit.customer for visit in visits})
        if customers > rule.visits:
            positions = tuple(visit.position for visit in visits)
            yield Found(person, None, day, f"visits:{person}", {"visits": customers}, positions, {"which": "visits"})


def overlapping_visits(entries: Iterable[Entry], rule: OverlappingVisits) -> Iterator[Found]:
    """Visits of one person to several customers at once; those without a beginning or a length tell nothing.

    Of the same customer two are no wonder: each who went along may have written it down.
    """
    held: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "visit" and entry.began is not None and entry.seconds:
            for person in dict.fromkeys(entry.people):
                if person:
                    held[person, entry.day].append(entry)
    for (person, day), visits in held.items():
        visits.sort(key=lambda visit: (visit.began, visit.position))
        for group, longest in _at_once(visits, rule.minutes):
            measured = {"visits": len({visit.customer for visit in group}), "overlap_minutes": longest}
            subject = f"{person}:{group[0].position}"
            began = {"began": " ".join(_clock(visit.began or 0) for visit in group)}
            yield Found(person, None, day, subject, measured, tuple(visit.position for visit in group), began)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _at_once(visits: Sequence[Entry], least: int) -> Iterator[tuple[list[Entry], int]]:
    """Of the visits of one person's day, by their beginnings, those that hang together, and the longest overlap."""
    groups: list[list[Entry]] = []
    longest: list[int] = []
    for visit in visits:
        for n, group in enumerate(groups):
            most = max((_shared(each, visit) for each in group if each.customer != visit.customer), default=0)
            if most >= least:
                group.append(visit)
                longest[n] = max(longest[n], most)
                break
        else:
            groups.append([visit])
            longest.append(0)
    yield from ((group, most) for group, most in zip(groups, longest, strict=True) if len(group) > 1)


def _shared(first: Entry, second: Entry) -> int:
    """Whole minutes that two visits of a day have in common."""
    ends = min((each.began or 0) * 60 + (each.seconds or 0) for each in (first, second))
    return max(0, ends - max(first.began or 0, second.began or 0) * 60) // 60


def too_close_calls(entries: Iterable[Entry], rule: Density) -> Iterator[Found]:
    """Calls of one member written within `rule.seconds`, all but the first of which claim more time than passed."""
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.channel == "phone" and entry.seconds and entry.staff and not entry.imported:
            held[entry.staff].append(entry)
    for staff, calls in held.items():
        calls.sort(key=lambda call: (call.recorded, call.position))
        yield from _close(staff, calls, rule)


def _close(staff: str, calls: Sequence[Entry], rule: Density) -> Iterator[Found]:
    start = 0
    while start + rule.calls <= len(calls):
        end = start
        while end < len(calls) and calls[end].recorded - calls[start].recorded <= rule.seconds:
            end += 1
        within = calls[start:end]
        claimed = sum(call.seconds or 0 for call in within[1:])
        passed = within[-1].recorded - within[0].recorded
        if len(within) < rule.calls or claimed <= passed:
            start += 1
            continue
        measured = {"calls": len(within), "claimed_seconds": claimed, "passed_seconds": passed}
        subject = f"calls:{staff}:{within[0].position}"
        positions = tuple(call.position for call in within)
        yield Found(staff, None, within[0].recorded_day, subject, measured, positions, {"which": "calls"})
        start = end
