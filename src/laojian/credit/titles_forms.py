"""What the steps on a title ask."""

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, choice

from .models import Title


class Granted(CaseGiven):
    """A title as its document grants it."""

    employer = forms.IntegerField(label="单位", widget=forms.HiddenInput)
    level = choice("级别", Title.Level.choices)
    granted_on = Day("认定之日", past=True)
    document = Line("认定文号", max_length=120)
    valid_to = Day("有效期至", required=False, help_text="文件没有写有效期的不填。")

    def clean(self):
        given = super().clean()
        if given.get("valid_to") and given.get("granted_on") and given["valid_to"] < given["granted_on"]:
            self.add_error("valid_to", "早于认定之日，请核对")
        return given


class Reviewed(CaseGiven):
    """The title was looked at again, and stands: why."""

    on = Day("复核之日", past=True, now=True)
    opinion = Prose("复核意见", max_length=1000, help_text="有查处记录而保留称号的，写明理由。")


class Revoked(CaseGiven):
    """The title was taken away by the document that says so."""

    on = Day("撤销之日", past=True, now=True)
    document = Line("撤销文号", max_length=120)
    reason = Prose("撤销理由", max_length=1000)
