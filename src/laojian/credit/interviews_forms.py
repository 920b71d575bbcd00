"""What the steps on an interview ask."""

from django import forms

from laojian.cases.forms.fields import CaseGiven, Day, Line, Moment, Prose


class Held(CaseGiven):
    """Who was talked to, when, what was said and promised (rsg1)."""

    employer = forms.IntegerField(label="单位", widget=forms.HiddenInput)
    held_at = Moment("约谈时间", now=True)
    place = Line("地点", max_length=120)
    person = Line("被约谈人", max_length=60)
    post = Line("职务", max_length=60, help_text="主要负责人或者直接责任人。")
    officers = Line("约谈人员", max_length=120, help_text="两人以上，用顿号隔开。")
    reason = Prose("约谈事由", max_length=2000)
    minutes = Prose("谈话内容", max_length=8000, rows=6)
    commitments = Prose("承诺", max_length=4000, help_text="承诺做什么、何时做完；没有承诺的写“没有承诺”。")
    done_by = Day("承诺完成之日", required=False)

    def clean(self):
        given = super().clean()
        if given.get("held_at") and self.on and given["held_at"].date() > self.on:
            self.add_error("held_at", "晚于今天；约谈以后再登记")
        return given


class Followed(CaseGiven):
    """How far what was promised is done."""

    outcome = Prose("落实情况", max_length=4000)
