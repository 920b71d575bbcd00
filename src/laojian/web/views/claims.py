"""The claim table whole, and lists of workers taken in by paste or Excel with a report per row."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from laojian.cases.excel import blank_workbook
from laojian.cases.imports import begin, refused_rows
from laojian.cases.models import Import
from laojian.cases.queries import KINDS, claim_table, ledger_entries
from laojian.people.acting import acting
from laojian.procedure.step import File
from laojian.procedure.take import objections, read

from .. import present, why
from ..access import OFFICER, access
from ..export import XLSX, workbook
from ..looks import look
from .dossiers import crumbs, number, own_page

LARGEST_PASTE = 4_000_000


class ListForm(forms.Form):
    """A list of workers, pasted or as a workbook."""

    text = forms.CharField(
        label="粘贴名单（第一行为表头）", required=False, widget=forms.Textarea, max_length=LARGEST_PASTE
    )
    file = forms.FileField(label="或者选择 Excel 文件", required=False)

    def clean(self):
        given = super().clean()
        if not given.get("text") and not given.get("file"):
            raise forms.ValidationError("请粘贴名单或者选择 Excel 文件；空白样表可在下面下载。")
        return given


def titled(file: File) -> dict:
    """The file as the pages about its claims name it."""
    return {"title": file.dossier["title"], "number": number(file), "url": reverse("dossier", args=[file.id])}


@access(OFFICER)
@require_safe
def claims(request, dossier_id: int):
    """The claim table; full names only when asked for, and that look is recorded."""
    file = read(dossier_id, request.me.officer.pk, now())
    table = claim_table(dossier_id)
    full = request.GET.get("names") == "full"
    if full:
        look(request.me, dossier_id, "查看劳动者姓名")
    rows = [row if full else {**row, "name": present.masked(row["name"])} for row in table["workers"]]
    if request.GET.get("export") == "xlsx":
        heads = ["劳动者", "工种", "欠薪期间", "查明", "协调", "责令", "已付", "执行到位", "尚欠", "付款人"]
        lines = [
            [r["name"], r["trade"], r["months"], *(r[kind] for kind in KINDS), r["owed"], r["payers"]] for r in rows
        ]
        return workbook(f"工资台账 {number(file)}", heads, lines)
    shown = {"rows": rows, "more": 0, "totals": {k: v for k, v in table.items() if k != "workers"},
             "why": why.sums(ledger_entries(dossier_id)),
             "import_url": own_page(file, "claim_workers", "claims_import"), "export_url": "?export=xlsx",
             "calc_url": f"{reverse('calculators')}?dossier={dossier_id}"}  # fmt: skip
    return render(request, "dossier/ledger.html", {
        "crumbs": crumbs(file, "工资台账"), "dossier": titled(file), "claims": shown, "full": full, "full_url": "?names=full",
    })  # fmt: skip


@access("clerk", "inspector")
def claims_import(request, dossier_id: int):
    """Take a list in; whatever is wrong with some rows, the others are kept and each fault is told."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with acting(request.me.officer.pk):
            read(dossier_id, request.me.officer.pk, now())
        return redirect("claims_job", dossier_id, taken_in(request.me.officer, dossier_id, form).pk)
    if request.method == "POST":
        with acting(request.me.officer.pk):
            return asked(request, dossier_id, form, 422)
    return asked(request, dossier_id, form)


def taken_in(officer, dossier_id: int, form: ListForm) -> Import:
    """Begin to take in the list that came with a form."""
    given = form.cleaned_data
    if upload := given["file"]:
        return begin(dossier_id, by=officer, name=upload.name, content=upload.read(), pasted=False)
    return begin(dossier_id, by=officer, name="粘贴的名单", content=given["text"].encode(), pasted=True)


def asked(request, dossier_id: int, form: ListForm, status: int = 200):
    """The page that asks for a list, or says why none can be taken in now."""
    file = read(dossier_id, request.me.officer.pk, now())
    reasons = objections(file, file.flow["claim_workers"], None)
    return render(request, "intake/import.html", {
        "crumbs": crumbs(file, "导入劳动者"), "dossier": titled(file), "form": form, "job": None, "report": None,
        "reasons": [present.reason(each) for each in reasons], "template_url": reverse("claims_blank"),
    }, status=status)  # fmt: skip


@access("clerk", "inspector")
@require_safe
def claims_job(request, dossier_id: int, job_id: int):
    """How far a list is, and its report."""
    file = read(dossier_id, request.me.officer.pk, now())
    job = Import.objects.filter(pk=job_id, dossier_id=dossier_id).first()
    if job is None:
        raise Http404
    if request.GET.get("export"):
        response = HttpResponse(refused_rows(job), content_type=XLSX)
        response["Content-Disposition"] = "attachment; filename=rows.xlsx"
        return response
    running = job.done_at is None
    if request.headers.get("HX-Request") and not running:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "crumbs": crumbs(file, "导入结果"), "dossier": titled(file), "form": None, "template_url": reverse("claims_blank"),
        "reasons": [], "report": None if running else report(job),
        "job": {"done": job.taken + job.refused, "total": job.total or "？", "percent": 0, "running": running, "refresh_url": request.path},
    }  # fmt: skip
    return render(
        request, "intake/progress.html" if request.headers.get("HX-Request") else "intake/import.html", context
    )


def report(job: Import) -> dict:
    """The report of a list: what was taken in, and what is wrong with each of the rest."""
    whole = [{"row": "", "name": "整份名单", "ok": False, "messages": job.problems}] if job.problems else []
    return {
        "file_name": job.name, "total": job.total, "taken": job.taken, "refused": job.refused or len(whole), "amount": job.amount,
        "rows": whole + job.rows, "more": max(0, job.refused - len(job.rows)), "download_url": "?export=rows" if job.refused else "",
    }  # fmt: skip


@access("clerk", "inspector")
@require_safe
def claims_blank(request):
    """The blank form of a list."""
    response = HttpResponse(blank_workbook(), content_type=XLSX)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''%E5%8A%B3%E5%8A%A8%E8%80%85%E5%90%8D%E5%8D%95.xlsx"
    return response
