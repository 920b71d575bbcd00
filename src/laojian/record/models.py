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
