"""What is asked about an officer, a post and a certificate; every refusal is a sentence."""

import re

from django import forms
from django.core.exceptions import ValidationError

from laojian.lawbook import LawError, law
from laojian.lawbook.local import LOCAL_UNITS, read_value

from .models import Bureau, Certificate, Leave, Officer, Post, Role, Secondment, Speciality

ACCOUNT = re.compile(r"[a-z][a-z0-9._-]{1,39}")


class Day(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class InBureaus(forms.ModelForm):
    """A form whose bureau is one of those the administrator answers for."""

    use_required_attribute = False

    def __init__(self, *args, bureaus: list[Bureau], **kwargs):
        super().__init__(*args, **kwargs)
        if "bureau" in self.fields:
            self.fields["bureau"] = forms.TypedChoiceField(
                label="单位", choices=[(bureau.pk, bureau.name) for bureau in bureaus],
                coerce={str(bureau.pk): bureau for bureau in bureaus}.get,
                error_messages={"invalid_choice": "只能选本单位及下级单位。", "required": "请选择单位。"},
            )  # fmt: skip


class OfficerForm(InBureaus):
    """A new officer; the account is what one logs in with and never changes."""

    class Meta:
        model = Officer
        fields = ("name", "username", "bureau", "team")
        error_messages = {
            "name": {"required": "请填写姓名。"},
            "username": {"required": "请填写账号。", "unique": "这个账号已经有人使用，请另取一个，如加上序号。"},
        }
        help_texts = {"username": "小写字母开头，可含数字、点、横线，如 wang.xiaohai"}

    def clean_username(self) -> str:
        account = self.cleaned_data["username"]
        if not ACCOUNT.fullmatch(account):
            raise ValidationError("账号须以小写字母开头，2 至 40 位，只用小写字母、数字、点和横线。")
        return account


def offer(form: forms.ModelForm, name: str, choices: list) -> None:
    """Offer choices with a first one that asks to choose."""
    form.fields[name].choices = [("", "请选择"), *choices]


class PostForm(InBureaus):
    """A post held from a day on."""

    class Meta:
        model = Post
        fields = ("role", "bureau", "since")
        widgets = {"since": Day}
        error_messages = {
            "role": {"required": "请选择岗位。"},
            "since": {"required": "请填写任职之日。", "invalid": "任职之日不是一个日期，请按 2026-11-22 的样子填写。"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "role", Role.choices)

    def clean(self) -> dict:
        given = super().clean()
        held = Post.objects.filter(
            officer=self.instance.officer_id, bureau=given.get("bureau"), role=given.get("role"), until__isnull=True
        )
        if given.get("bureau") and given.get("role") and held.exists():
            self.add_error("role", "已在该单位担任这个岗位，不必重复增设。")
        return given


class CertificateForm(forms.ModelForm):
    """A certificate as printed on it."""

    use_required_attribute = False

    class Meta:
        model = Certificate
        fields = ("kind", "number", "valid_from", "valid_to")
        widgets = {"valid_from": Day, "valid_to": Day}
        error_messages = {
            "kind": {"required": "请选择种类。"},
            "number": {"required": "请填写证号。", "unique": "这个证号已经登记在册，请核对证件。"},
            "valid_from": {
                "required": "请填写有效期始。",
                "invalid": "有效期始不是一个日期，请按 2026-11-22 的样子填写。",
            },
            "valid_to": {
                "required": "请填写有效期止。",
                "invalid": "有效期止不是一个日期，请按 2026-11-22 的样子填写。",
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self, "kind", Certificate.Kind.choices)

    def clean(self) -> dict:
        given = super().clean()
        if given.get("valid_from") and given.get("valid_to") and given["valid_to"] < given["valid_from"]:
            self.add_error("valid_to", "有效期止早于有效期始，请对照证件核对。")
        return given


class LocalForm(forms.Form):
    """A local value as a document gives it; what it is checked against stands in law/local/values.yaml."""

    use_required_attribute = False
    bureau = forms.TypedChoiceField(label="单位", error_messages={"invalid_choice": "只能选本单位及下级单位。"})
    key = forms.ChoiceField(label="数值", error_messages={"required": "请选择哪一项数值。"})
    value = forms.CharField(label="定为", max_length=200, error_messages={"required": "请填写数值。"})
    since = forms.DateField(
        label="施行日期", widget=Day,
        error_messages={"required": "请填写施行日期。", "invalid": "施行日期不是一个日期，请按 2026-11-22 的样子填写。"},
    )  # fmt: skip
    document = forms.CharField(
        label="文件名称和文号", max_length=200, error_messages={"required": "请填写文号：没有文件依据的不能登记。"}
    )
    source = forms.CharField(label="在哪里查到", max_length=200, error_messages={"required": "请填写来源。"})

    def __init__(self, *args, bureaus: list[Bureau], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].choices = [(bureau.pk, bureau.name) for bureau in bureaus]
        self.fields["bureau"].coerce = {str(bureau.pk): bureau for bureau in bureaus}.get
        units = ((key, value, LOCAL_UNITS[value.unit]) for key, value in law().local_values.items())
        self.fields["key"].choices = [("", "请选择")] + [
            (key, f"{value.label}（{unit}）" if unit else value.label) for key, value, unit in units
        ]

    def clean(self) -> dict:
        given = super().clean()
        if given.get("key") and given.get("value"):
            try:
                read_value(law().local_value(given["key"]), given["value"])
            except LawError as wrong:
                self.add_error("value", str(wrong))
        return given


class LeaveForm(forms.ModelForm):
    """Days on which the officer is away."""

    use_required_attribute = False

    class Meta:
        model = Leave
        fields = ("since", "until", "reason")
        widgets = {"since": Day, "until": Day}

    def clean(self) -> dict:
        given = super().clean()
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "末日早于首日，请核对。")
        return given


class SpecialityForm(forms.ModelForm):
    """One more field of the officer."""

    use_required_attribute = False

    class Meta:
        model = Speciality
        fields = ("field",)

    def clean_field(self) -> str:
        field = self.cleaned_data["field"]
        if Speciality.objects.filter(officer=self.instance.officer_id, field=field).exists():
            raise ValidationError("这项专长已经登记。")
        return field


class SecondmentForm(InBureaus):
    """The officer works for another bureau for a time, on a document."""

    class Meta:
        model = Secondment
        fields = ("bureau", "document", "since", "until")
        widgets = {"since": Day, "until": Day}
        error_messages = {"document": {"required": "请填写借调文书的文号：没有文书的不能到他处执法。"}}

    def clean(self) -> dict:
        given = super().clean()
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", "末日早于首日，请核对。")
        if given.get("bureau") and given["bureau"].pk == self.instance.officer.bureau_id:
            self.add_error("bureau", "本人就在该单位，不必借调。")
        return given
