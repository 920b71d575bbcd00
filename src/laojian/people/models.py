"""Bureaus, the officers who work there, the posts they hold and the certificates they carry."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Bureau(models.Model):
    """An authority of enforcement: city, district or town team. `district` is the bureau at whose level its files are seen."""

    class Level(models.TextChoices):
        CITY = "city", "市级"
        DISTRICT = "district", "区级"
        TOWN = "town", "街镇"

    name = models.CharField("名称", max_length=80, unique=True)
    short = models.CharField("机关代字", max_length=20, unique=True)
    level = models.CharField("层级", max_length=8, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    district = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    region = models.CharField("行政区", max_length=40)
    address = models.CharField("地址", max_length=120, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    reconsideration = models.CharField("行政复议机关", max_length=80, blank=True)
    court = models.CharField("管辖法院", max_length=80, blank=True)
    fine_bank = models.CharField("代收罚款机构", max_length=80, blank=True)
    arbitration = models.JSONField("劳动人事争议仲裁委员会", default=dict, blank=True)  # name, address, phone
    options = models.JSONField("本地配置", default=dict, blank=True)  # each read through lawbook's local options

    class Meta:
        verbose_name = "机关"

    def __str__(self):
        return self.name


class Officers(BaseUserManager):
    """Officers by username; a deactivated officer cannot log in."""

    def get_by_natural_key(self, username):
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A person who logs in. `system` marks the two actors that are nobody: the clock and the public counter."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="officers", null=True, blank=True)
    team = models.CharField("科室（中队）", max_length=40, blank=True)
    is_active = models.BooleanField("在用", default=True)
    system = models.BooleanField(default=False)

    objects = Officers()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "人员"

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    """The posts of the procedure (`procedure.md` §2.1); the word is the same in the table, the record and the screen."""

    CLERK = "clerk", "受理窗口"
    INSPECTOR = "inspector", "劳动保障监察员"
    UNIT_HEAD = "unit_head", "监察机构负责人"
    REVIEWER = "reviewer", "法制审核人员"
    DEPUTY = "deputy", "分管负责人"
    CHIEF = "chief", "主要负责人"
    HEARING_OFFICER = "hearing_officer", "听证主持人"
    ARCHIVIST = "archivist", "档案员"
    SUPERVISION = "supervision", "执法监督"
    AUDITOR = "auditor", "审计"
    DISCIPLINE = "discipline", "纪检监察"
    ADMIN = "admin", "系统管理员"


class Post(models.Model):
    """An officer holds a post in a bureau from one day to another; a past post stays, so that the record can be read."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=16, choices=Role)
    since = models.DateField("任职之日")
    until = models.DateField("离任之日", null=True, blank=True)

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.UniqueConstraint(fields=["officer", "bureau", "role", "since"], name="post_once"),
        ]
        indexes = [models.Index(fields=["bureau", "role"], name="post_bureau_role")]


class Certificate(models.Model):
    """A certificate of enforcement (行政执法证 / 劳动保障监察证), valid on its days only. Source: apl-42, lsr-16."""

    class Kind(models.TextChoices):
        ENFORCEMENT = "enforcement", "行政执法证"
        SUPERVISION = "supervision", "劳动保障监察证"
        LAWYER = "lawyer", "法律职业资格"

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="certificates")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    number = models.CharField("证号", max_length=40, unique=True)
    valid_from = models.DateField("有效期始")
    valid_to = models.DateField("有效期止")
    revoked_on = models.DateField("注销之日", null=True, blank=True)

    class Meta:
        verbose_name = "证件"


class Leave(models.Model):
    """Days on which an officer is away and can be drawn for no inspection."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="leaves")
    since = models.DateField("自")
    until = models.DateField("至")
    reason = models.CharField("事由", max_length=80)

    class Meta:
        verbose_name = "休假"
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="leave_not_reversed")
        ]


class Speciality(models.Model):
    """A field in which an officer is versed: of those who inspect, one has what the inspection needs."""

    class Field(models.TextChoices):
        WAGES = "wages", "工资支付"
        CONTRACTS = "contracts", "劳动合同"
        HOURS = "hours", "工时休假"
        INSURANCE = "insurance", "社会保险"
        BUILDING = "building", "工程建设领域"
        MARKET = "market", "人力资源市场"
        TRAINING = "training", "职业培训与评价"
        PROTECTION = "protection", "女职工和未成年工"

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="specialities")
    field = models.CharField("专长", max_length=12, choices=Field)

    class Meta:
        verbose_name = "专长"
        constraints = [models.UniqueConstraint(fields=["officer", "field"], name="speciality_once")]


class Secondment(models.Model):
    """An officer works for another bureau, on its written document, for a time: inspects there in its name."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="secondments")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name="借调到")
    document = models.CharField("依据文书", max_length=80)
    since = models.DateField("自")
    until = models.DateField("至")

    class Meta:
        verbose_name = "借调"
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="secondment_not_reversed")
        ]
