"""Tracks as officers work on them, told in parts beside the case of `casework`: each returns the track's own story."""

from laojian.cases.checklist import LINES
from tests.casework import (
    COMPANY,
    COMPLAINT,
    FACTS,
    VIOLATED,
    WORKERS,
    ended,
    investigated,
    notified,
    opened,
    ordered,
)
from tests.world import at, officer

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


LINE_BY_LINE = {key: "pass" for key, *_ in LINES} | {f"{key}_note": "已逐项核对卷内材料" for key, *_ in LINES}


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


def excused(story):
    """What should have been recorded and was not is told in writing."""
    for row in story.fresh().recordings:
        if row["must"] and not row["evidence_id"]:
            story.do(
                "excuse_recording", story.world.zhang, recording=row["id"], reason="记录仪当场故障，由见证人见证。"
            )


def after_hearing(story):
    """The case goes on to where the decision is due, reviewed after the hearing."""
    w = story.world
    story.now = at("2026-04-28", 8)
    excused(story)
    story.do("lapse_statement", w.clock, "2026-04-28")
    story.do("close_statement", w.zhang)
    story.do("reexamine", w.zhang, adopted="none", reasons="听证意见不影响事实认定。")
    story.do("ask_review", w.zhang, opinion="请审核。")
    story.do("pass_review", w.zhao, "2026-04-29", opinion="同意。", **LINE_BY_LINE)


def decided_briefly(story):
    """The penalty of the short story is decided and served: the time to pay and to seek relief runs."""
    told_briefly(story)
    w, party = story.world, story.party()
    story.do("lapse_statement", w.clock, "2026-04-14")
    story.do("close_statement", w.zhang)
    story.do("reexamine", w.zhang, adopted="silent", reasons="没有提出意见。")
    story.do("ask_review", w.zhang, opinion="请审核。")
    story.do("pass_review", w.zhao, "2026-04-15", opinion="同意。")
    fine = {"party": party, "kind": "fine", "ground": "lsr-30", "demand": "缴纳罚款", "amount": "8000"}
    story.do("decide_penalty", w.sun, "2026-04-20", facts=FACTS, violated=VIOLATED, basis="《劳动保障监察条例》第三十条",
             decided="罚款 8000 元。", discretion="属一般情节", addressees=[fine], major="no", major_reason="情节一般。")  # fmt: skip
    story.finish("penalty_decision")
    story.serve("serve_decision", "penalty_decision", party, **HEAD)
    story.do("report_superior", w.zhang, sent_on="2026-04-20", way="platform", office=w.city.name)


HEAD = {"receiver": "陈示东", "relation": "法定代表人", "place": "宝示区示例工业园 8 号"}
TABLE = [{"due_on": "2026-06-10", "amount": "3000"}, {"due_on": "2026-07-10", "amount": "5000"}]


def enforcing(story):
    """The fine was not paid in time: enforcement is opened."""
    w, decision = story.world, story.paper("penalty_decision")["id"]
    story.do(
        "open_enforcement", w.zhang, "2026-05-11", decision=decision, party=story.party(), reason="逾期没有缴纳罚款。"
    )
    return story.beside("enforcement")


def deferred(story):
    """Time to pay is granted in two instalments."""
    w, track = story.world, enforcing(story)
    track.do("ask_deferral", w.zhang, "2026-05-12", made_on="2026-05-12", reason="工程款没有收到，资金周转困难", proof="银行流水",
             table=TABLE)  # fmt: skip
    track.do("grant_deferral", w.sun, "2026-05-13", opinion="情况属实，同意分两期缴纳。")
    return track


def reminded(story):
    """The first instalment is not paid; a surcharge is decided, the reminder is served after the time for relief."""
    w, track = story.world, deferred(story)
    track.do("lapse_period", w.clock, "2026-06-11")
    track.do("declare_default", w.zhang, "2026-06-11", opinion="第一期到期没有缴纳。")
    track.do("decide_surcharge", w.sun, "2026-06-21", until_on="2026-06-21", announced=True, opinion="逾期没有缴清。")
    track.do("propose_reminder", w.zhang, "2026-10-22", way="到代收银行缴纳罚款和加处罚款。")
    track.finish("reminder")
    track.serve("serve_reminder", "reminder", track.party(), **HEAD)
    return track


def applied(story):
    """The head of the bureau signs, the court is asked."""
    w, track = story.world, reminded(story)
    track.do("lapse_period", w.clock, "2026-11-06")
    track.do("propose_application", w.zhang, "2026-11-06", subject="罚款和加处罚款", heard="当事人没有提出意见。", assets="示例银行账户",
             materials="行政处罚决定书\n送达回证\n履行催告书")  # fmt: skip
    track.do("sign_application", w.qian, opinion="同意申请。")
    track.finish("court_application")
    track.do("file_application", w.zhang, "2026-11-09", filed_on="2026-11-09", receipt="收件回执 1 号")
    return track


def enforced(story):
    """Enforcement up to the application to the court."""
    decided_briefly(story)
    return applied(story)


def owing(story):
    """Wages are ordered, the order is served, its time is over, three workers are still owed."""
    w = story.world
    story.do("register", w.zhou, **COMPLAINT)
    story.do("claim_workers", w.zhou, rows=WORKERS, source=story.file.sources[0]["id"])
    story.do("propose_filing", w.zhou, "2026-03-03", matter="wages", began_on="2025-12-01", violation="continuing", opinion="拟立案",
             in_competence=True)  # fmt: skip
    story.do("file", w.wang, opinion="同意")
    story.do("assign", w.wang, lead=w.zhang.pk, second=w.li.pk)
    story.do("add_evidence", w.zhang, kind="document", title="工资支付台账", proves="拖欠工资", provider=COMPANY, form="copy",
             collected_on="2026-03-03", collectors=[w.zhang.pk, w.li.pk])  # fmt: skip
    row = {
        "party": story.party(),
        "kind": "pay",
        "ground": "lsr-26",
        "demand": "支付三名劳动者工资",
        "amount": "36200.50",
    }
    story.do("order_correction", w.zhang, "2026-03-12", facts=FACTS, violated=VIOLATED, demand="支付拖欠的工资。", addressees=[row],
             length=15, unit="day", evidence="台账")  # fmt: skip
    story.finish("correction_order")
    story.serve("serve_order", "correction_order", story.party(), **HEAD)


REPORTED = {
    "pay": "yes", "pay_proof": "工资支付台账、考勤表。", "evading": "flight", "evading_proof": "电话通知后失去联系，公司账户资金已转出。",
    "amount": "reached", "amount_reason": "一人拖欠三个月、近两万元，影响基本生活。", "order_proof": "限期改正指令书及送达回证。",
    "facts": "该公司负责人在责令支付后逃匿，拖欠三名劳动者工资至今没有支付。", "opinion": "涉嫌拒不支付劳动报酬犯罪，建议移送。",
}  # fmt: skip
APPROVED = {"office": "示例市公安局宝示分局", "prosecutor": "示例市宝示区人民检察院", "items": "工资支付台账复印件一册",
            "opinion": "同意移送。"}  # fmt: skip
HANDED = {"receiver": "钱示警", "copied_on": "2026-04-03", "receipt": "移送书回执 1 号"}


def suspected(story):
    """Two officers are named to look into the crime."""
    w = story.world
    story.do("open_transfer", w.zhang, "2026-04-01", party=story.party(), reason="负责人逃匿，责令支付后仍不支付。")
    return story.beside("transfer")


def reported(story):
    """They report in writing."""
    w, track = story.world, suspected(story)
    track.do("name_team", w.wang, lead=w.zhang.pk, second=w.li.pk)
    track.do("report_crime", w.zhang, "2026-04-02", **REPORTED)
    return track


def with_police(story):
    """The head approves, the letter is sealed and handed to the police in time."""
    w, track = story.world, reported(story)
    track.do("approve_transfer", w.qian, "2026-04-03", **APPROVED)
    track.finish("crime_transfer")
    track.do("hand_to_police", w.zhang, handed_at=track.now, **HANDED)
    return track


def transferred(story):
    """A transfer up to the police."""
    owing(story)
    return with_police(story)


RESULT = {"document": "宝政复决〔2026〕1 号", "reason": "事实清楚，程序合法。"}


def contested(story, kind="reconsideration", office="示例区人民政府"):
    """The respondent asks for reconsideration of the decision."""
    story.do("open_relief", story.world.zhao, "2026-05-11", decision=story.paper("penalty_decision")["id"], party=story.party(),
             kind=kind, office=office, made_on="2026-05-08", reason="认为罚款过重。")  # fmt: skip
    return story.beside("relief")


def answered(story, **how):
    """It is taken up and answered in time."""
    w, track = story.world, contested(story, **how)
    track.do("note_relief_accepted", w.zhao, "2026-05-13", accepted_on="2026-05-13", copy_on="2026-05-13", way="ordinary",
             number="示例 1 号")  # fmt: skip
    track.do("submit_answer", w.zhao, "2026-05-20", on="2026-05-20", person="赵法制、张监察", materials="案卷一册")
    return track


def closed_briefly(story):
    """The short story goes on to its end: the fine is paid, the complainant is told, the file is closed."""
    decided_briefly(story)
    w, party = story.world, story.party()
    fine = next(o["id"] for o in story.file.obligations if o["kind"] == "fine")
    story.do("register_payment", w.zhang, "2026-04-28", of="fine", on="2026-04-28", way="ordered", payer=party, amount="8000",
             voucher="财政票据 1 号", obligation=fine)  # fmt: skip
    story.do("reply", w.zhou, source=story.file.sources[0]["id"], content="已经处罚。", way="phone")
    story.do(
        "propose_closing", w.zhang, "2026-04-30", result="罚款 8000 元。", performance="已缴清。", ground="performed"
    )
    story.do("close", w.wang, opinion="同意结案。")


def sampled(story):
    """The closed file is among those that are reviewed for the year."""
    story.do("open_assessment", supervisor(story.world), "2026-06-01", year=2026, reason="按年度和案号的摘要排序抽取")
    return story.beside("assessment")


def supervisor(world):
    """An officer of supervision in the district itself."""
    if not hasattr(world, "fang"):
        world.fang = officer("fang", "方监督", world.district, ["supervision"], certificate=False)
    return world.fang


FOUND = {"marks": [{"line": "E1", "points": "2", "demand": "决定书没有写明裁量的具体情节"}], "opinion": "请补齐文书。",
         "mend_by": "2026-06-20"}  # fmt: skip


def assessed(story):
    """Findings are given to the handler."""
    track = sampled(story)
    track.do("assess", supervisor(story.world), "2026-06-02", **FOUND)
    return track


def reviewed(story):
    """A review from the sample to the second look."""
    closed_briefly(story)
    w, track = story.world, assessed(story)
    track.do(
        "answer_assessment",
        w.zhang,
        "2026-06-05",
        accepted="part",
        answer="文书已经成文、签名入卷；裁量理由在审批表中已经写明。",
    )
    track.do("accept_mending", supervisor(w), "2026-06-08", result="mended", opinion="已经补齐。")
    return track


def corrected(story):
    """The bureau itself takes its decision back."""
    decided_briefly(story)
    story.do("correct_decision", story.world.qian, "2026-05-11", decision=story.paper("penalty_decision")["id"], way="revoke",
             reason="认定的主体有误。")  # fmt: skip
    return story


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


BESIDE = (
    heard_out,
    turned_down,
    stayed_away,
    enforced,
    transferred,
    corrected,
    reviewed,
)  # between them every paper of every track is drafted
# how a track of each flow is opened, beside a case told so far
OPEN = {
    "hearing": requested,
    "enforcement": enforcing,
    "transfer": suspected,
    "relief": contested,
    "assessment": sampled,
}
TOLD = {
    "hearing": told_briefly,
    "enforcement": decided_briefly,
    "transfer": owing,
    "relief": decided_briefly,
    "assessment": closed_briefly,
}
