"""Relief (行政复议、行政诉讼) as a track beside its case: asked for, answered in time, ended; the case takes the consequences."""

from laojian.cases import forms as asks
from laojian.cases.tracks import paperwork, track
from laojian.procedure.step import State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS, CLOCKS

S = State
STATES = (
    S("relief_lodged", "待受理", "受理", ("reviewer",), "已申请复议（起诉）"),
    S("relief_pending", "审理中", "审理", ("reviewer",), "复议（诉讼）正在审理"),
    S("relief_not_accepted", "不予受理", "受理", (), "复议（诉讼）不予受理", final=True),
    S("relief_withdrawn", "撤回", "审理", (), "复议（诉讼）撤回", final=True),
    S("relief_upheld", "维持（驳回请求）", "结果", (), "决定得到维持", final=True),
    S("relief_changed", "变更", "结果", (), "决定被变更", final=True),
    S("relief_revoked", "撤销（确认无效）", "结果", (), "决定被撤销", final=True),
    S("relief_unlawful", "确认违法", "结果", (), "决定被确认违法", final=True),
    S("relief_settled", "调解（和解）", "结果", (), "复议（诉讼）调解结案", final=True),
)
OPEN, PENDING = ("relief_lodged", "relief_pending"), ("relief_pending",)
EVERY = tuple(dict.fromkeys(key for keys in CLOCKS.values() for key in keys))
ANSWER = tuple(key for key in EVERY if "answer" in key)
HAND = "inspector reviewer"
AFTER = ("after_it_was_lodged",)

STEPS = (
    Step("begin_relief", "收到复议诉讼", ("",), "relief_lodged", "procedure", "impl-42", given=asks.ReliefOpened),
    Step("note_relief_accepted", "登记受理", ("relief_lodged",), "relief_pending", HAND, "arl-30", starts=EVERY, needs=AFTER,
         given=ask.Accepted),
    Step("note_relief_refused", "登记不予受理", ("relief_lodged",), "relief_not_accepted", HAND, "arl-30", needs=AFTER,
         given=ask.Refused),
    Step("submit_answer", "提交答复答辩", PENDING, None, HAND, "arl-48", stops=ANSWER, needs=AFTER, given=ask.Answer),
    Step("note_appeal", "登记上诉", PENDING, None, HAND, "all-46", needs=AFTER, given=ask.Appealed, quiet=True),
    Step("note_relief_upheld", "登记维持（驳回请求）", PENDING, "relief_upheld", HAND, "arl-62", stops=EVERY, needs=AFTER,
         given=ask.Outcome),
    Step("note_relief_changed", "登记变更", PENDING, "relief_changed", HAND, "arl-62", stops=EVERY, needs=(*AFTER, "changes_a_fine"),
         given=ask.Changed),
    Step("note_relief_revoked", "登记撤销（确认无效）", PENDING, "relief_revoked", HAND, "arl-62", stops=EVERY, needs=AFTER,
         given=ask.Revoked),
    Step("note_relief_unlawful", "登记确认违法", PENDING, "relief_unlawful", HAND, "arl-62", stops=EVERY, needs=AFTER,
         given=ask.Outcome),
    Step("note_relief_settled", "登记调解（和解）", PENDING, "relief_settled", HAND, "arl-62", stops=EVERY, needs=AFTER,
         given=ask.Outcome, quiet=True),
    Step("withdraw_relief", "登记撤回", OPEN, "relief_withdrawn", HAND, "arl-62", stops=EVERY, needs=AFTER, given=ask.Withdrawn,
         quiet=True),
    *paperwork(STATES, HAND),
)  # fmt: skip

RELIEF = track("relief", "复议诉讼", STATES, STEPS, guards, ACTIONS, joins=("open_relief", "relief_closed"))
