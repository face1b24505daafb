"""Proofs on the tree: against the recursive definitions of RFC 6962, and against public vectors."""

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanhu.domain.errors import Refused
from guanhu.domain.merkle import (
    consistency_ranges,
    gather,
    inclusion_ranges,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).with_name("merkle_vectors") / "testdata"
INCLUSION = sorted((VECTORS / "inclusion").rglob("*.json"))
CONSISTENCY = sorted((VECTORS / "consistency").rglob("*.json"))
SHORT_ROOTS = VECTORS / "consistency" / "additional" / "sizes-are-equal-one-and-proof-is-empty.json"
"""The one vector that wants roots of 12 bytes to pass; every root that is not 32 bytes is refused here."""

MOST = 70
sizes = st.integers(1, MOST)
LEAVES = [sha256(b"%d" % number).digest() for number in range(MOST)]


def root_of(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over leaves that are hashed already."""
    if len(leaves) == 1:
        return leaves[0]
    split = split_of(leaves)
    return sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def path_of(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    split = split_of(leaves)
    if index < split:
        return [*path_of(index, leaves[:split]), root_of(leaves[split:])]
    return [*path_of(index - split, leaves[split:]), root_of(leaves[:split])]


def proof_of(earlier: int, leaves: list[bytes], known: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if earlier == len(leaves):
        return [] if known else [root_of(leaves)]
    split = split_of(leaves)
    if earlier <= split:
        return [*proof_of(earlier, leaves[:split], known), root_of(leaves[split:])]
    return [*proof_of(earlier - split, leaves[split:], False), root_of(leaves[:split])]


def split_of(leaves: list[bytes]) -> int:
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return split


def refuses(check: Any, *arguments: Any) -> bool:
    try:
        check(*arguments)
    except Refused as error:
        return error.code == "proof_wrong"
    return False


def vector(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for name in ("root", "leafHash", "root1", "root2"):
        if name in found:
            found[name] = b64decode(found[name] or "")
    found["proof"] = [b64decode(each) for each in found["proof"] or ()]
    return found


def test_the_public_vectors_are_all_here() -> None:
    assert (len(INCLUSION), len(CONSISTENCY)) == (98, 98)


@pytest.mark.parametrize("path", INCLUSION, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_inclusion_vectors(path: Path) -> None:
    v = vector(path)
    refused = refuses(verify_inclusion, v["leafHash"], v["leafIdx"], v["treeSize"], v["proof"], v["root"])
    assert refused == v["wantErr"], v["desc"]


@pytest.mark.parametrize("path", CONSISTENCY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_consistency_vectors(path: Path) -> None:
    v = vector(path)
    refused = refuses(verify_consistency, v["size1"], v["size2"], v["root1"], v["root2"], v["proof"])
    assert refused == (v["wantErr"] or path == SHORT_ROOTS), v["desc"]


def test_a_tree_of_one_leaf_is_consistent_with_itself_without_a_proof() -> None:
    verify_consistency(1, 1, LEAVES[0], LEAVES[0], [])


@given(sizes, st.data())
def test_inclusion_proofs_are_those_of_the_rfc_and_hold(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    ranges = inclusion_ranges(index, size)
    found = gather(leaves, ranges)
    proof = [found[each] for each in ranges]
    assert proof == path_of(index, leaves)
    verify_inclusion(leaves[index], index, size, proof, root_of(leaves))


@given(sizes, st.data())
def test_consistency_proofs_are_those_of_the_rfc_and_hold(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size))
    leaves = LEAVES[:size]
    ranges = consistency_ranges(earlier, size)
    found = gather(leaves, ranges)
    proof = [found[each] for each in ranges]
    assert proof == proof_of(earlier, leaves)
    verify_consistency(earlier, size, root_of(leaves[:earlier]), root_of(leaves), proof)


@given(sizes)
def test_one_pass_gathers_the_root_too(size: int) -> None:
    assert gather(LEAVES[:size], [(0, size)]) == {(0, size): root_of(LEAVES[:size])}


@given(sizes, st.data())
def test_a_proof_with_anything_changed_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    hashes = [leaves[index], root_of(leaves), *path_of(index, leaves)]
    changed = data.draw(st.integers(0, len(hashes) - 1))
    bit = data.draw(st.integers(0, 255))
    hashes[changed] = (int.from_bytes(hashes[changed], "big") ^ 1 << bit).to_bytes(32, "big")
    assert refuses(verify_inclusion, hashes[0], index, size, hashes[2:], hashes[1])


@given(sizes, st.data())
def test_another_past_has_no_consistency_proof(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size))
    place = data.draw(st.integers(0, earlier - 1))
    forged = [*LEAVES[:place], sha256(b"forged").digest(), *LEAVES[place + 1 : size]]
    kept = root_of(LEAVES[:earlier])
    proof = proof_of(earlier, forged)
    assert refuses(verify_consistency, earlier, size, kept, root_of(forged), proof)
    assert refuses(verify_consistency, earlier, size, kept, root_of(forged), proof_of(earlier, LEAVES[:size]))


@pytest.mark.parametrize(("earlier", "size"), [(0, 0), (0, 5), (6, 5), (-1, 5)])
def test_no_proof_is_made_for_sizes_that_prove_nothing(earlier: int, size: int) -> None:
    assert refuses(consistency_ranges, earlier, size)
    assert refuses(verify_consistency, earlier, size, LEAVES[0], LEAVES[0], [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_is_made_for_leaves_that_are_not_there(index: int, size: int) -> None:
    assert refuses(inclusion_ranges, index, size)
    assert refuses(verify_inclusion, LEAVES[0], index, size, [], LEAVES[0])


@pytest.mark.parametrize("length", [0, 31, 33])
def test_hashes_of_another_length_are_refused(length: int) -> None:
    odd = bytes(length)
    assert refuses(verify_consistency, 1, 1, odd, odd, [])
    assert refuses(verify_inclusion, odd, 0, 1, [], odd)
    assert refuses(verify_inclusion, LEAVES[0], 0, 2, [odd], root_of([LEAVES[0], odd]))
