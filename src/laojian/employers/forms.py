"""What is asked about an employer or a site; every refusal is a sentence, and what was typed stays in the form."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from .identifiers import Checked, check_credit_code, check_phone
from .models import Employer, Relation, Site, Subcontract
from .rules import check_name


def accepted(checked: Checked) -> str:
    """The value when nothing is wrong with it. Raises ValidationError with every sentence."""
    if checked.errors:
        raise ValidationError(list(checked.errors))
    return checked.value


class EmployerForm(forms.ModelForm):
    """An employer as registered or altered. A licensed one has a credit code, an unlicensed one has none (lsr-33)."""

    use_required_attribute = False
    # Checked by our own sentences, which count what is left when blanks and dashes are gone.
    name = forms.CharField(label="名称", required=False)
    credit_code = forms.CharField(
        label="统一社会信用代码",
        required=False,
        empty_value=None,
        error_messages={"unique": "该统一社会信用代码刚刚已由他人登记，请查询后直接选用。"},
    )
    phone = forms.CharField(label="联系电话", required=False)

    class Meta:
        model = Employer
        fields = (
            "name", "kind", "credit_code", "parent", "region", "address",
            "legal_rep", "legal_rep_post", "phone", "industry", "workers",
        )  # fmt: skip
        error_messages = {"kind": {"required": "请选择单位类型。"}}

    def clean_name(self) -> str:
        return accepted(check_name(self.cleaned_data["name"], "单位名称"))

    def clean_legal_rep(self) -> str:
        name = self.cleaned_data["legal_rep"]
        return accepted(check_name(name, "法定代表人姓名", 60)) if name else ""

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return accepted(check_phone(phone)) if phone else ""

    def clean_credit_code(self) -> str | None:
        if not self.cleaned_data["credit_code"]:
            return None
        code = accepted(check_credit_code(self.cleaned_data["credit_code"]))
        holder = Employer.objects.filter(credit_code=code).exclude(pk=self.instance.pk).first()
        if holder:
            raise ValidationError(f"该统一社会信用代码已登记为“{holder.name}”，请直接选用，不要重复登记。")
        return code

    def clean(self) -> dict:
        given = super().clean()
        kind = given.get("kind")
        if kind == Employer.Kind.UNLICENSED and given.get("credit_code"):
            self.add_error("kind", "有统一社会信用代码的单位不是“无营业执照的经营者”，请改选类型或删去代码。")
        if given.get("parent") and kind and kind != Employer.Kind.BRANCH:
            self.add_error("parent", "只有分支机构才填所属单位。")
        if given.get("parent") and given["parent"] == self.instance:
            self.add_error("parent", "所属单位不能是本单位自己。")
        return given


class SiteForm(forms.ModelForm):
    """A building site: its name and place, and the two who are answerable for the whole of it (mww-24)."""

    use_required_attribute = False
    name = forms.CharField(label="工程名称", required=False)

    class Meta:
        model = Site
        fields = ("name", "region", "address", "developer", "main_contractor")

    def clean_name(self) -> str:
        return accepted(check_name(self.cleaned_data["name"], "工程名称"))


class SubcontractForm(forms.ModelForm):
    """One link of the chain on a site: who passed which work on to whom."""

    use_required_attribute = False

    class Meta:
        model = Subcontract
        fields = ("giver", "taker", "kind", "work", "signed_on")

    def clean(self) -> dict:
        given = super().clean()
        if given.get("giver") and given.get("giver") == given.get("taker"):
            self.add_error("taker", "发包单位和承包单位不能是同一个单位。")
        return given


class RelationForm(forms.ModelForm):
    """What keeps an officer from inspecting an employer, which is named by its credit code (lsr-16)."""

    use_required_attribute = False
    code = forms.CharField(label="单位的统一社会信用代码", error_messages={"required": "请填写统一社会信用代码。"})

    class Meta:
        model = Relation
        fields = ("kind", "declared_on")
        widgets = {"declared_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_code(self) -> str:
        found = Employer.objects.filter(credit_code=accepted(check_credit_code(self.cleaned_data["code"]))).first()
        if found is None:
            raise ValidationError("单位库中没有这个代码的单位，请核对代码，或者先新增单位。")
        self.instance.employer = found
        return found.credit_code

    def clean(self) -> dict:
        given = super().clean()
        same = Relation.objects.filter(
            officer=self.instance.officer_id, employer=self.instance.employer_id, kind=given.get("kind"), ended_on=None
        )
        if given.get("code") and same.exists():
            self.add_error("kind", "这一关系已经登记。")
        return given


class RelationEndForm(forms.Form):
    """Which of an officer's relations has ended, and when: not after `today`, for from then on nothing keeps him from the employer."""

    use_required_attribute = False
    relation = forms.ModelChoiceField(
        Relation.objects.none(), label="已终止的关系", error_messages={"required": "请选择哪一项关系已经终止。"}
    )
    ended_on = forms.DateField(
        label="终止之日", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写终止之日。"},
    )  # fmt: skip

    def __init__(self, *given, officer: int, today: date, **more):
        super().__init__(*given, **more)
        self.today = today
        self.fields["relation"].queryset = Relation.objects.filter(officer=officer, ended_on=None).select_related(
            "employer"
        )
        self.fields["relation"].label_from_instance = lambda row: f"{row.employer.name}：{row.get_kind_display()}"

    def clean(self) -> dict:
        given = super().clean()
        row, day = given.get("relation"), given.get("ended_on")
        if row and day and not row.declared_on <= day <= self.today:
            self.add_error(
                "ended_on", f"终止之日应不早于申报之日（{row.declared_on}）、不晚于今天；还没有终止的，到时再登记。"
            )
        return given
