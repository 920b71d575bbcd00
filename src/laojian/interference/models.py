"""Who asked what about a case, and what became of it: append-only, shown by the database to recorder and discipline organ alone."""

from django.db import models


class Approach(models.Model):
    """One attempt to sway a case, or one question about it (干预、过问), as its recorder told it. Never changed, never removed.

    The row is what seals the file: from its insertion on, the database shows file and row only to whoever recorded it and to the
    discipline officers of `organ`, never to the person recorded, nor to whoever leads that bureau.
    """

    class Kind(models.TextChoices):
        INTERFERENCE = "interference", "干预"
        INQUIRY = "inquiry", "打听、过问"
        OFFICIAL = "official", "正式指示（有文号，不算干预）"

    class Channel(models.TextChoices):
        FACE = "face", "面谈"
        PHONE = "phone", "电话"
        MESSAGE = "message", "微信、短信"
        DOCUMENT = "document", "文件、批示"
        OTHER = "other", "其他"

    class Category(models.TextChoices):
        LEADER = "leader", "领导干部"
        INTERNAL = "internal", "本机关人员"
        RELATIVE = "relative", "亲友"
        OUTSIDER = "outsider", "其他人员"

    class Demand(models.TextChoices):
        NOT_FILE = "not_file", "不立案"
        REVOKE = "revoke", "撤案"
        LIGHTER = "lighter", "减轻处罚"
        DELAY = "delay", "拖延办理"
        HEAVIER = "heavier", "加重处罚"
        ASK = "ask", "打探案情"
        LEAK = "leak", "泄露案情"
        OTHER = "other", "其他"

    dossier = models.OneToOneField("dossier.Dossier", models.PROTECT, primary_key=True, related_name="approach")
    recorder_id = models.BigIntegerField()
    organ_id = models.BigIntegerField()  # the bureau whose discipline officers receive it
    subject_id = models.BigIntegerField(null=True)  # the officer recorded, where it is one of the platform
    kind = models.CharField("性质", max_length=12, choices=Kind)
    case = models.CharField("案号", max_length=40)
    happened_at = models.DateTimeField("发生时间")
    channel = models.CharField("方式", max_length=10, choices=Channel)
    category = models.CharField("人员类别", max_length=10, choices=Category)
    person = models.CharField("姓名", max_length=60)
    unit = models.CharField("单位、职务", max_length=120, blank=True)
    relation = models.CharField("与本案、当事人的关系", max_length=120, blank=True)
    demand = models.CharField("要求", max_length=10, choices=Demand)
    content = models.TextField("原话、内容")
    response = models.TextField("办案人员怎样回应")
    witness = models.CharField("在场人", max_length=120, blank=True)
    document = models.CharField("文号", max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "干预过问"


class Consequence(models.Model):
    """What the discipline organ did about it: for the person recorded, and whether the handler was wronged for recording it."""

    dossier = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="+")
    seq = models.IntegerField()
    on = models.DateField("处理之日")
    result = models.TextField("对当事人员的处理")
    document = models.CharField("处理文号", max_length=80, blank=True)
    retaliation = models.TextField("登记人受到打击报复的情况和处理", blank=True)
    by_name = models.CharField(max_length=60)

    class Meta:
        verbose_name = "干预的处理"
        indexes = [models.Index(fields=["dossier"], name="consequence_dossier")]
