"""The table of the summary procedure (简易程序, `procedure.md` §2.4): found, heard, decided and handed over on the spot.

It is a file of its own kind, and its record is as full as any other. What proves too much for it goes on in a file of the
general procedure, of which it is the parent.
"""

from laojian.procedure.step import Flow, State, Step

from . import forms as ask
from . import (
    guards,
    paper_guards,
    penalty_guards,
    power_guards,
    publicity_guards,
    relief_guards,
    summary_guards,
    track_guards,
)
from .actions.summary import ACTIONS
from .calls import calls
from .facts import facts
from .joins import assessing, enforcing, relieving
from .reading import PARTS

STAGES = ("当场查处", "交付", "履行", "结案归档")

S = State
STATES = (
    S("on_spot", "当场查处", "当场查处", ("inspector",), "正在当场处理"),
    S("to_deliver", "待当场交付", "交付", ("inspector",), "已当场作出决定"),
    S("delivered", "已交付待履行", "履行", ("inspector",), "决定已交付，正在督促履行"),
    S("closed", "已结案待归档", "结案归档", ("archivist",), "已结案"),
    S("archived", "已归档", "结案归档", (), "已结案归档", final=True),
    S("converted", "已转普通程序", "结案归档", (), "已转为普通程序办理", final=True),
)
OPEN = ("on_spot", "to_deliver", "delivered")
LATER = ("closed", "archived", "converted")
ON_PAPER = (*OPEN, "closed", "archived")  # a decision can still be corrected when its file lies in the archive
STAY = None

STEPS = (
    # ── on the spot (apl-42, apl-51, apl-52, impl-31) ──
    Step("open_on_spot", "当场查处", ("",), "on_spot", "inspector", "apl-51", needs=("second_certified",), given=ask.SpotOpened),
    Step("hear_on_spot", "当场告知和听取申辩", ("on_spot",), STAY, "inspector", "apl-45", needs=("two_inspectors", "still_on_spot"),
         given=ask.SpotHeard),
    Step("find_violation", "认定违法", ("on_spot",), STAY, "inspector", "apl-40", needs=("two_inspectors", "finding_lawful", "in_power"),
         given=ask.Finding),
    Step("drop_finding", "撤回认定", ("on_spot",), STAY, "inspector", "apl-40", given=ask.FindingDropped, quiet=True),
    Step("order_on_spot", "当场责令改正", ("on_spot",), STAY, "inspector", "lsr-15", starts=("summary_filing",),
         needs=("two_inspectors", "still_on_spot", "addressees_known", "in_power"), given=ask.SpotOrder, paper="spot_order"),
    Step("punish_on_spot", "当场处罚", ("on_spot", "to_deliver"), "to_deliver", "inspector", "apl-51", starts=("summary_filing",),
         needs=("two_inspectors", "still_on_spot", "heard_on_spot", "not_punished_yet", "addressees_known", "found_on_spot",
                "warned_lawfully", "within_limits", "in_power"),
         given=ask.SpotPenalty, paper="spot_penalty"),
    # What was decided on the spot and fell is dealt with anew in the same way (apl-75).
    Step("convert", "转普通程序", ("on_spot", "to_deliver", "delivered"), "converted", "inspector", "impl-33",
         stops=("summary_filing", "cash_in", "cash_bank", "pay", "reconsideration", "suit"),
         needs=("nothing_punished", "copy_in", "enforcement_over"),
         given=ask.Conversion),
    # ── handed over the same day; whoever refuses to sign is noted (apl-52, impl-32) ──
    Step("deliver_order", "交付责令改正", OPEN, STAY, "inspector", "impl-31", starts=("correct",),
         needs=("sealed_first", "on_paper", "left_to_deliver", "on_the_spot"), given=ask.SpotOrderServed),
    Step("deliver_penalty", "交付处罚决定", ("to_deliver", "delivered"), "delivered", "inspector", "apl-52",
         starts=("pay", "reconsideration", "suit"), needs=("sealed_first", "on_paper", "left_to_deliver", "on_the_spot"),
         given=ask.SpotPenaltyServed),
    Step("hand_in_copy", "存档联交回", OPEN, STAY, "clerk inspector", "impl-32", stops=("summary_filing",), needs=("awaited",),
         given=ask.CopyHandedIn),
    # ── the fine: to the bank, or in cash where the law lets it be taken (apl-67 … apl-71) ──
    Step("take_cash", "当场收缴罚款", ("delivered",), STAY, "inspector", "apl-68", starts=("cash_in",), needs=("cash_allowed",),
         given=ask.CashTaken),
    Step("hand_in_cash", "罚款交机关", ("delivered",), STAY, "clerk inspector", "apl-71", starts=("cash_bank",), starts_from="on",
         stops=("cash_in",), needs=("awaited",), given=ask.CashMoved),
    Step("bank_cash", "罚款缴付银行", ("delivered",), STAY, "clerk inspector", "apl-71", stops=("cash_bank",), needs=("awaited",),
         given=ask.CashMoved),
    Step("register_payment", "登记付款", ("delivered",), STAY, "clerk inspector", "apl-67", given=ask.Pay),
    Step("note_correction", "核实改正情况", OPEN, STAY, "inspector", "lsr-18", stops=("correct",), needs=("correction_over",),
         given=ask.Corrected, quiet=True),
    Step("lapse_correction", "改正期满", (*OPEN, *LATER), STAY, "clock", "lsr-18", stops=("correct",)),
    Step("lapse_term", "期限届满", ("delivered", *LATER), STAY, "clock", "apl-66", stops=("pay", "reconsideration", "suit")),
    Step("add_evidence", "补充证据", OPEN, STAY, "clerk inspector", "apl-46", given=ask.EvidenceAdded, quiet=True),
    # ── closing and archive (impl-40) ──
    Step("close_on_spot", "办结", ("on_spot", "delivered"), "closed", "inspector", "impl-40", starts=("archive",),
         stops=("summary_filing", "cash_in", "cash_bank"),
         needs=("handed_over", "copy_in", "enforcement_over", "obligations_met"), given=ask.SpotClosing),
    Step("decide_publication", "决定是否公示", ("delivered", "closed", "archived"), STAY, "unit_head deputy chief", "apl-48",
         needs=("penalty_served", "public_fits"), given=ask.PublicityDecided, quiet=True),
    *enforcing(("delivered",), (*OPEN, *LATER)),
    *relieving(("delivered", "closed", "archived"), (*OPEN, *LATER)),
    *assessing(("closed", "archived")),
    Step("archive", "归档", ("closed",), "archived", "archivist", "impl-40", stops=("archive",), needs=("papers_complete",),
         given=ask.Archive),
    # ── papers on the preset form: filled, numbered, signed ──
    Step("fill_paper", "补填文书", ON_PAPER, STAY, "clerk inspector chief", "apl-59", given=ask.PaperFilled, quiet=True),
    Step("approve_paper", "批准文书", ON_PAPER, STAY, "chief", "impl-33", needs=("others_draft",), given=ask.PaperChosen, quiet=True),
    Step("issue_paper", "文书成文", ON_PAPER, STAY, "clerk inspector", "apl-59", needs=("complete_text",), given=ask.PaperIssued,
         quiet=True),
    Step("void_paper", "作废草稿", ON_PAPER, STAY, "clerk inspector", "apl-59", given=ask.PaperVoided, quiet=True),
    Step("seal_paper", "登记盖章签名", ON_PAPER, STAY, "clerk inspector", "apl-59", given=ask.Sealing, quiet=True),
    Step("serve_paper", "送达其他文书", ON_PAPER, STAY, "clerk inspector", "cpl-87", needs=("sealed_first", "on_paper"),
         given=ask.ServingLetter, quiet=True),
)  # fmt: skip

SUMMARY = Flow(
    name="summary",
    label="简易程序",
    states=STATES,
    steps=STEPS,
    guards={
        name: value
        for room in (
            guards,
            paper_guards,
            penalty_guards,
            power_guards,
            publicity_guards,
            track_guards,
            relief_guards,
            summary_guards,
        )
        for name, value in vars(room).items()
        if callable(value)
    },
    actions=ACTIONS,
    facts=facts,
    parts=PARTS,
    stages=STAGES,
    calls=calls,
)
