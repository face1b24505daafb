"""Proofs on the Merkle tree of RFC 6962: that an entry is in the log, and that one log is the beginning of another.

A proof is a list of hashes of subtrees. Which subtrees these are follows from the sizes alone (`inclusion_ranges`,
`consistency_ranges`), and one pass over the leaves gathers any number of them (`gather`). Whoever checks a proof needs
neither the log nor this program: `verify_inclusion` and `verify_consistency` are the algorithms of RFC 9162, sections
2.1.3.2 and 2.1.4.2. Leaves are numbered from 0 here, as in the RFCs.

An empty tree proves nothing, and a hash that is not 32 bytes is none of this tree: both are refused everywhere.
"""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import TypeAlias

from guanhu.domain.errors import Refused

HASH = 32

Range: TypeAlias = tuple[int, int]
"""The subtree over the leaves from the first number up to, without, the second."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two subtrees (RFC 6962, 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees whose hashes prove that the tree of `size` leaves holds leaf `index`: PATH of RFC 6962, 2.1.1.

    Refused("proof_wrong") for a leaf that the tree does not have.
    """
    _wanted(0 <= index < size)
    ranges = []
    first, end = 0, size
    while end - first > 1:
        middle = _split(first, end)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((first, middle))
            first = middle
    return ranges[::-1]


def consistency_ranges(earlier: int, size: int) -> list[Range]:
    """The subtrees whose hashes prove the tree of `earlier` leaves the beginning of that of `size`: RFC 6962, 2.1.2.

    None for a tree and itself. Refused("proof_wrong") for an empty tree, or a larger one as the earlier.
    """
    _wanted(0 < earlier <= size)
    ranges = []
    first, end = 0, size
    while earlier < end:
        middle = _split(first, end)
        if earlier <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((first, middle))
            first = middle
    if first:  # else the subtree is the earlier tree itself, whose root the verifier knows
        ranges.append((first, end))
    return ranges[::-1]


def gather(leaves: Iterable[bytes], wanted: Collection[Range]) -> dict[Range, bytes]:
    """The hashes of the wanted subtrees of the tree over all leaves, in one pass and with a few hashes in memory."""
    sought = frozenset(wanted)
    found: dict[Range, bytes] = {}
    peaks: list[tuple[int, bytes]] = []
    size = 0
    for size, node in enumerate(leaves, 1):
        first = size - 1
        if (first, size) in sought:
            found[first, size] = node
        full = first
        while full & 1:
            first, left = peaks.pop()
            node = node_hash(left, node)
            full >>= 1
            if (first, size) in sought:
                found[first, size] = node
        peaks.append((first, node))
    # What is not full stands at the right edge: the peaks from one on to the last.
    edge = b""
    for first, node in reversed(peaks):
        edge = node_hash(node, edge) if edge else node
        if (first, size) in sought:
            found[first, size] = edge
    return found


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Refused("proof_wrong") unless the proof shows leaf `index` in the tree (RFC 9162, 2.1.3.2)."""
    _wanted(0 <= index < size)
    _check_hashes(leaf, root, *proof)
    here, last, node = index, size - 1, leaf
    for sibling in proof:
        _wanted(last > 0)
        if here & 1 or here == last:
            node = node_hash(sibling, node)
            here, last = _up_the_edge(here, last)
        else:
            node = node_hash(node, sibling)
        here >>= 1
        last >>= 1
    _wanted(last == 0 and node == root)


def verify_consistency(earlier: int, size: int, earlier_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """Refused("proof_wrong") unless the proof shows the earlier tree to begin the other (RFC 9162, 2.1.4.2)."""
    _wanted(0 < earlier <= size)
    _check_hashes(earlier_root, root, *proof)
    if earlier == size:
        _wanted(not proof and earlier_root == root)
        return
    _wanted(bool(proof))
    # A full subtree is not named in the proof: its hash is the earlier root.
    first, *rest = proof if earlier & (earlier - 1) else (earlier_root, *proof)
    here, last = earlier - 1, size - 1
    while here & 1:
        here >>= 1
        last >>= 1
    old = new = first
    for node in rest:
        _wanted(last > 0)
        if here & 1 or here == last:
            old = node_hash(node, old)
            new = node_hash(node, new)
            here, last = _up_the_edge(here, last)
        else:
            new = node_hash(new, node)
        here >>= 1
        last >>= 1
    _wanted(last == 0 and old == earlier_root and new == root)


def _up_the_edge(here: int, last: int) -> Range:
    """At the right edge, levels on which a node has no sibling are passed over."""
    while here and not here & 1:
        here >>= 1
        last >>= 1
    return here, last


def _split(first: int, end: int) -> int:
    """Where a subtree of more than one leaf is split: after the largest power of two that leaves something over."""
    return first + (1 << (end - first - 1).bit_length() - 1)


def _check_hashes(*hashes: bytes) -> None:
    _wanted(all(len(each) == HASH for each in hashes))


def _wanted(so: bool) -> None:
    if not so:
        raise Refused("proof_wrong")
