"""What the steps of a grading ask."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, choice, pick
from laojian.employers.models import Employer
from laojian.procedure.step import File, Nothing

from .schemes import schemes

__all__ = ["Begun", "Corrected", "Nothing", "Noticed", "Told"]


class Begun(CaseGiven):
    """Which rules, as of which day."""

    scheme = choice("办法", [])
    on = Day("评价之日", now=True, help_text="评价期由办法定：国家办法看上一个自然年度的记录。")

    def offer(self, file: File | None) -> None:
        self.fields["scheme"].choices = [(key, each.label) for key, each in schemes().items()]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(None)


class Told(CaseGiven):
    """How those who do not know their grade yet were told; the way is the bureau's choice (rsg1)."""

    on = Day("告知之日", past=True, now=True)
    way = Line("告知方式", max_length=200, help_text="例如：短信、邮寄告知书、网上办事大厅。")


class Corrected(CaseGiven):
    """Whose grade, after which objection."""

    employer = pick("单位")
    objection = pick("异议")

    def offer(self, file: File | None) -> None:
        for name in ("employer", "objection"):
            value = str((self.data or {}).get(name, ""))
            self.fields[name].choices = [(value, value)]


class Noticed(CaseGiven):
    """Whom the notice is for."""

    code = Line("统一社会信用代码", max_length=18)

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()


def named(code: str) -> Employer | None:
    """The employer of a code."""
    return Employer.objects.filter(credit_code=code).first()
