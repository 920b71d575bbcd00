"""The hearing (听证) as a track beside its case: asked for, set by a host who did not investigate, held in seven parts, reported."""

from laojian.cases import forms as asks
from laojian.cases.tracks import paperwork, track
from laojian.procedure.step import State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS

S = State
STATES = (
    S("hearing_requested", "待审查听证要求", "申请", ("reviewer",), "当事人已要求听证，正在安排"),
    S("hearing_accepted", "待指定主持人", "筹备", ("deputy", "chief"), "当事人已要求听证，正在安排"),
    S("hearing_set", "待确定听证时间", "筹备", ("hearing_officer",), "当事人已要求听证，正在安排"),
    S("hearing_noticing", "听证通知待送达", "筹备", ("hearing_officer",), "正在通知听证"),
    S("hearing_noticed", "待举行听证", "听证", ("hearing_officer",), "正在等待举行听证"),
    S("hearing_paused", "听证中止", "听证", ("hearing_officer",), "听证中止"),
    S("hearing_held", "待提出听证报告", "报告", ("hearing_officer",), "听证已经举行"),
    S("hearing_ended", "听证结束", "报告", (), "听证已经结束", final=True),
    S("hearing_refused", "不予听证", "申请", (), "不符合听证条件", final=True),
    S("hearing_withdrawn", "撤回听证要求", "申请", (), "当事人撤回听证要求", final=True),
    S("hearing_terminated", "听证终止", "听证", (), "听证终止", final=True),
)
SET = ("hearing_set", "hearing_noticing", "hearing_noticed", "hearing_paused")
BEFORE = ("hearing_requested", "hearing_accepted", *SET)
LEADERS, HOST = "deputy chief", "hearing_officer"
HANDS = "clerk inspector reviewer hearing_officer archivist"

STEPS = (
    Step("receive_request", "收到听证要求", ("",), "hearing_requested", "procedure", "apl-64", given=asks.HearingRequest),
    # The legal department answers for hearings, apart from those who investigated (hear-2).
    Step("accept_hearing", "同意举行听证", ("hearing_requested",), "hearing_accepted", "reviewer", "hear-2", needs=("apart",),
         given=asks.Opinion),
    Step("refuse_hearing", "不予受理听证", ("hearing_requested",), "hearing_refused", "reviewer", "apl-63", needs=("apart",),
         given=ask.NoHearing, paper="hearing_refusal"),
    Step("appoint_host", "指定主持人", ("hearing_accepted",), "hearing_set", LEADERS, "hear-5", needs=("own_and_apart",),
         given=ask.Appointment),
    Step("ask_avoidance", "登记回避申请", SET, None, f"clerk reviewer {HOST}", "apl-64", given=ask.Avoidance, quiet=True),
    Step("replace_host", "决定主持人回避", SET, "hearing_accepted", LEADERS, "hear-13", stops=("hearing_notice",),
         needs=("avoidance_asked",), given=asks.Opinion, quiet=True),
    Step("keep_host", "驳回回避申请", SET, None, LEADERS, "hear-13", needs=("avoidance_asked",), given=asks.Opinion, quiet=True),
    Step("notify_hearing", "通知听证", ("hearing_set",), "hearing_noticing", HOST, "apl-64", starts=("hearing_notice",),
         needs=("host", "avoidance_decided", "far_enough"), given=ask.Setting, paper="hearing_notice"),
    Step("serve_hearing_notice", "送达听证通知", ("hearing_noticing", "hearing_noticed"), "hearing_noticed", f"clerk {HOST}", "apl-64",
         stops=("hearing_notice",), needs=("sealed_first", "on_paper", "served_in_time"), given=ask.ServingNotice),
    Step("reset_hearing", "变更听证时间", ("hearing_noticing", "hearing_noticed"), "hearing_set", HOST, "apl-64",
         stops=("hearing_notice",), needs=("host",), given=asks.Opinion, quiet=True),
    Step("hold_hearing", "举行听证", ("hearing_noticed",), "hearing_held", HOST, "hear-14",
         needs=("host", "avoidance_decided", "as_noticed", "something_shown"), given=ask.Held, paper="hearing_record"),
    Step("pause_hearing", "中止听证", ("hearing_noticed",), "hearing_paused", HOST, "hear-6", stops=("hearing_notice",), needs=("host",),
         given=ask.Paused, quiet=True),
    Step("resume_hearing", "恢复听证", ("hearing_paused",), "hearing_set", HOST, "hear-6", needs=("host",), given=asks.Opinion),
    Step("terminate_hearing", "终止听证", (*SET, "hearing_held"), "hearing_terminated", HOST, "apl-64", stops=("hearing_notice",),
         needs=("host", "after_its_hour"), given=ask.Terminated, paper="hearing_termination", quiet=True),
    Step("withdraw_hearing", "撤回听证要求", BEFORE, "hearing_withdrawn", f"clerk reviewer {HOST}", "apl-64", stops=("hearing_notice",),
         given=ask.Withdrawn, quiet=True),
    Step("report_hearing", "提出听证报告", ("hearing_held",), "hearing_ended", HOST, "hear-17", needs=("host", "record_signed"),
         given=ask.Report, paper="hearing_report"),
    *paperwork(STATES, HANDS),
)  # fmt: skip

HEARING = track("hearing", "听证", STATES, STEPS, guards, ACTIONS, joins=("request_hearing", "hearing_closed"))
