"""本文书中的数据从何而来: for each group of facts that a paper prints, the entry, register or rule it comes from. Pure."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from laojian.papers.models import Paper
from laojian.papers.template import Template
from laojian.procedure.step import File, local

# Where a group of facts comes from: what keeps it, and the steps whose newest entry wrote it.
KEPT = {
    "bureau": ("机关登记资料", ()), "dossier": ("卷宗登记和案号", ("file", "register")),
    "case": ("办案步骤的填写", ("renotify", "propose_notice", "end_investigation", "file", "propose_filing")),
    "employer": ("当事人登记", ("keep_party", "register")), "parties": ("当事人登记", ("keep_party", "register")),
    "addressee": ("当事人登记", ("keep_party", "register")), "addressees": ("当事人登记", ("keep_party", "register")),
    "sources": ("来源登记", ("add_source", "register")), "source": ("来源登记", ("add_source", "register")),
    "officers": ("指派和执法证件登记", ("reassign", "assign")), "claims": ("工资台账，由明细相加", ()),
    "wages": ("工资台账，由明细相加", ()),
    "findings": ("认定违法，由事实算出", ("find_violation",)),
    "obligations": ("责令、决定中的义务", ()), "bound": ("本步骤确定的义务", ()), "orders": ("责令改正", ("order_correction",)),
    "notices": ("事先告知", ("serve_notice", "propose_notice")), "statements": ("陈述申辩", ("hear_statement",)),
    "events": ("办案记录", ()), "payments": ("付款登记", ("register_payment",)), "evidence": ("证据清单", ("add_evidence",)),
    "clocks": ("期限，由起算日和规定算出", ()), "approvals": ("审批步骤的意见", ()), "earlier": ("此前步骤的填写", ()),
    "contents": ("卷内文书和证据", ()), "visit": ("检查计划和检查表", ("fill_checklist", "revise_plan", "plan_visit")),
    "campaign": ("专项行动方案和逐条登记", ("note_results", "take_in_visits", "note_attendance", "add_targets", "prepare")),
    "graded": ("等级评价的批次和单位的等级", ("correct_grade", "adjust_grades", "approve_grades", "store_grades")),
    "listing": ("名单卷宗的登记", ("publish_listing", "decide_listing", "name_person", "propose_listing")),
    "repair": ("修复申请的登记", ("note_application",)),
    "publication": ("批次内逐件的判断", ("correct_public", "include", "open_round")),
    "sheet": ("审批步骤的意见", ()),
}  # fmt: skip
OWN = {"given", "step", "by"}  # what the drafting step itself was given
PLACES = {
    "claims": "claims", "wages": "claims", "findings": "dossier", "obligations": "dossier", "bound": "dossier", "clocks": "dossier",
    "evidence": "dossier",
    "payments": "dossier", "parties": "dossier", "employer": "dossier",
}  # fmt: skip


def origins(one: Paper, template: Template, file: File, entries: Iterable) -> list[dict]:
    """Rows {fields, source, url, keys, on}: what is printed, who wrote it where, and the rules that unfold on the day."""
    before = [entry for entry in entries if entry.seq <= one.nth]
    drafted = next((entry for entry in before if entry.seq == one.nth), None)
    on = local(drafted.at).date() if drafted else file.on
    groups: dict[str, list[str]] = {}
    for group, label in template.fields:
        groups.setdefault("given" if group in OWN else group, []).append(label)
    rows = [
        row(group, labels, before, drafted, file)
        for group, labels in groups.items()
        if group == "given" or group in KEPT
    ]
    return rows + rules(template, on) + changes(one, entries)


def row(group: str, labels: list[str], before: list, drafted, file: File) -> dict:
    """A group's fields with what keeps them and the newest entry that wrote them."""
    if group == "given":
        source = f"起草本文书的步骤：{told(drafted)}" if drafted else "起草本文书的步骤"
    else:
        kept, verbs = KEPT[group]
        wrote = max((entry for entry in before if entry.verb in verbs), key=lambda entry: entry.seq, default=None)
        source = f"{kept}：{told(wrote)}" if wrote else kept
    url = reverse(PLACES[group], args=[file.id]) if group in PLACES else ""
    return {"fields": "、".join(dict.fromkeys(labels)), "source": source, "url": url, "keys": [], "on": None}


def rules(template: Template, on: date) -> list[dict]:
    """The lengths and articles that the paper prints, as the law had them on the day of the draft."""
    rows = [
        {"fields": "期限的长度", "source": f"按 {on} 的规定", "url": "", "keys": [f"clock:{key}"], "on": on}
        for key in template.periods
    ]
    articles = list(dict.fromkeys((*template.basis, *template.cites)))
    return rows + [
        {"fields": "引用的法条", "source": f"按 {on} 施行的文本", "url": "", "keys": articles, "on": on}
    ] * bool(articles)


def changes(one: Paper, entries: Iterable) -> list[dict]:
    """Who filled in or edited the draft afterwards."""
    found = [e for e in entries if e.verb in ("fill_paper", "edit_paper") and e.given.get("paper") == one.pk]
    return [
        {"fields": "补填、修改", "source": "；".join(told(entry) for entry in found), "url": "", "keys": [], "on": None}
    ] * bool(found)


def told(entry) -> str:
    """An entry in words."""
    return f"{local(entry.at):%Y-%m-%d %H:%M} {entry.label}（{entry.actor_name}），记录第 {entry.seq} 条"
