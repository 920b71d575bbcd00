"""THE table: the general procedure of a case (`procedure.md` §2), from registration to archive, on one page.

What may happen beside the main line, and leaves the file where it stands or leads out of it, is the table in `beside.py`.
Hearing, transfer to the police, enforcement by the court and the correction of decisions are tracks of their own that join
here by guards; their rows come after “陈述申辩”, “法制审核” and “履行”.
"""

from dataclasses import replace

from laojian.procedure.step import ROLE_LABELS, Flow, Step

from . import (
    archive_guards,
    beside_guards,
    guards,
    office_guards,
    paper_guards,
    penalty_guards,
    power_guards,
    publicity_guards,
    recorded_guards,
    relief_guards,
    review_guards,
    track_guards,
)
from . import forms as ask
from .actions import ACTIONS
from .beside import BESIDE
from .calls import calls
from .facts import facts
from .joins import JOINS
from .reading import PARTS
from .states import AFTER, ALL, AWAY, EARLY, FILED, FINDABLE, LIVE, MIDDLE, PROBE, STAGES, STATES, WORKED_ON

ON_PAPER = (*ALL, "archived")  # a decision can still be corrected when its file lies in the archive
WORKED = ("assign", "record_inquiry", "record_inspection", "add_evidence", "order_correction", "end_investigation")
DECIDERS = "deputy chief"
STAY = None

STEPS = (
    # ── registration and acceptance (impl-12 … impl-18) ──
    Step("register", "登记", ("",), "acceptance_review", "clerk inspector", "lsr-9", starts=("accept", "file"),
         given=ask.Registration, starts_from="received_at", paper="registration"),
    Step("add_source", "补登来源", LIVE, STAY, "clerk inspector", "lsr-9", given=ask.AddSource, paper="registration",
         quiet=True),
    Step("claim_workers", "登记劳动者", (*LIVE,), STAY, "clerk inspector", "mww-50", given=ask.Workers),
    Step("merge", "并案", (*EARLY, "filed", *PROBE), STAY, "clerk inspector unit_head", "impl-18", given=ask.Merge, quiet=True),
    Step("join", "并入他案", EARLY, "merged", "procedure", "impl-18", stops=("accept", "file", "supplement"),
         given=ask.Joined),
    Step("take_over_findings", "承接当场认定", ("acceptance_review",), STAY, "procedure", "impl-33", given=ask.FindingsTakenOver),
    Step("propose_filing", "拟予立案", ("acceptance_review",), "filing_proposed", "clerk inspector", "impl-18",
         needs=("employer_named", "within_two_years"), given=ask.Filing),
    Step("ask_supplement", "告知补正", ("acceptance_review",), "supplementing", "clerk inspector", "impl-18", starts=("supplement",),
         stops=("accept", "file"), given=ask.Supplement, paper="supplement_notice"),
    Step("supplemented", "已补正", ("supplementing",), "acceptance_review", "clerk inspector", "impl-18", starts=("accept",),
         stops=("supplement",), given=ask.Opinion),
    Step("lapse_supplement", "补正期满", ("supplementing",), "not_supplemented", "clock", "local-supplement", stops=("supplement",)),
    Step("decline", "不予受理", ("acceptance_review",), "declined", "clerk inspector", "impl-18", stops=("accept", "file"),
         needs=("complained",), given=ask.Refusal, paper="decline_notice"),
    Step("redirect", "告知仲裁诉讼", ("acceptance_review",), "redirected", "clerk inspector", "lsr-21", stops=("accept", "file"),
         given=ask.Refusal, paper="redirect_notice"),
    Step("out_of_scope", "不属职权", ("acceptance_review",), "out_of_scope", "clerk inspector", "impl-18", stops=("accept", "file"),
         given=ask.Refusal, paper="out_of_scope_notice"),
    Step("transfer_venue", "移送管辖", ("acceptance_review",), "transferred", "clerk inspector", "lsr-13", stops=("accept", "file"),
         given=ask.Refusal, paper="transfer_letter"),
    Step("settle", "协调解决", ("acceptance_review",), "settled", "clerk inspector", "lsr-10", stops=("accept", "file"),
         needs=("nothing_to_pursue",), given=ask.Settlement, paper="settlement_record"),
    Step("withdraw", "撤回投诉", LIVE, STAY, "clerk inspector", "impl-18", given=ask.Withdrawal, paper="withdrawal", quiet=True),
    Step("withdraw_online", "投诉人撤回", LIVE, STAY, "complainant", "impl-18", given=ask.Withdrawal, paper="withdrawal"),
    Step("change_contact", "修改联系电话", LIVE, STAY, "complainant", "impl-14", given=ask.Contact),
    Step("end_withdrawn", "撤回终止", ("acceptance_review",), "withdrawn", "clerk inspector", "impl-18", stops=("accept", "file"),
         needs=("all_withdrawn", "nothing_to_pursue"), given=ask.Opinion),
    # ── filing and assignment (impl-19, apl-42) ──
    Step("file", "批准立案", ("filing_proposed",), "filed", "unit_head", "impl-19", starts=("investigate", "conclude"),
         stops=("accept", "file"), barred=("propose_filing",), given=ask.Opinion, paper="filing_approval"),
    Step("return_filing", "退回受理审查", ("filing_proposed",), "acceptance_review", "unit_head", "impl-19", given=ask.Opinion),
    Step("assign", "指派承办", ("filed",), "investigating", "unit_head", "apl-42", needs=("two_certified",), given=ask.Assignment,
         paper="assignment"),
    Step("reassign", "调整承办人", (*PROBE, *MIDDLE, "performing"), STAY, "unit_head", "apl-42", needs=("two_certified",),
         given=ask.Assignment, paper="assignment", quiet=True),
    Step("ask_help", "商请协助", LIVE, STAY, "unit_head deputy chief", "apl-26", given=ask.Help, quiet=True),
    Step("keep_party", "登记当事人", (*EARLY, *FILED), STAY, "clerk inspector", "lsr-13", given=ask.NewParty, quiet=True),
    # ── investigation and correction (lsr-15 … lsr-18) ──
    Step("call_in", "发调查询问书", PROBE, STAY, "inspector", "lsr-15", needs=("two_inspectors",), given=ask.Letter,
         paper="inquiry_letter"),
    Step("record_inquiry", "询问", PROBE, STAY, "inspector", "lsr-15", needs=("two_inspectors", "not_elsewhere"),
         given=ask.InquiryHeld, paper="inquiry_record"),
    Step("plan_inspection", "拟行政检查", PROBE, STAY, "inspector", "gbf54", needs=("two_inspectors",), given=ask.InspectionPlanned,
         paper="inspection_approval", quiet=True),
    Step("record_inspection", "检查", PROBE, STAY, "inspector", "lsr-15", needs=("two_inspectors", "not_elsewhere"),
         given=ask.InspectionHeld, paper="inspection_record"),
    Step("add_evidence", "补充证据", (*EARLY, *FILED), STAY, "clerk inspector", "apl-46", given=ask.EvidenceAdded),
    Step("supply_evidence", "投诉人补充材料", LIVE, STAY, "complainant", "impl-18", given=ask.EvidenceAdded),
    Step("list_evidence", "编制证据清单", PROBE, STAY, "inspector", "apl-46", needs=("evidence_listed",), paper="evidence_list",
         quiet=True),
    Step("change_ledger", "更正台账", (*EARLY, *FILED), STAY, "clerk inspector", "mww-50", given=ask.LedgerChange, quiet=True),
    Step("order_correction", "责令改正", PROBE, STAY, "inspector", "lsr-18",
         needs=("two_inspectors", "addressees_known", "as_owed", "in_power"), given=ask.Order, paper="correction_order"),
    Step("serve_order", "送达责令改正", PROBE, STAY, "inspector", "impl-38", starts=("correct",), needs=("sealed_first", "on_paper"),
         given=ask.ServingOrder),
    Step("note_correction", "核实改正情况", PROBE, STAY, "inspector", "lsr-18", stops=("correct",),
         needs=("correction_over",), given=ask.Corrected, paper="correction_check"),
    Step("lapse_correction", "改正期满", (*WORKED_ON, *AFTER), STAY, "clock", "lsr-18",
         stops=("correct",)),
    Step("suggest", "发监察建议书", (*PROBE, *MIDDLE, "performing"), STAY, "inspector", "lsr-10", given=ask.Suggestion,
         paper="suggestion_letter", quiet=True),
    Step("find_violation", "认定违法", FINDABLE, STAY, "inspector", "apl-40", needs=("two_inspectors", "in_power", "finding_lawful"),
         given=ask.Finding),
    Step("drop_finding", "撤回认定", FINDABLE, STAY, "inspector", "apl-40", given=ask.FindingDropped, quiet=True),
    Step("ask_extension", "申请延长调查", PROBE, STAY, "inspector", "lsr-17", needs=("extended_once",), given=ask.ExtensionAsked,
         quiet=True),
    Step("extend_investigation", "批准延长调查", PROBE, STAY, DECIDERS, "lsr-17", needs=("extension_asked", "extended_once"),
         barred=("ask_extension",),
         given=ask.Opinion, paper="extension_approval"),
    Step("register_payment", "登记付款", (*EARLY, *FILED), STAY, "clerk inspector", "mww-3", given=ask.Pay),
    Step("end_investigation", "调查终结", PROBE, "investigated", "inspector", "impl-33", starts=("decide",), stops=("investigate",),
         needs=("two_inspectors", "evidence_listed", "respondent_heard", "correction_settled", "recorded"), given=ask.Conclusion,
         paper="case_report"),
    # ── notice, statement and its re-examination (apl-44, apl-45, impl-34) ──
    Step("ask_pre_review", "送告知前审核", ("investigated",), "pre_review", "inspector", "apl-58", starts=("review",),
         needs=("opinion_answered",), given=ask.ReviewAsked, paper="review_request"),
    Step("pass_pre_review", "同意告知", ("pre_review",), "to_notify", "reviewer", "apl-58", stops=("review",), barred=WORKED,
         needs=("reviewer_qualified", "lines_answered"), given=ask.Agreed, paper="review_opinion"),
    Step("return_pre_review", "退回补充调查", ("pre_review",), "investigating", "reviewer", "apl-58", stops=("review", "decide"),
         reopens=("investigate",), barred=WORKED, needs=("reviewer_qualified", "lines_answered"), given=ask.SentBack,
         paper="review_opinion"),
    Step("propose_notice", "拟告知", ("investigated", "to_notify"), "notice_proposed", "inspector", "apl-44",
         needs=("adverse", "pre_reviewed", "rests_on_findings", "notice_in_range"), given=ask.Notice),
    Step("approve_notice", "批准告知", ("notice_proposed",), "noticing", DECIDERS, "apl-44", barred=("propose_notice",),
         given=ask.Opinion),
    Step("return_notice", "退回修改告知", ("notice_proposed",), "to_notify", DECIDERS, "apl-44", given=ask.Opinion),
    Step("serve_notice", "送达告知书", ("noticing", "awaiting_statement"), "awaiting_statement", "inspector", "apl-44",
         starts=("defense", "hearing_request"), needs=("sealed_first", "on_paper"), given=ask.ServingNotice),
    Step("hear_statement", "听取陈述申辩", ("awaiting_statement",), STAY, "inspector", "apl-45", given=ask.Statement,
         paper="statement_record"),
    Step("waive", "登记书面放弃", ("awaiting_statement",), STAY, "inspector", "apl-45", stops=("defense", "hearing_request"),
         given=ask.Waiver, quiet=True),
    Step("lapse_statement", "陈述申辩期满", (*WORKED_ON, *AFTER), STAY, "clock", "apl-45",
         stops=("defense", "hearing_request")),
    Step("close_statement", "结束陈述申辩", ("awaiting_statement",), "statement_closed", "inspector", "apl-45",
         needs=("statement_over", "hearing_over", "recorded")),
    Step("reexamine", "复核陈述申辩", ("statement_closed",), "to_review", "inspector", "apl-45", needs=("not_heavier", "hearing_over"),
         given=ask.Reexamination, paper="reexamination"),
    Step("renotify", "重新告知", ("noticing", "statement_closed", "to_review", "reviewed"), "to_notify", "inspector deputy chief", "apl-44",
         given=ask.Renotice, quiet=True),
    # ── legal review before the decision: the gate (apl-58) ──
    Step("ask_review", "送决定前审核", ("investigated", "to_notify", "to_review"), "final_review", "inspector", "apl-58",
         starts=("review",), given=ask.ReviewAsked,
         needs=("heard_if_adverse", "hearing_over", "told_anew_if_heavier", "opinion_answered", "recorded"),
         paper="review_request"),
    Step("pass_review", "审核同意", ("final_review",), "reviewed", "reviewer", "apl-58", stops=("review",), barred=WORKED,
         needs=("reviewer_qualified", "lines_answered", "mitigation_reviewed"), given=ask.Agreed, paper="review_opinion"),
    Step("fix_review", "改后再审", ("final_review",), "to_review", "reviewer", "apl-58", stops=("review",), barred=WORKED,
         needs=("reviewer_qualified", "lines_answered"), given=ask.Fixed, paper="review_opinion"),
    Step("return_review", "退回补充调查", ("final_review",), "investigating", "reviewer", "apl-58", stops=("review", "decide"),
         reopens=("investigate",), barred=WORKED, needs=("reviewer_qualified", "lines_answered"), given=ask.SentBack,
         paper="review_opinion"),
    # ── decision (apl-57, lsr-18, impl-35) ──
    Step("decide_penalty", "决定行政处罚", ("reviewed", "decided"), "decided", DECIDERS, "apl-57",
         starts=("serve_penalty", "report_superior", "report_government"),
         stops=("decide", "conclude"), barred=WORKED,
         needs=("as_proposed", "heard_if_adverse", "within_told", "addressees_known", "rests_on_findings",
                "fines_in_range", "answered_if_full", "law_unchanged", "in_power",
                "hearing_over", "reviewed_after_hearing", "told_anew_if_heavier", "evidence_heard", "discussed",
                "no_fine_beside_crime"),
         given=ask.Penalty, paper="penalty_decision"),
    Step("decide_treatment", "决定行政处理", ("reviewed", "decided"), "decided", DECIDERS, "lsr-18", starts=("serve_treatment",),
         stops=("decide", "conclude"), barred=WORKED,
         needs=("as_proposed", "heard_if_adverse", "addressees_known", "as_owed", "ordered_first", "in_power"),
         given=ask.Decision, paper="treatment_decision"),
    Step("decide_no_penalty", "决定不予处罚", ("reviewed", "decided"), "decided", DECIDERS, "apl-33", starts=("serve_penalty",),
         stops=("decide", "conclude"), needs=("as_proposed", "first_violation"), barred=WORKED, given=ask.Ending,
         paper="no_penalty_decision"),
    Step("revoke_filing", "撤销立案", ("reviewed", "decided"), "decided", DECIDERS, "impl-35", starts=("serve_treatment",),
         stops=("decide", "conclude"), needs=("as_proposed",), barred=WORKED, given=ask.Ending, paper="revocation"),
    Step("return_decision", "退回补充调查", ("reviewed",), "investigating", DECIDERS, "apl-57", stops=("decide",),
         reopens=("investigate",), given=ask.Opinion),
    # ── service, performance, closing, archive (apl-61, apl-67, impl-38 … impl-41) ──
    Step("serve_decision", "送达决定", ("decided", "performing"), "performing", "inspector", "apl-61",
         starts=("pay", "perform", "reconsideration", "suit"), stops=("serve_penalty", "serve_treatment"),
         needs=("both_decided", "sealed_first", "on_paper"), given=ask.ServingDecision),
    Step("decide_publication", "决定是否公示", ("performing", *AWAY, "closing", "closed", "archived"), STAY, "unit_head deputy chief",
         "apl-48", needs=("penalty_served", "public_fits"), given=ask.PublicityDecided, quiet=True),
    Step("note_performance", "核实履行", ("performing",), STAY, "inspector", "apl-66", given=ask.Performed),
    Step("lapse_term", "期限届满", ("performing", "closing", "closed", "archived"), STAY, "clock", "apl-66",
         stops=("pay", "perform", "reconsideration", "suit")),
    Step("propose_closing", "拟结案", ("performing", *AWAY), "closing", "inspector", "impl-40",
         stops=("pay", "perform", "serve_penalty", "serve_treatment", "report_superior", "report_government"),
         needs=("decisions_served", "enforcement_over", "obligations_met", "sources_replied", "reported", "recorded"),
         given=ask.Closing),
    Step("return_closing", "退回继续办理", ("closing",), "performing", "unit_head", "impl-40", given=ask.Opinion),
    Step("close", "批准结案", ("closing",), "closed", "unit_head", "impl-40", starts=("archive",), stops=("avoid",),
         barred=("propose_closing",), needs=("sources_replied", "avoidance_decided"), given=ask.Opinion, paper="closing_approval"),
    Step("reply", "答复来源", ALL, STAY, "clerk inspector", "mww-10", given=ask.Reply),
    Step("archive", "归档", ("closed",), "archived", "archivist", "impl-40", stops=("archive",),
         needs=("papers_complete", "retention_known"), given=ask.Archive),
    # ── papers: each drafted by its step, then filled, approved, fixed, sealed, served ──
    Step("fill_paper", "补填文书", ON_PAPER, STAY, "clerk inspector reviewer deputy chief unit_head archivist", "apl-59",
         given=ask.PaperFilled, quiet=True),
    Step("edit_paper", "修改文书", ON_PAPER, STAY, "clerk inspector reviewer deputy chief unit_head archivist", "apl-59",
         given=ask.PaperEdited, quiet=True),
    Step("approve_paper", "批准文书", ON_PAPER, STAY, "chief deputy unit_head", "impl-33", needs=("others_draft",),
         given=ask.PaperChosen, quiet=True),
    Step("issue_paper", "文书成文", ON_PAPER, STAY, "clerk inspector reviewer archivist", "apl-59", needs=("complete_text",),
         given=ask.PaperIssued, quiet=True),
    Step("void_paper", "作废草稿", ON_PAPER, STAY, "clerk inspector reviewer archivist", "apl-59", given=ask.PaperVoided, quiet=True),
    Step("seal_paper", "登记盖章签名", ON_PAPER, STAY, "clerk inspector reviewer archivist", "apl-59", given=ask.Sealing, quiet=True),
    Step("confirm_address", "送达地址确认", LIVE, STAY, "clerk inspector", "apl-61", given=ask.AddressConfirmed,
         paper="address_confirmation", quiet=True),
    Step("announce", "拟送达公告", ALL, STAY, "clerk inspector", "cpl-95", given=ask.Announcement, paper="announcement", quiet=True),
    Step("serve_paper", "送达其他文书", ON_PAPER, STAY, "clerk inspector", "cpl-87", needs=("sealed_first", "on_paper"),
         given=ask.ServingLetter, quiet=True),
)  # fmt: skip

# Whoever must keep away from the case takes no step on it at all (impl-23, apl-43).
TABLE = tuple(
    step if step.role in ROLE_LABELS else replace(step, needs=(*step.needs, "not_avoiding"))
    for step in (*STEPS, *BESIDE, *JOINS)
)

GENERAL = Flow(
    name="general",
    label="普通程序",
    states=STATES,
    steps=TABLE,
    guards={
        name: value
        for room in (
            guards,
            paper_guards,
            penalty_guards,
            publicity_guards,
            power_guards,
            beside_guards,
            office_guards,
            track_guards,
            relief_guards,
            review_guards,
            recorded_guards,
            archive_guards,
        )
        for name, value in vars(room).items()
        if callable(value)
    },
    actions=ACTIONS,
    facts=facts,
    parts=PARTS,
    stages=STAGES,
    calls=calls,
)
