"""What `guanhu audit` says of verdicts beside their sentences (tui/proof_words.py): documents, and of the key."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guanhu.language import _

if TYPE_CHECKING:
    from guanhu.store.proving import Verdict


def key_lines(vkey: str, checked: bool) -> Iterator[str]:
    """A reminder that a key which stands beside the book is no witness of its own."""
    if checked and not vkey:
        yield _("Signatures were checked by the key that came with it; --vkey takes the one that you noted.")


def verdict_document(verdict: "Verdict") -> dict[str, Any]:
    """A verdict in a document; `first` and `last` bound the position of the first difference."""
    place = {"first": verdict.first, "last": verdict.last}
    return {"file": verdict.name or None, "verdict": verdict.code, "size": verdict.size, **place}
