"""What archive, copies to read, holds and destruction ask."""

from django import forms

from laojian.procedure.step import File

from ..rules import FOREVER, retention_classes
from .fields import CaseGiven, Line, Prose, choice, parties, pick


class Archive(CaseGiven):
    """The archivist takes the file over."""

    pages = forms.IntegerField(label="正卷页数", min_value=1)
    retention = choice(
        "保管期限",
        [],
        help_text="按本机关的保管期限表选择；{says:impl-40}（{cite:impl-40}）。期满那年年底以前不得销毁。",
    )
    note = Prose("备考", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        kinds = [(told, told) for told in retention_classes(file.on)]
        self.fields["retention"].choices = [*kinds, (FOREVER, FOREVER)]


class CopyLent(CaseGiven):
    """A copy to read for a party's lawyer: who, by which certificate and mandate, for which party."""

    party = pick("委托的当事人", help_text="副本中其他人的姓名、号码、住所一律遮盖，不含副卷、举报人和内部审批。")
    person = Line("律师（代理人）姓名", max_length=60)
    certificate = Line("执业证（身份证件）号", max_length=40)
    mandate = Line("授权委托书", max_length=120, help_text="日期和权限，核对原件后填写。")
    purpose = Line("用途", required=False, max_length=200)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class Held(CaseGiven):
    """A hold on the file: litigation, petition or an inquiry that needs it."""

    GROUNDS = (("suit", "诉讼、复议"), ("petition", "信访"), ("inquiry", "追责、审计、检查"), ("other", "其他"))

    ground = choice("原因", GROUNDS)
    document = Line("文书或者通知", max_length=120)


class Destruction(CaseGiven):
    """The appraisal after the period: why the file need not be kept longer, and who looked at it."""

    appraisers = Line("鉴定人", max_length=120, help_text="参加鉴定的人员，不少于两人。")
    reason = Prose("鉴定意见", max_length=2000, help_text="逐项说明没有继续保存的价值，没有未结的诉讼、信访、追责。")
