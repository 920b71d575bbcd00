"""Papers (文书) of a file: drafted, numbered and fixed, sealed, served. What a paper says is made by `template` and `blocks`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Paper(models.Model):
    """One paper. Editable while `issued_on` is empty; from then on body, number and PDF are fixed (impl-36, apl-59)."""

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="papers")
    nth = models.IntegerField()  # the step's entry that drafted it
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    given = models.JSONField(default=dict)  # what the drafting step was given: kept so that a draft can be filled anew
    body = models.JSONField(default=list)
    approval = models.JSONField(default=dict)  # who approved the draft: {name, post, at, opinion, seq}
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the fixed body
    pdf = models.CharField(max_length=64, blank=True)  # SHA-256 of the fixed PDF in the store
    voided = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书"
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="paper_number_once"),
        ]


class Counter(models.Model):
    """The last number given, per bureau, kind and year; taken inside the step's transaction, so that no number is lost."""

    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+")
    word = models.CharField(max_length=12)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bureau", "word", "year"], name="counter_once")]


class Allotted(models.Model):
    """A number given out ahead to a device (预领文号), for what is made out where there is no network.

    It ends bound to its paper or void with a reason; nobody else gets it, so the series has no gap that is not told.
    """

    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+")
    word = models.CharField(max_length=12)
    year = models.IntegerField()
    number = models.IntegerField("顺序号")
    device = models.CharField("设备", max_length=40)
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", verbose_name="领号人")
    at = models.DateTimeField("领号时间")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    voided = models.CharField("作废理由", max_length=200, blank=True)
    ended_at = models.DateTimeField("使用或者作废时间", null=True)

    class Meta:
        verbose_name = "预领文号"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "word", "year", "number"], name="allotted_once"),
            models.CheckConstraint(
                condition=models.Q(paper=None) | models.Q(voided=""), name="allotted_bound_or_voided"
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "device"], name="allotted_open",
                         condition=models.Q(paper=None, voided="")),
        ]  # fmt: skip


class Seal(models.Model):
    """The register of seals: print, seal, scan of the sealed copy back; or an electronic seal. Unsealed is unserved."""

    class Way(models.TextChoices):
        SCAN = "scan", "盖章后扫描回传"
        ELECTRONIC = "electronic", "电子印章"
        SIGNED = "signed", "签名后扫描回传"
        GLASS = "glass", "屏幕上签名"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="seals")
    way = models.CharField(max_length=12, choices=Way)
    on = models.DateField()
    file = models.CharField(max_length=64)  # SHA-256 of the sealed copy in the store
    by_name = models.CharField(max_length=60)
    refused = models.CharField("拒签情况", max_length=200, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)


class Service(models.Model):
    """One service (送达) of one paper on one addressee: method, moment, receipt and the day from which it counts (cpl-85…95)."""

    class Method(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"
        ENTRUSTED = "entrusted", "委托送达"
        ELECTRONIC = "electronic", "电子送达"
        ANNOUNCED = "announced", "公告送达"
        FORWARDED = "forwarded", "转交送达"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="services")
    addressee = models.CharField("受送达人", max_length=120)
    party_id = models.BigIntegerField(null=True)
    method = models.CharField("送达方式", max_length=12, choices=Method)
    done_at = models.DateTimeField("送达时间")
    effective_on = models.DateField("生效日期")
    why = models.JSONField(default=list)
    place = models.CharField("送达地点", max_length=120, blank=True)
    servers = ArrayField(models.CharField(max_length=60), default=list)
    receiver = models.CharField("签收人", max_length=60, blank=True)
    relation = models.CharField("与受送达人关系", max_length=40, blank=True)
    refusal = models.CharField("拒收事由", max_length=200, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    receipt = models.CharField(max_length=64, blank=True)  # SHA-256 of the scanned receipt
