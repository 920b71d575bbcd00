"""What the steps of an objection ask."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, choice, pick
from laojian.procedure.step import File

from .models import Grade


class Lodged(CaseGiven):
    """Which grade, which one fact, why."""

    grade = pick("等级")
    fact = Line("事实", max_length=80, help_text="一份异议只针对一项事实：卷宗号|种类|日期，从等级页面带入。")
    contact = Line("提出人", max_length=60, help_text="单位的法定代表人或者受委托的人。")
    received_on = Day("收到之日", past=True, now=True)
    reason = Prose("理由", max_length=4000)
    evidence = Prose("证据", required=False, max_length=4000, help_text="提交了哪些材料，逐项写。")

    def offer(self, file: File) -> None:
        self.fields["grade"].choices = [("", "——"), *offered(self)]

    def clean_fact(self):
        return self.cleaned_data["fact"].strip()


def offered(form: Lodged) -> list[tuple[int, str]]:
    """The grade that is named, if it is in force."""
    from_form = str(form.data.get("grade", "")) if form.data else ""
    found = standing(int(from_form)) if from_form.isdecimal() else None
    return [(found.pk, f"{found.employer.name} {found.grade}")] if found else []


def standing(key: int):
    """The grade in force of this number, if it is one."""
    return Grade.objects.select_related("employer").filter(pk=key, since_on__isnull=False, until_on=None).first()


class Examined(CaseGiven):
    """What a second officer found."""

    wrong = choice("复核结论", [("no", "事实成立"), ("yes", "事实有误")])
    opinion = Prose("复核意见", max_length=4000, help_text="核对了哪些记录、文书，结论的理由。")


class Decided(CaseGiven):
    """The leader's decision."""

    opinion = Prose("决定的理由", max_length=2000)
    late_reason = Prose("逾期的原因", required=False, max_length=1000)
