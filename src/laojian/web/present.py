"""How a file looks on a screen: clocks with what is left, offers, stages, timeline, masked names. Pure; no query, no rule."""

from datetime import date, datetime, timedelta

from django.urls import reverse

from laojian.clocks.rules import recount, stands_still
from laojian.employers.identifiers import mask_name
from laojian.lawbook import law
from laojian.procedure.step import ROLE_LABELS, File, Flow, local
from laojian.procedure.take import FLOWS, Offer
from laojian.procedure.timing import compared, policy
from laojian.record.models import Entry

from .why import period

SOON = 3  # working days
TONES = {"final": "gray", "unit_head": "amber", "deputy": "amber", "chief": "amber", "reviewer": "amber"}


def left(due_on: date, today: date) -> tuple[str, bool, bool]:
    """What is left until a day, in words, and whether it is overdue or soon."""
    if due_on < today:
        return f"逾期 {(today - due_on).days} 日", True, False
    days = law().calendar.workdays_between(today, due_on)
    text = (
        "今天到期" if due_on == today else f"还有 {days} 个工作日" if days <= 30 else f"还有 {(due_on - today).days} 日"
    )
    return text, False, days <= SOON


def clock(row: dict, today: date, policy: str = "", compares: bool = False) -> dict:
    """A running clock as the page shows it, with the sum behind its date, and how the bureau holds it where it may choose."""
    started, due_on = date.fromisoformat(row["started_on"]), date.fromisoformat(row["due_on"])
    still = stands_still(row)
    text, overdue, soon = ("中止中，恢复后续算", False, False) if still else left(due_on, today)
    if compares:
        text, overdue, soon = f"只作对照，{text}", False, False
    span = max((due_on - started).days, 1)
    return {
        "key": row["key"], "started_on": started, "label": law().clock(row["key"]).label, "due_on": due_on, "left_text": text,
        "percent": max(0, min(100, round(100 * (today - started).days / span))), "provisional": row["provisional"],
        "overdue": overdue, "soon": soon, "basis": row["basis"], "explain": explained(row),
        "note": "自送达之日起算" if row["subject"] else policy,
    }  # fmt: skip


def explained(row: dict) -> list[str]:
    """Why this day: the lines of `due()` for the frozen length and unit, with the suspensions of the file."""
    return recount(row).explain()


def clocks(file: File, today: date) -> list[dict]:
    """The running clocks, nearest first, those that stand still last."""
    running, aside = [row for row in file.clocks if not row["ending"]], compared(file)
    last = sorted(running, key=lambda row: (stands_still(row) or row["key"] in aside, row["due_on"], row["key"]))
    return [clock(row, today, policy(file, row["key"]), row["key"] in aside) for row in last]


def stages(file: File) -> list[dict]:
    """The picture of the procedure: what is done, where the file stands, what is to come."""
    now = file.flow.by_state[file.state].stage
    names = file.flow.stages
    here = names.index(now)
    final = file.flow.by_state[file.state].final
    return [
        {"label": name, "state": "done" if n < here or (final and n == here) else "now" if n == here else "todo"}
        for n, name in enumerate(names)
    ]


def tone(flow: Flow, state: str) -> str:
    """The colour of a state's badge; the words say the same."""
    row = flow.by_state[state]
    return "gray" if row.final else next((TONES[role] for role in row.waits if role in TONES), "blue")


def offers(file: File, found: list[Offer], quiet: bool = False) -> list[dict]:
    """The steps as cards: ready first; grey ones with every reason, those with the very same reasons on one card."""
    wanted = [each for each in found if each.step.quiet is quiet and not each.step.verb.endswith("_paper")]
    alike: dict[tuple, list[dict]] = {}
    for each in wanted:
        key = tuple((one.text, one.remedy) for one in each.reasons) or (each.step.verb,)
        alike.setdefault(key, []).append(offer(file, each))
    return [same[0] | {"label": "、".join(card["label"] for card in same)} for same in alike.values()]


# What a step is for, where it leads nowhere else.
HINTS = {
    "claim_workers": "粘贴名单或者从 Excel 导入，逐行报告", "register_payment": "付款人、金额、凭证，逐人核销", "reply": "每个来源分别答复",
    "call_in": "通知到场，列明要带的材料", "record_inquiry": "一人一份笔录，写到分", "record_inspection": "现场检查笔录",
    "add_evidence": "上传即算摘要并编号", "order_correction": "写明每名受文人的义务和依据", "serve_order": "送达之日起算改正期限",
    "note_correction": "全部改正，或者期满后认定", "hear_statement": "口头的制作笔录，书面的附后", "note_performance": "不涉及付款的义务",
    "issue_paper": "编号定稿，此后不能再改", "seal_paper": "打印盖章（签名）后扫描传回", "approve_paper": "由起草人以外的负责人批准",
    "void_paper": "不用了的草稿", "serve_paper": "送达方式、签收人和回证", "serve_notice": "送达之日起算陈述申辩期限",
}  # fmt: skip


def offer(file: File, each: Offer) -> dict:
    """One step as a card."""
    step = each.step
    target = file.flow.by_state[step.target].label if step.target else ""
    return {
        "verb": step.verb, "label": step.label, "ready": each.ready, "basis": step.basis,
        "url": reverse("step", args=[file.id, step.verb]), "hint": f"办完后：{target}" if target else HINTS.get(step.verb, ""),
        "reasons": [reason(one) for one in each.reasons],
    }  # fmt: skip


def reason(one) -> dict:
    """A reason with its article and way out."""
    return {"text": str(one), "article": one.basis, "fix_url": "", "fix_label": ""}


def timeline(entries: list[Entry], papers: dict[int, str] | None = None, ahead: dict | None = None) -> list[dict]:
    """What is about to come, then what happened, newest first, one line each; `papers` names them by id."""
    rows = [coming(ahead)] if ahead else []
    for entry in entries:
        who = f"{entry.actor_name} {entry.actor_post.rpartition(' ')[2]}"
        kind = "look" if entry.kind == Entry.Kind.LOOK else "step"
        detail = who + told(entry, papers or {})
        rows.append({"at": entry.at, "text": entry.label, "kind": kind, "detail": detail, "article": entry.basis})
    return rows


def coming(clock: dict) -> dict:
    """The nearest deadline as the line that stands before what has happened."""
    return {
        "at": clock["due_on"], "text": clock["label"], "kind": "ahead", "detail": clock["left_text"], "article": clock["basis"],
    }  # fmt: skip


def told(entry: Entry, papers: dict[int, str]) -> str:
    """What is worth reading of an entry's input, in few words: the paper, what was said, a sum, that it was late."""
    paper = papers.get(entry.given.get("paper"), "") if isinstance(entry.given.get("paper"), int) else ""
    said = entry.given.get("opinion") or entry.given.get("reason") or entry.given.get("number") or ""
    amount = entry.given.get("amount")
    late = entry.effects.get("late")
    parts = [paper] * bool(paper) + [str(said)[:60]] * bool(said) + [f"¥{amount}"] * bool(amount)
    parts += ["逾期办理，已说明理由"] * bool(late)
    return "".join(f" · {part}" for part in parts)


def row(dossier, today: date, provisional: bool = False) -> dict:
    """A dossier as a row of a list."""
    flow = FLOWS[dossier.flow]
    state = flow.by_state[dossier.state]
    return {
        "number": dossier.number or f"登记 {dossier.pk}", "title": dossier.title, "state": state.label,
        "tone": tone(flow, dossier.state), "next_label": waiting_for(flow, dossier.state), "lead": dossier.lead and dossier.lead.name,
        "url": reverse("dossier", args=[dossier.pk]), **due_cell(dossier, today),
    }  # fmt: skip


def due_cell(dossier, today: date) -> dict:
    """The nearest deadline of a row."""
    if not dossier.due_on:
        return {"due": None, "left_text": ""}
    text, overdue, soon = left(dossier.due_on, today)
    rule = law().clock(dossier.due_clock)
    version = next((v for v in rule.versions if v.in_force(today)), rule.versions[-1])
    return {
        "left_text": text,
        "due": {
            "label": rule.label, "why": period(dossier.due_clock, today),
            "today": today, "due_on": dossier.due_on, "overdue": overdue, "soon": soon, "basis": version.basis,
            "provisional": dossier.due_on.year > law().calendar.last_year,
        },
    }  # fmt: skip


def waiting_for(flow: Flow, state: str) -> str:
    """The main step that the state waits for."""
    steps = (s for s in flow.steps if state in s.sources and s.target and s.target != state and not s.quiet)
    return next((step.label for step in steps if step.role not in ROLE_LABELS), "")


def masked(name: str) -> str:
    """A person's name as shown before anyone asks."""
    return mask_name(name) if name else "—"


def week(today: date) -> list[date]:
    """The next five working days, today among them when it is one."""
    days, day = [], today
    while len(days) < 5:
        if day == today or law().calendar.is_workday(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def moment_of(text: str) -> datetime:
    """A moment as the file holds it, on a clock in China."""
    return local(datetime.fromisoformat(text))
