"""The reviewer's checklist on the page of a step: what the file shows for each line, with links, beside the reviewer's own mark."""

from django.urls import reverse

from laojian.cases.checklist import Filled, Found, filled
from laojian.cases.panel import major_of
from laojian.cases.queries import judged_major
from laojian.procedure.step import File, Given

MARKS = {"pass": ("卷内未见问题", "green"), "fix": ("卷内有问题", "amber"), "": ("由审核人判断", "")}


def shown(file: File, form: Given) -> dict:
    """The lines and, of a major decision, its kinds; empty lines for a step that is no review. One statement at most."""
    if not (names := getattr(form, "apart", ())):
        return {"lines": [], "major": []}
    lines = [line(file, form, each) for each in file.once(filled) if each.key in names]
    major = [{"label": row.label, "basis": row.basis} for row in major_of(file, judged_major(file))]
    return {"lines": lines, "major": major}


def line(file: File, form: Given, each: Filled) -> dict:
    """One line: what is wrong stands first."""
    mark, tone = MARKS[each.mark]
    found = sorted(each.found, key=lambda one: not one.wrong)
    return {
        "key": each.key, "label": each.label, "mark": mark, "tone": tone, "found": [told(file, one) for one in found],
        "field": form[each.key], "note": form[f"{each.key}_note"],
    }  # fmt: skip


def told(file: File, one: Found) -> dict:
    """A thing found, with links to where it lies."""
    links = []
    if one.entry:
        links.append((f"记录第 {one.entry} 条", f"{reverse('record')}?dossier={file.id}"))
    if one.paper:
        links.append(("文书", reverse("paper", args=[one.paper])))
    part = "clocks" if one.clock else one.part
    if part:
        links.append((PARTS[part], f"{reverse('dossier', args=[file.id])}#{part}"))
    return {
        "text": one.text,
        "wrong": one.wrong,
        "basis": one.basis,
        "links": [{"label": a, "url": b} for a, b in links],
    }


PARTS = {
    "clocks": "期限", "people": "承办人", "parties": "当事人", "evidence": "证据", "findings": "认定", "papers": "文书", "claims": "台账",
}  # fmt: skip
