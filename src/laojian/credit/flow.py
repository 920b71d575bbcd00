"""The yearly grading (年度评价) of one bureau: reckoned by the queue, proposed, approved, told; then kept right until the next."""

from laojian.cases import forms as asks
from laojian.cases import paper_guards
from laojian.cases.actions import ACTIONS as ON_PAPERS
from laojian.cases.tracks import paperwork
from laojian.procedure.statements import row
from laojian.procedure.step import Flow, State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS
from .papers import facts

S = State
HANDS, LEADERS = "inspector unit_head", "deputy chief"
STATES = (
    S("reckoning", "正在计算", "计算", ("deputy", "chief"), "正在评价"),
    S("reckoned", "待提出", "计算", ("inspector", "unit_head"), "正在评价"),
    S("proposed_grades", "待批准", "批准", ("deputy", "chief"), "正在评价"),
    S("grades_in_force", "已生效", "生效", ("inspector", "unit_head"), "已经评价"),
    S("grades_replaced", "已由下次评价取代", "生效", (), "已经评价", final=True),
    S("grading_dropped", "未采用", "批准", (), "没有采用", final=True),
)
NOW = ("grades_in_force",)
STAY = None
LETTERS = ("announce",)  # a notice of a grade is told as the bureau chooses

STEPS = (
    Step("begin_grading", "开始年度评价", ("",), "reckoning", HANDS, "rsg1", starts=("grading",), starts_from="on",
         needs=("scheme_holds",), given=ask.Begun),
    Step("store_grades", "算出等级", ("reckoning",), "reckoned", "procedure", "rsg1", given=ask.Nothing),
    Step("reckon_again", "重新计算", ("reckoning", "reckoned"), "reckoning", HANDS, "rsg1", given=asks.Opinion, quiet=True),
    Step("propose_grades", "提出评价结果", ("reckoned",), "proposed_grades", HANDS, "rsg1", given=asks.Opinion),
    Step("return_grades", "退回", ("proposed_grades",), "reckoned", LEADERS, "rsg1", given=asks.Opinion, quiet=True),
    Step("approve_grades", "批准评价结果", ("proposed_grades",), "grades_in_force", LEADERS, "rsg1", stops=("grading",),
         barred=("propose_grades",), needs=("newest",), given=asks.Opinion),
    Step("tell_employers", "登记告知单位", NOW, STAY, HANDS, "rsg1", needs=("somebody_to_tell",), given=ask.Told),
    Step("adjust_grades", "动态调整等级", NOW, STAY, "procedure", "rsg1", given=ask.Nothing),
    Step("check_grades", "核对等级变动", NOW, STAY, HANDS, "rsg1", given=ask.Nothing, quiet=True),
    Step("correct_grade", "更正等级", NOW, STAY, "procedure", "rsg1", given=ask.Corrected),
    Step("draft_grade_notice", "制作等级告知书", NOW, STAY, HANDS, "rsg1", needs=("graded_here",), given=ask.Noticed,
         paper="grade_notice", quiet=True),
    Step("close_grading", "结束年度评价", NOW, "grades_replaced", HANDS, "rsg1", needs=("all_replaced",), given=asks.Opinion, quiet=True),
    Step("drop_grading", "不采用", ("reckoning", "reckoned", "proposed_grades"), "grading_dropped", LEADERS, "rsg1", stops=("grading",),
         given=asks.Opinion, quiet=True),
    *(step for step in paperwork(STATES, HANDS, LEADERS) if step.verb not in LETTERS),
)  # fmt: skip

GRADING = Flow(
    name="grading", label="年度评价", states=STATES, steps=STEPS,
    guards={name: value for room in (paper_guards, guards) for name, value in vars(room).items() if callable(value)},
    actions={**{step.verb: ON_PAPERS[step.verb] for step in STEPS if step.verb in ON_PAPERS}, **ACTIONS},
    facts=facts, stages=tuple(dict.fromkeys(state.stage for state in STATES)),
    parts={
        "grading": f"""(SELECT {row("k", "scheme digest on first_on cut_off_on region counts sum told_way told_on")}
            FROM credit_grading k WHERE k.dossier_id = d.id)""",
    },
)  # fmt: skip
