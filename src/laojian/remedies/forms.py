"""What the steps of reconsideration and litigation ask."""

from laojian.cases.forms.fields import CaseGiven, Day, Line, Prose, Yuan, choice


class Accepted(CaseGiven):
    """It was taken up; the copy that came to the bureau starts its time to answer (arl-48, arl-54, all-67)."""

    accepted_on = Day("受理之日", past=True, now=True)
    copy_on = Day("收到申请书（起诉状）副本之日", past=True, now=True)
    way = choice("程序", [("ordinary", "普通程序"), ("summary", "简易程序")])
    number = Line("案号", max_length=60)


class Refused(CaseGiven):
    """It was not taken up."""

    received_on = Day("收到之日", past=True, now=True)
    document = Line("文书文号", max_length=120)
    reason = Prose("理由", max_length=4000)


class Answer(CaseGiven):
    """The bureau's answer with its evidence and grounds."""

    on = Day("提交之日", past=True, now=True)
    person = Line("承办和出庭人员", max_length=120)
    materials = Prose("提交的证据、依据", max_length=4000, help_text="每行一件。")


class Appealed(CaseGiven):
    """Somebody appealed against the judgement: it has no effect yet."""

    on = Day("上诉之日", past=True, now=True)
    person = Line("上诉人", max_length=120)
    court = Line("二审法院", max_length=120)


class Outcome(CaseGiven):
    """How it ended: the document, when it was received, and from when it has effect."""

    received_on = Day("收到之日", past=True, now=True)
    document = Line("文书文号", max_length=120)
    final_on = Day("生效之日", help_text="复议决定为收到之日；判决为上诉期满或者终审之日。")
    reason = Prose("主要内容和理由", max_length=4000)


class Changed(Outcome):
    """The decision was changed: where a fine was, the fine as it is now."""

    fine = Yuan("变更后的罚款（元）", required=False, help_text="没有罚款或者罚款不变的不填。")


class Revoked(Outcome):
    """The decision fell, and whether the bureau has to decide anew."""

    remake = choice("是否责令重新处理", [("no", "没有责令"), ("yes", "责令重新处理")])


class Withdrawn(CaseGiven):
    """The applicant took it back."""

    received_on = Day("收到之日", past=True, now=True)
    document = Line("准许撤回的文书", max_length=120)
    reason = Prose("情况", required=False, max_length=2000)
