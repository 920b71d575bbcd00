"""The objection (等级异议) of an employer to one fact: lodged at the counter, examined by a second officer, decided by a leader."""

from laojian.cases import forms as asks
from laojian.procedure.statements import row
from laojian.procedure.step import Flow, State, Step

from . import objection_forms as ask
from . import objection_guards as guards
from .objection_actions import ACTIONS

S = State
STATES = (
    S("objection_lodged", "待复核", "复核", ("inspector", "unit_head"), "正在复核"),
    S("objection_examined", "待决定", "决定", ("deputy", "chief"), "正在复核"),
    S("fact_kept", "事实成立，等级不变", "决定", (), "复核已经结束", final=True),
    S("fact_struck", "事实有误，已经排除", "决定", (), "复核已经结束", final=True),
)
LEADERS = "deputy chief"
STEPS = (
    Step("lodge_objection", "登记等级异议", ("",), "objection_lodged", "clerk inspector unit_head", "local-regrade",
         starts=("grade_review",), needs=("fact_counts", "not_yet_objected"), given=ask.Lodged, starts_from="received_on"),
    Step("examine_fact", "复核事实", ("objection_lodged",), "objection_examined", "inspector unit_head", "local-regrade",
         barred=("lodge_objection",), needs=("another_officer",), given=ask.Examined),
    Step("examine_again", "退回再核", ("objection_examined",), "objection_lodged", LEADERS, "local-regrade", given=asks.Opinion,
         quiet=True),
    Step("keep_fact", "决定：事实成立", ("objection_examined",), "fact_kept", LEADERS, "local-regrade", stops=("grade_review",),
         barred=("examine_fact",), given=ask.Decided),
    Step("strike_fact", "决定：事实有误", ("objection_examined",), "fact_struck", LEADERS, "local-regrade", stops=("grade_review",),
         barred=("examine_fact",), given=ask.Decided),
)  # fmt: skip

OBJECTION = Flow(
    name="grade_objection", label="等级异议", states=STATES, steps=STEPS,
    guards={name: value for name, value in vars(guards).items() if callable(value)}, actions=ACTIONS,
    facts=lambda file, given, seq=0: {"given": given}, stages=("复核", "决定"),
    parts={
        "objection": f"""(SELECT {row("o", "grade_id case_id kind on reason evidence contact wrong opinion")}
            FROM credit_objection o WHERE o.dossier_id = d.id)""",
    },
)  # fmt: skip
