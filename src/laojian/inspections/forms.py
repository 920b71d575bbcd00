"""What the steps of a draw ask."""

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose, Scan, choice, several, tick
from laojian.people.models import Bureau, Speciality
from laojian.procedure.step import File

from .queries import replaceable
from .randomness import SOURCES


class Opened(CaseGiven):
    """The task for which is drawn."""

    task = forms.IntegerField(label="任务")


class Told(CaseGiven):
    """What there is to say."""

    reason = Prose("情况和理由", max_length=2000)


class Frozen(CaseGiven):
    """Both pools are frozen: whose officers are in theirs, what one of each two must be versed in, how much one may bear."""

    neighbours = several(
        "人员库另含下列单位的持证人员",
        help_text="本单位人手不足时勾选；须有委托或者借调文书，没有文书的人员不会被选派。",
    )
    on = Day("拟检查之日", help_text="证件、休假、借调以这一天为准。")
    field = choice("每组须有一人具备的专长", [("", "不要求"), *Speciality.Field.choices], required=False)
    load_cap = forms.IntegerField(label="每人最多承担几家", required=False, min_value=1, help_text="不填的不限。")

    def offer(self, file: File) -> None:
        super().offer(file)
        others = Bureau.objects.exclude(pk=file.dossier["bureau_id"]).order_by("id")
        self.fields["neighbours"].choices = [(bureau.pk, bureau.name) for bureau in others]


class Announced(CaseGiven):
    """The randomness that will decide, by its name, and when it comes to be; for dice, who will be there."""

    source = choice("随机数来源", list(SOURCES.items()))
    issue = Line("期号（轮次、笔录编号）", max_length=40, help_text="彩票写期号，如 2026137；掷骰的写笔录编号。")
    random_at = Moment("随机数产生时间", help_text="必须在公布之后；开奖的以官方开奖时间为准。")
    witness = Line("见证人及单位（掷骰必填）", required=False, max_length=120)


class Entered(CaseGiven):
    """The randomness as it was published; for dice also the signed minutes."""

    randomness = Line("随机数", max_length=300, help_text="照公布的号码填写，如双色球 01 05 09 17 22 33 + 07。")
    seen_at = Line("在哪里查到", max_length=200, help_text="官方网站、报纸或者现场。")
    minutes = Scan("见证笔录（掷骰必填）", required=False)


class Checked(CaseGiven):
    """Whoever draws has compared the number with its source."""

    compared = tick("已与公布的随机数逐位核对无误")


class Replaced(CaseGiven):
    """A drawn employer cannot be inspected; the next of the reserve takes its place."""

    # Not a choice field: whoever was visited meanwhile is told why by the guard, with its article.
    drawn = forms.IntegerField(
        label="不能检查的对象", widget=forms.Select, error_messages={"required": "请选择", "invalid": "请从名单中选择"},
        help_text="检查已经开始或者结束的不在其列；还没有开始的检查随递补取消。",
    )  # fmt: skip
    reason = Prose("理由", max_length=400, help_text="如已注销、无法联系；递补按预备名单的次序，不得挑选。")

    def offer(self, file: File) -> None:
        super().offer(file)
        rows = replaceable(file.id).select_related("employer").order_by("stratum", "rank")
        self.fields["drawn"].widget.choices = [(row.pk, f"{row.employer.name}（{row.object}）") for row in rows]


class Extended(CaseGiven):
    """More are drawn, by the next tickets of the same seed."""

    stratum = choice("分层", [])
    count = forms.IntegerField(label="追加几家", min_value=1, max_value=100_000)
    reason = Prose("理由", max_length=400)

    def offer(self, file: File) -> None:
        super().offer(file)
        rows = file.pools["targets"]["strata"] if "targets" in file.pools else []
        self.fields["stratum"].choices = [(row["key"], row["key"]) for row in rows]
