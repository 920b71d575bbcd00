"""Evidence 证据: files received, what each piece proves, whose hands it went through. The bytes live in the store."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class File(models.Model):
    """One upload as it arrived. `sha256` is the digest of its bytes and their address in the store; never changed."""

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField("字节数")
    mime = models.CharField("类型", max_length=80)
    name = models.CharField("原文件名", max_length=200)
    uploaded_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "电子文件"
        indexes = [models.Index(fields=["sha256"], name="file_sha256")]
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty")]

    def __str__(self):
        return self.name


class Upload(models.Model):
    """An upload in pieces (续传) that a lost connection does not undo: how much of it is safe on disk, and its digests."""

    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", verbose_name="上传人")
    dossier = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="+", verbose_name="卷宗")
    name = models.CharField("原文件名", max_length=200)
    size = models.BigIntegerField("字节数")
    modified = models.BigIntegerField("原文件修改时间")  # as the sender's device says it, in milliseconds
    received = models.BigIntegerField("已收字节数", default=0)
    digests = models.BinaryField("各段摘要", default=b"")  # 32 bytes of SHA-256 for each piece, in order
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+", verbose_name="电子文件")
    began_at = models.DateTimeField("开始时间")
    touched_at = models.DateTimeField("最近收到时间")

    class Meta:
        verbose_name = "续传"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "dossier", "name", "size", "modified"], name="upload_once",
                condition=models.Q(file=None),
            ),
            models.CheckConstraint(
                condition=models.Q(received__gte=0) & models.Q(received__lte=models.F("size")), name="upload_received"
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name


class Evidence(models.Model):
    """One piece of evidence in a file, with or without an electronic file (apl-46).

    Numbered from 1 in its dossier; sealed pieces have a series of their own, so that a gap gives nothing away (lsr-9).
    """

    class Kind(models.TextChoices):
        DOCUMENT = "document", "书证"
        OBJECT = "object", "物证"
        AUDIO_VISUAL = "audio_visual", "视听资料"
        ELECTRONIC = "electronic", "电子数据"
        WITNESS = "witness", "证人证言"
        PARTY = "party", "当事人陈述"
        EXPERT = "expert", "鉴定意见"
        SCENE = "scene", "勘验笔录、现场笔录"

    class Form(models.TextChoices):
        ORIGINAL = "original", "原件"
        CHECKED_COPY = "checked_copy", "复制件（与原件核对无异）"
        COPY = "copy", "复制件（未核对原件）"

    dossier = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="evidence")
    ordinal = models.IntegerField("证据编号")
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="evidence", verbose_name="电子文件")
    kind = models.CharField("证据种类", max_length=12, choices=Kind)
    title = models.CharField("名称", max_length=120)
    proves = models.CharField("证明内容", max_length=400)
    provider = models.CharField("来源（提供人）", max_length=120)
    from_complainant = models.BooleanField("投诉人提供", default=False)
    collected_on = models.DateField("收集之日")
    collectors = ArrayField(models.BigIntegerField(), verbose_name="收集人", default=list)
    collected_by = models.CharField(
        "收集人姓名、证号", max_length=200, blank=True
    )  # frozen as text, reads the same later
    place = models.CharField("收集地点", max_length=120, blank=True)
    form = models.CharField("原件或复制件", max_length=12, choices=Form)
    pages = models.IntegerField("页数", null=True)
    extraction = models.CharField("电子数据提取说明", max_length=400, blank=True)
    sealed = models.BooleanField("密封", default=False)
    readers = ArrayField(models.BigIntegerField(), default=list)  # who alone may see a sealed piece: the database obeys

    class Meta:
        verbose_name = "证据"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sealed", "ordinal"], name="evidence_ordinal"),
            models.UniqueConstraint(fields=["dossier", "file"], name="evidence_file_once"),
            models.CheckConstraint(
                condition=models.Q(sealed=False) | models.Q(readers__len__gt=0), name="evidence_sealed_has_readers"
            ),
        ]

    def __str__(self):
        return f"{self.ordinal}. {self.title}"


class Custody(models.Model):
    """One link of the chain of custody (保管链): who had the piece, when, and what was done. Only ever added."""

    class Act(models.TextChoices):
        ENTERED = "entered", "入卷"
        HANDED_OVER = "handed_over", "移交"
        TAKEN_OUT = "taken_out", "调取"
        BROUGHT_BACK = "brought_back", "归还"
        COPIED = "copied", "复制"
        VERIFIED = "verified", "核验"
        PRESENTED = "presented", "出示质证"
        RETURNED = "returned", "退还提供人"

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    at = models.DateTimeField("时间")
    act = models.CharField("事项", max_length=12, choices=Act)
    by_id = models.BigIntegerField("经手人")
    by_name = models.CharField("经手人姓名", max_length=60)
    to = models.CharField("交给", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "保管记录"
        indexes = [models.Index(fields=["evidence", "id"], name="custody_evidence")]


class Recording(models.Model):
    """Sound and picture of one step (音像记录, apl-47): the piece of evidence, or the written reason why there is none.

    While there is neither, the step should have been recorded and nobody has brought it yet.
    """

    dossier = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="+", verbose_name="卷宗")
    step_seq = models.IntegerField("步骤序号")
    step_label = models.CharField("步骤", max_length=40)
    subject = models.CharField("情形", max_length=40)  # a key of law/recordings.yaml
    must = models.BooleanField("应当录")
    on = models.DateField("步骤之日")
    evidence = models.OneToOneField(Evidence, models.PROTECT, null=True, related_name="recording", verbose_name="证据")
    began_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    device = models.CharField("设备", max_length=80, blank=True)
    reason = models.CharField("没有录的原因", max_length=400, blank=True)
    reason_by = models.CharField("说明人", max_length=60, blank=True)

    class Meta:
        verbose_name = "音像记录"
        indexes = [models.Index(fields=["dossier", "step_seq"], name="recording_step")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(evidence=None) | models.Q(reason=""), name="recording_or_reason"
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.step_label}（{self.on}）"


class Moment(models.Model):
    """A moment of a recording that somebody marked (标记), with what is to be seen or heard there. Only ever added."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="moments", verbose_name="证据")
    seconds = models.IntegerField("第几秒")
    note = models.CharField("说明", max_length=200)
    step_seq = models.IntegerField("对应步骤", null=True)
    step_label = models.CharField("步骤", max_length=40, blank=True)
    at = models.DateTimeField("时间")
    by_id = models.BigIntegerField("标记人")
    by_name = models.CharField("标记人姓名", max_length=60)

    class Meta:
        verbose_name = "标记"
        constraints = [models.CheckConstraint(condition=models.Q(seconds__gte=0), name="moment_not_negative")]


class MaskedCopy(models.Model):
    """A copy with areas blacked out (遮盖副本), beside an original that stays as it is; what may leave in its place (lsr-12)."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="masked", verbose_name="证据")
    file = models.OneToOneField(File, models.PROTECT, related_name="+", verbose_name="电子文件")
    areas = models.TextField("遮盖的位置")  # as rules of masking.py read them
    why = models.CharField("遮盖的原因", max_length=200)
    at = models.DateTimeField("时间")
    by_id = models.BigIntegerField("制作人")
    by_name = models.CharField("制作人姓名", max_length=60)

    class Meta:
        verbose_name = "遮盖副本"


class CameraFile(models.Model):
    """One file of a device (记录仪录像), imported or refused; whether it came into a case is seen by its file's evidence.

    `began_at` and `ended_at` are what the device said less its clock's offset. Kept until `kept_to`, longer while held, and
    with the case once it is evidence (law/clocks/recording.yaml).
    """

    class Source(models.TextChoices):
        BODY = "body", "执法记录仪"
        ROOM = "room", "接待室监控"

    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", verbose_name="机关")
    source = models.CharField("来源", max_length=4, choices=Source)
    device = models.CharField("设备编号", max_length=60)
    name = models.CharField("原文件名", max_length=200)
    size = models.BigIntegerField("字节数")
    device_said = models.DateTimeField("设备时间")
    offset_seconds = models.IntegerField("设备快几秒")
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    file = models.OneToOneField(File, models.PROTECT, null=True, related_name="camera", verbose_name="电子文件")
    problem = models.CharField("没有收下的原因", max_length=400, blank=True)
    kept_to = models.DateField("保存至")
    hold = models.CharField("留存原因", max_length=200, blank=True)
    at = models.DateTimeField("导入时间")
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+", verbose_name="导入人")

    class Meta:
        verbose_name = "记录仪录像"
        indexes = [models.Index(fields=["bureau", "-began_at"], name="camera_bureau")]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "device", "name", "size", "device_said"], name="camera_once")
        ]  # fmt: skip

    def __str__(self):
        return self.name
