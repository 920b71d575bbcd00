"""What a device sends: the envelope of a batch, and the numbers that it asks for or gives back."""

import json

from django import forms
from django.db.models import BigIntegerField

from ..models import Batch

MOST = BigIntegerField.MAX_BIGINT


class Told(forms.JSONField):
    """A JSON object of named values."""

    def clean(self, value):
        told = super().clean(value)
        if not isinstance(told, dict):
            raise forms.ValidationError("批次的内容应为逐项的填写")
        try:
            text = json.dumps(told, ensure_ascii=False).encode()
        except UnicodeEncodeError as wrong:
            raise forms.ValidationError("批次里有不能保存的字符") from wrong
        if b"\\u0000" in text:
            raise forms.ValidationError("批次里有不能保存的字符")
        return told


class Sent(forms.Form):
    """The envelope: key, kind, what was done, the device and its clock; a large file comes as an upload in pieces before it."""

    key = forms.UUIDField(label="批次号")
    kind = forms.ChoiceField(label="内容", choices=Batch.Kind.choices)
    given = Told(label="填写的内容")
    device = forms.CharField(label="设备", max_length=40)
    told_at = forms.DateTimeField(label="设备时间")
    offset = forms.IntegerField(label="设备时差", required=False, min_value=-MOST, max_value=MOST)
    upload = forms.IntegerField(label="续传", required=False, min_value=1, max_value=MOST)
    whole = forms.CharField(label="摘要", required=False, max_length=64)


class NumbersWanted(forms.Form):
    """Numbers for a device: so many more, or all that are left given back, and why."""

    device = forms.CharField(label="设备", max_length=40)
    count = forms.IntegerField(label="领取几个", required=False, min_value=1, max_value=10)
    reason = forms.CharField(label="作废理由", required=False, max_length=200)

    def clean(self):
        given = super().clean()
        if not given.get("count") and not given.get("reason"):
            self.add_error("reason", "请写明未用的文书号为什么作废")
        return given
