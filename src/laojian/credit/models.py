"""Grades in force: the runs that gave them, their whole history, objections upheld; titles of harmony; interviews."""

from django.db import models
from django.db.models import Q

from .schemes import GRADE, KEY, LABEL

KIND = 20  # signs of a kind of fact (law/grading.yaml)


class Grading(models.Model):
    """One run (年度评价): whom a bureau graded, under which rules word for word, as of which day, on records up to which day."""

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="grading")
    scheme = models.CharField("办法", max_length=20)  # key in law/grading.yaml
    rules = models.TextField("规则原文")
    digest = models.CharField("规则摘要", max_length=64)  # SHA-256 of the rules
    on = models.DateField("评价之日")
    first_on = models.DateField("评价期首日")
    cut_off_on = models.DateField("评价期末日")
    region = models.CharField("行政区", max_length=40, blank=True)  # empty: the whole register
    counts = models.JSONField("各等级家数", default=dict)
    sum = models.CharField("等级摘要", max_length=64, blank=True)  # of all its grades as they stand
    told_way = models.CharField("告知方式", max_length=200, blank=True)
    told_on = models.DateField("告知之日", null=True)

    class Meta:
        verbose_name = "年度评价"


class Grade(models.Model):
    """One grade of one employer: proposed while `since_on` is empty, in force until `until_on`. Never removed once in force."""

    class By(models.TextChoices):
        RUN = "run", "年度评价"
        DOWNGRADE = "downgrade", "动态下调"
        RESTORED = "restored", "依据不再有效，恢复"
        CORRECTED = "corrected", "异议成立，更正"

    run = models.ForeignKey(Grading, models.CASCADE, related_name="grades")
    employer = models.ForeignKey("employers.Employer", models.PROTECT, related_name="grades")
    scheme = models.CharField("办法", max_length=20)
    grade = models.CharField("等级", max_length=GRADE)
    rule = models.CharField("条件", max_length=KEY, blank=True)  # key of the rule that decides; empty: none held
    by = models.CharField("由来", max_length=10, choices=By, default=By.RUN)
    seq = models.IntegerField(null=True)  # the entry of the run that put it in force
    since_on = models.DateField("生效之日", null=True)
    until_on = models.DateField("止于", null=True)  # the day on which another grade took its place
    ended_by = models.CharField("因何终止", max_length=10, choices=By, blank=True)
    told_on = models.DateField("告知之日", null=True)

    class Meta:
        verbose_name = "等级"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "scheme"], condition=Q(since_on__isnull=False, until_on=None), name="grade_in_force"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=models.F("since_on")), name="grade_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["run", "grade", "employer"], name="grade_of_run"),
            models.Index(fields=["employer", "scheme", "id"], name="grade_history"),
            models.Index(fields=["scheme", "grade", "employer"], condition=Q(until_on=None), name="grade_standing"),
        ]


class Objection(models.Model):
    """An employer's objection to one fact that its grade rests on, as it was lodged, and what a second officer found."""

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="objection")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="objections")
    case_id = models.BigIntegerField("卷宗")  # the file whose record holds the fact
    kind = models.CharField("事实", max_length=KIND)
    on = models.DateField("事实之日")
    reason = models.TextField("理由")
    evidence = models.TextField("证据", blank=True)
    contact = models.CharField("提出人", max_length=60)
    wrong = models.BooleanField("复核认为有误", null=True)
    opinion = models.TextField("复核意见", blank=True)

    class Meta:
        verbose_name = "等级异议"


class Exclusion(models.Model):
    """A fact that counts for no grade any more, because an objection to it was upheld. The record of the case stays as it is."""

    objection = models.OneToOneField(Objection, models.PROTECT, primary_key=True, related_name="exclusion")
    employer = models.ForeignKey("employers.Employer", models.PROTECT, related_name="+")
    case_id = models.BigIntegerField()
    kind = models.CharField(max_length=KIND)
    on = models.DateField()
    since_on = models.DateField("排除之日")

    class Meta:
        verbose_name = "排除的事实"
        constraints = [
            models.UniqueConstraint(fields=["employer", "case_id", "kind", "on"], name="exclusion_once"),
        ]


class Trial(models.Model):
    """Rules tried over the register against others (试算): nothing of it is in force; who would change, kept for its readers."""

    bureau = models.ForeignKey("people.Bureau", models.CASCADE, related_name="+")
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    on = models.DateField("评价之日")
    before = models.CharField("原规则", max_length=LABEL)
    after = models.CharField("新规则", max_length=LABEL)
    before_rules = models.TextField()
    after_rules = models.TextField()
    region = models.CharField(max_length=40, blank=True)
    matrix = models.JSONField("从哪一级到哪一级", null=True)  # {"A>B": n}; empty while it is reckoned
    fault = models.TextField(blank=True)

    class Meta:
        verbose_name = "试算"


class TrialChange(models.Model):
    """One employer that the trial grades otherwise, with the rules that decide before and after."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="changes")
    employer = models.ForeignKey("employers.Employer", models.CASCADE, related_name="+")
    before = models.CharField(max_length=GRADE)
    before_rule = models.CharField(max_length=KEY, blank=True)
    after = models.CharField(max_length=GRADE)
    after_rule = models.CharField(max_length=KEY, blank=True)

    class Meta:
        verbose_name = "试算的变化"
        constraints = [models.UniqueConstraint(fields=["trial", "employer"], name="trial_change_once")]
        indexes = [models.Index(fields=["trial", "before", "after", "employer"], name="trial_change_cell")]


class Title(models.Model):
    """A title of harmonious labour relations (劳动关系和谐企业) as it was granted, until it was revoked or runs out.

    Without row-level security, like visits: what carries a grade is a fact for every bureau.
    """

    class Level(models.TextChoices):
        CITY = "city", "市级"
        DISTRICT = "district", "区级"

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="title_held")
    employer = models.ForeignKey("employers.Employer", models.PROTECT, related_name="+", db_index=False)
    level = models.CharField("级别", max_length=8, choices=Level)
    granted_on = models.DateField("认定之日")
    document = models.CharField("认定文号", max_length=120)
    valid_to = models.DateField("有效期至", null=True)
    revoked_on = models.DateField("撤销之日", null=True)
    revocation = models.CharField("撤销文号", max_length=120, blank=True)
    reason = models.CharField("撤销理由", max_length=1000, blank=True)
    reviewed_on = models.DateField("最近复核之日", null=True)

    class Meta:
        verbose_name = "和谐企业称号"
        indexes = [models.Index(fields=["employer", "granted_on"], name="credit_employer")]
        constraints = [
            models.UniqueConstraint(fields=["employer", "level", "document"], name="title_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("granted_on")), name="title_period"
            ),
        ]


class Interview(models.Model):
    """An interview (约谈) of those who are responsible at an employer: who, when, what was said and promised."""

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="interview")
    employer = models.ForeignKey("employers.Employer", models.PROTECT, related_name="+", db_index=False)
    held_at = models.DateTimeField("约谈时间")
    place = models.CharField("地点", max_length=200)
    person = models.CharField("被约谈人", max_length=60)
    post = models.CharField("职务", max_length=60)
    officers = models.CharField("约谈人员", max_length=200)
    reason = models.TextField("约谈事由")
    minutes = models.TextField("谈话内容")
    commitments = models.TextField("承诺")
    done_by = models.DateField("承诺完成之日", null=True)
    outcome = models.TextField("落实情况", blank=True)

    class Meta:
        verbose_name = "约谈"
        indexes = [models.Index(fields=["employer", "held_at"], name="interview_employer")]
