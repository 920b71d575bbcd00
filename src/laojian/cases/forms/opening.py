"""What registration, acceptance and assignment ask."""

from django import forms

from laojian.dossier.models import Dossier
from laojian.employers.identifiers import check_identity_number, check_phone
from laojian.intake.models import Source
from laojian.lawbook import worded
from laojian.people.models import Officer
from laojian.procedure.step import File, local

from ..matters import matters
from ..models import Case, Party
from ..queries import team
from .fields import SEXES, CaseGiven, Day, Line, Moment, Prose, Yuan, choice, code_error, parties, pick, tick


class Registration(CaseGiven):
    """A complaint, a tip or a lead as it comes in. The informant's particulars are kept masked in the record."""

    sealed = ("informant_name", "informant_phone", "informant_id", "id_number", "phone", "informant_note")
    COMPLAINANT = ("name", "id_number", "phone", "address", "representatives", "consent")
    INFORMANT = ("informant_name", "informant_phone", "informant_id", "informant_note")
    # What a record of an oral complaint states.
    ORAL = ("gender", "age", "occupation", "workplace", "began_at", "ended_at", "place")
    when = {
        "document": "kind=assigned,transfer_in,referral,wage_platform,petition", "oral": "kind=complaint",
        **dict.fromkeys(COMPLAINANT, "kind=complaint,referral,wage_platform,petition"),
        **dict.fromkeys(INFORMANT, "kind=tip"), **dict.fromkeys(ORAL, "oral=on"),
    }  # fmt: skip

    kind = choice("来源", Source.Kind.choices)
    received_at = Moment(
        "收到时间", required=False, now=True, help_text="期限从这一天起算；热线、平台转来的写系统里的时间。"
    )
    document = Line("来文字号", required=False, max_length=80)
    matter = choice("案由", ())
    employer = forms.IntegerField(label="用人单位（登记在册）", required=False, widget=forms.HiddenInput)
    respondent = Line("被投诉（检查）单位或个人", required=False, max_length=120)
    respondent_kind = choice("主体类型", Party.Kind.choices, required=False)
    respondent_code = Line("信用代码或身份证号", required=False, max_length=18)
    respondent_address = Line("住所或经营地址", required=False)
    respondent_head = Line("法定代表人或主要负责人", required=False, max_length=60)
    respondent_post = Line("职务", required=False, max_length=40)
    summary = Prose("反映事项", help_text="何时入职、在哪里做什么、欠哪几个月、欠多少、向谁要过。")
    request = Prose(
        "请求", required=False, max_length=2000, help_text="例如：支付 2025 年 10 月至 12 月工资 18,600 元。"
    )
    began_on = Day("违法行为开始", required=False, past=True)
    employed_on = Day("入职之日", required=False, past=True)
    name = Line("投诉人姓名", required=False, max_length=60)
    id_number = Line("投诉人身份证号", required=False, max_length=18)
    phone = Line("联系电话", required=False, max_length=20)
    address = Line("住所", required=False, max_length=120)
    consent = tick("投诉人同意向单位披露姓名", required=False)
    representatives = Prose(
        "代表人", required=False, max_length=1000, help_text="同一事由的集体投诉可以推举，每行一名：姓名 电话。"
    )
    oral = tick("书写有困难，口头投诉，制作笔录", required=False)
    gender = choice("性别", SEXES, required=False)
    age = forms.IntegerField(label="年龄", required=False, min_value=14, max_value=120)
    occupation = Line("职业（工种）", required=False, max_length=40)
    workplace = Line("工作单位", required=False, max_length=120)
    began_at = Moment("笔录开始时间", required=False)
    ended_at = Moment("笔录结束时间", required=False)
    place = Line("笔录地点", required=False, max_length=120)
    informant_name = Line("举报人姓名", required=False, max_length=60)
    informant_phone = Line("举报人电话", required=False, max_length=20)
    informant_id = Line("举报人身份证号", required=False, max_length=18)
    informant_note = Prose("举报人其他情况", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["matter"].choices = [(m.key, m.label) for m in matters().values()]

    def clean(self):
        given = super().clean()
        kind, complaint = given.get("kind"), Source.Kind.COMPLAINT
        if kind == complaint and not given.get("name"):
            self.add_error("name", worded("投诉须写明投诉人姓名（{cite:impl-14}）；不愿具名的，请按举报登记"))
        if kind != Source.Kind.TIP and any(given.get(n) for n in ("informant_name", "informant_phone", "informant_id")):
            self.add_error("informant_name", "只有举报才填写举报人；投诉人请填在投诉人栏")
        if kind == Source.Kind.TIP and any(given.get(n) for n in self.COMPLAINANT):
            self.add_error("name", worded("举报不填投诉人；举报人的情况只填在密封的举报人栏（{cite:lsr-9}）"))
        if "respondent" in self.fields and not given.get("employer") and not given.get("respondent"):
            self.add_error("respondent", "请选择或者写明被投诉（检查）的单位；确实不明的写“不明”，受理审查时告知补正")
        for name in ("id_number", "informant_id"):
            if given.get(name) and (wrong := check_identity_number(given[name], self.on).errors):
                self.add_error(name, "".join(wrong))
        if given.get("phone") and (wrong := check_phone(given["phone"]).errors):
            self.add_error("phone", "".join(wrong))
        self.check_oral(given)
        code = given.get("respondent_code")
        if code and (text := code_error(given.get("respondent_kind", ""), code, self.on)):
            self.add_error("respondent_code", text)
        if given.get("employed_on") and given.get("began_on") and given["began_on"] < given["employed_on"]:
            self.add_error("began_on", "违法行为开始早于入职之日，请核对")
        if given.get("received_at") and self.on and local(given["received_at"]).date() > self.on:
            self.add_error("received_at", "收到时间晚于办理之日，请核对")
        return given

    def check_oral(self, given: dict) -> None:
        """A record of an oral complaint states who complains, and when it was taken down (impl-13, impl-14)."""
        if not given.get("oral"):
            return
        if given.get("kind") != Source.Kind.COMPLAINT:
            self.add_error("oral", "只有投诉才制作口头投诉笔录；举报人的情况另行密封")
        for name in ("name", "phone", "address", "request", *self.ORAL):
            if not given.get(name):
                self.add_error(name, worded("口头投诉笔录须写明此项（{cite:impl-14}）"))
        if given.get("began_at") and given.get("ended_at") and given["ended_at"] <= given["began_at"]:
            self.add_error("ended_at", "结束时间须晚于开始时间")


class AddSource(Registration):
    """One more source on a file that already stands."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [n for n in self.fields if n.startswith("respondent")] + ["employer", "matter", "began_on"]:
            del self.fields[name]

    def offer(self, file: File) -> None:
        """The matter is the file's own."""


class Merge(CaseGiven):
    """The file that is merged into this one."""

    other = pick("并入的卷宗")
    reason = Prose("并案理由", max_length=2000)

    def offer(self, file: File) -> None:
        rows = Dossier.objects.filter(
            bureau=file.dossier["bureau_id"], state__in=("acceptance_review", "supplementing")
        )
        rows = rows.exclude(pk=file.id).order_by("-id").values_list("pk", "title")[:200]
        self.fields["other"].choices = [("", "请选择"), *((pk, f"{title}（{pk}）") for pk, title in rows)]


class Joined(CaseGiven):
    """The file into which this one goes."""

    into = forms.IntegerField(label="并入卷宗")
    reason = Prose("并案理由", max_length=2000)


class Filing(CaseGiven):
    """The three conditions of acceptance, answered one by one (impl-18)."""

    matter = choice("案由", ())
    violation = choice("违法状态", Case.Violation.choices)
    began_on = Day("违法行为起", past=True)
    ceased_on = Day(
        "违法行为终了",
        required=False,
        past=True,
        help_text="连续、继续状态的不填；已终了的必填，{clock:limit_inspect}时效由此起算。",
    )
    opinion = Prose("立案意见")
    in_competence = tick("属于劳动保障监察职权并由本机关管辖")

    def offer(self, file: File) -> None:
        self.fields["matter"].choices = [(m.key, m.label) for m in matters().values()]

    def clean(self):
        given = super().clean()
        began, ceased = given.get("began_on"), given.get("ceased_on")
        if began and ceased and ceased < began:
            self.add_error("ceased_on", "终了之日早于开始之日，请核对")
        if given.get("violation") == Case.Violation.INSTANT and not ceased:
            self.add_error("ceased_on", "违法行为已终了的，须写明终了之日（时效由此起算）")
        return given


class Refusal(CaseGiven):
    """Why a complaint is not taken up, and where to go instead."""

    reason = Prose("理由", help_text="写给投诉人看，会印在通知书上。")
    office = Line(
        "可以向哪个机关提出", required=False, max_length=120, help_text="不属职权、移送管辖的必填，印在告知书上。"
    )
    office_address = Line("机关地址和电话", required=False)
    matters = Prose("应当另行处理的事项", required=False, max_length=4000)
    forwarded_on = Day("已转送该机关之日", required=False, past=True)
    materials = Prose("移送的材料（每行一件）", required=False, max_length=4000)


class Supplement(CaseGiven):
    """What is to be supplied."""

    items = Prose("需要补正的内容（每行一项）")
    reason = Line("需要补正的理由", required=False)


class Settlement(CaseGiven):
    """A settlement that was coordinated before filing."""

    folded = ("present", "recorder")

    result = Prose("协调结果")
    no_violation = tick("经核查，没有须依职权继续查处的违法行为")
    reason = Prose("核查情况", max_length=4000)
    began_at = Moment("协调开始时间", required=False)
    ended_at = Moment("协调结束时间", required=False)
    place = Line("协调地点", required=False, max_length=120)
    present = Line("参加人员", required=False)
    amount = Yuan("确认支付金额（元）", required=False)
    due_on = Day("支付日期", required=False)
    recorder = Line("记录人", required=False, max_length=60)


class Withdrawal(CaseGiven):
    """A complainant withdraws."""

    source = pick("撤回的投诉")
    reason = Prose("撤回理由", max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["source"].choices = [
            (s["id"], f"{s['number']} {s['name'] or '未具名'}") for s in file.sources if not s["withdrawn_on"]
        ]


class Contact(CaseGiven):
    """A complainant's new telephone number."""

    sealed = ("phone",)

    source = forms.IntegerField(label="投诉")
    phone = Line("联系电话", max_length=20)

    def clean_phone(self):
        checked = check_phone(self.cleaned_data["phone"])
        if checked.errors:
            raise forms.ValidationError(list(checked.errors))
        return checked.value


class Assignment(CaseGiven):
    """Two officers, one of them in charge (apl-42)."""

    lead = pick("主办监察员")
    second = pick("协办监察员")
    reason = Line("说明", required=False)

    def offer(self, file: File) -> None:
        hands = [(key, name + "（没有有效的执法证件）" * (not valid)) for key, (name, valid) in file.once(team).items()]
        self.fields["lead"].choices = self.fields["second"].choices = [("", "请选择"), *hands]

    def clean(self):
        given = super().clean()
        if given.get("lead") and given.get("lead") == given.get("second"):
            self.add_error("second", worded("主办、协办须为两人（{cite:apl-42}）"))
        return given


class Help(CaseGiven):
    """Outside help: an officer of another bureau is asked, by letter, to hold a post for this one file."""

    officer = pick("协助人员")
    role = choice("承担的岗位", [("reviewer", "法制审核人员"), ("inspector", "劳动保障监察员"), ("archivist", "档案员"),
                              ("unit_head", "监察机构负责人"), ("deputy", "分管负责人")])  # fmt: skip
    document = Line("商请函文号", max_length=80, help_text="协助人员只能办理本案的这一岗位；商请函入卷。")

    def offer(self, file: File) -> None:
        others = Officer.objects.filter(is_active=True, system=False).exclude(bureau=file.dossier["bureau_id"])
        rows = others.order_by("bureau_id", "id").values_list("pk", "name", "bureau__name")
        self.fields["officer"].choices = [("", "请选择"), *((pk, f"{name}（{bureau}）") for pk, name, bureau in rows)]


class NewParty(CaseGiven):
    """One more party, or the particulars of one."""

    party = pick("已有当事人", required=False)
    kind = choice("主体类型", Party.Kind.choices)
    role = choice("身份", Party.Role.choices)
    name = Line("名称（姓名）", max_length=120)
    code = Line("信用代码（身份证号）", required=False, max_length=18)
    address = Line("住所", required=False)
    legal_rep = Line("法定代表人（负责人）", required=False, max_length=60)
    post = Line("职务", required=False, max_length=40)
    phone = Line("联系电话", required=False, max_length=20)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = [("", "新增"), *parties(file)]

    def clean(self):
        given = super().clean()
        if given.get("code") and (text := code_error(given.get("kind", ""), given["code"], self.on)):
            self.add_error("code", text)
        return given
