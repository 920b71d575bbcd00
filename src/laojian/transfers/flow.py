"""The transfer to the police (移送公安) as a track beside its case: two officers report, the head alone decides, the police answer."""

from laojian.cases import forms as asks
from laojian.cases.tracks import paperwork, track
from laojian.procedure.step import State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS

S = State
STATES = (
    S("transfer_opened", "待指定专案组", "核实", ("unit_head",), "正在核实是否涉嫌犯罪"),
    S("crime_assessing", "专案组核实", "核实", ("inspector",), "正在核实是否涉嫌犯罪"),
    S("crime_reported", "待主要负责人决定", "审批", ("chief",), "正在核实是否涉嫌犯罪"),
    S("transfer_approved", "待移送公安", "移送", ("inspector",), "正在移送公安机关"),
    S("with_police", "公安审查", "公安审查", ("inspector",), "公安机关正在审查"),
    S("police_refused", "公安不予立案", "公安审查", ("inspector",), "公安机关不予立案"),
    S("police_rethinking", "公安复议", "公安审查", ("inspector",), "公安机关正在复议"),
    S("police_upheld", "公安维持不予立案", "公安审查", ("inspector",), "公安机关不予立案"),
    S("supervision_asked", "检察机关立案监督", "公安审查", ("inspector",), "检察机关正在监督"),
    S("police_filed", "公安已立案", "刑事办理", ("inspector",), "公安机关已立案"),
    S("criminal", "刑事办理中", "刑事办理", ("inspector",), "公安机关已立案"),
    S("transfer_refused", "不予移送", "审批", (), "不涉嫌犯罪，继续行政处理", final=True),
    S("transfer_stopped", "停止移送", "核实", (), "继续行政处理", final=True),
    S("case_resumed", "恢复行政处理", "公安审查", (), "继续行政处理", final=True),
    S("case_returned", "刑事机关退回", "刑事办理", (), "继续行政处理", final=True),
    S("judged", "刑事判决", "刑事办理", (), "刑事案件已经判决", final=True),
)
BEFORE = ("transfer_opened", "crime_assessing", "crime_reported", "transfer_approved")
POLICE = ("police_file", "police_file_clue", "police_file_grave", "transfer_supplement")
LEADERS, HAND, HEAD = "deputy chief", "inspector", "chief"
STAY = None

STEPS = (
    Step("begin_transfer", "提出移送公安", ("",), "transfer_opened", "procedure", "xfer-3", given=asks.TransferOpened),
    # ── two officers verify and report (xfer-5) ──
    Step("name_team", "指定专案组", ("transfer_opened",), "crime_assessing", "unit_head deputy chief", "xfer-5",
         needs=("two_certified",), given=asks.Assignment),
    Step("report_crime", "提出移送报告", ("crime_assessing",), "crime_reported", HAND, "xfer-5", starts=("transfer_decide",),
         needs=("two_inspectors", "elements_met", "amount_judged", "ordered_and_unpaid"), given=ask.CrimeReport, paper="crime_report"),
    # ── the head of the bureau alone decides (xfer-5) ──
    Step("approve_transfer", "批准移送公安", ("crime_reported",), "transfer_approved", HEAD, "xfer-5", stops=("transfer_decide",),
         barred=("report_crime",), given=ask.Approved, paper="crime_approval"),
    Step("refuse_transfer", "不批准移送", ("crime_reported",), "transfer_refused", HEAD, "xfer-5", stops=("transfer_decide",),
         barred=("report_crime",), given=ask.NotApproved, paper="crime_approval"),
    Step("return_report", "退回补充核实", ("crime_reported",), "crime_assessing", HEAD, "xfer-5", stops=("transfer_decide",),
         given=asks.Opinion, quiet=True),
    Step("stop_transfer", "停止移送", BEFORE, "transfer_stopped", LEADERS, "spc2013-6", stops=("transfer_decide",),
         given=asks.Opinion, quiet=True),
    # ── handed over, examined by the police (xfer-5 … xfer-9, mps2015) ──
    Step("hand_to_police", "移送公安", ("transfer_approved",), "with_police", HAND, "xfer-6", starts=("police_file",),
         starts_from="handed_at", needs=("transfer_sealed", "within_hours"), given=ask.Handed),
    Step("note_incomplete", "登记材料不全", ("with_police",), STAY, HAND, "xfermps", starts=("transfer_supplement",),
         stops=("transfer_supplement",), starts_from="received_on", given=ask.Notice, quiet=True),
    Step("supplement_materials", "补充移送材料", ("with_police",), STAY, HAND, "xfermps", stops=("transfer_supplement",),
         given=ask.Materials, quiet=True),
    Step("note_police_longer", "登记公安延长审查", ("with_police",), STAY, HAND, "mps2015", starts=POLICE[1:3], stops=POLICE[:3],
         given=ask.Longer, quiet=True),
    Step("note_police_filed", "登记公安立案", ("with_police", "police_rethinking", "supervision_asked"), "police_filed", HAND, "xfer-8",
         starts=("transfer_goods",), stops=(*POLICE, "police_reconsider"), starts_from="received_on", given=ask.Notice),
    Step("note_police_refused", "登记公安不予立案", ("with_police",), "police_refused", HAND, "xfer-8", starts=("transfer_object",),
         stops=POLICE, starts_from="received_on", given=ask.Notice),
    Step("ask_police_again", "提请公安复议", ("police_refused",), "police_rethinking", HAND, "xfer-9", starts=("police_reconsider",),
         stops=("transfer_object",), starts_from="asked_on", needs=("asked_in_time",), given=ask.Asked),
    Step("note_police_upheld", "登记公安复议维持", ("police_rethinking",), "police_upheld", HAND, "xfer-9",
         starts=("transfer_supervise",), stops=("police_reconsider",), starts_from="received_on", given=ask.Notice),
    Step("ask_prosecutor", "建议检察机关立案监督", ("police_refused", "police_upheld"), "supervision_asked", HAND, "xfer-9",
         stops=("transfer_object", "transfer_supervise"), needs=("asked_in_time",), given=ask.Asked),
    Step("resume_case", "恢复行政处理", ("police_refused", "police_upheld", "supervision_asked"), "case_resumed", LEADERS, "xfer-10",
         stops=("transfer_object", "transfer_supervise"), given=asks.Opinion),
    # ── after the police filed (xfer-12, apl-27, apl-35) ──
    Step("hand_over_goods", "移交涉案物品材料", ("police_filed",), "criminal", HAND, "xfer-12", stops=("transfer_goods",),
         given=ask.Materials),
    Step("note_returned", "登记刑事机关退回", ("police_filed", "criminal"), "case_returned", HAND, "apl-27", stops=("transfer_goods",),
         given=ask.Notice),
    Step("note_judged", "登记刑事判决", ("criminal",), "judged", HAND, "apl-35", given=ask.Judged),
    *paperwork(STATES, HAND),
)  # fmt: skip

TRANSFER = track("transfer", "移送公安", STATES, STEPS, guards, ACTIONS, joins=("open_transfer", "transfer_closed"))
