"""The list of those who owe migrant workers wages (拖欠农民工工资失信联合惩戒对象名单): who is on it, from when to when, why no more."""

from django.db import models


class Listing(models.Model):
    """One employer that did not obey an order to pay, from the notice to the removal. What the order demanded is kept as it was then.

    `since_on` is the day from which the period counts: that of the decision, or of its restoration (black-11, black-15).
    """

    class Condition(models.TextChoices):
        AMOUNT = "amount", "拖欠数额达到认定拒不支付劳动报酬罪的数额标准"
        EVENT = "event", "因拖欠引发群体性事件、极端事件，造成严重不良社会影响"
        SUBCONTRACT = "subcontract", "违法发包、转包、分包给不具备用工主体资格的组织、个人，其拖欠达到前两项之一"

    class Removal(models.TextChoices):
        EXPIRED = "expired", "期满移出"
        EARLY = "early", "准予提前移出"
        REVOKED = "revoked", "列入决定被撤销"

    dossier = models.OneToOneField("dossier.Dossier", models.PROTECT, primary_key=True, related_name="listing")
    case = models.ForeignKey("dossier.Dossier", models.PROTECT, related_name="+")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")  # the order or decision not obeyed
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    employer = models.ForeignKey("employers.Employer", models.PROTECT, null=True, related_name="+")
    name = models.CharField("名称", max_length=120)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    overdue_on = models.DateField("责令支付的最后一日")
    amount = models.DecimalField("逾期未付（元）", max_digits=14, decimal_places=2)
    condition = models.CharField("列入情形", max_length=12, choices=Condition)
    facts = models.TextField("列入事由")
    judged = models.CharField(
        "数额的书面认定", max_length=4, blank=True
    )  # yes or no, of a leader, while no amount is set
    promised_on = models.DateField("决定前改正之日", null=True)  # corrected and promised before the decision (black-7)
    declined = models.CharField("不予列入的原因", max_length=10, blank=True)  # a key of forms.WHY_NOT
    again = models.BooleanField("再次列入", default=False)
    decided_on = models.DateField("决定列入之日", null=True)
    since_on = models.DateField("期间起算之日", null=True)
    until_on = models.DateField("期满之日", null=True)
    published_on = models.DateField("公布之日", null=True)
    places = models.CharField("公布的网站", max_length=400, blank=True)
    applied_on = models.DateField("申请提前移出之日", null=True)
    promise = models.CharField("书面承诺", max_length=64, blank=True)  # digest of the scan
    corrected_on = models.DateField("改正之日", null=True)
    halted_on = models.DateField("停止公布之日", null=True)  # suspended, or to be removed: nobody reads it from then on
    removal = models.CharField("移出的原因", max_length=8, choices=Removal, blank=True)
    removed_on = models.DateField("移出之日", null=True)

    class Meta:
        verbose_name = "失信名单"
        constraints = [
            models.UniqueConstraint(fields=["case", "party"], condition=models.Q(declined=""), name="listed_once")
        ]
        indexes = [
            models.Index(fields=["employer"], name="listing_employer"),
            models.Index(fields=["-published_on", "-dossier"], name="listing_published"),
        ]


class Person(models.Model):
    """A person who answers for the arrears and is listed with the employer (black-5). The identity number stands in no publication."""

    class Role(models.TextChoices):
        HEAD = "head", "法定代表人（主要负责人）"
        MANAGER = "manager", "直接负责的主管人员"
        OTHER = "other", "其他直接责任人员"

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="persons")
    seq = models.IntegerField()  # the entry that wrote it
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("责任", max_length=8, choices=Role)
    id_number = models.CharField("身份证号", max_length=18, blank=True)
    reason = models.TextField("承担责任的事实")
    dropped_seq = models.IntegerField(null=True)

    class Meta:
        verbose_name = "责任人员"
        indexes = [models.Index(fields=["listing"], name="persons_of_listing")]


class Objection(models.Model):
    """What somebody who was told of the listing objected, and what the verification found (black-6)."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="objections")
    seq = models.IntegerField()
    who = models.CharField("提出异议的人", max_length=120)
    received_on = models.DateField("收到之日")
    found = models.CharField("核实结果", max_length=5, blank=True)  # right or wrong
    answered_on = models.DateField("答复之日", null=True)

    class Meta:
        verbose_name = "列入名单的异议"
        indexes = [models.Index(fields=["listing"], name="objections_of_listing")]


class Bar(models.Model):
    """What keeps a listed employer from an early removal (black-13), until it is lifted."""

    class Kind(models.TextChoices):
        ARREARS = "arrears", "列入期间再次发生拖欠"
        PENDING = "pending", "因涉嫌拒不支付劳动报酬犯罪正在刑事诉讼期间"
        CONVICTED = "convicted", "因拒不支付劳动报酬犯罪被判决有罪"
        OTHER = "other", "法律、行政法规和中央政策规定的其他情形"

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="bars")
    seq = models.IntegerField()
    kind = models.CharField("情形", max_length=10, choices=Kind)
    on = models.DateField("发生之日")
    facts = models.TextField("事实")
    document = models.CharField("凭据", max_length=120)
    lifted_on = models.DateField("消除之日", null=True)

    class Meta:
        verbose_name = "不得提前移出的情形"
        indexes = [models.Index(fields=["listing"], name="bars_of_listing")]
