"""One step of the procedure: what it asks, every reason against it, and the taking of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now

from laojian.cases.forms.fields import Scan
from laojian.dossier.queries import row_number
from laojian.evidence.actions import keep_upload
from laojian.lawbook import law
from laojian.papers.actions import templates
from laojian.people.acting import acting
from laojian.procedure.step import File, Given, Reason, Refused, Step
from laojian.procedure.take import offered, read, take

from .. import checklist, present, scores
from ..access import OFFICER, access
from ..before import brief, first_values
from .dossiers import crumbs, number
from .penalties import tried_in

OWN_PAGES = {
    "claim_workers": "claims_import",
    "add_evidence": "evidence_upload",
    "fill_checklist": "visit_checklist",
}  # steps with a page of their own
TRIALS = {"find_violation": tried_in}  # steps that can be tried without being taken
ON_PIECE = ("mask_evidence",)  # steps that are taken on the page of a piece of evidence
ON_PAPER = ("fill_paper", "edit_paper")  # steps that are taken on the page of a draft


@access(OFFICER)
def step(request, dossier_id: int, verb: str):
    """GET shows the step with its form and every reason against; POST takes it, or says why not with the input kept."""
    if request.method == "POST":
        return taken(request, dossier_id, verb)
    if verb in OWN_PAGES:
        return redirect(OWN_PAGES[verb], dossier_id)
    if verb in ON_PIECE:
        return redirect(f"{reverse('dossier', args=[dossier_id])}#evidence")
    if verb in ON_PAPER:
        return redirect("dossier", dossier_id)
    file = read(dossier_id, request.me.officer.pk, now())
    step_ = step_of(file, verb)
    form = step_.given(file=file, on=file.on, initial=first_values(file, step_, request.GET.dict()))
    return page(request, file, step_, form, [])


def step_of(file: File, verb: str) -> Step:
    """The step, or a page that is not there."""
    found = file.flow.by_verb.get(verb)
    if found is None or not found.sources[0]:
        raise Http404
    return found


def collected(request, form: Given) -> dict:
    """What was sent, as the step's widgets read it; the browser's other fields are left out."""
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in form.fields.items()
        if not field.widget.value_omitted_from_data(request.POST, request.FILES, name)
    }


def scanned(request, form: Given) -> dict:
    """Scans that came with the form, kept, as their digests. ValidationError: a file that is not what it says."""
    wanted = [name for name, field in form.fields.items() if isinstance(field, Scan) and name in request.FILES]
    by, at = request.me.officer, now()
    return {name: keep_upload(request.FILES[name], by=by, at=at).sha256 for name in wanted}


def taken(request, dossier_id: int, verb: str):
    """Take the step; refused, the form comes back whole."""
    at = now()
    with acting(request.me.officer.pk):
        file = read(dossier_id, request.me.officer.pk, at)
        step_ = step_of(file, verb)
        form = step_.given(file=file, on=file.on)
    given = collected(request, form)
    if verb in TRIALS and "try" in request.POST:
        return page(request, file, step_, step_.given(given, file=file, on=file.on), [])
    seen = request.POST.get("seen", "")
    try:
        given |= scanned(request, form)
        after = take(dossier_id, verb, by=request.me.officer, at=at, given=given, seen=row_number(seen))
    except (Refused, ValidationError) as refused:
        with acting(request.me.officer.pk):
            file = read(dossier_id, request.me.officer.pk, at)
            form = step_.given(given, file=file, on=file.on)
            return page(request, file, step_, form, reasons_of(refused), status=422)
    messages.success(request, f"{step_.label}。本卷现处“{after.flow.by_state[after.state].label}”。")
    return redirect(
        request.POST.get("back") if safe(request.POST.get("back", "")) else reverse("dossier", args=[dossier_id])
    )


def reasons_of(refused: Refused | ValidationError) -> list[Reason]:
    """What was wrong, whichever way it was found."""
    return refused.reasons if isinstance(refused, Refused) else [Reason(text) for text in refused.messages]


def safe(url: str) -> bool:
    """Whether a way back stays on this site."""
    return url.startswith("/") and not url.startswith(("//", "/\\"))


def page(request, file: File, step_: Step, form: Given, reasons: list[Reason], status: int = 200):
    """The page of a step."""
    offer = next((each for each in offered(file) if each.step.verb == step_.verb), None)
    barred = list(offer.reasons) if offer else [Reason("本卷现在的状态不能办理这一步", step_.basis)]
    shown = [reason for reason in reasons if reason.field not in form.errors] or barred
    for reason in shown:
        if form.is_bound and reason.field in form.fields:
            form.add_error(reason.field, reason.text)  # a guard's objection to one answer stands beside that answer too
    reckoning = TRIALS[step_.verb](file, form) if step_.verb in TRIALS and form.is_bound else None
    if not (offer and offer.late):
        form.fields.pop("late_reason", None)
    return render(request, "dossier/step.html", {
        "crumbs": crumbs(file, step_.label), "form": form, "reasons": [present.reason(each) for each in shown], "ready": not barred,
        "dossier": {"number": number(file), "title": file.dossier["title"], "url": reverse("dossier", args=[file.id]),
                    "state": file.flow.by_state[file.state].label, "tone": present.tone(file.flow, file.state)},
        "step": described(file, step_, offer), "brief": brief(file) if step_.target else [], "seen": file.seq, "grid": None,
        **checklist.shown(file, form),
        "score": scores.card(file) if file.flow.joins else {},
        "ahead": scores.ahead(file, step_, offer) if offer and not barred else [],
        "can_try": step_.verb in TRIALS, "reckoning": reckoning,
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "papers": [{"title": row["label"], "url": reverse("paper", args=[row["id"]])} for row in file.drafts],
    }, status=status)  # fmt: skip


def described(file: File, step_: Step, offer) -> dict:
    """The step in words: what it leads to, which clocks it moves, what it drafts, and what would be late."""
    starts = [moved("开始计算", key, file.on) for key in step_.starts]
    starts += [moved("停止计算", c["key"], c["started_on"]) for key in step_.stops for c in file.running(key)]
    starts += [
        moved("⚠ 已逾期", c["key"], c["started_on"], f"（{c['due_on']}），须填写逾期说明")
        for c in (offer.late if offer else ())
    ]
    return {
        "verb": step_.verb, "label": step_.label, "basis": step_.basis, "hint": "", "starts": starts, "confirm": "",
        "target": file.flow.by_state[step_.target].label if step_.target else "",
        "paper": templates()[step_.paper].label if step_.paper else "",
        "unset": law().unset_at(step_.verb, file.bureau.get("options") or {}, file.on),
    }  # fmt: skip


def moved(what: str, key: str, on: object, more: str = "") -> dict:
    """A clock that the step moves, with the key and the day by which its rule unfolds."""
    return {"text": f"{what}：{law().clock(key).label}{more}", "clock": f"clock:{key}", "on": on}
