"""Cases in which something happens beside the main line, told in parts, for the tests of its steps and of its papers."""

from tests.casework import COMPANY, FACTS, VIOLATED, Story, ended, heard, investigated, opened, ordered
from tests.world import at


def investigating(world) -> Story:
    """A case under investigation, its evidence listed."""
    story = Story(world)
    opened(story)
    investigated(story)
    return story


def avoided(world) -> Story:
    """A party asks that one inspector keep away; a leader grants it, and refuses the same of the other."""
    story = investigating(world)
    story.do("declare_conflict", world.li, "2026-03-10", conflict="none")
    told = {"asked_by": "party", "applicant": COMPANY, "received_on": "2026-03-10"}
    story.do("ask_avoidance", world.zhou, officer=world.zhang.pk, grounds="与我公司股东有亲属关系。", **told)
    story.do("ask_avoidance", world.zhou, officer=world.li.pk, grounds="态度不好。", **told)
    first, second = (a["id"] for a in story.file.avoidances)
    story.do("refuse_avoidance", world.sun, "2026-03-11", request=second, opinion="所述情形不是法定的回避情形。")
    story.do("grant_avoidance", world.sun, request=first, opinion="查证属实，有可能影响公正办案。")
    return story


def kept(world) -> Story:
    """Things are kept where they are, and given back once they were copied."""
    story = investigating(world)
    story.do("ask_keeping", world.zhang, "2026-03-10", party=story.party(), items="2026年1月考勤表 3 册\n工资表 2 册",
             reason="负责人表示要把账册运走，以后难以取得", place="该公司档案室", keeper="陈示东")  # fmt: skip
    keeping = story.file.keepings[0]["id"]
    story.do("approve_keeping", world.sun, keeping=keeping, opinion="情况紧急，同意登记保存。")
    story.do("keep", world.zhang, keeping=keeping, kept_at=story.now, present="陈示东", shown=True)
    return story


def disposed(world) -> Story:
    """What was kept is copied and given back."""
    story = kept(world)
    story.do("dispose_keeping", world.zhang, "2026-03-12", keeping=story.file.keepings[0]["id"], ending="copied",
             detail="复制考勤表、工资表共 60 页，原件当场返还。", to="陈示东")  # fmt: skip
    return story


def queried(world) -> Story:
    """Accounts are looked into with the city's grant, an audit is commissioned, and more time given to decide."""
    story = investigating(world)
    story.do("ask_account_query", world.zhang, "2026-03-10", party=story.party(), matters="2025年12月以来的工程款收支",
             office="示例银行示例支行", reason="核实该公司有无支付能力", migrant=True)  # fmt: skip
    story.do("record_city_grant", world.zhang, "2026-03-12", document="示人社监查〔2026〕3号", approver="周示局",
             granted_on="2026-03-12")  # fmt: skip
    story.do("commission", world.zhang, kind="audit", office="示例会计师事务所", scope="核对三名劳动者的应发、已发工资",
             reason="账目较多，需要专门核对", due_on="2026-03-20", materials="考勤表 3 册")  # fmt: skip
    story.do("record_commission", world.zhang, "2026-03-20", office="示例会计师事务所", title="专项审计报告",
             conclusion="应发 36200.50 元，没有支付。", received_on="2026-03-20", pages=12)  # fmt: skip
    story.do("end_investigation", world.zhang, "2026-03-23", facts="拖欠工资。", evidence="审计报告", violated="《劳动法》第五十条",
             basis="《劳动保障监察条例》第十八条", proposal="revocation", proposed="撤销立案")  # fmt: skip
    story.do("extend_decision", world.sun, "2026-03-24", opinion="须等待账户查询结果。", length=10, unit="working_day")
    return story


def handed_over(world) -> Story:
    """After filing it turns out to be another authority's business."""
    story = investigating(world)
    told = {"kind": "organ", "office": "示例区住房和建设局", "reason": "本案实为工程款纠纷，不属于劳动保障监察事项"}
    story.do("ask_hand_over", world.zhang, "2026-03-10", **told)
    story.do("hand_over", world.sun, "2026-03-11", materials="询问笔录\n工资支付台账", **told)
    return story


def suspended(world) -> Story:
    """The case stands still while the books are audited, and goes on."""
    story = investigating(world)
    story.do(
        "ask_suspension",
        world.wang,
        "2026-03-10",
        ground="appraisal",
        reason="账目须审计",
        document="示例局办案规定第十条",
    )
    story.do("suspend", world.sun, "2026-03-11", opinion="同意中止。")
    return story


def resumed(world) -> Story:
    """Nine days later it goes on."""
    story = suspended(world)
    story.do("resume", world.sun, "2026-03-20", opinion="审计报告已经收到，恢复调查。")
    return story


LEADERS = [
    {"name": "钱局长", "post": "局长", "stance": "agree", "demand": "同意处罚。"},
    {"name": "孙局长", "post": "副局长", "stance": "agree", "demand": "同意处罚。"},
    {"name": "周示局", "post": "副局长", "stance": "against", "demand": "建议罚款减半。"},
]
SESSION = {
    "began_at": "2026-04-20T09:00", "ended_at": "2026-04-20T09:50", "place": "三楼会议室", "host": "钱局长", "reporter": "张监察",
    "report": "案情、证据和处理建议。", "result": "同意罚款 8000 元。", "recorder": "周受理",
}  # fmt: skip


def reviewed(world) -> Story:
    """A case whose proposal passed the review."""
    story = Story(world)
    for part in (opened, investigated, ordered, ended, heard):
        part(story)
    return story


def decide(story, **major):
    """The penalty of 8,000 yuan."""
    fine = {"party": story.party(), "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": "8000"}
    return story.do("decide_penalty", story.world.sun, facts=FACTS, violated=VIOLATED, basis="《劳动保障监察条例》第三十条",
                    decided="罚款 8000 元。", discretion="情节一般", addressees=[fine], **major)  # fmt: skip


def meet(story, day="2026-04-20") -> None:
    """The leaders meet on that day at nine and agree, one of them against it."""
    began, ended = f"{day}T09:00", f"{day}T09:50"
    story.do("call_discussion", story.world.qian, reason="涉及面广", meet_at=began, place="三楼会议室")
    story.now = at(day, 10)
    told = SESSION | {"began_at": began, "ended_at": ended}
    story.do("record_discussion", story.world.zhou, opinions=LEADERS, conclusion="agreed", **told)


def discussed(world) -> Story:
    """A major penalty that the leaders discussed, one of them against it."""
    story = reviewed(world)
    meet(story)
    decide(story, major="yes")
    return story


def told(world) -> list[Story]:
    """All of them."""
    return [made(world) for made in (avoided, disposed, queried, handed_over, resumed, discussed)]
