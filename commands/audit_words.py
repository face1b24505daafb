"""What `guanhu audit` says of a book and its checkpoints: every verdict in one plain sentence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guanhu.language import _

if TYPE_CHECKING:
    from guanhu.store.proving import Findings, Verdict


def findings_lines(found: "Findings") -> Iterator[str]:
    """What was found, the log itself first, and in the end what no checkpoint vouches for."""
    size = f"{found.size:,}"
    if found.damage is None:
        yield _("The log is whole, {size} entries, and agrees with its own seal.", size=size)
    else:
        yield _("The log does NOT agree with its own seal; the first fault lies {where}.", where=_where(*found.damage))
    for each in found.verdicts:
        yield verdict_line(each)
    if found.proven < found.size:
        first = f"{found.proven + 1:,}"
        if found.verdicts and found.proven:
            yield _(
                "Unproven: entries {first} to {last} lie after the newest kept checkpoint that holds.",
                first=first, last=size,
            )  # fmt: skip
        else:
            yield _("Unproven: entries {first} to {last}; no kept checkpoint vouches for them.", first=first, last=size)
    elif found.size:
        yield _("Nothing lies after the newest kept checkpoint.")


def verdict_line(verdict: "Verdict", unnamed: str = "") -> str:
    """What the book is worth against one checkpoint."""
    name = verdict.name or unnamed
    size = f"{verdict.size or 0:,}"
    match verdict.code:
        case "proven":
            return _("{name}: PROVEN, all {size} entries are as they were.", name=name, size=size)
        case "differs":
            where = _where(verdict.first or 0, verdict.last or 0)
            return _("{name}: NOT PROVEN, the book first differs {where}.", name=name, where=where)
        case "shorter":
            where = _where(verdict.first or 0, verdict.last or 0)
            return _(
                "{name}: NOT PROVEN, the book had {size} entries and has lost some; it first differs {where}.",
                name=name, size=size, where=where,
            )  # fmt: skip
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


def key_lines(vkey: str, checked: bool) -> Iterator[str]:
    """A reminder that a key which stands beside the book is no witness of its own."""
    if checked and not vkey:
        yield _("Signatures were checked by the key that came with it; --vkey takes the one that you noted.")


def verdict_document(verdict: "Verdict") -> dict[str, Any]:
    """A verdict in a document; `first` and `last` bound the position of the first difference."""
    place = {"first": verdict.first, "last": verdict.last}
    return {"file": verdict.name or None, "verdict": verdict.code, "size": verdict.size, **place}


def _where(first: int, last: int) -> str:
    if first == last:
        return _("at entry {position}", position=f"{first:,}")
    return _("somewhere from entry {first} to {last}", first=f"{first:,}", last=f"{last:,}")
