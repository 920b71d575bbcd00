"""The second table of the general procedure: what may happen beside the main line of `flow.py`, or leads out of it.

Most rows leave the file where it stands: somebody asks, a leader decides, a clock runs, a paper tells it.
"""

from laojian.procedure.step import Step

from . import forms as ask
from .states import AFTER, AWAY, FILED, MIDDLE, PROBE, WORKED_ON

STAY = None
DECIDERS = "deputy chief"
READABLE = (
    "awaiting_statement",
    "statement_closed",
    "to_review",
    "reviewed",
    "decided",
    "performing",
    "closing",
    "closed",
    "archived",
)
ANYBODY = "clerk inspector reviewer unit_head deputy chief"

BESIDE = (
    # ── avoidance: the investigation does not stop until it is decided (impl-23 … impl-25, apl-43) ──
    Step("declare_conflict", "声明利害关系", FILED, STAY, "inspector reviewer unit_head deputy chief", "apl-43", starts=("avoid",),
         given=ask.NoConflict, paper="no_conflict", quiet=True),
    Step("ask_avoidance", "登记回避申请", FILED, STAY, ANYBODY, "impl-24", starts=("avoid",), given=ask.AvoidanceAsked,
         starts_from="received_on", quiet=True),
    Step("grant_avoidance", "决定回避", FILED, STAY, DECIDERS, "impl-25", stops=("avoid",),
         needs=("avoidance_asked", "others_avoidance"), given=ask.AvoidanceChosen, paper="avoidance_decision"),
    Step("refuse_avoidance", "驳回回避申请", FILED, STAY, DECIDERS, "impl-25", stops=("avoid",),
         needs=("avoidance_asked", "others_avoidance"), given=ask.AvoidanceChosen, paper="avoidance_decision"),
    # ── evidence registered and kept: approved first, seven days, then dealt with or free (apl-56, impl-27) ──
    Step("ask_keeping", "申请先行登记保存", PROBE, STAY, "inspector", "apl-56", needs=("two_inspectors",), given=ask.KeepingAsked,
         quiet=True),
    Step("approve_keeping", "批准先行登记保存", PROBE, STAY, DECIDERS, "apl-56", needs=("keeping_asked",), barred=("ask_keeping",),
         given=ask.KeepingChosen, paper="keeping_approval"),
    Step("refuse_keeping", "不批准先行登记保存", PROBE, STAY, DECIDERS, "apl-56", needs=("keeping_asked",), barred=("ask_keeping",),
         given=ask.KeepingChosen, quiet=True),
    Step("keep", "实施先行登记保存", PROBE, STAY, "inspector", "apl-56", starts=("register_keep",), starts_from="kept_at",
         needs=("two_inspectors", "keeping_approved"), given=ask.Kept, paper="keeping_list"),
    Step("dispose_keeping", "处理登记保存物品", (*WORKED_ON, "suspended", "performing"), STAY, "inspector", "apl-56",
         stops=("register_keep",), needs=("two_inspectors", "something_kept"), given=ask.KeepingDisposed, paper="keeping_disposal"),
    Step("lapse_keeping", "登记保存期满", (*WORKED_ON, *AFTER), STAY, "clock", "apl-56", stops=("register_keep",)),
    # ── evidence in hand, sound and picture of a step, and a moment of it (apl-46, apl-47) ──
    Step("hand_on_evidence", "登记证据保管", (*FILED, "closed"), STAY, "clerk inspector archivist", "apl-46",
         needs=("something_to_hand",), given=ask.HandedOn, quiet=True),
    Step("record_extraction", "提取电子数据", PROBE, STAY, "inspector", "apl-46", needs=("two_inspectors", "data_to_extract"),
         given=ask.Extracted, paper="extraction_record", quiet=True),
    Step("excuse_recording", "说明未录音像", FILED, STAY, "inspector", "apl-47", needs=("something_unrecorded",), given=ask.Excused,
         quiet=True),
    Step("mask_evidence", "制作遮盖副本", (*FILED, "closed"), STAY, "clerk inspector archivist", "lsr-12", needs=("something_to_hand",),
         given=ask.Masked, quiet=True),
    Step("mark_moment", "标记音像", FILED, STAY, "clerk inspector reviewer hearing_officer", "apl-47", needs=("something_to_hand",),
         given=ask.Marked, quiet=True),
    # ── more time to decide or to review, by a leader, before it is over (impl-37, local-review) ──
    Step("extend_decision", "延长决定期限", MIDDLE, STAY, DECIDERS, "impl-37", needs=("decision_extendable",), given=ask.Extended,
         paper="period_extension", quiet=True),
    Step("extend_review", "延长审核期限", ("pre_review", "final_review"), STAY, DECIDERS, "local-review",
         needs=("review_extendable",), given=ask.Opinion, paper="period_extension", quiet=True),
    # ── accounts, houses and cars of who owes wages: only the city may approve (mww-40) ──
    Step("ask_account_query", "申请查询账户", PROBE, STAY, "inspector", "mww-40", needs=("two_inspectors",),
         given=ask.AccountQueryAsked, quiet=True),
    Step("grant_account_query", "批准查询账户", PROBE, STAY, DECIDERS, "mww-40", needs=("query_asked", "of_city_level"),
         barred=("ask_account_query",), given=ask.Opinion, paper="account_query_approval", quiet=True),
    Step("record_city_grant", "登记市级批准查询", PROBE, STAY, "inspector", "mww-40", needs=("query_asked", "below_city_level"),
         given=ask.CityGrant, paper="account_query_approval", quiet=True),
    # ── audits and appraisals (lsr-15, apl-46) ──
    Step("commission", "委托审计、鉴定", PROBE, STAY, "inspector", "lsr-15", needs=("two_inspectors",), given=ask.Commission,
         paper="commission_letter", quiet=True),
    Step("record_commission", "登记审计、鉴定结论", (*WORKED_ON,), STAY, "inspector", "apl-46",
         needs=("two_inspectors", "commissioned"), given=ask.CommissionDone, quiet=True),
    # ── another authority's business, found out after filing (lsr-18, lsr-13, apl-25) ──
    Step("ask_hand_over", "拟移送其他机关", (*PROBE, "investigated", "to_notify", "to_review"), STAY, "inspector", "lsr-18",
         needs=("two_inspectors",), given=ask.HandOver, quiet=True),
    Step("hand_over", "批准移送其他机关", (*PROBE, "investigated", "to_notify", "to_review"), "handed_over", DECIDERS, "lsr-18",
         stops=("investigate", "conclude", "decide"), needs=("hand_over_asked", "nothing_kept"), barred=("ask_hand_over",),
         given=ask.HandOver, paper="transfer_letter", quiet=True),
    Step("note_handed_over", "登记移送回执", AWAY, STAY, "inspector", "lsr-18", given=ask.HandedOver),
    Step("take_back", "移送退回", AWAY, "investigating", "inspector", "lsr-13", reopens=("investigate", "conclude"),
         given=ask.TakenBack, quiet=True),
    # ── the case stands still: proposed by the unit's head, approved by a leader, on the bureau's own rule (local-suspend) ──
    Step("ask_suspension", "拟中止调查", PROBE, STAY, "unit_head", "local-suspend", needs=("something_to_suspend",),
         given=ask.SuspensionAsked, quiet=True),
    Step("suspend", "批准中止调查", PROBE, "suspended", DECIDERS, "local-suspend", needs=("suspension_asked", "something_to_suspend"),
         barred=("ask_suspension",), given=ask.Opinion, paper="suspension_approval", quiet=True),
    Step("resume", "恢复调查", ("suspended",), "investigating", DECIDERS, "local-suspend", given=ask.Opinion,
         paper="resumption_approval"),
    # ── the leaders discuss a major penalty together: after the review, before the decision (apl-57) ──
    Step("call_discussion", "召集集体讨论", ("reviewed", "decided"), STAY, "chief", "apl-57", given=ask.DiscussionCalled, quiet=True),
    Step("record_discussion", "记录集体讨论", ("reviewed", "decided"), STAY, "clerk reviewer", "apl-57",
         needs=("discussion_called", "quorate"), given=ask.DiscussionHeld, paper="discussion_record", quiet=True),
    # ── penalties are filed with the superior and, where the place says so, with the government (impl-46, local-record) ──
    Step("report_superior", "报上一级备案", ("decided", "performing"), STAY, "inspector", "impl-46", stops=("report_superior",),
         needs=("penalised",), given=ask.Reported, paper="filing_report"),
    Step("report_government", "报本级政府备案", ("decided", "performing"), STAY, "inspector", "local-record",
         stops=("report_government",), needs=("penalised",), given=ask.Reported, paper="filing_report", quiet=True),
    Step("note_filing", "登记备案回执", ("decided", "performing", "closing", "closed"), STAY, "clerk inspector", "impl-46",
         needs=("once_reported",), given=ask.FilingReceipt, quiet=True),
    Step("note_filing_remark", "登记备案意见", ("decided", "performing", "closing", "closed"), STAY, "clerk inspector", "apl-75",
         needs=("once_reported",), given=ask.FilingRemark, quiet=True),
    Step("answer_filing_remark", "答复备案意见", ("decided", "performing", "closing", "closed"), STAY, "inspector", "apl-75",
         needs=("remarked",), given=ask.FilingAnswer, quiet=True),
    # ── a copy to read for a party's lawyer; the archive: hold, appraisal, destruction by two posts (ogi-16, impl-40) ──
    Step("lend_copy", "提供阅卷副本", READABLE, STAY, "clerk inspector archivist", "apl-45", given=ask.CopyLent, quiet=True),
    Step("hold_archive", "锁定档案", ("archived",), STAY, "archivist supervision", "impl-40", given=ask.Held, quiet=True),
    Step("release_archive", "解除锁定", ("archived",), STAY, DECIDERS, "impl-40", needs=("held",), barred=("hold_archive",),
         given=ask.Opinion, quiet=True),
    Step("propose_destruction", "拟销毁档案", ("archived",), STAY, "archivist", "impl-40",
         needs=("retention_over", "not_held", "not_pending"),
         given=ask.Destruction, quiet=True),
    Step("refuse_destruction", "不同意销毁", ("archived",), STAY, DECIDERS, "impl-40", needs=("destruction_proposed",),
         given=ask.Opinion, quiet=True),
    Step("approve_destruction", "批准销毁档案", ("archived",), STAY, DECIDERS, "impl-40", barred=("propose_destruction", "archive"),
         needs=("destruction_proposed", "retention_over", "not_held"), given=ask.Opinion, quiet=True),
    # ── what the grade of the employer rests on besides the decisions (rsg1) ──
    Step("note_mass_event", "登记群体性、极端事件", FILED, STAY, "inspector unit_head", "rsg1", given=ask.MassEvent, quiet=True),
)  # fmt: skip
