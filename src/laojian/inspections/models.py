"""Random inspection (双随机、一公开): annual plans and their tasks, the two pools as frozen for a draw, draws, and what was drawn.

What the public may read stands here and in no dossier: these tables are without row-level security, and hold no secret.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Plan(models.Model):
    """The annual plan of a bureau. `version` is the one being written, `published_version` the one the public reads."""

    dossier = models.OneToOneField("dossier.Dossier", models.PROTECT, primary_key=True, related_name="+")
    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", verbose_name="机关")
    year = models.IntegerField("年度")
    title = models.CharField("名称", max_length=120)
    version = models.IntegerField("版本", default=1)
    published_version = models.IntegerField("公布的版本", null=True)
    published_on = models.DateField("首次公布之日", null=True)
    versions = models.JSONField(default=list)  # [{version, reason, published_on}], of those that were published

    class Meta:
        verbose_name = "年度抽查计划"
        constraints = [models.UniqueConstraint(fields=["bureau", "year"], name="plan_once_a_year")]

    def __str__(self):
        return self.title


class Task(models.Model):
    """One task of a version of a plan: what is inspected, of whom, how many of each stratum, when, and with whom.

    `strata` is a list of {key, scope, ratio, least, number, size}: an employer belongs to the first whose scope fits;
    ratio in per cent as text, least and number of employers, size as expected when the plan was written; each may be absent.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    version = models.IntegerField("版本")
    ordinal = models.IntegerField("序号")
    label = models.CharField("任务名称", max_length=120)
    items = models.JSONField("检查事项", default=list)  # keys of law/inspection
    others = models.JSONField("清单以外的事项", default=list)
    mode = models.CharField("检查方式", max_length=8)
    targeted = models.BooleanField("定向抽查", default=False)
    scope = models.JSONField("抽查范围", default=dict)
    strata = models.JSONField("分层", default=list)
    since = models.DateField("自")
    until = models.DateField("至")
    lead = models.CharField("牵头部门", max_length=80, blank=True)
    partners = models.JSONField("联合部门", default=list)
    note = models.CharField("说明", max_length=1000, blank=True)

    class Meta:
        verbose_name = "抽查任务"
        ordering = ["plan", "version", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["plan", "version", "ordinal"], name="task_ordinal")]

    def __str__(self):
        return self.label


class Pool(models.Model):
    """A pool as it stood on one day, never changed: its canonical bytes lie in the store under `digest`.

    `strata` of targets is a list of {key, size, number, minimum, ratio, least, digest, register}, the bytes of each under its own
    digest, and under `register` the employers' numbers line by line in the same order, never published;
    of officers a list of {number, officer, body, reach, valid_from, valid_to, specialities, load}, as they stood that day.
    """

    class Kind(models.TextChoices):
        TARGETS = "targets", "检查对象库"
        OFFICERS = "officers", "检查人员库"

    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    at = models.DateTimeField("固定时间")
    scope = models.JSONField("范围", default=dict)
    size = models.IntegerField("数量")
    strata = models.JSONField(default=list)
    digest = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "名录库快照"


class Draw(models.Model):
    """One draw (抽取). The salt stands nowhere until it is revealed: it is made of `nonce` and a key that no table holds."""

    dossier = models.OneToOneField("dossier.Dossier", models.PROTECT, primary_key=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, related_name="draws")
    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+")
    number = models.CharField("抽取号", max_length=40, unique=True)
    protocol = models.CharField("规程版本", max_length=20, blank=True)
    targets = models.ForeignKey(Pool, models.PROTECT, null=True, related_name="+")
    officers = models.ForeignKey(Pool, models.PROTECT, null=True, related_name="+")
    nonce = models.CharField(max_length=64)
    commitment = models.CharField("盐值承诺", max_length=64, blank=True)
    source = models.CharField("随机数来源", max_length=8, blank=True)  # a word of randomness.SOURCES
    issue = models.CharField("期号、轮次、笔录号", max_length=40, blank=True)
    witness = models.CharField("见证人", max_length=120, blank=True)
    random_at = models.DateTimeField("随机数产生时间", null=True)
    announced_at = models.DateTimeField("公布承诺时间", null=True)
    announcement = models.CharField("公布内容的 SHA-256", max_length=64, blank=True)
    randomness = models.CharField("随机数", max_length=300, blank=True)  # as it enters the seed
    drawn_at = models.DateTimeField("抽取时间", null=True)
    result = models.CharField("抽取结果的 SHA-256", max_length=64, blank=True)
    extra = models.JSONField("追加数量", default=dict)  # stratum → how many by the next tickets
    salt = models.CharField("盐值", max_length=64, blank=True)
    bundle = models.CharField("公开数据包的 SHA-256", max_length=64, blank=True)
    ending = models.CharField("终结情形", max_length=8, blank=True)  # aborted, failed, closed
    reason = models.CharField("理由", max_length=2000, blank=True)

    class Meta:
        verbose_name = "抽取"
        indexes = [models.Index(fields=["bureau", "-dossier"], name="draw_bureau")]

    def __str__(self):
        return self.number


class Drawn(models.Model):
    """One employer drawn: stratum, place in it, ticket, who inspects, the visit that was opened, and by whom it was replaced."""

    class Why(models.TextChoices):
        DRAWN = "drawn", "抽中"
        EXTENSION = "extension", "追加"
        REPLACEMENT = "replacement", "递补"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn")
    stratum = models.CharField("分层", max_length=40)
    rank = models.IntegerField("序位")  # from 1, within the stratum, replacements and extensions included
    ticket = models.CharField("票号", max_length=90)
    object = models.CharField("对象标识", max_length=40)
    employer = models.ForeignKey("employers.Employer", models.PROTECT, related_name="+")
    why = models.CharField("来由", max_length=12, choices=Why)
    officers = ArrayField(models.BigIntegerField(), verbose_name="检查人员", default=list)  # the lead first
    passed = models.JSONField("未选人员及理由", default=list)  # [[certificate, reason code], …]
    reach = models.SmallIntegerField("选派范围", default=0)  # 0: of the bureau, 1: of its neighbours too
    short = models.CharField("人手不足的情况", max_length=4000, blank=True)
    visit = models.ForeignKey("dossier.Dossier", models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=400, blank=True)  # why it was replaced, or came later
    refused = models.CharField("没有开出检查的原因", max_length=400, blank=True)

    class Meta:
        verbose_name = "抽中对象"
        constraints = [
            models.UniqueConstraint(fields=["draw", "stratum", "rank"], name="drawn_rank"),
            models.UniqueConstraint(fields=["draw", "object"], name="drawn_once"),
        ]
