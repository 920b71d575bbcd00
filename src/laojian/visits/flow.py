"""THE table of a visit (检查): planned, approved, announced, made, recorded, its results told, published and laid away.

One table for every ground: drawn, patrol, written review, report, assignment, campaign. It is a file of its own, without a
case behind it; a case grows out of it by `open_case`, and has it as its parent.
"""

from laojian.cases import forms as asks
from laojian.cases import guards as case_guards
from laojian.cases import paper_guards
from laojian.cases.actions import ACTIONS as SHARED
from laojian.cases.calls import calls
from laojian.cases.tracks import PAPERWORK, paperwork
from laojian.procedure.step import Flow, State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS
from .facts import facts
from .reading import PARTS

S = State
STATES = (
    S("visit_planned", "待批准检查", "计划", ("unit_head", "deputy", "chief"), "正在安排检查"),
    S("plan_returned", "退回修改计划", "计划", ("inspector",), "正在安排检查"),
    S("visit_approved", "已批准待检查", "准备", ("inspector",), "正在安排检查"),
    S("on_visit", "检查中", "检查", ("inspector",), "正在检查"),
    S("written_asked", "等待报送材料", "检查", ("inspector",), "正在书面审查"),
    S("written_received", "书面审查中", "检查", ("inspector",), "正在书面审查"),
    S("visit_recorded", "待登记结果", "结果", ("inspector",), "检查已经实施"),
    S("visit_ended", "待公示结果", "公示", ("inspector",), "检查已经结束"),
    S("visit_public", "已公示", "公示", ("inspector",), "检查结果已经公示"),
    S("visit_closed", "检查办结待归档", "归档", ("archivist",), "检查已经办结"),
    S("visit_archived", "检查已归档", "归档", (), "检查已经办结", final=True),
    S("visit_past", "补录的检查", "归档", (), "检查已经办结", final=True),
    S("visit_cancelled", "已取消检查", "计划", (), "检查已经取消", final=True),
)
ALL = tuple(state.key for state in STATES)
BEFORE = ("visit_planned", "plan_returned", "visit_approved")
UNDER_WAY = ("on_visit", "written_asked", "written_received")
AFTER = ("visit_recorded", "visit_ended", "visit_public")
HANDS, HEADS, STAY = "inspector", "unit_head deputy chief", None
PLANNED = ("items_fit", "items_published", "in_inspection_power", "within_cap")

STEPS = (
    # ── planned and approved: a published item, a competent bureau, certified officers, not too often (gbf54) ──
    Step("plan_visit", "拟定检查", ("",), "visit_planned", "inspector clerk unit_head deputy chief", "gbf54",
         needs=("employer_known", *PLANNED, "hands_certified", "joined_first"), given=ask.VisitPlanned),
    Step("revise_plan", "修改检查计划", ("visit_planned", "plan_returned"), "visit_planned", "inspector unit_head", "gbf54",
         needs=("not_past", *PLANNED), given=ask.PlanRevised, quiet=True),
    Step("add_items", "并入检查事项", ("visit_planned", "visit_approved"), "visit_planned", "inspector unit_head", "gbf54",
         needs=("not_past", *PLANNED), given=ask.ItemsAdded, quiet=True),
    Step("approve_visit", "批准检查", ("visit_planned",), "visit_approved", HEADS, "gbf54",
         needs=("not_past", "items_fit", "items_published", "in_inspection_power", "excess_agreed"),
         barred=("plan_visit", "revise_plan", "add_items"), given=ask.VisitApproved, paper="inspection_approval"),
    Step("return_plan", "退回检查计划", ("visit_planned",), "plan_returned", HEADS, "gbf54", needs=("not_past",), given=asks.Opinion),
    Step("cancel_visit", "取消检查", BEFORE, "visit_cancelled", HEADS, "gbf54", given=asks.Opinion, quiet=True),
    Step("reassign", "调整检查人员", (*BEFORE, *UNDER_WAY), STAY, HEADS, "apl-42", needs=("not_past", "hands_certified"),
         given=ask.VisitHands, quiet=True),
    Step("enter_past", "补录检查", ("visit_planned",), "visit_past", "inspector clerk unit_head", "apl-47", needs=("is_past",),
         given=ask.PastVisit),
    # ── on site or online: certificates, checklist, record signed by all (lsr-15, lsr-16, apl-55) ──
    Step("begin_visit", "开始检查", ("visit_approved",), "on_visit", HANDS, "lsr-16",
         needs=("two_inspectors", "second_certified_today", "on_the_ground", "items_published", "in_inspection_power", "noticed",
                "not_ahead"),
         given=ask.VisitBegun),
    Step("attend", "登记参加人员", (*UNDER_WAY, "visit_recorded"), STAY, HANDS, "lsr-16", given=ask.AttendanceNoted, quiet=True),
    Step("fill_checklist", "填写检查表", ("on_visit", "written_received"), STAY, HANDS, "lsr-15", needs=("lines_of_the_visit",),
         given=ask.ChecklistFilled),
    Step("add_evidence", "补充证据", (*UNDER_WAY, *AFTER), STAY, "clerk inspector", "apl-46", given=asks.EvidenceAdded),
    Step("order_on_spot", "当场责令改正", ("on_visit", "written_received", *AFTER), STAY, HANDS, "lsr-15", starts=("summary_filing",),
         needs=("two_inspectors", "addressees_known", "in_power"), given=asks.SpotOrder, paper="spot_order"),
    Step("deliver_order", "交付责令改正", ("on_visit", "written_received", *AFTER), STAY, HANDS, "impl-31", starts=("correct",),
         needs=("sealed_first", "on_paper"), given=asks.SpotOrderServed),
    Step("hand_in_copy", "存档联交回", ("on_visit", "written_received", *AFTER), STAY, "clerk inspector", "impl-32",
         stops=("summary_filing",), needs=("awaited",), given=asks.CopyHandedIn, quiet=True),
    Step("note_correction", "核实改正情况", ("on_visit", "written_received", *AFTER), STAY, HANDS, "lsr-18", stops=("correct",),
         needs=("correction_over",), given=asks.Corrected, quiet=True),
    Step("lapse_correction", "改正期满", ALL, STAY, "clock", "lsr-18", stops=("correct",)),
    Step("make_record", "制作检查笔录", ("on_visit",), STAY, HANDS, "apl-55",
         needs=("two_inspectors", "checklist_complete", "not_ahead"), given=ask.RecordMade, paper="inspection_record"),
    Step("sign_record", "检查笔录签名完毕", ("on_visit",), "visit_recorded", HANDS, "apl-55",
         needs=("two_inspectors", "checklist_complete", "record_signed"), given=ask.RecordSigned),
    Step("supplement_record", "补充检查记录", (*AFTER, "visit_closed"), STAY, HANDS, "apl-47", needs=("lines_of_the_visit",),
         given=ask.Supplemented, paper="visit_supplement", quiet=True),
    Step("break_off", "登记检查未能实施", ("visit_approved", "on_visit", "written_asked"), "visit_recorded", HANDS, "lsr-30",
         stops=("written_materials",), given=ask.BrokenOff, quiet=True),
    # ── a written review: asked for, reminded, handed in, reviewed (lsr-14) ──
    Step("serve_review", "送达书面审查通知", ("visit_approved",), "written_asked", HANDS, "lsr-14", starts=("written_materials",),
         needs=("two_inspectors", "in_writing", "items_published", "sealed_first", "as_approved", "on_paper"), given=ask.ReviewServed),
    Step("remind_written", "催报书面材料", ("written_asked",), STAY, HANDS, "lsr-14", starts=("written_materials",),
         stops=("written_materials",), given=ask.Reminded, paper="written_reminder"),
    Step("hand_in", "单位报送材料", ("written_asked",), STAY, "employer", "lsr-14", given=ask.HandedIn),
    Step("lapse_written", "报送期满", ALL, STAY, "clock", "lsr-14", stops=("written_materials",)),
    Step("receive_written", "登记收到材料", ("written_asked",), "written_received", "clerk inspector", "lsr-14",
         stops=("written_materials",), given=ask.MaterialsReceived),
    Step("review_written", "完成书面审查", ("written_received",), "visit_recorded", HANDS, "lsr-14",
         needs=("two_inspectors", "checklist_complete"), given=ask.WrittenReviewed, paper="written_review_report"),
    # ── a case grows out of it: one step takes along findings and evidence (lsr-14) ──
    Step("open_case", "转立案", (*UNDER_WAY, *AFTER), STAY, HANDS, "lsr-14", needs=("two_inspectors",), given=ask.CaseOpened),
    # ── results, told to the employer and to everybody (gbf118, ogi-26) ──
    Step("conclude_visit", "登记检查结果", ("visit_recorded",), "visit_ended", HANDS, "gbf118", starts=("publish_other",),
         starts_from="ended_on", needs=("results_fit",), given=ask.ResultsNoted, paper="inspection_result"),
    Step("resolve_result", "登记后续处理", ("visit_ended", "visit_public"), STAY, HANDS, "gbf118", needs=("something_pending",),
         given=ask.PendingResolved),
    Step("correct_result", "更正检查结果", ("visit_ended", "visit_public", "visit_closed"), "visit_ended", HEADS, "gbf118",
         starts=("publish_other",), stops=("publish_other", "archive"), needs=("results_fit",), given=ask.ResultsCorrected,
         paper="inspection_result", quiet=True),
    Step("publish_result", "公示检查结果", ("visit_ended",), "visit_public", "clerk inspector unit_head", "ogi-26",
         stops=("publish_other",), given=ask.ResultsPublished),
    Step("withdraw_publication", "撤回公示", ("visit_public", "visit_closed", "visit_archived"), STAY, HEADS, "gbf118",
         needs=("published_now",), given=ask.Withdrawn, quiet=True),
    # ── laid away (impl-40) ──
    Step("close_visit", "检查办结", ("visit_public",), "visit_closed", HANDS, "impl-40", starts=("archive",), stops=("summary_filing",),
         needs=("nothing_pending", "copy_in"), given=asks.Opinion),
    Step("archive", "归档", ("visit_closed",), "visit_archived", "archivist", "impl-40", stops=("archive",), needs=("papers_complete",),
         given=asks.Archive),
    *paperwork(STATES, "clerk inspector", HEADS),
)  # fmt: skip

VISIT = Flow(
    name="visit",
    label="检查",
    states=STATES,
    steps=STEPS,
    guards={
        name: value
        for room in (case_guards, paper_guards, guards)
        for name, value in vars(room).items()
        if callable(value)
    },
    actions={verb: SHARED[verb] for verb in PAPERWORK} | ACTIONS,
    facts=facts,
    parts=PARTS,
    stages=("计划", "准备", "检查", "结果", "公示", "归档"),
    calls=calls,
)
