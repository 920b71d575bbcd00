"""Enforcement (执行) as a track beside its case: time to pay, surcharge, reminder, and the application to the court."""

from laojian.cases import forms as asks
from laojian.cases.tracks import paperwork, track
from laojian.procedure.step import State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS

S = State
STATES = (
    S("collecting", "督促履行", "催告", ("inspector",), "正在督促履行"),
    S("deferral_asked", "延期分期待批准", "延期分期", ("deputy", "chief"), "正在审查延期、分期缴纳申请"),
    S("deferred", "延期分期缴纳", "延期分期", ("inspector",), "已批准延期、分期缴纳"),
    S("reminding", "催告书待送达", "催告", ("inspector",), "正在催告履行"),
    S("reminded", "已催告", "催告", ("inspector",), "已催告履行"),
    S("application_proposed", "申请执行待批准", "申请法院", ("chief",), "正在准备申请法院强制执行"),
    S("application_signed", "申请书待递交", "申请法院", ("inspector",), "正在准备申请法院强制执行"),
    S("application_filed", "待法院受理", "申请法院", ("inspector",), "已申请法院强制执行"),
    S("application_accepted", "待法院裁定", "申请法院", ("inspector",), "法院正在审查"),
    S("court_refused", "法院不予受理（执行）", "申请法院", ("inspector",), "法院裁定不予受理（执行）"),
    S("court_objected", "已向上一级法院申请复议", "申请法院", ("inspector",), "上一级法院正在审查"),
    S("executing", "法院执行中", "法院执行", ("inspector",), "法院正在执行"),
    S("performed", "履行完毕", "法院执行", (), "已履行完毕", final=True),
    S("not_enforced", "不予执行", "申请法院", (), "法院不予执行", final=True),
    S("court_ended", "法院终结执行", "法院执行", (), "法院终结执行", final=True),
    S("enforcement_stopped", "终止强制执行", "催告", (), "强制执行终止", final=True),
)
OPEN = tuple(state.key for state in STATES if not state.final)
UNPAID = ("collecting", "reminding", "reminded")
OURS = ("dun", "court", "instalment", "court_objection")
CLOCKS = (*OURS, "court_accept", "court_rule", "court_rule_heard")
LEADERS, HAND = "deputy chief", "inspector"
STAY = None

STEPS = (
    Step("begin_enforcement", "转入执行", ("",), "collecting", "procedure", "impl-41", starts=("court",), given=asks.EnforcementOpened),
    Step("reassign", "调整承办人", OPEN, STAY, "unit_head", "apl-42", needs=("two_certified",), given=asks.Assignment, quiet=True),
    # ── time to pay: asked for in writing, granted by a leader, in default when a day passes (apl-66, impl-43) ──
    Step("ask_deferral", "登记延期分期申请", ("collecting", "reminded"), "deferral_asked", HAND, "apl-66",
         needs=("fine_owed", "table_adds_up"), given=ask.Deferral),
    Step("grant_deferral", "批准延期分期", ("deferral_asked",), "deferred", LEADERS, "apl-66", starts=("instalment", "court"),
         stops=("court", "dun"), needs=("table_ahead",), barred=("ask_deferral",), given=asks.Opinion, paper="instalment_approval"),
    Step("refuse_deferral", "不批准延期分期", ("deferral_asked",), "collecting", LEADERS, "apl-66", barred=("ask_deferral",),
         given=asks.Opinion, paper="instalment_approval"),
    Step("note_instalment", "核实当期缴纳", ("deferred",), STAY, HAND, "apl-66", starts=("instalment",), stops=("instalment",),
         needs=("instalment_paid",), given=ask.Paid),
    Step("declare_default", "认定未按期缴纳", ("deferred",), "collecting", HAND, "apl-66", stops=("instalment",),
         needs=("instalment_missed",), given=asks.Opinion),
    # ── surcharge, for fines alone (apl-72, acl-45, acl-42) ──
    Step("decide_surcharge", "决定加处罚款", (*UNPAID, "deferred"), STAY, LEADERS, "apl-72", needs=("fine_overdue",),
         given=ask.Surcharged, paper="surcharge_decision"),
    Step("remit_surcharge", "减免加处罚款", OPEN, STAY, LEADERS, "acl-42", needs=("surcharge_standing",), given=ask.Remitted,
         quiet=True),
    # ── reminder (acl-35, acl-36, acl-54) ──
    Step("propose_reminder", "制作催告书", ("collecting",), "reminding", HAND, "acl-54", needs=("overdue", "still_owing"),
         given=ask.Reminder, paper="reminder"),
    Step("serve_reminder", "送达催告书", ("reminding", "reminded"), "reminded", HAND, "acl-54", starts=("dun", "court"),
         stops=("dun", "court"), needs=("sealed_first", "on_paper"), given=ask.ServingReminder),
    Step("hear_reminded", "听取催告意见", ("reminding", "reminded"), STAY, HAND, "acl-36", given=ask.Heard),
    Step("lapse_period", "期限届满", OPEN, STAY, "clock", "acl-54", stops=OURS),
    # ── application to the court (acl-53 … acl-58) ──
    Step("propose_application", "拟申请法院强制执行", ("reminded",), "application_proposed", HAND, "acl-53",
         needs=("reminded_in_full", "relief_over", "window_open", "still_owing"), given=ask.Application, paper="court_application"),
    Step("sign_application", "批准申请强制执行", ("application_proposed",), "application_signed", "chief", "acl-55",
         barred=("propose_application",), given=asks.Opinion),
    Step("return_application", "退回申请", ("application_proposed",), "reminded", "chief", "acl-55", given=asks.Opinion),
    Step("file_application", "递交申请", ("application_signed",), "application_filed", HAND, "acl-53", starts=("court_accept",),
         stops=("court", "dun"), starts_from="filed_on", needs=("application_sealed", "relief_over", "window_open"), given=ask.Filed),
    Step("note_accepted", "登记法院受理", ("application_filed",), "application_accepted", HAND, "acl-56", starts=("court_rule",),
         stops=("court_accept",), starts_from="accepted_on", given=ask.Accepted),
    Step("note_not_accepted", "登记法院不予受理", ("application_filed",), "court_refused", HAND, "acl-56", starts=("court_objection",),
         stops=("court_accept",), starts_from="received_on", given=ask.Ruled),
    Step("note_court_hearing", "登记法院听取意见", ("application_accepted",), STAY, HAND, "acl-58", starts=("court_rule_heard",),
         stops=("court_rule", "court_rule_heard"), given=ask.Told, quiet=True),
    Step("note_ordered", "登记裁定准予执行", ("application_accepted",), "executing", HAND, "acl-57",
         stops=("court_rule", "court_rule_heard"), given=ask.Ruled),
    Step("note_not_ordered", "登记裁定不予执行", ("application_accepted",), "court_refused", HAND, "acl-58",
         starts=("court_objection",), stops=("court_rule", "court_rule_heard"), starts_from="received_on", given=ask.Ruled),
    Step("object_ruling", "向上一级法院申请复议", ("court_refused",), "court_objected", HAND, "acl-58", stops=("court_objection",),
         needs=("objection_in_time",), given=ask.Objection),
    Step("note_overturned", "登记复议撤销原裁定", ("court_objected",), "application_accepted", HAND, "acl-58",
         starts=("court_rule",), starts_from="received_on", given=ask.Ruled),
    Step("withdraw_application", "撤回申请", ("application_signed", "application_filed", "application_accepted"), "reminded", LEADERS,
         "acl-53", starts=("court",), stops=("court", "court_accept", "court_rule", "court_rule_heard"), given=ask.Told, quiet=True),
    # ── ends ──
    Step("note_performed", "履行完毕", OPEN, "performed", HAND, "impl-41", stops=CLOCKS, needs=("all_met",), given=ask.Performed),
    Step("accept_ruling", "不再申请复议", ("court_refused",), "not_enforced", LEADERS, "acl-58", stops=CLOCKS, given=ask.Told),
    Step("note_upheld", "登记复议维持原裁定", ("court_objected",), "not_enforced", HAND, "acl-58", stops=CLOCKS, given=ask.Ruled),
    Step("end_execution", "登记法院终结执行", ("executing",), "court_ended", HAND, "acl-40", stops=CLOCKS, given=ask.Ruled),
    Step("stop_enforcement", "终止强制执行", OPEN, "enforcement_stopped", "chief", "acl-40", stops=CLOCKS, given=ask.Stopped,
         quiet=True),
    *paperwork(STATES, HAND),
)  # fmt: skip

ENFORCEMENT = track(
    "enforcement", "执行", STATES, STEPS, guards, ACTIONS, joins=("open_enforcement", "enforcement_closed")
)
