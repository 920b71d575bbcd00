"""Where a case can stand, and the groups of states that rows of its tables begin in."""

from laojian.procedure.step import State

STAGES = ("登记受理", "立案", "调查·责令改正", "调查终结", "告知·陈述", "法制审核", "决定", "送达履行", "结案归档")

S = State
STATES = (
    S("acceptance_review", "受理审查", "登记受理", ("clerk",), "正在审查是否受理"),
    S("supplementing", "等待补正", "登记受理", ("clerk",), "等待您补正材料"),
    S("filing_proposed", "待批准立案", "立案", ("unit_head",), "正在办理立案审批"),
    S("filed", "已立案待指派", "立案", ("unit_head",), "已受理立案，正在指派监察员"),
    S("investigating", "调查中", "调查·责令改正", ("inspector",), "正在调查"),
    S("suspended", "中止调查", "调查·责令改正", ("deputy", "chief"), "因法定或者规定的事由暂停调查"),
    S("investigated", "调查终结", "调查终结", ("inspector",), "调查已终结，正在提出处理意见"),
    S("pre_review", "告知前审核", "调查终结", ("reviewer",), "正在进行法制审核"),
    S("to_notify", "待告知", "告知·陈述", ("inspector",), "正在准备告知当事人"),
    S("notice_proposed", "告知待批准", "告知·陈述", ("deputy", "chief"), "正在准备告知当事人"),
    S("noticing", "告知待送达", "告知·陈述", ("inspector",), "正在告知当事人"),
    S("awaiting_statement", "等待陈述申辩", "告知·陈述", ("inspector",), "正在听取当事人的陈述申辩"),
    S("statement_closed", "陈述申辩待复核", "告知·陈述", ("inspector",), "正在复核陈述申辩"),
    S("to_review", "待送审", "法制审核", ("inspector",), "正在进行法制审核"),
    S("final_review", "决定前法制审核", "法制审核", ("reviewer",), "正在进行法制审核"),
    S("reviewed", "待决定", "决定", ("deputy", "chief"), "正在作出决定"),
    S("decided", "已决定待送达", "决定", ("inspector",), "已作出决定，正在送达"),
    S("performing", "履行中", "送达履行", ("inspector",), "决定已送达，正在督促履行"),
    S("handed_over", "已移送待结案", "送达履行", ("inspector",), "已移送有权机关处理"),
    S("closing", "待批准结案", "结案归档", ("unit_head",), "正在办理结案"),
    S("closed", "已结案待归档", "结案归档", ("archivist",), "已结案"),
    S("archived", "已归档", "结案归档", (), "已结案归档", final=True),
    S("declined", "不予受理", "登记受理", (), "不予受理", final=True),
    S("redirected", "告知仲裁诉讼", "登记受理", (), "请通过仲裁或者诉讼解决", final=True),
    S("out_of_scope", "不属本机关职权", "登记受理", (), "不属于本机关职权，请向有权机关提出", final=True),
    S("transferred", "移送管辖", "登记受理", (), "已移送有管辖权的机关", final=True),
    S("not_supplemented", "逾期未补正", "登记受理", (), "逾期未补正，本次投诉不再审查；补齐后可以重新投诉", final=True),
    S("settled", "协调解决", "登记受理", (), "已协调解决", final=True),
    S("withdrawn", "撤回终止", "登记受理", (), "投诉已撤回，未发现须继续查处的违法行为", final=True),
    S("merged", "已并案", "登记受理", (), "已与同一单位的其他投诉合并办理", final=True),
)

EARLY = ("acceptance_review", "supplementing")
PROBE = ("investigating",)
FINDABLE = (*PROBE, "investigated", "to_notify", "statement_closed", "to_review")  # before a review, never after it
MIDDLE = ("investigated", "pre_review", "to_notify", "notice_proposed", "noticing", "awaiting_statement", "statement_closed",
          "to_review", "final_review", "reviewed", "decided")  # fmt: skip
AWAY = ("handed_over",)
FILED = ("filed", *PROBE, "suspended", *MIDDLE, "performing", *AWAY, "closing")
LIVE = (*EARLY, "filing_proposed", *FILED)
ENDED = ("declined", "redirected", "out_of_scope", "transferred", "not_supplemented", "settled", "withdrawn")
ALL = (*LIVE, "closed", *ENDED)
WORKED_ON = (*PROBE, *MIDDLE)
AFTER = (
    "suspended",
    "performing",
    *AWAY,
    "closing",
    "closed",
    "archived",
)  # where a period of the investigation may still run out
