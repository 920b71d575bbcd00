"""Employers 用人单位, building sites 工地, who works there for whom. Open to every bureau: no row-level security."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Concat

from .identifiers import CREDIT_ALPHABET
from .rules import NAME_LENGTH, sort_key


class SortKey(models.BinaryField):
    """The bytes that sort another field's text by pinyin; kept up to date whenever the row is saved."""

    def __init__(self, of: str = "name", **options):
        super().__init__(editable=False, **options)
        self.of = of

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, args, options | {"of": self.of}

    def pre_save(self, instance, add):
        key = sort_key(getattr(instance, self.of))
        setattr(instance, self.attname, key)
        return key


def names() -> Concat:
    """All names an employer has had, as one text; the stroke keeps them apart."""
    return Concat("name", models.Value("|"), "former_names")


class Employer(models.Model):
    """A unit that employs people (用人单位), with or without a licence; the register that all bureaus share."""

    class Kind(models.TextChoices):
        COMPANY = "company", "企业"
        BRANCH = "branch", "分支机构"
        INDIVIDUAL = "individual", "个体工商户"
        PARTNERSHIP = "partnership", "合伙、个人独资企业"
        COOPERATIVE = "cooperative", "农民专业合作社"
        DISPATCH = "dispatch", "劳务派遣单位"
        AGENCY = "agency", "人力资源服务机构"
        INSTITUTION = "institution", "事业单位"
        ASSOCIATION = "association", "社会团体、民办非企业单位"
        STATE_ORGAN = "state_organ", "国家机关"
        UNLICENSED = "unlicensed", "无营业执照的经营者"

    name = models.CharField("名称", max_length=NAME_LENGTH)
    former_names = models.CharField("曾用名", max_length=600, blank=True)  # one a line, newest first
    kind = models.CharField("类型", max_length=12, choices=Kind)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True, null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name="所属单位"
    )
    region = models.CharField("行政区", max_length=40, blank=True)
    address = models.CharField("住所", max_length=200, blank=True)
    legal_rep = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    legal_rep_post = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    industry = models.CharField("行业", max_length=40, blank=True)
    workers = models.PositiveIntegerField("职工人数", null=True, blank=True)
    sort_key = SortKey(of="name")
    bigrams = models.GeneratedField(
        expression=models.Func(names(), function="bigrams"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        verbose_name = "用人单位"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(credit_code__isnull=True)
                | models.Q(credit_code__regex=f"^[{CREDIT_ALPHABET}]{{18}}$"),
                name="employer_code_form",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | (models.Q(kind="branch") & ~models.Q(parent=models.F("id"))),
                name="employer_only_branch_has_parent",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="employer_has_name"),
        ]
        indexes = [
            GinIndex(fields=["bigrams"], name="employer_find"),
            models.Index(fields=["sort_key", "id"], name="employer_sorted"),
            models.Index(fields=["region", "sort_key", "id"], name="employer_region_sorted"),
        ]

    def __str__(self):
        return self.name


class Site(models.Model):
    """A building site (工地, 工程建设项目): where it is, who has it built, who built it as main contractor (mww-30)."""

    name = models.CharField("工程名称", max_length=NAME_LENGTH)
    region = models.CharField("行政区", max_length=40, blank=True)
    address = models.CharField("地点", max_length=200, blank=True)
    developer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建设单位"
    )
    main_contractor = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="施工总承包单位"
    )
    sort_key = SortKey(of="name")
    bigrams = models.GeneratedField(
        expression=models.Func("name", function="bigrams"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        verbose_name = "工地"
        indexes = [GinIndex(fields=["bigrams"], name="site_find")]

    def __str__(self):
        return self.name


class Subcontract(models.Model):
    """One link of the chain below the main contractor: on this site, `giver` passed work on to `taker`."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", "专业分包"
        LABOUR = "labour", "劳务分包"
        PASSED_ON = "passed_on", "转包、挂靠"

    site = models.ForeignKey(Site, models.CASCADE, related_name="subcontracts")
    giver = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name="发包单位")
    taker = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name="承包单位")
    kind = models.CharField("分包类型", max_length=12, choices=Kind)
    work = models.CharField("分包内容", max_length=120, blank=True)
    signed_on = models.DateField("签订之日", null=True, blank=True)

    class Meta:
        verbose_name = "分包"
        constraints = [
            models.UniqueConstraint(fields=["site", "giver", "taker", "work"], name="subcontract_once"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="subcontract_two_sides"),
        ]


class Relation(models.Model):
    """What an officer declares, or is known of him, that keeps him from inspecting an employer (lsr-16, apl-43)."""

    class Kind(models.TextChoices):
        KIN = "kin", "近亲属关系"
        INTEREST = "interest", "直接利害关系"
        CONTACT = "contact", "日常联系人"

    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="relations")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+", verbose_name="用人单位")
    kind = models.CharField("关系", max_length=8, choices=Kind)
    declared_on = models.DateField("申报之日")
    ended_on = models.DateField("终止之日", null=True, blank=True)

    class Meta:
        verbose_name = "应当回避的关系"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "employer", "kind"], condition=models.Q(ended_on=None), name="relation_once"
            )
        ]
