"""One paper from draft to service: filled, edited in Word, approved, fixed, sealed, served."""

from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from laojian.evidence.store import store
from laojian.papers.actions import lacking, templates
from laojian.papers.blocks import from_json, to_html, to_json
from laojian.papers.models import Paper
from laojian.papers.pdf import to_pdf
from laojian.papers.queries import receipts, whole_file
from laojian.papers.word import WordError, from_word, to_word
from laojian.people.acting import acting
from laojian.procedure.step import File, Reason, Refused
from laojian.procedure.take import Offer, in_post, objections, offered, read, take
from laojian.record.models import Entry

from .. import present, scores
from ..access import OFFICER, access
from ..looks import look
from ..origins import origins
from .claims import titled
from .dossiers import crumbs

DRAFT = ("approve_paper", "issue_paper", "void_paper")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordForm(forms.Form):
    """The draft as edited in Word."""

    file = forms.FileField(label="改好的 Word 文件（.docx）")


def found(request, paper_id: int) -> tuple[Paper, File]:
    """A paper of a file that this viewer may see."""
    paper = Paper.objects.filter(pk=paper_id).first()
    if paper is None:
        raise Http404
    return paper, read(paper.dossier_id, request.me.officer.pk, now())


@access(OFFICER)
@require_safe
def paper(request, paper_id: int):
    """The paper, what it lacks, and what may be done with it now."""
    one, file = found(request, paper_id)
    return shown(request, one, file)


def shown(request, one: Paper, file: File, reasons: tuple = (), status: int = 200):
    """The page of a paper."""
    template = templates()[one.code]
    open_ = [] if one.issued_on or one.voided else lacking(one)
    return render(request, "papers/paper.html", {
        "crumbs": crumbs(file, one.label), "dossier": titled(file),
        "paper": {
            "title": one.label, "number": one.number, "made_on": one.issued_on, "external": template.kind == "external",
            "html": mark_safe(to_html(from_json(one.body))), "open": open_, "fingerprint": one.digest, **standing(one, file),
        },
        "path": path_of(one, file, template), "links": links(one, file), "offered": next_steps(one, file),
        "forms": drafting(one, open_) if in_post(file, "edit_paper") else [], "reasons": [present.reason(each) for each in reasons],
        "signers": [one.approval] if one.approval else [],
        "origins": origins(one, template, file, list(Entry.objects.filter(dossier_id=file.id, kind="step").order_by("seq"))),
        "seals": seals(one), "services": services(one), "ahead": [] if one.voided else scores.about(one, file),
    }, status=status)  # fmt: skip


def row_of(one: Paper, file: File) -> dict:
    """The paper in the file as read; empty for a draft."""
    return next((row for row in file.papers if row["id"] == one.pk), {})


def standing(one: Paper, file: File) -> dict:
    """The paper's state in words."""
    row = row_of(one, file)
    if one.voided:
        return {"state": "已作废", "tone": "gray"}
    if not one.issued_on:
        return {"state": "草稿", "tone": "amber"}
    state = "已送达" if row.get("services") else "已盖章（签名）" if row.get("seals") else "已成文"
    return {"state": state, "tone": "green" if row.get("seals") else "blue"}


def path_of(one: Paper, file: File, template) -> list[dict]:
    """The stations of this kind of paper."""
    row = row_of(one, file)
    done = [("起草", True)] + [("批准", bool(one.approval))] * bool(template.approver) + [("成文", bool(one.issued_on))]
    done += [("盖章" if template.seal else "签名", bool(row.get("seals")))] * bool(template.seal or template.by_hand)
    done += [("送达", bool(row.get("services")))] * bool(template.serve)
    here = next((n for n, (_, over) in enumerate(done) if not over), len(done))
    return [
        {"label": label, "state": "done" if n < here else "now" if n == here else "todo"}
        for n, (label, _) in enumerate(done)
    ]


def links(one: Paper, file: File) -> list[dict]:
    """What can be downloaded."""
    rows = [{"label": "Word", "url": reverse("paper_word", args=[one.pk])}] if not one.issued_on else []
    if one.issued_on and templates()[one.code].serve:
        rows.append({"label": "送达回证", "url": reverse("paper_receipts", args=[one.pk])})
    return [*rows, {"label": "PDF" if one.issued_on else "PDF 预览", "url": reverse("paper_pdf", args=[one.pk])}]


def next_steps(one: Paper, file: File) -> list[dict]:
    """The steps on this paper: each link names it and comes back here."""
    verbs = () if one.voided else DRAFT if not one.issued_on else ("seal_paper", serving(one, file))
    template, row = templates()[one.code], row_of(one, file)
    if row.get("seals") or not (template.seal or template.by_hand):
        verbs = tuple(verb for verb in verbs if verb != "seal_paper")
    if one.issued_on and not template.serve:
        verbs = tuple(verb for verb in verbs if not verb.startswith("serve"))
    if template.serve and row.get("seals") and not row.get("services"):
        verbs += ("announce",)
    if not template.approver:
        verbs = tuple(verb for verb in verbs if verb != "approve_paper")
    back = urlencode({"paper": one.pk, "back": reverse("paper", args=[one.pk])})
    cards = [present.offer(file, judged(file, each, one)) for each in offered(file) if each.step.verb in verbs]
    return [card | {"url": f"{card['url']}?{back}"} for card in cards]


def serving(one: Paper, file: File) -> str:
    """The step that serves this kind of paper: its own, or that of all others."""
    own = (step.verb for step in file.flow.steps if one.code in getattr(step.given, "CODES", ()))
    return next(own, "serve_paper")


def judged(file: File, offer: Offer, one: Paper) -> Offer:
    """The step as it stands for this very draft: whether it lacks something, an approval, or another approver."""
    if offer.step.verb not in DRAFT:
        return offer
    return replace(offer, reasons=tuple(objections(file, offer.step, {"paper": one.pk})))


def drafting(one: Paper, open_: list[str]) -> list[dict]:
    """The forms of a draft: fill in what is missing, send back the Word file."""
    if one.issued_on or one.voided:
        return []
    word = {"id": "word", "title": "用 Word 修改", "note": "下载 Word，改好后传回；成文编号后不能再改。", "form": WordForm(),
            "submit": "上传", "url": reverse("paper_word", args=[one.pk]), "reasons": [], "multipart": True}  # fmt: skip
    gaps = gap_form(one, open_)
    fill = {"id": "fill", "title": "补填", "note": "", "form": gaps, "submit": "填入", "url": reverse("paper_fill", args=[one.pk]),
            "reasons": [], "multipart": False}  # fmt: skip
    return ([fill] if gaps and gaps.fields else []) + [word]


def gap_form(one: Paper, open_: list[str], data=None) -> forms.Form | None:
    """A form for what the draft lacks, where the template has a name for it."""
    named = {label: name for name, label in gaps_of(one.code).items()}
    form = forms.Form(data)
    for label in open_:
        if label in named:
            form.fields[named[label]] = forms.CharField(
                label=label, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
    return form


def gaps_of(code: str) -> dict[str, str]:
    """Names under `given` of a template with their labels, those that hold one text."""
    schema = templates()[code].schema.names.get("given")
    return {name: leaf.label for name, leaf in schema.names.items() if type(leaf).__name__ == "Leaf"} if schema else {}


@access(OFFICER)
@require_POST
def paper_fill(request, paper_id: int):
    """Put in what the draft lacks."""
    with acting(request.me.officer.pk):
        one, _ = found(request, paper_id)
        names = gaps_of(one.code)
    values = {name: text for name, text in request.POST.items() if name in names and text.strip()}
    return stepped(request, one, "fill_paper", {"paper": one.pk, "values": values}, "已填入。")


@access(OFFICER)
def paper_word(request, paper_id: int):
    """The draft as a Word file, and the edited one back."""
    if request.method != "POST":
        one, _ = found(request, paper_id)
        response = HttpResponse(to_word(from_json(one.body), one.label), content_type=DOCX)
        response["Content-Disposition"] = f"attachment; filename=paper-{one.pk}.docx"
        return response
    with acting(request.me.officer.pk):
        one, file = found(request, paper_id)
        try:
            blocks = from_word(request.FILES["file"].read())
        except (KeyError, WordError) as wrong:
            text = str(wrong) if isinstance(wrong, WordError) else "没有收到文件，请选择改好的 Word 文件"
            return shown(request, one, file, (Reason(text),), 422)
    return stepped(request, one, "edit_paper", {"paper": one.pk, "body": to_json(blocks)}, "已按 Word 修改。")


def stepped(request, one: Paper, verb: str, given: dict, done: str):
    """Take a step on the paper, and come back to it."""
    try:
        take(one.dossier_id, verb, by=request.me.officer, at=now(), given=given)
    except Refused as refused:
        with acting(request.me.officer.pk):
            one, file = found(request, one.pk)
            return shown(request, one, file, tuple(refused.reasons), 422)
    messages.success(request, done)
    return redirect("paper", one.pk)


@access(OFFICER)
@require_safe
def paper_pdf(request, paper_id: int):
    """The fixed PDF; of a draft, a preview with its mark."""
    one, _ = found(request, paper_id)
    if one.pdf:
        with store().open(one.pdf) as kept:
            content = kept.read()
    else:
        content = to_pdf(from_json(one.body), templates()[one.code], number="", issued_on=localdate(), watermark="草稿")
    return pdf(content, f"paper-{one.pk}")


@access(OFFICER)
@require_safe
def paper_receipts(request, paper_id: int):
    """Receipts of service to print and take along, one for each who is still to be served."""
    one, file = found(request, paper_id)
    row = row_of(one, file)
    if not row or not templates()[one.code].serve:
        raise Http404
    return pdf(receipts(file, row), f"receipts-{one.pk}")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename={name}.pdf"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access(OFFICER)
@require_safe
def whole(request, dossier_id: int):
    """The whole file as one PDF in archival order; the look is recorded."""
    file = read(dossier_id, request.me.officer.pk, now())
    if file.flow.sealed:
        raise Http404
    look(request.me, dossier_id, "打印全卷")
    return pdf(whole_file(file), f"file-{dossier_id}")


def seals(one: Paper) -> list[dict]:
    """The register of seals of this paper."""
    return [
        {
            "at": row.on,
            "by": row.by_name,
            "kind_label": row.get_way_display(),
            "scan_url": reverse("paper_scan", args=["seal", row.pk]),
        }
        for row in one.seals.order_by("id")
    ]


def services(one: Paper) -> list[dict]:
    """The services of this paper."""
    return [
        {"addressee": row.addressee, "method_label": row.get_method_display(), "served_at": row.done_at, "by": "、".join(row.servers),
         "effective_on": row.effective_on, "text": "".join(row.why),
         "receipt_url": reverse("paper_scan", args=["service", row.pk]) if row.receipt else ""}
        for row in one.services.order_by("id")
    ]  # fmt: skip


@access(OFFICER)
@require_safe
def paper_scan(request, what: str, row_id: int):
    """The sealed copy or the receipt of a service, as it was scanned."""
    rows = Paper.objects.filter(**{f"{what}s__pk": row_id}) if what in ("seal", "service") else Paper.objects.none()
    one = rows.first()
    if one is None:
        raise Http404
    read(one.dossier_id, request.me.officer.pk, now())
    digest = one.seals.get(pk=row_id).file if what == "seal" else one.services.get(pk=row_id).receipt
    with store().open(digest) as kept:
        content = kept.read()
    kind = "application/pdf" if content[:5] == b"%PDF-" else "image/png" if content[:4] == b"\x89PNG" else "image/jpeg"
    response = HttpResponse(content, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    return response
