"""What must hold before a paper is approved, numbered, served, and before the file that holds it goes to the archive."""

from datetime import date

from laojian.papers.actions import approved, lacking, templates
from laojian.papers.models import Paper
from laojian.people.models import Role
from laojian.procedure.step import File, Reason, Step, local

from .guards import Input, Reasons


def complete_text(file: File, step: Step, given: Input) -> Reasons:
    """A paper is numbered only when nothing stands open in it and whoever must approve it has (impl-36, apl-59)."""
    paper = given and Paper.objects.filter(pk=given["paper"], dossier_id=file.id, issued_on=None).first()
    if not paper:
        return
    for name in lacking(paper):
        yield Reason(f"“{paper.label}”还缺：{name}", "apl-59", "请在文书页补填", "paper")
    template = templates()[paper.code]
    if not approved(template, paper.approval):
        who = Role(template.approver).label
        yield Reason(f"“{paper.label}”尚未经{who}批准", "impl-33", "请先办理“批准文书”", "paper")


def others_draft(file: File, step: Step, given: Input) -> Reasons:
    """Nobody approves what he or she drafted."""
    paper = given and Paper.objects.filter(pk=given["paper"], dossier_id=file.id).first()
    if paper and any(row[0] == paper.nth and row[3] == file.actor["id"] for row in file.took):
        yield Reason(f"“{paper.label}”由您起草，须由他人批准", "impl-33", "请交其他负责人批准", "paper")


def sealed_first(file: File, step: Step, given: Input) -> Reasons:
    """Nothing counts as served without its seal (apl-59)."""
    if given is None:
        yield from something_sealed(file, step)
        return
    paper = next((p for p in file.papers if p["id"] == given["paper"]), None)
    if paper and templates()[paper["code"]].seal and not paper["seals"]:
        yield Reason(f"{paper['label']}{paper['number']}尚未盖章", "apl-59", "请先登记盖章并回传扫描件", "paper")
    if paper and given["done_at"] and local(given["done_at"]).date() < date.fromisoformat(paper["issued_on"]):
        yield Reason("送达时间早于成文日期", "apl-61", "请核对送达时间", "done_at")


def something_sealed(file: File, step: Step) -> Reasons:
    """There is a sealed paper of the kinds that the step serves."""
    codes = getattr(step.given, "CODES", ())
    if codes and not any(p["code"] in codes and p["seals"] and not p["voided"] for p in file.papers):
        drafted = [row["label"] for row in file.drafts if row["code"] in codes]
        found = "、".join(f"“{label}”" for label in drafted) + "还是草稿" if drafted else "没有盖章的文书"
        yield Reason(f"{found}，不能送达", "apl-59", "请先在文书页办理成文、登记盖章" if drafted else "请先起草")


def papers_complete(file: File, step: Step, given: Input) -> Reasons:
    """Before the archive: no draft left, every paper sealed or signed as its kind demands, and served if it goes out (impl-40)."""
    for row in file.drafts:
        yield Reason(f"“{row['label']}”仍是草稿", "impl-40", "请成文或者作废")
    for paper in file.papers:
        template = templates()[paper["code"]]
        if (template.seal or template.by_hand) and not paper["seals"]:
            yield Reason(
                f"“{paper['label']}{paper['number']}”没有盖章（签名）件", "impl-40", "请登记盖章（签名）并回传扫描件"
            )
        if template.serve and not all(s["receipt"] for s in paper["services"] or [{"receipt": ""}]):
            yield Reason(f"“{paper['label']}{paper['number']}”没有送达回证", "impl-40", "请登记送达并回传签收的回证")
