"""What a bureau makes public of major violations (重大劳动保障违法行为社会公布): rounds, and in each what was judged of every decision."""

from django.db import models


class Round(models.Model):
    """One publication (公布批次) of a bureau: of all decisions served up to `until_on` that no earlier one has judged."""

    dossier = models.OneToOneField("dossier.Dossier", models.PROTECT, primary_key=True, related_name="round")
    until_on = models.DateField("决定送达截止")
    published_on = models.DateField("公布之日", null=True)
    places = models.CharField("公布的网站、报刊", max_length=400, blank=True)

    class Meta:
        verbose_name = "公布批次"


class Verdict(models.Model):
    """Of one decision served on one party: published as a major violation of a kind, or left out, and why.

    What the public reads is kept here as it was approved; a decision is judged once for a party.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="verdicts")
    seq = models.IntegerField()  # the entry that wrote it
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, null=True, related_name="+"
    )  # where it is on the register
    kind = models.CharField("情形", max_length=20, blank=True)  # key in law/publication.yaml; empty: left out
    reason = models.TextField("判断的理由")
    name = models.CharField("违法主体", max_length=120)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    head = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    facts = models.TextField("主要违法事实", blank=True)
    handling = models.TextField("处理情况", blank=True)
    withdrawn_on = models.DateField("撤下之日", null=True)
    withdrawal = models.CharField("撤下的理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "公布的判断"
        constraints = [
            models.UniqueConstraint(fields=["paper", "party"], name="judged_once"),
        ]
        indexes = [
            models.Index(fields=["round"], name="verdict_round"),
            models.Index(fields=["employer"], name="verdict_employer"),
        ]
