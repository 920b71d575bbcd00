"""Where a file comes from: complaints 投诉, tips 举报, leads 线索. Each source keeps its own duty of reply, also when merged."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Source(models.Model):
    """One source of a file (`procedure.md` §1.1). A file has any number; a complainant's name reaches the employer only by consent."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "投诉"
        TIP = "tip", "举报"
        PATROL = "patrol", "日常巡视检查"
        DOCUMENT_REVIEW = "document_review", "书面审查"
        SPECIAL = "special", "专项检查"
        RANDOM = "random", "双随机抽查"
        ASSIGNED = "assigned", "上级交办"
        TRANSFER_IN = "transfer_in", "其他机关移送"
        REFERRAL = "referral", "热线等转办"
        WAGE_PLATFORM = "wage_platform", "欠薪线索平台"
        PETITION = "petition", "信访"
        SELF_FOUND = "self_found", "自行发现"

    dossier = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="sources")
    bureau = models.ForeignKey("people.Bureau", models.PROTECT, related_name="+")
    kind = models.CharField("来源", max_length=16, choices=Kind)
    number = models.CharField("回执编号", max_length=40, unique=True)
    code_round = models.IntegerField(default=0)  # raised when a lost query code is replaced
    received_at = models.DateTimeField("收到时间")
    summary = models.TextField("反映事项")
    request = models.TextField("请求", blank=True)
    document = models.CharField("来文字号", max_length=80, blank=True)
    name = models.CharField("投诉人", max_length=60, blank=True)
    id_number = models.CharField("身份证号", max_length=18, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    address = models.CharField("住所", max_length=120, blank=True)
    group = models.JSONField("代表人", default=list)  # [{name, phone, mandate}]: representatives of a group (impl-12)
    consent_on = models.DateField("同意向单位披露姓名之日", null=True)
    sealed = models.BooleanField("举报人密封", default=False)
    withdrawn_on = models.DateField("撤回之日", null=True)
    withdrawal = models.TextField("撤回理由", blank=True)
    replied_on = models.DateField("答复之日", null=True)
    reply = models.TextField("答复", blank=True)

    class Meta:
        verbose_name = "来源"
        indexes = [models.Index(fields=["dossier"], name="source_dossier")]

    @property
    def must_reply(self) -> bool:
        """Whether somebody waits for an answer: complaints, tips under a name, referrals, transfers, petitions, assignments."""
        return self.kind in WAITING and (self.kind != self.Kind.TIP or self.sealed)


K = Source.Kind
WAITING = {K.COMPLAINT, K.TIP, K.ASSIGNED, K.TRANSFER_IN, K.REFERRAL, K.WAGE_PLATFORM, K.PETITION}
del K


class Informant(models.Model):
    """Who reported (举报人), sealed: the database itself shows the row to its `readers` only (lsr-9, lsr-12)."""

    source = models.OneToOneField(Source, models.CASCADE, primary_key=True, related_name="+")
    readers = ArrayField(models.BigIntegerField(), default=list)
    name = models.CharField("姓名", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    id_number = models.CharField("身份证号", max_length=18, blank=True)
    note = models.TextField("其他", blank=True)


class WrongCode(models.Model):
    """A pair of number and code that fits no receipt, typed on the public page; forgotten after the pause it can cause."""

    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="wrong_code_at")]
