"""What must hold before a paper is approved, numbered, served, and before the file that holds it goes to the archive."""

from collections.abc import Mapping
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


def on_paper(file: File, step: Step, given: Input) -> Reasons:
    """By announcement only on the strength of a sealed announcement of this paper; electronically only as confirmed in writing."""
    method = given and given.get("method")
    if method == "announced":
        yield from announced(file, given)
    elif method == "electronic" and not confirmed(file, given):
        yield Reason("没有受送达人签名、同意电子送达的送达地址确认书", "apl-61",
                     "请先办理“送达地址确认”，由受送达人签名后登记；不同意的，改用其他方式送达", "method")  # fmt: skip


def announced(file: File, given: Mapping) -> Reasons:
    """What is wrong with the announcement on which a service rests (cpl-95)."""
    paper = next((p for p in file.papers if p["id"] == given.get("announcement")), None)
    if paper is None:
        yield Reason(
            "公告送达须以盖章的送达公告为据", "cpl-95", "请先办理“拟送达公告”，公告成文、盖章后再登记", "announcement"
        )
        return
    told = paper["given"]
    if told["paper"] != given["paper"] or not same(told, given):
        yield Reason(
            "所选的公告公告的是另一份文书或者另一名受送达人", "cpl-95", "请选对公告，或者另拟公告", "announcement"
        )
    if given["done_at"] and local(given["done_at"]).date() < date.fromisoformat(paper["issued_on"]):
        yield Reason("公告之日早于公告成文日期", "cpl-95", "请核对公告之日", "done_at")


def confirmed(file: File, given: Mapping) -> bool:
    """Whether the newest confirmation that this recipient signed agrees to electronic service; a track's stands in its case."""
    signed = [
        p["given"]
        for p in file.main.papers
        if p["code"] == "address_confirmation" and any(not s["refused"] for s in p["seals"])
    ]
    own = [told for told in signed if same(told, given)]
    return bool(own and own[-1]["electronic"] == "agreed")


def same(told: Mapping, given: Mapping) -> bool:
    """Whether a paper was made for the one who is served: the same party, or the same name where it is no party."""
    if given.get("party"):
        return told.get("party") == given["party"]
    return not told.get("party") and given.get("addressee") in (told.get("recipient"), told.get("addressee"))


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
