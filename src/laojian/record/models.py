"""The record: one append-only entry for every step taken and every look at protected data."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """Who did what to which file, when, in which post, on which article; never changed, never removed.

    Actor and subject are ids with their name, post and certificate frozen as text, so that an entry reads the same in
    twenty years. `state_hash` is the digest of the whole file after the step, `hash` that of the entry itself, chained
    by `previous` to the file's entry before it. The database refuses UPDATE, DELETE and TRUNCATE (trigger and grants).
    """

    class Kind(models.TextChoices):
        STEP = "step", "办理"
        LOOK = "look", "查看"
        SETTLE = "settle", "定期"
        DEED = "deed", "管理"

    kind = models.CharField(max_length=8, choices=Kind)
    dossier_id = models.BigIntegerField(null=True)
    bureau_id = models.BigIntegerField(null=True)
    seq = models.IntegerField(null=True)  # gap-free within a file; looks have none
    verb = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=60)
    actor_post = models.CharField(max_length=120)
    actor_certificate = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=40, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    given = models.JSONField(default=dict)
    effects = models.JSONField(default=dict)  # clocks started and ended, paper drafted: what followed from the step
    state_hash = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier_id", "seq"], name="entry_gap_free"),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "-id"], name="entry_bureau"),
            models.Index(fields=["actor_id", "-id"], name="entry_actor"),
            models.Index(fields=["bureau_id", "at"], name="entry_bureau_at"),
        ]


class Salt(models.Model):
    """What hides an entry in its leaf. It goes with the entry when a file is lawfully destroyed; the leaf stays and tells nothing."""

    entry_id = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField()


class Pending(models.Model):
    """A leaf that waits for its place in the tree: the sealer's queue, written with the entry, gone once it is sealed."""

    entry_id = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField()


class Leaf(models.Model):
    """A leaf of the tree: its place, counted from 0, the entry it covers, its hash. Append-only."""

    index = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField()


class Node(models.Model):
    """The root of a complete subtree of 256, 65,536 … leaves, so that a proof reads few rows. Append-only."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()


class Head(models.Model):
    """A signed tree head: the text of `notes.Head`, which says size and root, with key and signature. Append-only."""

    size = models.BigIntegerField()
    text = models.TextField()
    key = models.CharField(max_length=200)
    signature = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["size", "id"], name="head_size")]


class Witness(models.Model):
    """Another bureau's signature below one of our heads. Append-only."""

    head = models.ForeignKey(Head, models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    signature = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["head", "key"], name="witness_once")]


class Witnessed(models.Model):
    """The head of another bureau's log that we saw, found consistent with those before and signed as witness. Append-only."""

    log = models.CharField(max_length=80)
    size = models.BigIntegerField()
    text = models.TextField()
    signatures = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["log", "size"], name="witnessed_log")]


class Tombstone(models.Model):
    """An entry that was lawfully destroyed with its salt: which entry of the record tells who did it on what ground. Append-only."""

    entry_id = models.BigIntegerField(primary_key=True)
    dossier_id = models.BigIntegerField()
    by_entry = models.BigIntegerField()
