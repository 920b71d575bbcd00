"""What is asked about a piece of evidence and about an upload; every refusal is a sentence with its article."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from .models import Evidence
from .rules import piece_problems


class IdsField(forms.Field):
    """A list of ids, from several form fields of one name or from JSON."""

    widget = forms.SelectMultiple

    def to_python(self, value) -> list[int]:
        try:
            return list(dict.fromkeys(int(each) for each in value or []))
        except (TypeError, ValueError) as wrong:
            raise ValidationError("人员编号应为数字。") from wrong


class EvidenceForm(forms.Form):
    """A piece of evidence, or what several files entered together have in common. `on` is the day it is entered."""

    use_required_attribute = False
    kind = forms.ChoiceField(label="证据种类", choices=Evidence.Kind, error_messages={"required": "请选择证据种类。"})
    title = forms.CharField(label="名称", required=False, max_length=120)
    proves = forms.CharField(label="证明内容", max_length=400, error_messages={"required": "请写明这份证据证明什么。"})
    provider = forms.CharField(
        label="来源（提供人）", max_length=120, error_messages={"required": "请写明证据从哪里来、由谁提供。"}
    )
    from_complainant = forms.BooleanField(label="投诉人提供", required=False)
    collected_on = forms.DateField(
        label="收集之日", error_messages={"required": "请填写收集之日。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    collectors = IdsField(label="收集人", required=False)
    place = forms.CharField(label="收集地点", required=False, max_length=120)
    form = forms.ChoiceField(
        label="原件或复制件", choices=Evidence.Form, error_messages={"required": "请选择是原件还是复制件。"}
    )
    pages = forms.IntegerField(label="页数", required=False, min_value=1, max_value=100_000)
    extraction = forms.CharField(label="电子数据提取说明", required=False, max_length=400)
    sealed = forms.BooleanField(label="密封（举报人材料）", required=False)
    readers = IdsField(label="可查阅人", required=False)

    def __init__(self, data=None, *, on: date, with_file: bool = True, **options):
        super().__init__(data, **options)
        self.on, self.with_file = on, with_file

    def clean(self) -> dict:
        given = super().clean()
        for field, sentence in piece_problems(given, self.with_file, self.on):
            if field not in self.errors:
                self.add_error(field, sentence)
        return given


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several uploads in one field."""

    widget = SeveralFiles

    def clean(self, data, initial=None) -> list:
        return [super(FilesField, self).clean(each, initial) for each in (data or [None])]


class UploadForm(forms.Form):
    """Files to be uploaded; what is in them is judged when they are kept."""

    files = FilesField(
        label="文件",
        error_messages={
            "required": "请选择要上传的文件。",
            "empty": "文件是空的（0 字节），请检查原文件后重新上传。",
            "missing": "没有收到文件，上传可能中断了，请重新上传。",
        },
    )
