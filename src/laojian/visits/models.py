"""A visit (检查) of one employer, on whatever ground: its items, its checklist line by line, who took part, what came out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from laojian.lawbook import GROUNDS
from laojian.lawbook.inspection import MODES_OF


class Visit(models.Model):
    """What a file of the flow `visit` is about. A drawn one has the draw's file as its dossier's parent.

    `items` are [{item, version}]: keys of law/inspection/items with the first day of the version that was planned.
    `stands` is false for a cancelled one; employer and bureau are those of the dossier, and never change.
    """

    class Ground(models.TextChoices):
        DRAW = "draw", GROUNDS["draw"]
        PATROL = "patrol", GROUNDS["patrol"]
        WRITTEN = "written", GROUNDS["written"]
        REPORT = "report", GROUNDS["report"]
        ASSIGNMENT = "assignment", GROUNDS["assignment"]
        CAMPAIGN = "campaign", GROUNDS["campaign"]

    class Mode(models.TextChoices):
        ONSITE = "onsite", MODES_OF["onsite"]
        WRITTEN = "written", MODES_OF["written"]
        ONLINE = "online", MODES_OF["online"]

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="visit")
    employer = models.ForeignKey("employers.Employer", models.PROTECT, related_name="+", db_index=False)
    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField("检查来源", max_length=12, choices=Ground)
    mode = models.CharField("检查方式", max_length=8, choices=Mode)
    items = models.JSONField("检查事项", default=list)
    campaign = models.ForeignKey("dossier.Dossier", models.PROTECT, null=True, related_name="campaign_visits")
    draw_number = models.CharField("抽取编号", max_length=60, blank=True)
    object_rank = models.IntegerField("抽取顺位", null=True)
    document = models.CharField("依据文书", max_length=200, blank=True)
    reason = models.TextField("检查事由", blank=True)
    announced = models.BooleanField("事先通知", default=True)
    from_on = models.DateField("计划检查起")
    until_on = models.DateField("计划检查止")
    start_at = models.DateTimeField("拟检查时间", null=True)
    place = models.CharField("检查地点", max_length=200, blank=True)
    materials = models.TextField("需要准备、报送的材料", blank=True)
    length = models.IntegerField("报送期限", null=True)  # of a written review
    unit = models.CharField("报送期限单位", max_length=12, blank=True)
    cap_reason = models.TextField("超过频次上限的理由", blank=True)
    separate_reason = models.TextField("不并入已有检查的理由", blank=True)
    began_at = models.DateTimeField("开始检查", null=True)
    ended_on = models.DateField("结束检查之日", null=True)
    token = models.CharField("核验码", max_length=16, unique=True)
    signed_seq = models.IntegerField(null=True)  # the entry that froze the record; what comes later is a supplement
    record_digest = models.CharField("笔录摘要", max_length=64, blank=True)
    published_on = models.DateField("公示之日", null=True)
    published_where = models.CharField("公示平台", max_length=200, blank=True)
    published = models.JSONField("公示内容", default=dict, blank=True)  # as it was made public, word for word
    withdrawn_on = models.DateField("撤回公示之日", null=True)
    withdrawal = models.TextField("撤回理由", blank=True)
    past = models.BooleanField("补录", default=False)
    stands = models.BooleanField(default=True)

    class Meta:
        verbose_name = "检查"
        indexes = [
            models.Index(fields=["employer", "from_on"], name="visit_employer"),
            models.Index(fields=["bureau", "ground", "from_on"], name="visit_bureau"),
            models.Index(fields=["-published_on", "-dossier"], name="visit_published",
                         condition=models.Q(published_on__isnull=False, withdrawn_on__isnull=True)),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=models.Q(until_on__gte=models.F("from_on")), name="visit_period"),
            models.CheckConstraint(
                condition=models.Q(ground="draw") | models.Q(draw_number=""), name="visit_drawn_only_by_draw"
            ),
        ]


class VisitLine(models.Model):
    """How one line of an item's standard was found (检查表一行). Only ever added: the newest by `at` counts, and none is lost."""

    class Outcome(models.TextChoices):
        OK = "ok", "符合"
        PROBLEM = "problem", "发现问题"
        NOT_APPLICABLE = "not_applicable", "不适用"
        OPEN = "open", "待核实"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="lines")
    seq = models.IntegerField()  # the entry that wrote it
    item = models.CharField("检查事项", max_length=60)
    line = models.CharField("检查标准", max_length=40)
    outcome = models.CharField("检查情况", max_length=16, choices=Outcome)
    note = models.TextField("说明", blank=True)
    evidence = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "检查表"
        indexes = [models.Index(fields=["visit", "item", "line", "-at", "-id"], name="line_newest")]


class VisitResult(models.Model):
    """A code of result (law/inspection/results.yaml); several may stand. `ended_seq` is the entry that resolved or corrected it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="results")
    seq = models.IntegerField()
    code = models.CharField("结果代码", max_length=30)
    note = models.TextField("情况", blank=True)
    noted_on = models.DateField("登记之日")
    ended_seq = models.IntegerField(null=True)

    class Meta:
        verbose_name = "检查结果"
        indexes = [models.Index(fields=["visit", "id"], name="result_visit")]


class Attendance(models.Model):
    """Somebody who took part (参加人员), of this bureau or of another department: what 人次 are counted from."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="attendance")
    seq = models.IntegerField()
    officer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    department = models.CharField("部门", max_length=120)

    class Meta:
        verbose_name = "参加人员"
        constraints = [models.UniqueConstraint(fields=["visit", "name", "department"], name="visit_attendance_once")]


class Batch(models.Model):
    """What a device sent at once (批次), taken once: its key asked again gets the same answer.

    A refused one is kept with its reasons and what it told, and may be sent again. `told_at` is the device's own clock,
    `offset` how many milliseconds the server was ahead of it when the two last met (None: never); the record's own
    moment is `received_at`.
    """

    class Kind(models.TextChoices):
        BEGIN = "begin", "开始检查"
        LINES = "lines", "检查表"
        EVIDENCE = "evidence", "现场证据"
        ORDER = "order", "当场责令改正"
        SIGN = "sign", "宣读、签名"
        RESULT = "result", "检查结果"
        BROKEN = "broken", "未能实施"

    key = models.UUIDField("批次号", primary_key=True)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="batches")
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    device = models.CharField("设备", max_length=40)
    kind = models.CharField("内容", max_length=10, choices=Kind)
    told = models.JSONField(default=dict)
    told_at = models.DateTimeField("设备时间")
    offset = models.BigIntegerField("设备时差（毫秒）", null=True)
    received_at = models.DateTimeField("收到时间")
    seq = models.IntegerField(null=True)  # the last entry that it became; None: refused
    answer = models.JSONField(default=dict)

    class Meta:
        verbose_name = "批次"
        indexes = [models.Index(fields=["visit", "received_at"], name="batch_visit")]
