"""The sealer: every leaf once, in order, heads that continue one another; a killed one loses nothing; proofs at a constant price."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laojian.record import notes
from laojian.record.actions import write
from laojian.record.merkle import DIGESTS, Front, consistent, included
from laojian.record.models import Entry, Head, Leaf, Node, Pending
from laojian.record.proofs import Unproved, consistency_path, head_document, proof, receipt, root_of
from laojian.record.sealing import Forked, hand_out, printed, seal, sign_head
from laojian.record.signing import Signer, SigningError, signer, verified

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SHA256 = DIGESTS["sha256"]


def written(count: int) -> list[Entry]:
    return [
        write(kind="deed", verb="note", label=f"试记 {n}", at=AT, actor_id=1, actor_name="周") for n in range(count)
    ]


@pytest.mark.django_db
def test_leaves_stand_in_order_and_the_stored_subtrees_are_the_tree_s():
    for count in (3, 250, 0, 7, 513):
        written(count)
        assert seal() == count
    assert not Pending.objects.exists() and seal() == 0
    front = Front(SHA256)
    for index, leaf in enumerate(Leaf.objects.order_by("index")):
        assert leaf.index == index
        front.add(bytes(leaf.hash))
    assert {(node.level, node.index): bytes(node.hash) for node in Node.objects.all()} == front.done and len(
        front.done
    ) == 3
    assert list(Leaf.objects.order_by("index").values_list("entry_id", flat=True)) == sorted(
        Entry.objects.values_list("id", flat=True)
    )
    assert root_of(773) == front.root()


@pytest.mark.django_db
def test_a_batch_takes_the_oldest():
    written(5)
    assert [seal(2), seal(2), seal(2)] == [2, 2, 1]
    entries = list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))
    assert entries == sorted(entries)


@pytest.mark.django_db
def test_yesterday_s_head_and_today_s_are_consistent_and_a_fork_is_not():
    written(9), seal()
    yesterday = sign_head(AT)
    written(300), seal()
    today = sign_head(AT + timedelta(days=1))
    old, new = (notes.read(head_document(head))[0] for head in (yesterday, today))
    assert (old.size, new.size) == (9, 309)
    path = consistency_path(9, 309)
    ends = (9, bytes.fromhex(old.root)), (309, bytes.fromhex(new.root))
    assert consistent(SHA256, *ends, path)
    other = Front(SHA256)
    for leaf in Leaf.objects.filter(index__lt=9).order_by("index"):
        other.add(SHA256.leaf(b"other") if leaf.index == 4 else bytes(leaf.hash))
    assert not consistent(SHA256, (9, other.root()), ends[1], path)


@pytest.mark.django_db
def test_a_head_is_signed_once_a_minute_and_each_day_again():
    assert sign_head(AT) is None, "nothing to sign"
    written(1), seal()
    assert sign_head(AT).size == 1
    assert sign_head(AT + timedelta(days=1)) is None, "nothing new"
    written(1), seal()
    assert sign_head(AT + timedelta(seconds=30)) is None
    assert sign_head(AT + timedelta(seconds=61)).size == 2
    assert hand_out(AT + timedelta(days=2)).size == 2
    assert Head.objects.count() == 3


@pytest.mark.django_db
def test_heads_are_laid_out_and_printed(settings, tmp_path):
    settings.RECORD_OUT = str(tmp_path / "out")
    written(4), seal()
    head = hand_out(AT)
    (place,) = (tmp_path / "out").iterdir()
    note, (signature,) = notes.read(place.read_text())
    assert note.size == 4 and verified(signature.key, note.text().encode(), signature.value)
    assert note.root in "".join(printed(head)).replace(" ", "") and "共 4 条" in printed(head)[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [
    "UPDATE record_leaf SET hash = sha256('x') WHERE index = 1",
    "DELETE FROM record_leaf WHERE index >= 2",
])  # fmt: skip
def test_a_tree_that_was_changed_is_not_signed(postgres, change):
    written(4), seal(), sign_head(AT)
    with postgres.connect(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE record_leaf DISABLE TRIGGER USER")
        owner.execute(change)
        owner.execute("ALTER TABLE record_leaf ENABLE TRIGGER USER")
    written(3), seal()
    with pytest.raises((Forked, Unproved)):
        sign_head(AT + timedelta(hours=1))
    assert Head.objects.count() == 1


@pytest.mark.django_db
def test_name_and_hash_of_a_log_are_for_good(settings):
    written(1), seal(), sign_head(AT)
    settings.RECORD_LOG = "another"
    with pytest.raises(Forked, match="不能再改"):
        sign_head(AT + timedelta(hours=1), again=True)


@pytest.mark.django_db
def test_proof_and_receipt_of_an_entry():
    (entry,) = written(1)
    entry.refresh_from_db()
    with pytest.raises(Unproved, match="还没有进入"):
        proof(entry)
    promised, (signature,) = notes.read(receipt(entry))
    assert (promised.entry, promised.log) == (entry.pk, settings.RECORD_LOG)
    assert verified(signature.key, promised.text().encode(), signature.value)
    written(20), seal(), sign_head(AT)
    one = proof(entry)
    head, _ = notes.read(one["head"])
    leaf = SHA256.leaf(bytes.fromhex(one["salt"]) + one["line"].encode())
    assert leaf.hex() == one["leaf"] == promised.leaf == notes.read(receipt(entry))[0].leaf
    assert included(SHA256, leaf, one["index"], one["size"], [bytes.fromhex(p) for p in one["path"]]).hex() == head.root


@pytest.mark.django_db
def test_a_proof_costs_the_same_in_any_tree():
    costs = set()
    for more in (2, 40, 700):
        entries = written(more)
        seal(), sign_head(AT + timedelta(hours=more))
        for entry in (entries[0], entries[-1]):
            with CaptureQueriesContext(connection) as sent:
                proof(entry)
            costs.add(len(sent))
    assert costs == {5}


SEALER = """
import os, signal, django
django.setup()
from django.db import connection
from laojian.record import sealing
if os.environ["WHERE"] == "within":  # between the waiting leaves taken and the tree's rows written
    def killed(size): os.kill(os.getpid(), signal.SIGKILL)
    sealing.front_peaks = killed
sealing.seal()
if os.environ["WHERE"] == "after": os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("where", "sealed"), [("within", 0), ("after", 30)])
def test_a_sealer_that_is_killed_loses_no_leaf(postgres, where, sealed):
    written(30)
    at = connection.settings_dict
    place = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}"
    told = os.environ | {"DATABASE_URL": place, "WHERE": where, "DJANGO_SETTINGS_MODULE": "laojian.settings"}
    done = subprocess.run([sys.executable, "-c", SEALER], env=told, check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    time.sleep(0.2)
    assert (Leaf.objects.count(), Pending.objects.count()) == (sealed, 30 - sealed)
    seal()
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(30))
    assert set(Leaf.objects.values_list("entry_id", flat=True)) == set(Entry.objects.values_list("id", flat=True))


def test_a_key_may_live_elsewhere(settings, tmp_path):
    own = signer()
    settings.RECORD_KEYS = [own.key]
    script = tmp_path / "sign"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(tmp_path)!r})\n"
        "from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as K\n"
        "print(K.from_private_bytes(b'\\x07' * 32).sign(sys.stdin.buffer.read()).hex())\n"
    )
    script.chmod(0o755)
    settings.RECORD_SIGNER = f"command:{script}"
    assert signer().sign("记录") == own.sign("记录")
    settings.RECORD_SIGNER = "command:/nowhere/sign"
    with pytest.raises(SigningError, match="没有签名"):
        signer().sign("记录")
    settings.RECORD_SIGNER = "command:/bin/echo 00"
    with pytest.raises(SigningError, match="不符"):
        signer().sign("记录")
    settings.RECORD_SIGNER = "http://127.0.0.1:9/sign"
    with pytest.raises(SigningError, match="没有应答"):
        signer().sign("记录")
    settings.RECORD_SIGNER, settings.RECORD_KEYS = "https://example.org/", []
    with pytest.raises(SigningError, match="公钥"):
        signer()


def test_what_the_signer_does_not_sign_is_no_signature():
    with pytest.raises(SigningError):
        Signer(signer().key, lambda _: "00" * 64).sign("记录")
