"""What a case is about: parties, workers and their claim ledger, orders and decisions as obligations, payments, inquiries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Case(models.Model):
    """The substance of a file of the general procedure: one to one with its dossier."""

    class Violation(models.TextChoices):
        INSTANT = "instant", "已终了"
        CONTINUOUS = "continuous", "连续"
        CONTINUING = "continuing", "继续"

    dossier = models.OneToOneField("dossier.Dossier", models.CASCADE, primary_key=True, related_name="case")
    matter = models.CharField("案由", max_length=40)  # key in law/matters.yaml
    violation = models.CharField("违法状态", max_length=12, choices=Violation, blank=True)
    began_on = models.DateField("违法行为起", null=True)
    ceased_on = models.DateField("违法行为止", null=True)
    found_on = models.DateField("首次发现之日", null=True)  # limitation is stopped for good on this day (lsr-20)
    facts = models.TextField("查明事实", blank=True)
    proposal = models.CharField("处理建议", max_length=20, blank=True)
    proposed_fine = models.DecimalField("拟罚款（元）", max_digits=14, decimal_places=2, null=True)
    crime = models.CharField("涉嫌犯罪判断", max_length=12, blank=True)
    discussed = models.CharField(
        "集体讨论的结论", max_length=12, blank=True
    )  # agreed or otherwise, of the newest discussion

    class Meta:
        verbose_name = "案件"


class Party(models.Model):
    """A party of any kind. `role` is what it is in this case; an employer on the register is linked, others are not."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", "用人单位"
        BRANCH = "branch", "分支机构"
        PERSON = "person", "自然人"
        WORKSHOP = "workshop", "无照经营者"
        CONTROLLER = "controller", "实际控制人"
        MAIN_CONTRACTOR = "main_contractor", "施工总承包单位"
        DEVELOPER = "developer", "建设单位"
        AGENCY = "agency", "劳务派遣、中介机构"
        LANDLORD = "landlord", "出租方等代付人"

    class Role(models.TextChoices):
        RESPONDENT = "respondent", "被投诉（检查）人"
        LIABLE = "liable", "承担责任的其他主体"
        PAYER = "payer", "代付人"
        THIRD = "third", "第三人"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="parties")
    kind = models.CharField("主体类型", max_length=16, choices=Kind)
    role = models.CharField("身份", max_length=12, choices=Role)
    employer = models.ForeignKey("employers.Employer", models.PROTECT, null=True, related_name="+")
    name = models.CharField("名称（姓名）", max_length=120)
    code = models.CharField("信用代码（身份证号）", max_length=18, blank=True)
    address = models.CharField("住所", max_length=200, blank=True)
    legal_rep = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    post = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)

    class Meta:
        verbose_name = "当事人"
        indexes = [models.Index(fields=["dossier"], name="party_dossier")]


class Worker(models.Model):
    """A worker whose wages the case is about. The sums are never stored: they are the lines of the ledger."""

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="workers")
    source = models.ForeignKey("intake.Source", models.SET_NULL, null=True, related_name="workers")
    name = models.CharField("姓名", max_length=60)
    id_number = models.CharField("身份证号", max_length=18, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    trade = models.CharField("工种", max_length=40, blank=True)
    bank = models.CharField("开户行", max_length=60, blank=True)
    card = models.CharField("银行卡号", max_length=32, blank=True)

    class Meta:
        verbose_name = "劳动者"
        indexes = [models.Index(fields=["dossier"], name="worker_dossier")]


class Payment(models.Model):
    """Money that reached workers or the treasury: who paid, for whose debt, when, by what way, on what proof."""

    class Way(models.TextChoices):
        VOLUNTARY = "voluntary", "自行支付"
        COORDINATED = "coordinated", "协调支付"
        ORDERED = "ordered", "按指令（决定）支付"
        ENFORCED = "enforced", "强制执行到位"

    class Of(models.TextChoices):
        WAGES = "wages", "工资等待遇"
        COMPENSATION = "compensation", "加付赔偿金"
        FINE = "fine", "罚款"
        REFUND = "refund", "退还费用"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="payments")
    seq = models.IntegerField()
    on = models.DateField("到账日期")
    of = models.CharField("款项", max_length=12, choices=Of)
    way = models.CharField("方式", max_length=12, choices=Way)
    payer = models.ForeignKey(Party, models.PROTECT, related_name="payments")
    obligation = models.ForeignKey("Obligation", models.PROTECT, null=True, related_name="payments")
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2)
    voucher = models.CharField("凭证", max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="payment_dossier")]


class LedgerLine(models.Model):
    """One line of a worker's ledger: what was found, coordinated, ordered or paid on which day, for which months.

    Months are text "YYYY-MM" and need not be contiguous. A mistake is corrected by a line with the opposite sign.
    """

    class Kind(models.TextChoices):
        FOUND = "found", "查明"
        COORDINATED = "coordinated", "协调确认"
        ORDERED = "ordered", "责令支付"
        PAID = "paid", "已付"
        ENFORCED = "enforced", "执行到位"

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="lines")
    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="ledger")
    seq = models.IntegerField()  # the entry that wrote it
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    months = ArrayField(models.CharField(max_length=7), default=list)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="lines")
    obligation = models.ForeignKey("Obligation", models.PROTECT, null=True, related_name="lines")
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="ledger_dossier")]


class Obligation(models.Model):
    """What an order or a decision demands of one addressee, on which ground, for whose debt; tracked until met."""

    class Kind(models.TextChoices):
        CORRECT = "correct", "改正"
        PAY = "pay", "支付工资等待遇"
        COMPENSATE = "compensate", "加付赔偿金"
        FINE = "fine", "缴纳罚款"
        CONFISCATE = "confiscate", "没收违法所得"
        WARN = "warn", "警告"
        REFUND = "refund", "退还费用"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="obligations")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    seq = models.IntegerField()
    kind = models.CharField("义务", max_length=12, choices=Kind)
    addressee = models.ForeignKey(Party, models.PROTECT, related_name="obligations")
    debtor = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    ground = models.CharField("承担责任的依据", max_length=40)  # key in law/articles.yaml
    demand = models.TextField("要求")
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, null=True)
    met_on = models.DateField("履行完毕之日", null=True)
    unmet_on = models.DateField("核实未履行之日", null=True)  # when its time was over and it was found not obeyed
    note = models.CharField("履行情况", max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["dossier"], name="obligation_dossier"),
            models.Index(fields=["dossier"], condition=models.Q(kind="pay", met_on=None), name="obligation_unpaid"),
        ]


class Finding(models.Model):
    """A violation established against one party (认定): which power, in which version, on which facts, and what fine follows.

    The version, the range and every step of the sum are kept as they were reckoned on the day, and never computed again.
    `floor` is the least of a fine on the grounds found, `optional` says that there may be none; `same_as` is another
    finding about the same act (apl-29).
    """

    class Whom(models.TextChoices):
        EMPLOYER = "employer", "当事人本身"
        RESPONSIBLE = "responsible", "作为责任人员"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="findings")
    seq = models.IntegerField()
    party = models.ForeignKey(Party, models.PROTECT, related_name="findings")
    whom = models.CharField("处罚对象", max_length=12, choices=Whom)
    power = models.CharField("权力事项", max_length=60)  # key in law/powers
    version = models.DateField("适用版本施行之日")
    acted_on = models.DateField("行为之日")  # the day whose law the act falls under
    facts = models.JSONField()  # as lawbook.facts reads them
    tier = models.CharField("裁量档次", max_length=20, blank=True)  # key in law/discretion/tiers.yaml
    lowest = models.DecimalField("法定最低（元）", max_digits=14, decimal_places=2)
    highest = models.DecimalField("法定最高（元）", max_digits=14, decimal_places=2, null=True)
    floor = models.DecimalField("可以低至（元）", max_digits=14, decimal_places=2)
    optional = models.BooleanField("可以不罚款")
    amount = models.DecimalField("拟罚款（元）", max_digits=14, decimal_places=2)
    why = models.JSONField()  # [{text, basis, cite}]
    reason = models.TextField("书面理由", blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    dropped_seq = models.IntegerField(null=True)  # the entry that dropped it

    class Meta:
        verbose_name = "认定"
        indexes = [models.Index(fields=["dossier"], name="finding_dossier")]


class Inquiry(models.Model):
    """A record of inquiry (询问笔录): one person each, times to the minute, rights told, signed per page (lsr-15, apl-55)."""

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="inquiries")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, related_name="+")
    seq = models.IntegerField()
    person = models.CharField("被询问人", max_length=60)
    standing = models.CharField("与本案关系", max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=120)
    inspectors = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="inquiry_dossier")]


class Avoidance(models.Model):
    """A request that an officer keep away from the case (回避), open until a leader decides (impl-23, apl-43)."""

    class AskedBy(models.TextChoices):
        PARTY = "party", "当事人申请"
        OFFICER = "officer", "本人提出"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="avoidances")
    seq = models.IntegerField()
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    name = models.CharField("被申请回避的人员", max_length=60)
    asked_by = models.CharField("提出方式", max_length=8, choices=AskedBy)
    applicant = models.CharField("申请人", max_length=120)
    grounds = models.TextField("理由")
    received_on = models.DateField("收到之日")
    granted = models.BooleanField("是否准许", null=True)
    decided_on = models.DateField("决定之日", null=True)

    class Meta:
        verbose_name = "回避"
        indexes = [models.Index(fields=["dossier"], name="avoidance_dossier")]


class Keeping(models.Model):
    """Evidence registered and kept where it is (先行登记保存): approved first, then kept, then disposed of or released (apl-56)."""

    class Ending(models.TextChoices):
        COPIED = "copied", "复制后返还"
        RETURNED = "returned", "返还"
        APPRAISED = "appraised", "送交检测鉴定"
        HANDED_OVER = "handed_over", "移交有关机关"
        RELEASED = "released", "解除登记保存"
        REFUSED = "refused", "不予批准"
        LAPSED = "lapsed", "期满自动解除"

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="keepings")
    seq = models.IntegerField()
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    items = models.TextField("物品（每行一件）")
    reason = models.TextField("理由")
    place = models.CharField("保存地点", max_length=120)
    keeper = models.CharField("保管人", max_length=60)
    evidence_id = models.BigIntegerField("入卷证据", null=True)
    approved_on = models.DateField("批准之日", null=True)
    kept_on = models.DateField("登记保存之日", null=True)
    ended_on = models.DateField("处理之日", null=True)
    ending = models.CharField("处理方式", max_length=12, choices=Ending, blank=True)

    class Meta:
        verbose_name = "先行登记保存"
        indexes = [models.Index(fields=["dossier"], name="keeping_dossier")]


class Import(models.Model):
    """A list of workers being taken in: the file as it came, how far it is, and a report for each row that needs one."""

    dossier = models.ForeignKey("dossier.Dossier", models.CASCADE, related_name="imports")
    by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    content = models.BinaryField()  # the workbook, or the pasted text in UTF-8
    pasted = models.BooleanField(default=False)
    total = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    amount = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    problems = models.JSONField(default=list)  # what is wrong with the file, or why the step was refused
    rows = models.JSONField(default=list)  # [{row, name, ok, messages}] of rows with errors or warnings
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "-id"], name="import_dossier")]
