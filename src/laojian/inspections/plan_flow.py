"""The annual plan (年度抽查计划): written, approved, published by its day; changed only by a new version with its reason."""

from laojian.cases.forms import Opinion
from laojian.procedure.statements import row
from laojian.procedure.step import File, Flow, State, Step

from . import plan_forms as ask
from . import plan_guards as guards
from .plan_actions import ACTIONS

S = State
STATES = (
    S("plan_drafting", "计划编制中", "编制", ("unit_head",), "正在编制"),
    S("plan_submitted", "计划待批准", "批准", ("deputy", "chief"), "正在审批"),
    S("plan_approved", "计划待公布", "公布", ("unit_head",), "正在公布"),
    S("plan_published", "计划已公布", "执行", ("unit_head",), "已公布"),
    S("plan_closed", "计划已办结", "执行", (), "已办结", final=True),
)
STAGES = ("编制", "批准", "公布", "执行")
HANDS, LEADERS = "unit_head inspector", "deputy chief"
STAY, LAW = None, "tjrandom"

STEPS = (
    Step("draft_plan", "编制年度计划", ("",), "plan_drafting", HANDS, LAW, starts=("plan_publish",), needs=("first_of_year",),
         given=ask.PlanDrafted),
    Step("add_task", "列入任务", ("plan_drafting",), STAY, HANDS, LAW, needs=("within_year", "enough"), given=ask.TaskAdded),
    Step("drop_task", "删去任务", ("plan_drafting",), STAY, HANDS, LAW, needs=("tasks_listed",), given=ask.TaskDropped, quiet=True),
    Step("submit_plan", "提交计划", ("plan_drafting",), "plan_submitted", HANDS, LAW, needs=("tasks_listed",), given=Opinion),
    Step("return_plan", "退回计划", ("plan_submitted",), "plan_drafting", LEADERS, LAW, given=Opinion),
    Step("approve_plan", "批准计划", ("plan_submitted",), "plan_approved", LEADERS, LAW, barred=("submit_plan",), given=Opinion),
    Step("publish_plan", "公布计划", ("plan_approved",), "plan_published", HANDS, LAW, stops=("plan_publish",), given=ask.Published),
    Step("change_plan", "调整计划", ("plan_published",), "plan_drafting", HANDS, LAW, given=ask.Changed, quiet=True),
    Step("keep_plan", "放弃调整", ("plan_drafting",), "plan_published", HANDS, LAW, stops=("plan_publish",),
         needs=("published_before",), given=ask.Told, quiet=True),
    Step("order_draw", "发起抽取", ("plan_published",), STAY, "unit_head", LAW, needs=("task_open",), given=ask.DrawOrdered),
    Step("close_plan", "办结计划", ("plan_published",), "plan_closed", HANDS, LAW, needs=("draws_ended",), given=ask.Told),
)  # fmt: skip

TASK = row("t", "id version ordinal label items others mode targeted scope strata since until lead partners note")
PARTS = {
    "plan": f"(SELECT {row('p', 'year title version published_version published_on versions')} FROM inspections_plan p"
    " WHERE p.dossier_id = d.id)",
    "tasks": f"""(SELECT coalesce(jsonb_agg({TASK} ORDER BY t.ordinal), '[]') FROM inspections_task t
        JOIN inspections_plan p ON p.dossier_id = t.plan_id AND p.version = t.version WHERE t.plan_id = d.id)""",
}


def facts(file: File, given) -> dict:
    """What papers of a plan could tell."""
    return {"bureau": file.bureau, "given": given}


PLAN = Flow(
    name="plan", label="抽查计划", states=STATES, steps=STEPS, stages=STAGES, actions=ACTIONS, facts=facts, parts=PARTS,
    guards={name: value for name, value in vars(guards).items() if callable(value)},
)  # fmt: skip
