"""Deadlines kept as dates: started, due, how ended; plus the ledgers of what lengthened and suspended them. Never a counter."""

from django.db import models


class Deadline(models.Model):
    """One clock running on one file. The law applied is frozen with it: length, unit, version and article (apl-85 and others)."""

    class Ending(models.TextChoices):
        STOPPED = "stopped", "已办"
        LAPSED = "lapsed", "期满"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="deadlines")
    key = models.CharField(max_length=30)
    subject = models.CharField(max_length=40, blank=True)  # what it runs on when a file has several: a paper, a source
    started_on = models.DateField()
    due_on = models.DateField()
    strict_on = models.DateField()
    rolled_on = models.DateField()
    provisional = models.BooleanField(default=False)
    length = models.IntegerField()
    unit = models.CharField(max_length=12)
    version = models.DateField()
    basis = models.CharField(max_length=40)
    extended = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], condition=models.Q(ending=""), name="deadline_running"),
            models.Index(fields=["id"], condition=models.Q(ending="", provisional=True), name="deadline_provisional"),
        ]


class Extension(models.Model):
    """A lengthening, approved before the date it moves; who approved it and why. Source: lsr-17 and others."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="extensions")
    was_due_on = models.DateField()
    due_on = models.DateField()
    approved_on = models.DateField()
    approver = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    reason = models.TextField()


class Suspension(models.Model):
    """Days on which a deadline stood still, or was only shown to: from the day of the decision to the day before it went on.

    `ended_on` is the last day that does not count; empty while the suspension lasts. Source: local-suspend and others.
    """

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="suspensions")
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    ground = models.CharField(max_length=200)
    approver = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    was_due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=models.Q(ended_on=None), name="suspension_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="suspension_not_reversed",
            ),
        ]
