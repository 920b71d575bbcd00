"""The draw (抽取): pools frozen, commitment published before the randomness exists, drawn, paired, sent out, salt revealed.

The order of the rows is the order of the ceremony; docs/adr/013-draw.md says why.
"""

from laojian.cases.forms import Opinion
from laojian.procedure.statements import digested, row
from laojian.procedure.step import File, Flow, State, Step

from . import forms as ask
from . import guards
from .actions import ACTIONS
from .plan_flow import TASK

S = State
STATES = (
    S("draw_opened", "待固定名录库", "准备", ("unit_head",), "正在准备"),
    S("pools_frozen", "待公布承诺", "承诺", ("unit_head",), "名录库已固定"),
    S("draw_announced", "待录入随机数", "随机数", ("inspector",), "已公布承诺，等待公开随机数"),
    S("randomness_entered", "待抽取", "抽取", ("unit_head",), "随机数已产生"),
    S("draw_made", "待配人", "配人", ("unit_head",), "已抽取"),
    S("officers_paired", "待下发", "下发", ("unit_head",), "已随机选派人员"),
    S("list_sent", "检查实施中", "检查", ("unit_head",), "正在检查"),
    S("salt_revealed", "盐值已公开", "公开", ("unit_head",), "盐值和数据包已公开，可以验证"),
    S("draw_closed", "抽取已办结", "公开", (), "已办结", final=True),
    S("draw_aborted", "抽取已作废", "公开", (), "已作废，理由已公布", final=True),
    S("draw_failed", "抽取失败", "公开", (), "盐值没有公开，抽取失败", final=True),
)
STAGES = ("准备", "承诺", "随机数", "抽取", "配人", "下发", "检查", "公开")
BEFORE_SENT = ("draw_opened", "pools_frozen", "draw_announced", "randomness_entered", "draw_made", "officers_paired")
HANDS, LEADERS = "unit_head inspector", "deputy chief"
STAY, LAW = None, "gf5"

STEPS = (
    Step("open_draw", "登记抽取", ("",), "draw_opened", "unit_head", LAW, given=ask.Opened),
    # ── commit: everything is fixed and made public before the randomness exists ──
    Step("freeze_pools", "固定名录库", ("draw_opened",), "pools_frozen", HANDS, LAW, needs=("scope_known", "day_fits", "hands_enough"),
         given=ask.Frozen),
    Step("thaw_pools", "重新固定名录库", ("pools_frozen",), "draw_opened", HANDS, LAW, given=ask.Told, quiet=True),
    Step("announce", "公布承诺", ("pools_frozen",), "draw_announced", "unit_head", LAW,
         needs=("pools_whole", "randomness_ahead", "witnessed"), given=ask.Announced),
    # ── the randomness, as it was named ──
    Step("enter_randomness", "录入随机数", ("draw_announced",), "randomness_entered", HANDS, LAW,
         needs=("randomness_due", "randomness_sound", "minutes_kept"), given=ask.Entered),
    Step("note_randomness_late", "登记随机数迟延", ("draw_announced",), STAY, HANDS, LAW, needs=("randomness_due",), given=ask.Told,
         quiet=True),
    Step("correct_randomness", "更正录入", ("randomness_entered",), "draw_announced", HANDS, LAW, given=ask.Told, quiet=True),
    # ── drawn by somebody else than who entered the number ──
    Step("run_draw", "抽取", ("randomness_entered",), "draw_made", HANDS, LAW, needs=("salt_at_hand", "pools_whole"),
         barred=("enter_randomness",), given=ask.Checked),
    Step("pair_officers", "随机选派人员", ("draw_made",), "officers_paired", HANDS, "lsr-16", needs=("salt_at_hand", "pairs_found")),
    Step("send_list", "下发检查名单", ("officers_paired",), "list_sent", "unit_head", LAW),
    Step("open_visits", "继续下发", ("list_sent",), STAY, "unit_head", LAW, needs=("visits_missing",), quiet=True),
    Step("replace_drawn", "递补对象", ("list_sent",), STAY, "unit_head", LAW, needs=("salt_at_hand", "pools_whole", "reserve_left"),
         given=ask.Replaced, quiet=True),
    Step("extend_draw", "追加抽取", ("list_sent",), STAY, LEADERS, LAW, needs=("salt_at_hand", "pools_whole", "extension_left"),
         given=ask.Extended, quiet=True),
    # ── the salt, when nobody can be warned any more ──
    Step("reveal_salt", "公开盐值", ("list_sent",), "salt_revealed", "unit_head", LAW,
         needs=("salt_at_hand", "pools_whole", "visits_over")),
    Step("refuse_reveal", "不公开盐值", ("list_sent",), "draw_failed", "chief", LAW, given=ask.Told, quiet=True),
    Step("close_draw", "办结抽取", ("salt_revealed",), "draw_closed", "unit_head", LAW, given=Opinion),
    Step("abort_draw", "作废抽取", BEFORE_SENT, "draw_aborted", LEADERS, LAW, given=ask.Told, quiet=True),
)  # fmt: skip

# Neither nonce nor salt: what a file's hash is made of may be read by whoever sees the file.
DRAW_ROW = row("w", """number protocol task_id commitment source issue witness random_at announced_at announcement randomness drawn_at
    result extra bundle ending reason""")  # fmt: skip
POOL = row("o", "id kind at scope size strata digest")
PARTS = {
    "draw": f"(SELECT {DRAW_ROW} FROM inspections_draw w WHERE w.dossier_id = d.id)",
    "task": f"(SELECT {TASK} FROM inspections_task t JOIN inspections_draw w ON w.task_id = t.id WHERE w.dossier_id = d.id)",
    "pools": f"""(SELECT coalesce(jsonb_object_agg(o.kind, {POOL}), '{{}}') FROM inspections_pool o
        JOIN inspections_draw w ON o.id IN (w.targets_id, w.officers_id) WHERE w.dossier_id = d.id)""",
    "drawn": f"""(SELECT jsonb_build_object('count', count(*), 'visits', count(x.visit_id), 'replaced', count(x.replaced_by_id),
        'paired', count(*) FILTER (WHERE cardinality(x.officers) > 0),
        'rows', {digested("x", "id stratum rank object officers visit_id replaced_by_id")})
        FROM inspections_drawn x WHERE x.draw_id = d.id)""",
}


def facts(file: File, given) -> dict:
    """What papers of a draw could tell."""
    return {"bureau": file.bureau, "given": given}


DRAW = Flow(
    name="draw", label="随机抽取", states=STATES, steps=STEPS, stages=STAGES, actions=ACTIONS, facts=facts, parts=PARTS,
    guards={name: value for name, value in vars(guards).items() if callable(value)},
)  # fmt: skip
