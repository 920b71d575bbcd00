"""Credit repair (信用修复): applied for, taken up, checked, granted or refused, fed back; by the regime of the day of the decision."""

from laojian.cases import forms as asks
from laojian.cases import paper_guards
from laojian.cases.actions import ACTIONS as ON_PAPERS
from laojian.cases.tracks import paperwork
from laojian.procedure.step import Flow, State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS
from .queries import PARTS, facts

S = State
STATES = (
    S("repair_applied", "待受理", "受理", ("clerk", "inspector"), "正在审查是否受理"),
    S("repair_accepted", "待核实", "核实", ("inspector",), "正在核实"),
    S("repair_checked", "待决定", "决定", ("deputy", "chief"), "正在决定"),
    S("repair_granted", "准予修复，待反馈", "反馈", ("clerk", "inspector"), "已准予修复"),
    S("repair_done", "已修复", "反馈", ("clerk", "inspector"), "已修复"),
    S("repair_refused", "不予修复", "决定", (), "不予修复", final=True),
    S("repair_not_accepted", "不予受理", "受理", (), "不予受理", final=True),
    S("repair_withdrawn", "撤回申请", "受理", (), "申请人撤回", final=True),
    S("repair_revoked", "撤销修复", "反馈", (), "修复已撤销", final=True),
    S("repair_closed", "办结", "反馈", (), "已修复", final=True),
)
CLERKS, HAND, LEADERS, LAW, STAY = "clerk inspector", "inspector", "deputy chief", "credit36", None

STEPS = (
    Step("note_application", "登记修复申请", ("",), "repair_applied", CLERKS, LAW, starts=("repair_accept",), starts_from="received_on",
         needs=("decision_known", "class_of_its_day"), given=ask.Applied),
    Step("supplement_application", "登记补充材料", ("repair_applied", "repair_accepted"), STAY, CLERKS, LAW, given=ask.Supplemented),
    Step("accept_application", "受理", ("repair_applied",), "repair_accepted", CLERKS, LAW, starts=("repair_decide",),
         stops=("repair_accept",), needs=("material_complete", "shown_long_enough"), given=asks.Opinion),
    Step("refuse_application", "不予受理", ("repair_applied",), "repair_not_accepted", CLERKS, LAW, stops=("repair_accept",),
         given=ask.TurnedDown, paper="repair_reply"),
    Step("check_repair", "核实，提出意见", ("repair_accepted",), "repair_checked", HAND, LAW, given=ask.Checked),
    Step("extend_repair", "批准延长办理", ("repair_accepted", "repair_checked"), STAY, LEADERS, LAW, needs=("complex_once",),
         given=asks.Opinion, quiet=True),
    Step("return_repair", "退回核实", ("repair_checked",), "repair_accepted", LEADERS, LAW, given=asks.Opinion, quiet=True),
    Step("grant_repair", "准予修复", ("repair_checked",), "repair_granted", LEADERS, LAW, starts=("repair_answer",),
         stops=("repair_decide",), needs=("shown_long_enough", "duties_done"), barred=("check_repair",), given=asks.Opinion,
         paper="repair_reply"),
    Step("refuse_repair", "不予修复", ("repair_checked",), "repair_refused", LEADERS, LAW, stops=("repair_decide",),
         barred=("check_repair",), given=ask.TurnedDown, paper="repair_reply"),
    Step("note_feedback", "登记信用平台反馈", ("repair_granted",), "repair_done", CLERKS, LAW, stops=("repair_answer",),
         given=ask.FedBack),
    Step("revoke_repair", "撤销修复", ("repair_granted", "repair_done"), "repair_revoked", LEADERS, LAW, stops=("repair_answer",),
         given=ask.Revoked, quiet=True),
    Step("close_repair", "办结", ("repair_done",), "repair_closed", CLERKS, LAW, given=asks.Opinion),
    Step("withdraw_application", "登记撤回申请", ("repair_applied", "repair_accepted", "repair_checked"), "repair_withdrawn", CLERKS, LAW,
         stops=("repair_accept", "repair_decide"), given=ask.TurnedDown, quiet=True),
    *(step for step in paperwork(STATES, CLERKS, "unit_head deputy chief") if step.verb != "announce"),
)  # fmt: skip


REPAIR = Flow(
    name="repair", label="信用修复", states=STATES, steps=STEPS,
    guards={name: value for room in (paper_guards, guards) for name, value in vars(room).items() if callable(value)},
    actions={**{step.verb: ON_PAPERS[step.verb] for step in STEPS if step.verb in ON_PAPERS}, **ACTIONS},
    facts=facts, parts=PARTS, stages=tuple(dict.fromkeys(state.stage for state in STATES)),
)  # fmt: skip
