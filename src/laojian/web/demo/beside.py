"""Phases of demo files in which something happens beside the main line while the case is under investigation."""

from laojian.cases.replay.wording import respondent

from .journey import Journey

ELSEWHERE = {"kind": "organ", "office": "示例区住房和建设局", "reason": "经查系工程款结算争议，不属于劳动保障监察事项"}


def avoid(j: Journey) -> None:
    """The employer asks that an inspector keep away; nobody has decided yet."""
    j.go("ask_avoidance", 1, officer=j.file.dossier["second_id"], asked_by="party", applicant=j.employer.name,
         grounds="称该监察员与投诉人是同乡，可能影响公正处理", received_on=j.at().date())  # fmt: skip


def keep(j: Journey) -> None:
    """Account books that might vanish are registered and kept."""
    j.go("ask_keeping", 1, party=respondent(j.file), items="工资表 3 册\n考勤表 5 册", place="该单位财务室", keeper="该单位会计",
         reason="负责人表示近期搬迁，以后难以取得")  # fmt: skip
    keeping = j.file.keepings[0]["id"]
    j.go("approve_keeping", keeping=keeping, opinion="同意登记保存")
    j.go("keep", keeping=keeping, present="该单位会计")


def suspend(j: Journey) -> None:
    """The books are being audited; the case stands still."""
    j.go(
        "ask_suspension",
        1,
        ground="appraisal",
        reason="已委托审计，账目核对需要较长时间",
        document="示例局办案规定（示例）第十条",
    )
    j.go("suspend", opinion="同意中止调查")


def discuss(j: Journey) -> None:
    """A major penalty, which the leaders discussed and agreed to; the decision is still to be made."""
    j.go("call_discussion", 1, reason="涉及人数多、社会影响较大", meet_at=j.at(), place="本局三楼会议室")
    rows = [("孙局长", "分管负责人"), ("钱局长", "主要负责人"), ("周示局", "副局长")]
    said = [{"name": name, "post": post, "stance": "agree", "demand": "同意处理建议"} for name, post in rows]
    said[-1] |= {"stance": "other", "demand": "建议同时约谈总承包单位"}
    told = {
        "host": "钱局长",
        "reporter": "承办人员",
        "recorder": "周受理",
        "place": "本局三楼会议室",
        "conclusion": "agreed",
    }
    j.go(
        "record_discussion",
        1,
        opinions=said,
        report="案情、证据和处理建议",
        result="同意按处理建议作出处罚决定",
        **told,
    )


def hand_over(j: Journey) -> None:
    """It is another authority's business."""
    j.go("ask_hand_over", 1, **ELSEWHERE)
    j.go("hand_over", 1, **ELSEWHERE)
