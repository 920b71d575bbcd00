"""Tracks as officers work on them, told in parts beside the case of `casework`: each returns the track's own story."""

from tests.casework import COMPANY, COMPLAINT, FACTS, VIOLATED, ended, investigated, notified, opened, ordered
from tests.world import at

REQUEST = {"made_on": "2026-04-08", "way": "oral", "reason": "罚款数额过重，要求当面说明工程款没有收到的情况。", "person": "陈示东",
           "standing": "法定代表人", "phone": "13900000000"}  # fmt: skip
SETTING = {"held_at": "2026-04-24T09:00", "place": "本局 301 会议室", "openness": "open", "third": "王示海"}
HELD = {
    "began_at": "2026-04-24T09:00", "ended_at": "2026-04-24T11:20",
    "present": "陈示东（法定代表人）\n张监察、李监察（调查人员）\n王示海（第三人）",
    "charge": "拖欠三名劳动者工资，经责令只支付一部分，建议罚款。", "asked": "问：工资为何没有支付？答：工程款没有收到。",
    "defence": "已经在催收工程款，请求从轻。", "third_said": "希望尽快拿到工资。", "debate": "双方就是否具有支付能力进行了辩论。",
    "last_words": "请求从轻处罚。", "comment": "没有异议。",
}  # fmt: skip
REPORT = {"facts": "拖欠事实清楚，证据经当庭质证。", "disputes": "是否具有支付能力。", "proposal": "maintain",
          "opinion": "资金困难不是拖欠工资的法定理由，建议按告知的内容决定。"}  # fmt: skip


def told(story):
    """The case is brought to where the notices have been served."""
    for part in (opened, investigated, ordered, ended, notified):
        part(story)


def told_briefly(story):
    """The same with no more papers than the law demands: for tests of what comes after."""
    w, common = story.world, {"facts": FACTS, "violated": VIOLATED, "basis": "见告知书"}
    story.do("register", w.zhou, **COMPLAINT)
    story.do("propose_filing", w.zhou, "2026-03-03", matter="wages", began_on="2025-12-01", violation="continuing", opinion="拟立案",
             in_competence=True)  # fmt: skip
    story.do("file", w.wang, opinion="同意")
    story.do("assign", w.wang, lead=w.zhang.pk, second=w.li.pk)
    for title in ("工资支付台账", "公示栏照片", "考勤表"):
        story.do("add_evidence", w.zhang, kind="document", title=title, proves="拖欠工资", provider=COMPANY, form="copy",
                 collected_on="2026-03-03", collectors=[w.zhang.pk, w.li.pk])  # fmt: skip
    story.do("find_violation", w.zhang, "2026-04-01", party=story.party(), power="obstruct-inspection", began_on="2026-03-28",
             corrected="none", amount="8000", reason="拒不提供台账，情节一般。")  # fmt: skip
    story.do("end_investigation", w.zhang, "2026-04-01", evidence="台账", proposal="penalty", proposed="罚款 8000 元。", fine="8000",
             no_inquiry="拒不到场", **common)  # fmt: skip
    story.do("propose_notice", w.zhang, "2026-04-02", intended="罚款 8000 元。", fine="8000", **common)
    story.do("approve_notice", w.sun, opinion="同意告知。")
    story.finish("penalty_notice")
    story.serve(
        "serve_notice",
        "penalty_notice",
        story.party(),
        receiver="陈示东",
        relation="法定代表人",
        place="示例工业园 8 号",
    )


def requested(story):
    """The respondent asks for a hearing in time."""
    story.do("request_hearing", story.world.zhang, "2026-04-08", party=story.party(), **REQUEST)
    return story.beside("hearing")


def noticed(story):
    """The request is accepted, host and recorder are named, the notice is served."""
    w, hearing = story.world, requested(story)
    hearing.do("accept_hearing", w.zhao, "2026-04-09", opinion="符合听证条件。")
    hearing.do("appoint_host", w.sun, host=w.he.pk, recorder=w.zhou.pk, own=True, opinion="同意。")
    hearing.do("notify_hearing", w.he, "2026-04-10", **SETTING)
    hearing.finish("hearing_notice", by=w.he)
    hearing.serve("serve_hearing_notice", "hearing_notice", story.party(), by=w.he, receiver="陈示东", relation="法定代表人",
                  place="宝示区示例工业园 8 号")  # fmt: skip
    return hearing


def shown(hearing, *left_out):
    """Every piece of evidence with what was said of it, but those left out by their place."""
    keys = [
        key
        for key, _ in hearing.fresh()
        .flow["hold_hearing"]
        .given(file=hearing.file)
        .fields["crossed"]
        .widget.columns[0][2]
    ]
    return [{"piece": key, "opinion": "无异议"} for n, key in enumerate(keys) if n not in left_out]


def held(story, *left_out):
    """The hearing is held, its record signed, its report handed in."""
    w, hearing = story.world, noticed(story)
    hearing.now = at("2026-04-24", 11, 30)
    hearing.do("hold_hearing", w.he, crossed=shown(hearing, *left_out), **HELD)
    hearing.finish("hearing_record", by=w.he)
    hearing.do("report_hearing", w.he, "2026-04-27", **REPORT)
    story.now = hearing.now
    story.fresh()
    return hearing


def after_hearing(story):
    """The case goes on to where the decision is due, reviewed after the hearing."""
    w = story.world
    story.do("lapse_statement", w.clock, "2026-04-28")
    story.do("close_statement", w.zhang)
    story.do("reexamine", w.zhang, adopted="none", reasons="听证意见不影响事实认定。")
    story.do("ask_review", w.zhang, opinion="请审核。")
    story.do("pass_review", w.zhao, "2026-04-29", opinion="同意。")


def heard_out(story):
    """A hearing from request to report."""
    told_briefly(story)
    return held(story)


def turned_down(story):
    """A request that is refused."""
    told_briefly(story)
    hearing = requested(story)
    hearing.do("refuse_hearing", story.world.zhao, ground="party", reason="提出人没有代理权。")
    return hearing


def stayed_away(story):
    """A hearing to which the party does not come."""
    told_briefly(story)
    hearing = noticed(story)
    hearing.do("terminate_hearing", story.world.he, "2026-04-24", ground="absent", reason="经通知没有到场。")
    return hearing


BESIDE = (heard_out, turned_down, stayed_away)  # between them every paper of every track is drafted
OPEN = {"hearing": requested}  # how a track of each flow is opened, beside a case told so far
TOLD = {"hearing": told_briefly}
