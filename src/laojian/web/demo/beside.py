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
    j.go("keep", keeping=keeping, kept_at=j.walk.now, present="该单位会计", shown=True)


def hand_over(j: Journey) -> None:
    """It is another authority's business."""
    j.go("ask_hand_over", 1, **ELSEWHERE)
    j.go("hand_over", 1, **ELSEWHERE)
