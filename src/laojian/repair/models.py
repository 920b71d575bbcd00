"""Credit repair (信用修复): of one penalty, for one party, how grave it was held and what became of the application."""

from django.db import models


class Repair(models.Model):
    """One application to end the showing of a penalty. The regime is that of the day of the decision (lawbook/display.py)."""

    class Channel(models.TextChoices):
        NATIONAL = "national", "信用中国网站转来"
        WINDOW = "window", "窗口提交"

    dossier = models.OneToOneField("dossier.Dossier", models.PROTECT, primary_key=True, related_name="repair")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    name = models.CharField("申请人", max_length=120)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    number = models.CharField("处罚决定书文号", max_length=60)
    decided_on = models.DateField("处罚决定之日")
    held = models.CharField("失信程度", max_length=12)  # class of law/display.yaml
    held_why = models.TextField("认定失信程度的理由")
    channel = models.CharField("来源", max_length=10, choices=Channel)
    received_on = models.DateField("收到申请之日")
    granted_on = models.DateField("准予修复之日", null=True)
    revoked_on = models.DateField("撤销修复之日", null=True)
    open = models.BooleanField(default=True)

    class Meta:
        verbose_name = "信用修复申请"
        constraints = [
            models.UniqueConstraint(fields=["paper", "party"], condition=models.Q(open=True), name="repair_open_once"),
        ]
