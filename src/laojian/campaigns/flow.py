"""The campaign (专项行动): planned, approved, set going by a notice, carried out, reported. Source: impl-8."""

from laojian.cases import forms as asks
from laojian.cases import paper_guards
from laojian.cases.actions import ACTIONS as ON_PAPERS
from laojian.cases.tracks import paperwork
from laojian.procedure.statements import many
from laojian.procedure.step import Flow, State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS
from .facts import facts

S = State
STATES = (
    S("prepared", "待批准方案", "方案", ("deputy", "chief"), "正在准备"),
    S("approved", "待印发通知", "方案", ("inspector", "unit_head"), "正在准备"),
    S("running", "开展中", "检查", ("inspector", "unit_head"), "正在开展"),
    S("reported", "待审定总结", "总结", ("deputy", "chief"), "正在总结"),
    S("completed", "已结束", "总结", (), "已经结束", final=True),
    S("stopped", "终止", "检查", (), "已经终止", final=True),
)
HANDS, LEADERS = "inspector unit_head", "deputy chief"
OPEN = ("prepared", "approved", "running")
STAY = None
LETTERS = ("announce", "serve_paper")  # nobody is served with a campaign

STEPS = (
    Step("prepare", "拟订专项行动方案", ("",), "prepared", HANDS, "impl-8", given=ask.Prepared, paper="campaign_plan"),
    Step("approve_plan", "批准方案", ("prepared",), "approved", LEADERS, "impl-8", barred=("prepare",), given=asks.Opinion),
    Step("launch", "印发通知，启动行动", ("approved",), "running", HANDS, "impl-8", given=ask.Launched),
    Step("change_period", "变更期限", ("running",), STAY, LEADERS, "impl-8", needs=("longer_or_shorter",), given=ask.Changed, quiet=True),
    Step("note_attendance", "登记出动人员", ("running",), STAY, HANDS, "impl-8",
         needs=("within_campaign", "departments_known", "attended_once"), given=ask.AttendanceNoted),
    Step("add_targets", "登记检查对象", ("approved", "running"), STAY, HANDS, "impl-8", needs=("targets_once",), given=ask.TargetsAdded),
    Step("note_results", "登记检查结果", ("running",), STAY, HANDS, "impl-8",
         needs=("within_campaign", "targets_known", "refunds_have_amounts", "orders_numbered"), given=ask.ResultsNoted),
    Step("take_in_visits", "计入检查结果", ("running",), STAY, HANDS, "impl-8", needs=("visits_ended",), given=ask.VisitsTaken),
    Step("drop_result", "更正检查结果", ("running",), STAY, HANDS, "impl-8", given=ask.ResultDropped, quiet=True),
    Step("report_campaign", "提出总结", ("running",), "reported", HANDS, "impl-8", needs=("visits_taken", "checked_or_told"),
         given=ask.Concluded, paper="campaign_report"),
    Step("return_report", "退回补充", ("reported",), "running", LEADERS, "impl-8", given=asks.Opinion, quiet=True),
    Step("complete", "审定总结，结束行动", ("reported",), "completed", LEADERS, "impl-8", barred=("report_campaign",), given=asks.Opinion),
    Step("stop_campaign", "终止行动", OPEN, "stopped", LEADERS, "impl-8", given=ask.Stopped, quiet=True),
    *(step for step in paperwork(STATES, HANDS, LEADERS) if step.verb not in LETTERS),
)  # fmt: skip


CAMPAIGN = Flow(
    name="campaign", label="专项行动", states=STATES, steps=STEPS,
    guards={name: value for room in (paper_guards, guards) for name, value in vars(room).items() if callable(value)},
    actions={**{step.verb: ON_PAPERS[step.verb] for step in STEPS if step.verb in ON_PAPERS}, **ACTIONS},
    facts=facts, stages=tuple(dict.fromkeys(state.stage for state in STATES)),
    parts={
        "campaign": """(SELECT jsonb_build_object('organiser', k.organiser, 'document', k.document, 'notice', k.notice,
            'begins_on', k.begins_on, 'ends_on', k.ends_on, 'departments', k.departments, 'subject', k.subject)
            FROM campaigns_campaign k WHERE k.dossier_id = d.id)""",
        "attendances": many("campaigns_attendance", "id on department name"),
        "targets": many("campaigns_target", "id kind name code visit_id checked_on"),
        "outcomes": many("campaigns_outcome", "id target_id kind violation on amount document dropped_seq"),
    },
)  # fmt: skip
