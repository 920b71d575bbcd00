"""Publication of major violations (重大劳动保障违法行为社会公布) in rounds: every decision judged, approved, published, kept right."""

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
    S("round_judging", "逐件判断", "判断", ("inspector", "unit_head"), "正在准备"),
    S("round_proposed", "公布待批准", "批准", ("deputy", "chief"), "正在审批"),
    S("round_approved", "待公布", "公布", ("inspector", "unit_head"), "正在公布"),
    S("round_public", "公布中", "公布", ("unit_head",), "已公布"),
    S("round_none", "本期无应公布事项", "批准", (), "本期没有应当公布的", final=True),
    S("round_ended", "停止公布", "公布", (), "已停止公布", final=True),
)
HANDS, LEADERS = "inspector unit_head", "deputy chief"
STAY, LAW = None, "grave"
PERIODS = ("publish_grave", "publish_grave_province")
RIGHT = ("grave_correct", "retract")
OBJECTION = ("grave_object",)

STEPS = (
    Step("open_round", "拟订公布批次", ("",), "round_judging", HANDS, LAW, starts=PERIODS, given=ask.Opened),
    Step("include", "列入公布", ("round_judging",), STAY, HANDS, LAW, needs=("of_its_kind", "nothing_private"), given=ask.Included),
    Step("leave_out", "不予公布", ("round_judging",), STAY, HANDS, LAW, needs=("must_be_public",), given=ask.LeftOut),
    Step("take_back", "重新判断", ("round_judging",), STAY, HANDS, LAW, given=ask.Taken, quiet=True),
    Step("propose_round", "提交批准", ("round_judging",), "round_proposed", HANDS, LAW, needs=("all_judged",), given=asks.Opinion,
         paper="publication_approval"),
    Step("return_round", "退回重新判断", ("round_proposed",), "round_judging", LEADERS, LAW, given=asks.Opinion, quiet=True),
    Step("approve_round", "批准公布", ("round_proposed",), "round_approved", LEADERS, LAW, needs=("something_public",),
         barred=("propose_round",), given=asks.Opinion, paper="publication_notice"),
    Step("note_none", "本期无应公布事项", ("round_proposed",), "round_none", LEADERS, LAW, stops=PERIODS, needs=("nothing_public",),
         barred=("propose_round",), given=asks.Opinion),
    Step("publish_round", "向社会公布", ("round_approved",), "round_public", HANDS, LAW, stops=PERIODS,
         needs=("notice_sealed",), given=ask.Published),
    Step("note_objection", "登记公布异议", ("round_public",), STAY, "clerk inspector unit_head", LAW, starts=OBJECTION,
         needs=("objected_once",), given=ask.Objected),
    Step("answer_objection", "答复公布异议", ("round_public",), STAY, "unit_head deputy chief", LAW, stops=OBJECTION,
         starts=("grave_correct",), given=ask.Answered),
    Step("note_fallen", "登记决定变更撤销", ("round_public",), STAY, HANDS, "apl-48", starts=RIGHT, given=ask.Fell),
    Step("correct_public", "更正公布内容", ("round_public",), STAY, HANDS, LAW, stops=RIGHT, needs=("nothing_private",),
         given=ask.Corrected),
    Step("withdraw_public", "撤下公布", ("round_public",), STAY, HANDS, "apl-48", stops=(*RIGHT, *OBJECTION), given=ask.Withdrawn),
    Step("end_publication", "停止公布", ("round_public",), "round_ended", f"unit_head {LEADERS}", LAW, stops=(*RIGHT, *OBJECTION),
         needs=("objections_answered",), given=ask.Ended, quiet=True),
    *(step for step in paperwork(STATES, HANDS, LEADERS) if step.verb not in ("announce", "serve_paper")),
)  # fmt: skip


PUBLICATION = Flow(
    name="publication", label="重大违法行为公布", states=STATES, steps=STEPS,
    guards={name: value for room in (paper_guards, guards) for name, value in vars(room).items() if callable(value)},
    actions={**{step.verb: ON_PAPERS[step.verb] for step in STEPS if step.verb in ON_PAPERS}, **ACTIONS},
    facts=facts, parts=PARTS, stages=tuple(dict.fromkeys(state.stage for state in STATES)),
)  # fmt: skip
