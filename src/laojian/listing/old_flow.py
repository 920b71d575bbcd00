"""THE table of a listing decided in 2018–2021 (拖欠农民工工资“黑名单”): a year, two more for whoever did not correct, no early removal.

Source: 人社部规〔2017〕16号 (articles `rsg16…`). What was listed then ends as those rules say; a removal from 2022 on has the time
of the present rules.
"""

from laojian.cases import forms as asks
from laojian.procedure.step import State, Step

from . import forms as ask
from .flow import BEFORE, HANDS, HEARD, LEADERS, STATES, STAY, flow_of, papers_of

S = State
OLD_STATES = (
    *(state for state in STATES if state.key not in ("early_asked",)),
    S("old_expired", "期满待决定", "移出", ("deputy", "chief"), "正在审查"),
)
ON_LIST = ("listing_decided", "listing_in_force", "listing_suspended")
EVERY = tuple(state.key for state in OLD_STATES)
PERIODS = ("old_blacklist_first", "old_blacklist_again")
REMOVAL = ("old_blacklist_remove", "blacklist_remove")

STEPS = (
    Step("propose_listing", "拟列入黑名单", ("",), "listing_preparing", HANDS, "rsg16-5", starts=("old_blacklist_list",),
         needs=("rules_hold", "order_unpaid", "nothing_private"), given=ask.Proposed),
    Step("name_person", "登记责任人员", ("listing_preparing",), STAY, HANDS, "rsg16", needs=("nothing_private",), given=ask.Named),
    Step("drop_person", "去掉责任人员", ("listing_preparing", "listing_telling", "listing_told"), STAY, HANDS, "rsg16",
         given=ask.Dropped, quiet=True),
    Step("judge_amount", "认定数额", ("listing_preparing",), STAY, LEADERS, "rsg16-5", needs=("amount_open",),
         barred=("propose_listing",), given=ask.Judged, paper="listing_amount"),
    Step("draft_listing_notice", "制作列入告知书", ("listing_preparing",), "listing_telling", HANDS, "rsg16",
         needs=("order_stands", "amount_reached", "persons_named"), given=asks.Opinion, paper="listing_notice"),
    Step("serve_listing_notice", "送达列入告知书", ("listing_telling", "listing_told"), "listing_told", HANDS, "rsg16",
         needs=("sealed_first", "on_paper"), given=ask.ServingListingNotice),
    Step("note_listing_objection", "登记陈述申辩", ("listing_told",), STAY, f"clerk {HANDS}", "rsg16", needs=("objected_in_time",),
         given=ask.Objected),
    Step("answer_listing_objection", "复核陈述申辩", HEARD, STAY, f"{HANDS} {LEADERS}", "rsg16", barred=("propose_listing",),
         given=ask.Verified, paper="listing_reply"),
    Step("propose_decision", "提请决定列入", ("listing_told",), "listing_proposed", HANDS, "rsg16-5",
         needs=("order_stands", "told_all", "heard_out", "objection_unsuccessful", "amount_reached", "persons_named"),
         given=asks.Opinion, paper="listing_approval"),
    Step("return_listing", "退回补充", ("listing_proposed",), "listing_told", LEADERS, "rsg16-5", given=asks.Opinion, quiet=True),
    Step("decide_listing", "决定列入", ("listing_proposed",), "listing_decided", LEADERS, "rsg16-5", starts=PERIODS,
         stops=("old_blacklist_list",), needs=("rules_hold", "order_stands", "told_all", "heard_out", "objection_unsuccessful"),
         barred=("propose_decision",), given=asks.Opinion, paper="listing_decision"),
    Step("decline_listing", "不予列入", BEFORE, "not_listed", LEADERS, "rsg16-5", stops=("old_blacklist_list",), needs=("why_not",),
         given=ask.Declined),
    Step("serve_listing", "送达决定书", (*ON_LIST, "old_expired"), STAY, HANDS, "rsg16", starts=("reconsideration", "suit"),
         needs=("sealed_first", "on_paper"), given=ask.ServingListing),
    Step("serve_listing_answer", "送达其他文书", EVERY, STAY, HANDS, "rsg16", needs=("sealed_first", "on_paper"),
         given=ask.ServingAnswer, quiet=True),
    Step("lapse_relief", "救济期限届满", EVERY, STAY, "clock", "all-46", stops=("reconsideration", "suit")),
    Step("publish_listing", "公布并报送", ("listing_decided",), "listing_in_force", HANDS, "rsg16", needs=("decision_served",),
         given=ask.Published),
    Step("note_listing_correction", "登记改正", (*ON_LIST, "old_expired"), STAY, f"clerk {HANDS}", "rsg16", needs=("corrected_after",),
         given=ask.CorrectionNoted),
    Step("note_bar", "登记再次拖欠", ON_LIST, STAY, HANDS, "rsg16", given=ask.BarNoted, quiet=True),
    Step("suspend_listing", "停止执行列入决定", ("listing_in_force",), "listing_suspended", HANDS, "apl-73", given=ask.Suspended,
         quiet=True),
    Step("resume_listing", "恢复执行列入决定", ("listing_suspended",), "listing_in_force", HANDS, "apl-73", given=ask.Suspended),
    Step("end_listing_period", "列入期满", ON_LIST, "old_expired", "clock", "rsg16", starts=REMOVAL, stops=PERIODS),
    Step("decide_removal", "决定移出", ("old_expired",), "removal_due", LEADERS, "rsg16", needs=("corrected_and_clean",),
         given=asks.Opinion, paper="early_removal"),
    Step("prolong_listing", "决定继续列入", ("old_expired",), "listing_in_force", LEADERS, "rsg16", starts=("old_blacklist_again",),
         stops=REMOVAL, needs=("prolonged_by_rules",), given=ask.Prolonged, paper="early_refusal"),
    Step("revoke_listing", "撤销列入决定", (*ON_LIST, "old_expired"), "removal_due", LEADERS, "rsg16", starts=REMOVAL, stops=PERIODS,
         needs=("revoked_for",), given=ask.Revoked, paper="listing_revocation", quiet=True),
    Step("remove_listing", "移出名单", ("removal_due",), "listing_removed", HANDS, "rsg16", stops=(*REMOVAL, *PERIODS),
         given=ask.Removed),
    Step("close_listing", "名单卷宗办结", ("listing_removed",), "listing_closed", "unit_head", "rsg16", given=asks.Opinion),
    *papers_of(OLD_STATES),
)  # fmt: skip

OLD_LISTING = flow_of("old_listing", "拖欠农民工工资黑名单（旧办法）", OLD_STATES, STEPS)
