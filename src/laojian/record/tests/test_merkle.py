"""Trees and proofs: as pymerkle makes them, for random trees; nothing else verifies. Signatures as the libraries make them."""

import random

import gmalg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from laojian.record.merkle import DIGESTS, Front, consistency, consistent, included, inclusion, peaks_of
from laojian.record.notes import Head, NoteError, Receipt, Signature, document, read
from laojian.record.signatures import verified
from laojian.record.signing import ed25519_signer, sm2_signer
from laojian.record.signing import verified as verified_by_library

SHA256, SM3 = DIGESTS["sha256"], DIGESTS["sm3"]


def grown(leaves: list[bytes], digest=SHA256) -> tuple[Front, dict]:
    """The tree of these leaves, and every complete subtree by level and index."""
    front = Front(digest, every=1)
    for leaf in leaves:
        front.add(digest.leaf(leaf))
    return front, front.done | {(0, index): digest.leaf(leaf) for index, leaf in enumerate(leaves)}


def of(subtrees: dict):
    """The subtrees as proofs ask for them."""
    return lambda level, at: subtrees[level, at]


def test_pymerkle_agrees_on_a_thousand_random_trees():
    chance = random.Random(9162)
    for _ in range(1000):
        data = [chance.randbytes(chance.randint(0, 40)) for _ in range(chance.randint(1, 70))]
        theirs, (front, subtrees) = InmemoryTree.init_from_entries(data, algorithm="sha256"), grown(data)
        size = chance.randint(1, len(data))
        first, index = chance.randint(1, size), chance.randrange(size)
        assert front.root() == theirs.get_root(len(data))
        path = inclusion(SHA256, index, size, of(subtrees))
        told = theirs.prove_inclusion(index + 1, size).serialize()["path"]
        assert [SHA256.leaf(data[index]).hex(), *(each.hex() for each in path)] == told
        assert included(SHA256, SHA256.leaf(data[index]), index, size, path) == theirs.get_root(size)
        path = consistency(SHA256, first, size, of(subtrees))
        ends = (first, theirs.get_root(first)), (size, theirs.get_root(size))
        assert consistent(SHA256, *ends, path)
        # Their proof of consistency has a form of its own: theirs must verify against our roots, as ours did against theirs.
        ours = grown(data[:first])[0].root(), grown(data[:size])[0].root()
        verify_consistency(*ours, theirs.prove_consistency(first, size))


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40), st.data())
def test_nothing_else_is_proved(leaves, data):
    front, subtrees = grown(leaves)
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion(SHA256, index, len(leaves), of(subtrees))
    leaf, root = SHA256.leaf(leaves[index]), front.root()
    assert included(SHA256, leaf, index, len(leaves), path) == root
    assert included(SHA256, SHA256.leaf(leaves[index] + b"x"), index, len(leaves), path) != root
    assert included(SHA256, leaf, index, len(leaves), path[:-1]) != root
    assert included(SHA256, leaf, index, len(leaves), [*path, root]) != root
    assert included(SHA256, leaf, len(leaves), len(leaves), path) is None
    first = data.draw(st.integers(1, len(leaves) - 1))
    old = grown(leaves[:first])[0].root()
    path = consistency(SHA256, first, len(leaves), of(subtrees))
    assert consistent(SHA256, (first, old), (len(leaves), root), path)
    other = grown([*leaves[: first - 1], leaves[first - 1] + b"x"])[0].root()
    assert not consistent(SHA256, (first, other), (len(leaves), root), path), "a fork is found"
    assert not consistent(SHA256, (first, old), (len(leaves), root), path[:-1])


def test_a_tree_of_any_size_goes_on_from_its_peaks():
    leaves = [bytes([n]) for n in range(67)]
    whole, subtrees = grown(leaves)
    for size in range(67):
        front = Front(SHA256, size, [subtrees[at] for at in peaks_of(size)])
        for leaf in leaves[size:]:
            front.add(SHA256.leaf(leaf))
        assert front.root() == whole.root()


def test_sm3_is_the_standard_s_and_makes_other_trees():
    assert SM3.new(b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert gmalg.SM3 and grown([b"a", b"b"], SM3)[0].root() != grown([b"a", b"b"])[0].root()


@pytest.mark.parametrize("make", [ed25519_signer, sm2_signer])
def test_the_small_script_verifies_what_the_libraries_sign(make):
    signer, other = make(b"\x07" * 32), make(b"\x08" * 32)
    signature = signer.sign("记录")
    for check in (verified, verified_by_library):
        assert check(signer.key, "记录".encode(), signature)
        assert not check(signer.key, "纪录".encode(), signature)
        assert not check(other.key, "记录".encode(), signature)
        assert not check(signer.key, "记录".encode(), f"{'0' * 127}1")
        for nonsense in ("", "zz", signature[:-2], signature + "00"):
            assert not check(signer.key, "记录".encode(), nonsense)
        for nonsense in ("", "rsa:00", "ed25519:", "sm2:" + "00" * 64, "ed25519:" + "ff" * 32):
            assert not check(nonsense, "记录".encode(), signature)


def test_the_published_vector_of_ed25519():
    """RFC 8032, 7.1, test 2."""
    key = "ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verified(key, b"\x72", signature) and not verified(key, b"\x73", signature)


def test_a_note_reads_as_it_was_written_and_nothing_else_is_one():
    head = Head("laojian.example", 5, "ab" * 32, "sha256", "2026-11-26T01:02:03Z")
    receipt = Receipt("laojian.example", 9, "cd" * 32, "sm3", "2026-11-26T01:02:03Z")
    signatures = [Signature("", "ed25519:00", "11"), Signature("武示区局", "sm2:22", "33")]
    for note in (head, receipt):
        assert read(document(note, signatures)) == (note, signatures)
        assert read(document(note, signatures).replace("\n", "\r\n")) == (note, signatures)
        text = document(note, signatures)
        for broken in ("", "x", text.replace("日志", "日子"), text.replace("第一版", "第二版"), text.replace("时间", "时"),
                       text.replace("签名：", "签："), text.replace("：5\n", "：05\n").replace("：9\n", "：+9\n")):  # fmt: skip
            with pytest.raises(NoteError):
                read(broken)
