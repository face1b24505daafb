"""Notes that were copied: nearly the same text for different customers by the same member of staff.

Digits, signs, and how a customer is addressed (王女士) do not count. Equal texts are found by a table. Of the different
ones, those are alike that share most of their pairs of neighbouring characters (Jaccard). Two sets that share that much
have one of their few rarest pairs in common (a prefix filter): only such texts are compared, and only
those written within the same days, so that a million notes cost no million squared and none is missed.
Messages and letters are left out: what is written to many is alike by its nature.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from unicodedata import is_normalized, normalize

import msgspec

from guanhu.domain.red_flags.found import Entry, Found
from guanhu.domain.scheme_flags import CopiedNotes

_ADDRESSED = re.compile(
    "[\u3400-\u9fff](?:先生|女士|小姐|太太|叔叔|阿姨|大爷|大妈|奶奶|爷爷|老师|老板|总(?=[\u3400-\u9fff]))"
)
_SIGNS = re.compile(r"[\W\d_]+")


class Group(msgspec.Struct, gc=False):
    """Notes that are alike, in the order they were written, and the pairs of the first."""

    pairs: frozenset[str]
    entries: list[Entry]


def plain(text: str) -> str:
    """What of a note is compared: letters alone, of one width and case, without forms of address."""
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return _SIGNS.sub("", _ADDRESSED.sub("", text)).lower()


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(map("".join, pairwise(text)))


def copied_notes(entries: Iterable[Entry], rule: CopiedNotes) -> Iterator[Found]:
    """Groups of like notes of one member, written within `rule.days` days for `rule.customers` or more customers."""
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.note and entry.staff and entry.talk and not entry.imported:
            held[entry.staff].append(entry)
    for staff, own in held.items():
        if len(own) >= rule.customers:
            own.sort(key=_written)
            for group in _alike(own, rule):
                if len(group) >= rule.customers:
                    yield from _windows(staff, group, rule)


def _written(entry: Entry) -> tuple[int, int]:
    return entry.recorded, entry.position


def _alike(entries: Sequence[Entry], rule: CopiedNotes) -> Iterator[list[Entry]]:
    """The entries that are alike, each in one group; a group ends when nothing was added to it for `rule.days`."""
    groups: list[Group] = []
    by_text: dict[str, Group] = {}
    by_pair: dict[str, list[Group]] = defaultdict(list)
    texts = [plain(entry.note) for entry in entries]
    pairs = {text: pairs_of(text) for text in texts if len(text) >= rule.characters}
    common = Counter(chain.from_iterable(pairs.values()))
    for entry, text in zip(entries, texts, strict=True):
        if text not in pairs:
            continue
        since = entry.recorded_day - rule.days
        group = by_text.get(text)
        if group is None or group.entries[-1].recorded_day <= since:
            ordered = sorted(sorted(pairs[text]), key=common.__getitem__)
            group = _joined(pairs[text], ordered, since, rule.percent, by_pair, groups)
            by_text[text] = group
        group.entries.append(entry)
    return (group.entries for group in groups)


def _joined(
    pairs: frozenset[str], ordered: Sequence[str], since: int, percent: int, by_pair: dict[str, list[Group]],
    groups: list[Group],
) -> Group:  # fmt: skip
    """The living group whose first text is most like this one, else a new group; `ordered`: its pairs, rarest first."""
    size, best, most = len(pairs), None, (0, 1)
    prefix = ordered[: size - -(-size * percent // 100) + 1]
    seen: set[int] = set()
    for pair in prefix:
        living = [group for group in by_pair.get(pair, ()) if group.entries[-1].recorded_day > since]
        by_pair[pair] = living
        for group in living:
            if id(group) in seen:
                continue
            seen.add(id(group))
            other = len(group.pairs)
            if min(size, other) * 100 >= percent * max(size, other):
                shared = len(pairs & group.pairs)
                whole = size + other - shared
                if shared * 100 >= percent * whole and shared * most[1] > most[0] * whole:
                    best, most = group, (shared, whole)
    if best is not None:
        return best
    group = Group(pairs, [])
    groups.append(group)
    for pair in prefix:
        by_pair[pair].append(group)
    return group


def _windows(staff: str, entries: Sequence[Entry], rule: CopiedNotes) -> Iterator[Found]:
    """The spans of days in which enough customers got the like of it, one after the other."""
    start = 0
    while start < len(entries):
        end = start
        until = entries[start].recorded_day + rule.days
        while end < len(entries) and entries[end].recorded_day < until:
            end += 1
        within = entries[start:end]
        customers = len({entry.customer for entry in within})
        if customers < rule.customers:
            start += 1
            continue
        first = within[0]
        measured = {"customers": customers, "notes": len(within)}
        positions = tuple(entry.position for entry in within)
        yield Found(staff, None, first.recorded_day, f"{staff}:{first.position}", measured, positions)
        start = end
