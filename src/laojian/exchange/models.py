"""What leaves the platform as credit information (信用信息报送), and every attempt to hand it over. What was sent is never changed."""

from django.db import models


class Kind(models.TextChoices):
    """What a platform may take."""

    PENALTY = "penalty", "行政处罚"
    LISTING = "listing", "列入名单"
    REMOVAL = "removal", "移出名单"
    PUBLICATION = "publication", "社会公布"
    REPAIR = "repair", "信用修复"
    GRADE = "grade", "信用等级"


class Outgoing(models.Model):
    """One version of one thing for one platform. A later version of the same key corrects it or takes it back.

    A row is written with the step that decides what it says, and moves with it or not at all; only how far its delivery has come
    changes afterwards.
    """

    class Act(models.TextChoices):
        PUT = "put", "报送"
        WITHDRAW = "withdraw", "撤回"

    class Delivery(models.TextChoices):
        HELD = "held", "内容不全"
        WAITING = "waiting", "待送达"
        DELIVERED = "delivered", "已收到"
        REPLACED = "replaced", "被后一版代替"

    dossier = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="outgoings", db_index=False)
    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", db_index=False)
    platform = models.CharField("平台", max_length=20)  # key in law/exchange/platforms.yaml
    kind = models.CharField("类别", max_length=12, choices=Kind)
    key = models.CharField("报送的事项", max_length=80)
    version = models.IntegerField("版次")
    act = models.CharField("动作", max_length=8, choices=Act)
    payload = models.JSONField("内容", default=dict)
    digest = models.CharField("摘要", max_length=64)
    reason = models.CharField("理由", max_length=400, blank=True)
    faults = models.JSONField("不合模板之处", default=list)
    name = models.CharField("说的是谁", max_length=200, blank=True)
    due_on = models.DateField("最后一日", null=True)
    why = models.JSONField("怎样算出来的", default=list)  # how the last day was reckoned, line by line
    made_at = models.DateTimeField("生成时间")
    delivery = models.CharField("状态", max_length=10, choices=Delivery)
    tries = models.IntegerField("推送次数", default=0)
    next_at = models.DateTimeField("下次推送", null=True)  # null: nobody pushes it
    receipt = models.CharField("回执号", max_length=80, blank=True)
    delivered_at = models.DateTimeField("收到时间", null=True)

    class Meta:
        verbose_name = "信用信息报送"
        constraints = [models.UniqueConstraint(fields=["platform", "key", "version"], name="outgoing_once")]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="outgoing_next"),
            models.Index(fields=["bureau", "-id"], name="outgoing_bureau"),
            models.Index(
                fields=["bureau", "-id"], condition=models.Q(delivery__in=["held", "waiting"]), name="outgoing_open"
            ),
            models.Index(fields=["key"], name="outgoing_key"),
            models.Index(fields=["dossier"], name="outgoing_dossier"),
        ]

    def __str__(self):
        return f"{self.key} 第 {self.version} 版"


class Attempt(models.Model):
    """One attempt to hand a version over, and what came of it; a receipt entered by hand is one too. Never changed, never removed."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "平台已收到"
        REFUSED = "refused", "平台不收"
        WRONG = "wrong", "平台答复有误"
        DOWN = "down", "连不上或者没有答复"
        COMPARED = "compared", "对账发现不一致"

    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="attempts")
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    status = models.IntegerField("HTTP 状态", null=True)
    answer = models.CharField("平台的答复", max_length=2000, blank=True)
    receipt = models.CharField("回执号", max_length=80, blank=True)
    by_name = models.CharField("登记人", max_length=60, blank=True)  # empty: the platform pushed it by itself

    class Meta:
        verbose_name = "报送的尝试"


class Connection(models.Model):
    """Where a bureau reaches a platform, and the key with which it signs; without one its rows wait to be handed over as files."""

    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", db_index=False)
    platform = models.CharField("平台", max_length=20)
    url = models.URLField("接口地址", max_length=300)
    secret = models.TextField("签名密钥")  # encrypted, and shown to nobody
    document = models.CharField("依据文件", max_length=120)
    by_name = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "平台的连接"
        constraints = [models.UniqueConstraint(fields=["bureau", "platform"], name="connected_once")]


class Comparison(models.Model):
    """One night's comparison of what a platform holds with what was sent to it; `problems` are for people to look at."""

    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+", db_index=False)
    platform = models.CharField("平台", max_length=20)
    at = models.DateTimeField("时间")
    held = models.IntegerField("平台所存件数", default=0)
    agreed = models.IntegerField("一致", default=0)
    mended = models.IntegerField("重新报送", default=0)
    problems = models.JSONField("须人工核对", default=list)

    class Meta:
        verbose_name = "对账"
        indexes = [models.Index(fields=["bureau", "-id"], name="comparison_bureau")]
