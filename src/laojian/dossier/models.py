"""The dossier (卷宗): which procedure, in which state, of which bureau, due when, on whose desk. What it is about lives in later rooms."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Dossier(models.Model):
    """A file that moves through one procedure. `state` is assigned by `procedure` alone; `seq` counts its entries."""

    flow = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    seq = models.IntegerField(default=0)
    number = models.CharField("案号", max_length=40, blank=True)
    title = models.CharField("案由", max_length=200)
    # Found by the indexes below, each of which begins with one of them.
    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", db_index=False)
    district = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", db_index=False)
    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, null=True, related_name="dossiers", db_index=False
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    lead = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+", verbose_name="主办")
    second = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+", verbose_name="协办")
    opened_on = models.DateField("登记之日")
    filed_on = models.DateField("立案之日", null=True)
    ended_on = models.DateField("终结之日", null=True)
    due_on = models.DateField("最近期限", null=True)
    due_clock = models.CharField(max_length=30, blank=True)
    open = models.BooleanField(default=True)
    sealed = models.BooleanField(
        default=False, db_default=False
    )  # shown to those alone whom its own room names to the database

    class Meta:
        verbose_name = "卷宗"
        indexes = [
            models.Index(fields=["district", "due_on", "id"], condition=models.Q(open=True), name="open_district_due"),
            models.Index(fields=["bureau", "due_on", "id"], condition=models.Q(open=True), name="open_bureau_due"),
            models.Index(fields=["due_on", "id"], condition=models.Q(open=True), name="open_due"),
            models.Index(fields=["district", "-id"], condition=models.Q(open=True), name="open_district"),
            models.Index(fields=["bureau", "-id"], condition=models.Q(open=True), name="open_bureau"),
            models.Index(fields=["-id"], condition=models.Q(open=True), name="open_newest"),
            models.Index(fields=["district", "-id"], name="dossier_district"),
            models.Index(fields=["bureau", "-id"], name="dossier_bureau"),
            models.Index(fields=["employer", "-id"], name="dossier_employer"),
        ]

    def __str__(self):
        return self.number or self.title


class Find(models.Model):
    """What a file is found by, in a table without row-level security: `@>` on bigrams cannot use an index under it."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="find")
    bigrams = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [GinIndex(fields=["bigrams"], name="dossier_find_bigrams")]


class Access(models.Model):
    """Individual access to a file beyond one's own bureau: a transferee, or outside help asked for by letter."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="accesses")
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="accesses", db_index=False)
    role = models.CharField(max_length=16, blank=True)  # the post held for this file alone
    document = models.CharField("依据文书", max_length=80)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "dossier"], name="access_officer")]


class Desk(models.Model):
    """On whose desk a file lies, and until when: written only by a step, read by the workbench."""

    officer = models.ForeignKey("people.Officer", models.CASCADE, related_name="+", db_index=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    due_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "due_on", "dossier"], name="desk_officer")]
