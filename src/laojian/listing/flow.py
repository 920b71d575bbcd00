"""THE table of a listing (拖欠农民工工资失信联合惩戒对象名单), decided on and after 2022-01-01: told, heard, decided, published, removed.

Source: 人社部令第45号 (articles `black-…`). Decisions before that day stand in `old_flow.py`.
"""

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
    S("listing_preparing", "拟列入", "告知", ("inspector",), "正在核实"),
    S("listing_telling", "列入告知待送达", "告知", ("inspector",), "正在核实"),
    S("listing_told", "已告知", "告知", ("inspector",), "正在听取异议"),
    S("listing_proposed", "列入待决定", "决定", ("deputy", "chief"), "正在审批"),
    S("listing_decided", "待送达公布", "公布", ("inspector",), "已决定列入"),
    S("listing_in_force", "列入中", "列入", ("inspector",), "列入名单"),
    S("listing_suspended", "停止执行", "列入", ("inspector",), "停止执行"),
    S("early_asked", "提前移出待决定", "列入", ("deputy", "chief"), "正在审查提前移出申请"),
    S("removal_due", "待移出", "移出", ("inspector",), "正在移出"),
    S("listing_removed", "已移出", "移出", ("unit_head",), "已经移出"),
    S("listing_closed", "名单卷宗办结", "移出", (), "已经移出", final=True),
    S("not_listed", "不予列入", "决定", (), "不予列入", final=True),
)
EVERY = tuple(state.key for state in STATES)
BEFORE = ("listing_preparing", "listing_telling", "listing_told", "listing_proposed")
HEARD = ("listing_telling", "listing_told", "listing_proposed")
ON_LIST = ("listing_decided", "listing_in_force", "listing_suspended", "early_asked")
HANDS, LEADERS, STAY = "inspector unit_head", "deputy chief", None
OBJECTION = ("blacklist_object", "blacklist_verify")
PERIODS = ("blacklist", "blacklist_exit", "blacklist_exit_decide")
FRAME = ("announce", "fill_paper", "edit_paper", "approve_paper", "issue_paper", "void_paper", "seal_paper")


def papers_of(states: tuple[State, ...]) -> tuple[Step, ...]:
    """The rows of paperwork; what a listing serves is served by steps of its own."""
    return tuple(step for step in paperwork(states, f"clerk {HANDS}", LEADERS) if step.verb in FRAME)


def flow_of(name: str, label: str, states: tuple[State, ...], steps: tuple[Step, ...]) -> Flow:
    """A list's table with the writers and guards of this room."""
    verbs = {step.verb for step in steps}
    return Flow(
        name=name, label=label, states=states, steps=steps,
        guards={key: value for room in (paper_guards, guards) for key, value in vars(room).items() if callable(value)},
        actions={verb: action for verb, action in {**ON_PAPERS, **ACTIONS}.items() if verb in verbs},
        facts=facts, parts=PARTS, stages=tuple(dict.fromkeys(state.stage for state in states)),
    )  # fmt: skip


STEPS = (
    # ── proposed of an order not obeyed in time, told before, heard (black-5, black-6) ──
    Step("propose_listing", "拟列入失信名单", ("",), "listing_preparing", HANDS, "black-5", starts=("blacklist_decide",),
         needs=("rules_hold", "order_unpaid", "in_its_kind", "nothing_private"), given=ask.Proposed),
    Step("name_person", "登记责任人员", ("listing_preparing",), STAY, HANDS, "black-5", needs=("nothing_private",), given=ask.Named),
    Step("drop_person", "去掉责任人员", ("listing_preparing", "listing_telling", "listing_told"), STAY, HANDS, "black-5",
         given=ask.Dropped, quiet=True),
    Step("judge_amount", "认定数额", ("listing_preparing",), STAY, LEADERS, "black-5", needs=("amount_open",),
         barred=("propose_listing",), given=ask.Judged, paper="listing_amount"),
    Step("draft_listing_notice", "制作列入告知书", ("listing_preparing",), "listing_telling", HANDS, "black-6",
         needs=("order_stands", "amount_reached", "persons_named"), given=asks.Opinion, paper="listing_notice"),
    Step("serve_listing_notice", "送达列入告知书", ("listing_telling", "listing_told"), "listing_told", HANDS, "black-6",
         starts=("blacklist_object",), needs=("sealed_first", "on_paper"), given=ask.ServingListingNotice),
    Step("note_listing_objection", "登记列入异议", ("listing_told",), STAY, f"clerk {HANDS}", "black-6",
         starts=("blacklist_verify",), stops=("blacklist_object",), needs=("objected_in_time",), given=ask.Objected),
    Step("answer_listing_objection", "核实答复异议", HEARD, STAY, f"{HANDS} {LEADERS}", "black-6", stops=("blacklist_verify",),
         barred=("propose_listing",), given=ask.Verified, paper="listing_reply"),
    Step("lapse_objection", "异议期满", EVERY, STAY, "clock", "black-6", stops=("blacklist_object",)),
    Step("note_promise", "登记改正和信用承诺", ("listing_telling", "listing_told"), STAY, f"clerk {HANDS}", "black-7",
         needs=("corrected_after",), given=ask.Promised),
    Step("lengthen_listing", "批准延长决定期限", BEFORE, STAY, "chief", "black-8", needs=("decided_in_time",), given=ask.Lengthened,
         quiet=True),
    # ── decided within twenty working days of the last day to pay, served, published, shared (black-8 … black-10) ──
    Step("propose_decision", "提请决定列入", ("listing_told",), "listing_proposed", HANDS, "black-8",
         needs=("order_stands", "told_all", "heard_out", "objection_unsuccessful", "amount_reached", "persons_named"),
         given=asks.Opinion, paper="listing_approval", stops=("blacklist_verify",)),
    Step("return_listing", "退回补充", ("listing_proposed",), "listing_told", LEADERS, "black-8", given=asks.Opinion, quiet=True),
    Step("decide_listing", "决定列入", ("listing_proposed",), "listing_decided", LEADERS, "black-8", starts=("blacklist",),
         stops=("blacklist_decide",), needs=("rules_hold", "order_stands", "told_all", "heard_out", "objection_unsuccessful"),
         barred=("propose_decision",), given=asks.Opinion, paper="listing_decision"),
    Step("decline_listing", "不予列入", BEFORE, "not_listed", LEADERS, "black-7", stops=("blacklist_decide", *OBJECTION),
         needs=("why_not",), given=ask.Declined),
    Step("serve_listing", "送达决定书", (*ON_LIST, "listing_removed"), STAY, HANDS, "black-8", starts=("reconsideration", "suit"),
         needs=("sealed_first", "on_paper"), given=ask.ServingListing),
    Step("serve_listing_answer", "送达其他文书", EVERY, STAY, HANDS, "black-14", needs=("sealed_first", "on_paper"),
         given=ask.ServingAnswer, quiet=True),
    Step("lapse_relief", "救济期限届满", EVERY, STAY, "clock", "black-18", stops=("reconsideration", "suit")),
    Step("publish_listing", "公布并报送", ("listing_decided",), "listing_in_force", HANDS, "black-9", needs=("decision_served",),
         given=ask.Published),
    # ── while it is listed: corrected, barred, suspended (black-12, black-13, arl-42) ──
    Step("note_listing_correction", "登记改正", ON_LIST, STAY, f"clerk {HANDS}", "black-12", starts=("blacklist_exit",),
         stops=("blacklist_exit",), needs=("corrected_after",), given=ask.CorrectionNoted),
    Step("lapse_exit", "改正满期", EVERY, STAY, "clock", "black-12", stops=("blacklist_exit",)),
    Step("note_bar", "登记不得提前移出的情形", ON_LIST, STAY, HANDS, "black-13", given=ask.BarNoted, quiet=True),
    Step("lift_bar", "登记情形消除", ON_LIST, STAY, "unit_head deputy chief", "black-13", given=ask.BarLifted, quiet=True),
    Step("suspend_listing", "停止执行列入决定", ("listing_in_force",), "listing_suspended", HANDS, "arl-42", given=ask.Suspended,
         quiet=True),
    Step("resume_listing", "恢复执行列入决定", ("listing_suspended",), "listing_in_force", HANDS, "arl-42", given=ask.Suspended),
    # ── removed early on application, at the end of its period, or because its ground fell (black-11 … black-17) ──
    Step("apply_early", "登记提前移出申请", ("listing_in_force",), "early_asked", f"clerk {HANDS}", "black-12",
         starts=("blacklist_exit_decide",), starts_from="received_on", needs=("nothing_private",), given=ask.Applied),
    Step("grant_early", "准予提前移出", ("early_asked",), "removal_due", LEADERS, "black-14", starts=("blacklist_remove",),
         stops=PERIODS, needs=("early_ready", "not_barred"), barred=("apply_early",), given=asks.Opinion, paper="early_removal"),
    Step("refuse_early", "不予提前移出", ("early_asked",), "listing_in_force", LEADERS, "black-14", stops=("blacklist_exit_decide",),
         barred=("apply_early",), given=ask.RefusedEarly, paper="early_refusal"),
    Step("end_listing_period", "列入期满", ON_LIST, "removal_due", "clock", "black-17", starts=("blacklist_remove",),
         stops=("blacklist",)),
    Step("revoke_listing", "撤销列入决定", ON_LIST, "removal_due", LEADERS, "black-16", starts=("blacklist_remove",), stops=PERIODS,
         needs=("revoked_for",), given=ask.Revoked, paper="listing_revocation", quiet=True),
    Step("remove_listing", "移出名单", ("removal_due",), "listing_removed", HANDS, "black-17", stops=("blacklist_remove", *PERIODS),
         given=ask.Removed),
    Step("restore_listing", "撤销移出、恢复列入", ("listing_removed",), "listing_decided", LEADERS, "black-15",
         starts=("blacklist", "blacklist_exit"), needs=("removed_early",), given=ask.Restored, paper="listing_restoration", quiet=True),
    Step("close_listing", "名单卷宗办结", ("listing_removed",), "listing_closed", "unit_head", "black-17",
         needs=("nothing_to_restore",), given=asks.Opinion),
    *papers_of(STATES),
)  # fmt: skip

LISTING = flow_of("listing", "拖欠农民工工资失信名单", STATES, STEPS)
