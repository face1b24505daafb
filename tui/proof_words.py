"""What a book is worth against its checkpoints: every verdict in one plain sentence, for commands and screens."""

from collections.abc import Iterator

from guanhu.language import _
from guanhu.store.proving import Findings, Verdict


def findings_lines(found: Findings) -> Iterator[str]:
    """What was found, the log itself first, and in the end what no checkpoint vouches for."""
    size = f"{found.size:,}"
    if found.damage is None:
        yield _("The log is whole, {size} entries, and agrees with its own seal.", size=size)
    else:
        yield _("The log does NOT agree with its own seal; the first fault lies {where}.", where=_where(*found.damage))
    for each in found.verdicts:
        yield verdict_line(each)
    if found.unproven is not None:
        yield _unproven(found, *found.unproven)
    elif found.good and found.size:
        yield _("Nothing lies after the newest kept checkpoint.")
    elif found.size:
        yield _("No entry lies after those that are proven.")


def _unproven(found: Findings, start: int, end: int) -> str:
    """What no checkpoint vouches for: after the newest that holds, or from the first difference on."""
    first, last = f"{start:,}", f"{end:,}"
    if first == last:
        return _("Unproven: entry {first}; no kept checkpoint that holds vouches for it.", first=first)
    if any(each.code == "proven" and each.proven == found.proven for each in found.verdicts):
        return _(
            "Unproven: entries {first} to {last} lie after the newest kept checkpoint that holds.",
            first=first, last=last,
        )  # fmt: skip
    if found.proven:
        return _("Unproven: entries {first} to {last}, from the first that differs on.", first=first, last=last)
    return _("Unproven: entries {first} to {last}; no kept checkpoint vouches for them.", first=first, last=last)


def verdict_line(verdict: Verdict, unnamed: str = "") -> str:
    """What the book is worth against one checkpoint."""
    name = verdict.name or unnamed
    size = f"{verdict.size or 0:,}"
    match verdict.code:
        case "proven":
            return _("{name}: PROVEN, all {size} entries are as they were.", name=name, size=size)
        case "differs":
            how = _how(verdict.first or 0, verdict.last or 0)
            return _("{name}: NOT PROVEN. {how}", name=name, how=how)
        case "shorter":
            how = _how(verdict.first or 0, verdict.last or 0)
            return _("{name}: NOT PROVEN. The log had {size} entries then and has fewer now. {how}",
                     name=name, size=size, how=how)  # fmt: skip
        case "other_book":
            return _("{name}: NOT PROVEN, it is of another book, or the very first entry (1) was changed.", name=name)
        case "bad_checkpoint":
            return _("{name}: NOT PROVEN, the file is no checkpoint as Guanhu writes them; it was changed.", name=name)
        case "bad_signature":
            return _("{name}: NOT PROVEN, the signature does not hold; the checkpoint was changed.", name=name)
        case "foreign_key":
            return _("{name}: NOT PROVEN, it is not signed by the book's key.", name=name)
        case "not_in_bundle":
            return _("{name}: NOT PROVEN, the bundle says nothing of this checkpoint.", name=name)


def _how(first: int, last: int) -> str:
    """How far the log is proven, what differs first, and that nothing is known of all after it.

    The same words whatever was done: after an entry that was changed, taken out or put in, no other can be matched.
    """
    if first == 2:
        same = _("Entry 1 is proven.")
    elif first > 1:
        same = _("Entries 1 to {last} are proven.", last=f"{first - 1:,}")
    else:
        same = _("No entry is shown to be the same.")
    if first == last:
        differs = _("Entry {position} is the first that differs.", position=f"{first:,}")
    else:
        differs = _(
            "The first that differs is one of the entries {first} to {last}; leaf hashes beside the checkpoint"
            " would say which.", first=f"{first:,}", last=f"{last:,}",
        )  # fmt: skip
    return _("{same} {differs} What comes after it is unproven.", same=same, differs=differs)


def _where(first: int, last: int) -> str:
    if first == last:
        return _("at entry {position}", position=f"{first:,}")
    return _("somewhere from entry {first} to {last}", first=f"{first:,}", last=f"{last:,}")
