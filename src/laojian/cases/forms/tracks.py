"""What a case asks when a track opens beside it, and what a track that ends tells it."""

from django import forms

from laojian.procedure.step import File

from .fields import CaseGiven, Day, Line, Prose, Yuan, choice, papers, parties, pick
from .paper import DECISIONS


class TrackEnded(CaseGiven):
    """What the end of a track tells its case: which track, how it ended, and what else the case must know."""

    track = forms.IntegerField(label="分卷")
    state = Line("终结情形", max_length=30)
    reason = Line("结果")
    outcome = forms.JSONField(label="结果摘要", required=False)


class HearingRequest(CaseGiven):
    """A party asks for a hearing (apl-64): who, on which day, in which way, and on which grounds."""

    folded = ("person", "standing", "phone")

    party = pick("要求听证的当事人")
    made_on = Day("提出之日", past=True, now=True, help_text="当面提出的为到场之日，邮寄的为交邮之日。")
    way = choice(
        "方式", [("written", "书面（当事人自己的申请书作为证据入卷）"), ("oral", "口头，由本机关制作申请书交其签名")]
    )
    reason = Prose("要求听证的事项和理由", max_length=4000)
    person = Line("代为提出的人", required=False, max_length=60)
    standing = Line("与当事人的关系", required=False, max_length=60)
    phone = Line("联系电话", required=False, max_length=20)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


class EnforcementOpened(CaseGiven):
    """A decision that one party does not perform."""

    decision = pick("决定书")
    party = pick("义务人")
    reason = Prose("未履行的情况", required=False, max_length=2000)

    def offer(self, file: File) -> None:
        self.fields["decision"].choices = papers(file.main, "penalty_decision", "treatment_decision", "spot_penalty")
        self.fields["party"].choices = parties(file)


class AssessmentOpened(CaseGiven):
    """A closed file is reviewed (案卷评查): for which year, and why this one."""

    year = forms.IntegerField(label="评查年度", min_value=2000, max_value=2999)
    reason = Prose("列入评查的理由", max_length=400)


class TransferOpened(CaseGiven):
    """A party may have committed the crime of refusing to pay wages."""

    party = pick("涉案当事人")
    reason = Prose("涉嫌犯罪的情况", max_length=4000)

    def offer(self, file: File) -> None:
        self.fields["party"].choices = parties(file)


RELIEFS = [("reconsideration", "行政复议"), ("suit", "行政诉讼")]


class ReliefOpened(CaseGiven):
    """Somebody asked for reconsideration of a decision, or sued (arl-20, all-46)."""

    decision = pick("决定书")
    party = pick("申请人（原告）")
    kind = choice("途径", RELIEFS)
    office = Line("复议机关（法院）", max_length=120)
    made_on = Day("申请（起诉）之日", past=True, now=True)
    reason = Prose("请求和理由", required=False, max_length=4000)

    def offer(self, file: File) -> None:
        self.fields["decision"].choices = standing(file.main)
        self.fields["party"].choices = parties(file)


class DecisionCorrected(CaseGiven):
    """A decision of the bureau's own that was wrong (apl-75, impl-39)."""

    when = {"fine": "way=change", "content": "way=change"}

    decision = pick("决定书")
    way = choice("纠正方式", [("revoke", "撤销"), ("change", "变更")])
    reason = Prose("发现的错误、事实和理由", max_length=4000)
    content = Prose("变更的内容", required=False, max_length=4000)
    fine = Yuan("变更后的罚款（元）", required=False)

    def offer(self, file: File) -> None:
        self.fields["decision"].choices = standing(file)

    def clean(self):
        given = super().clean()
        if given.get("way") == "change" and not given.get("content"):
            self.add_error("content", "请写明变更的内容")
        return given


class Retracted(CaseGiven):
    """What was published is withdrawn, or nothing was."""

    on = Day("撤回之日", past=True, now=True)
    note = Prose("撤回情况和公开说明的理由", max_length=2000, help_text="没有公示过的，写明没有公示。")


def standing(file: File) -> list[tuple[int, str]]:
    """The decisions of the file that have not fallen."""
    return [(p["id"], f"{p['label']} {p['number']}") for p in file.papers if p["code"] in DECISIONS and not p["voided"]]
