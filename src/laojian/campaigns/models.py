"""A campaign (专项行动): who turned out, what was checked, what came of it. Each figure of its report is a count of these rows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

DEPARTMENT = 120  # signs of the name of a department, as visits have it


class Campaign(models.Model):
    """What a campaign is about: on whose notice, from when to when, with which departments. Source: impl-8."""

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="campaign")
    organiser = models.CharField("组织单位", max_length=120)
    document = models.CharField("上级部署文号", max_length=80, blank=True)
    notice = models.CharField("本次通知文号", max_length=80, blank=True)
    begins_on = models.DateField("开始之日")
    ends_on = models.DateField("结束之日")
    departments = ArrayField(models.CharField(max_length=DEPARTMENT), verbose_name="参加部门")
    subject = models.TextField("检查内容")

    class Meta:
        verbose_name = "专项行动"
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("begins_on")), name="campaign_period"),
        ]


class Attendance(models.Model):
    """One person of one department out on one day (人次)."""

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="attendances")
    seq = models.IntegerField()  # the entry that wrote it
    on = models.DateField("日期")
    department = models.CharField("部门", max_length=DEPARTMENT)
    name = models.CharField("姓名", max_length=60)

    class Meta:
        verbose_name = "出动"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "on", "department", "name"], name="attendance_once"),
        ]


class Target(models.Model):
    """Whom or what a campaign checks. Found in the register by its code where there is one; a site by its name."""

    class Kind(models.TextChoices):
        PROJECT = "project", "在建项目"
        EMPLOYER = "employer", "用人单位"
        AGENCY = "agency", "人力资源服务机构"
        INTERMEDIARY = "intermediary", "职业中介组织或者个人"
        DISPATCH = "dispatch", "劳务派遣单位"
        SCHOOL = "school", "技工院校、职业培训机构"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="targets")
    seq = models.IntegerField()
    kind = models.CharField("种类", max_length=12, choices=Kind)
    name = models.CharField("名称", max_length=200)  # an employer's, and which of its visits
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    employer = models.ForeignKey("employers.Employer", models.PROTECT, null=True, related_name="+")
    visit = models.ForeignKey("dossier.Dossier", models.PROTECT, null=True, related_name="+")  # the visit's file
    checked_on = models.DateField("检查之日", null=True)

    class Meta:
        verbose_name = "检查对象"
        constraints = [models.UniqueConstraint(fields=["dossier", "kind", "name"], name="target_once")]


class Outcome(models.Model):
    """One thing that came of a check: a violation, or a measure taken."""

    class Kind(models.TextChoices):
        VIOLATION = "violation", "违法案件"
        ORDER = "order", "责令改正"
        SUGGESTION = "suggestion", "监察建议书"
        CLOSURE = "closure", "关闭（取缔）"
        REFUND = "refund", "责令退还费用"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="outcomes")
    target = models.ForeignKey(Target, models.CASCADE, related_name="outcomes")
    seq = models.IntegerField()
    kind = models.CharField("种类", max_length=12, choices=Kind)
    violation = models.CharField("违法情形", max_length=40, blank=True)  # key of law/campaigns.yaml
    on = models.DateField("日期")
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, null=True)
    document = models.CharField("文号", max_length=80, blank=True)
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, related_name="+"
    )  # where the platform wrote it
    dropped_seq = models.IntegerField(null=True)  # the entry that took it back

    class Meta:
        verbose_name = "查处"
        indexes = [models.Index(fields=["dossier", "kind"], name="outcome_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="violation") ^ models.Q(violation=""), name="outcome_violation_named"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="refund", amount__gt=0) | (~models.Q(kind="refund") & models.Q(amount=None)),
                name="outcome_refund_amount",
            ),
        ]
