"""The public site: follow a complaint by receipt and code, add to it, withdraw it; check an officer's certificate."""

from datetime import timedelta

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from laojian.evidence.actions import keep_upload
from laojian.evidence.forms import FilesField
from laojian.intake.actions import keep_wrong_code
from laojian.intake.models import Source
from laojian.intake.queries import wrong_codes
from laojian.lawbook import cited, length_of, worded
from laojian.people.acting import acting
from laojian.people.models import Role
from laojian.procedure.step import File, Reason, Refused
from laojian.procedure.take import read, take
from laojian.record.models import Entry

from .access import PUBLIC, access, client_address
from .queries import certificate_of, complainant, office, receipt_of
from .rules import PROMISES, REFUSALS, way

WRONG_CODES, PAUSE = 10, timedelta(minutes=15)  # per address
HOW = (
    "带身份证到用工所在地的登记窗口，书写有困难的可以口头说，由工作人员记录（{cite:impl-13,impl-14}）。",
    "写明您的姓名、联系方式，被投诉单位的名称、地址，以及拖欠的月份和数额。",
    "登记后会给您一张回执，凭回执号和查询码在这里查看进度、补充材料。",
    "不愿透露身份的可以举报，我们为举报人保密（{cite:lsr-9,lsr-12}）。",
)

HURRY = "劳动仲裁一般应在知道权利被侵害之日起{clock:arbitration}内申请，请抓紧。"


class Query(forms.Form):
    """Number and code of a receipt."""

    number = forms.CharField(label="回执号", max_length=40)
    code = forms.CharField(label="查询码", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class CertificateQuery(forms.Form):
    """Number and name on a certificate."""

    number = forms.CharField(label="证号", max_length=40)
    name = forms.CharField(label="姓名", max_length=60)


class Papers(forms.Form):
    """What a complainant adds."""

    title = forms.CharField(label="这是什么材料", max_length=100)
    files = FilesField(label="照片或文件")


class Phone(forms.Form):
    """A new telephone number."""

    phone = forms.CharField(label="新的联系电话", max_length=20)


class Why(forms.Form):
    """Why a complaint is withdrawn."""

    reason = forms.CharField(label="撤回的原因", max_length=500, widget=forms.Textarea)


@access(PUBLIC)
@require_safe
def home(request):
    """What one can do here."""
    bureau = office()
    return render(request, "portal/home.html", {
        "bureau": bureau, "query_url": reverse("query"), "certificate_url": reverse("certificate"), "staff_url": reverse("login"),
        "law_url": reverse("law"), "calc_url": reverse("calculators"), "heads_url": reverse("heads"),
        "how": [worded(line) for line in HOW], "hotline": bureau.phone if bureau else "",
        "arbitration": bureau.arbitration if bureau else None,
    })  # fmt: skip


@access(PUBLIC)
@require_safe
def accessible(request):
    """What we do so that everybody can use these pages."""
    bureau = office()
    return render(request, "portal/access.html", {"bureau": bureau, "phone": bureau.phone if bureau else ""})


@access(PUBLIC)
def query(request):
    """Number and code open the status page for this browser; any mistake gets the same sentence."""
    form = Query(request.POST or None)
    address, at = client_address(request), now()
    if request.method == "POST" and wrong_codes(address, at - PAUSE) >= WRONG_CODES:
        form.full_clean()
        form.add_error(None, "输错次数太多，请十五分钟后再试，或者带身份证到登记窗口查询。")
    elif request.method == "POST" and form.is_valid():
        source = receipt_of(form.cleaned_data["number"], form.cleaned_data["code"])
        if source:
            request.session["source"] = source.pk
            return redirect("status")
        keep_wrong_code(address, at, PAUSE)
        form.add_error(None, "回执号与查询码对不上，请对照回执核对后再试。")
    bureau = office()
    return render(
        request, "portal/query.html", {"bureau": bureau, "form": form, "phone": bureau.phone if bureau else ""}
    )


def opened(request) -> Source:
    """The source that this browser has opened; without one there is no page."""
    source = Source.objects.select_related("bureau").filter(pk=request.session.get("source")).first()
    if source is None:
        raise Http404
    return source


def file_of(source: Source) -> File:
    """The source's file, in the public counter's name; to be called within `acting` for this one file."""
    return read(source.dossier_id, complainant().pk, now())


@access(PUBLIC)
@require_safe
def status(request):
    """Where the complaint stands, what comes next and by when; a refusal with its article and the office to turn to."""
    if not request.session.get("source"):
        return redirect("query")
    source = opened(request)
    with acting(complainant().pk, dossier_id=source.dossier_id):
        return render(request, "portal/status.html", told(file_of(source), source))


def told(file: File, source: Source) -> dict:
    """What the complainant is told: nothing of the employer's papers, of other complainants, or of who handles it by name."""
    state = file.flow.by_state[file.state]
    stages = way(state.stage, file.state, bool(source.replied_on))
    stages[0] |= {"on": f"{source.received_at:%m 月 %d 日}", "detail": "登记窗口已收到"}
    now_ = next((row for row in stages if row["state"] == "now"), None)
    if now_:
        now_["detail"] = f"{state.public}；经办岗位：{posts(state.waits)}。未经您同意，不向单位透露您的姓名。"
    open_ = not state.final and not source.withdrawn_on
    can = [{"label": "补充材料", "hint": "工资条、考勤、聊天记录，手机拍照即可", "url": reverse("add_papers")},
           {"label": "修改联系电话", "hint": "", "url": reverse("change_phone")},
           {"label": "撤回投诉", "hint": "撤回不影响单位应当承担的责任", "url": reverse("withdraw")}]  # fmt: skip
    limit = (
        f"向监察投诉不影响您申请劳动仲裁。仲裁一般应在知道权利被侵害之日起{length_of('arbitration')}内提出（{cited('laml-27')}）；"
        "向有关部门请求救济会使时效重新计算。" + address(source)
    )
    return {
        "bureau": source.bureau, "receipt": {"number": source.number, "kind_label": source.get_kind_display()},
        "headline": "您的投诉已撤回" if source.withdrawn_on else f"您反映的事项：{state.public}", "promise": promise(file),
        "stages": stages, "refusal": refusal(file, source), "can": can if open_ else [], "leave_url": reverse("leave"),
        "replies": [{"at": source.replied_on, "text": source.reply, "file_url": "", "file_label": ""}] if source.replied_on else [],
        "notes": [{"text": limit, "label": "", "url": ""}],
    }  # fmt: skip


def posts(waits: tuple[str, ...]) -> str:
    """The posts that handle the file now, in words; never a name."""
    return "、".join(Role(role).label for role in waits) or "承办机构"


def address(source: Source) -> str:
    """The arbitration commission of the place."""
    place = source.bureau.arbitration or {}
    return f"{place['name']}：{place.get('address', '')}，{place.get('phone', '')}。" if place.get("name") else ""


def promise(file: File) -> dict | None:
    """The next date that concerns the complainant; a provisional one says so."""
    for key, (before, after) in PROMISES.items():
        for clock in file.running(key):
            more = "（暂定，年度放假安排公布后确定）" if clock["provisional"] else ""
            return {
                "before": before,
                "on": clock["due_on"],
                "after": more + after,
                "article": clock["basis"],
                "clock": f"clock:{key}",
                "since": clock["started_on"],
            }
    return None


def refusal(file: File, source: Source) -> dict | None:
    """Why the complaint is not taken up here, on which article, and where to go."""
    if file.state not in REFUSALS:
        return None
    entry = Entry.objects.filter(dossier_id=file.id, to_state=file.state).order_by("seq").first()
    given = entry.given if entry else {}
    named = {"name": given["office"], "address": "", "phone": ""} if given.get("office") else None
    place = source.bureau.arbitration if file.state == "redirected" else None
    return {
        "text": given.get("reason") or given.get("opinion") or file.flow.by_state[file.state].public,
        "article": entry.basis if entry else "", "office": named or place or None,
        "limit": worded(HURRY) if file.state in ("redirected", "declined") else "",
        "remedy": "不服本机关决定的，可以依法申请行政复议或者提起行政诉讼。" if file.state == "declined" else "",
    }  # fmt: skip


@access(PUBLIC)
def add_papers(request):
    """The complainant adds papers: they enter the file as evidence."""
    form = Papers(request.POST or None, request.FILES or None)
    return changed(request, form, lambda source: supply(source, form), title="补充材料", submit="提交",
                   lead="工资条、考勤记录、聊天记录、合同，手机拍照即可。")  # fmt: skip


def supply(source: Source, form: Papers) -> None:
    """Keep the files and take the step."""
    by, at = complainant(), now()
    files = [keep_upload(upload, by=by, at=at) for upload in form.cleaned_data["files"]]
    take(source.dossier_id, "supply_evidence", by=by, at=at, given={
        "kind": "document", "title": form.cleaned_data["title"], "proves": "投诉人主张的事实", "provider": "投诉人",
        "collected_on": localdate(), "form": "copy", "from_complainant": True, "files": [file.pk for file in files],
    })  # fmt: skip


@access(PUBLIC)
def change_phone(request):
    """A new number to be reached at."""
    form = Phone(request.POST or None)
    return changed(request, form, lambda source: take(source.dossier_id, "change_contact", by=complainant(), at=now(), given={
        "source": source.pk, "phone": form.cleaned_data["phone"],
    }), title="修改联系电话", submit="保存", lead="")  # fmt: skip


@access(PUBLIC)
def withdraw(request):
    """The complaint is withdrawn; what the bureau must pursue goes on."""
    form = Why(request.POST or None)
    return changed(request, form, lambda source: take(source.dossier_id, "withdraw_online", by=complainant(), at=now(), given={
        "source": source.pk, "reason": form.cleaned_data["reason"],
    }), title="撤回投诉", submit="确认撤回", lead="", warning="撤回的是您的这份投诉。单位确有违法行为的，我们仍须依法查处。")  # fmt: skip


def changed(request, form, deed, *, title: str, submit: str, lead: str, warning: str = ""):
    """One deed of the complainant: done and back to the status, or the form with its reasons and the input kept."""
    source = opened(request)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            deed(source)
            return redirect("status")
        except Refused as refused:
            reasons = refused.reasons
        except forms.ValidationError as wrong:
            reasons = [Reason(text) for text in wrong.messages]
    return render(request, "portal/change.html", {
        "bureau": source.bureau, "receipt": {"number": source.number}, "title": title, "lead": lead, "warning": warning, "form": form,
        "submit": submit, "reasons": [{"text": str(r), "article": r.basis} for r in reasons], "back_url": reverse("status"),
    }, status=422 if reasons or form.errors else 200)  # fmt: skip


@access(PUBLIC)
@require_POST
def leave(request):
    """Forget the receipt in this browser."""
    request.session.pop("source", None)
    return redirect("query")


@access(PUBLIC)
def certificate(request):
    """Is this officer one of ours, and is the certificate valid today? Sent by POST: what one asked stays in no address."""
    form = CertificateQuery(request.POST or None)
    searched = form.is_bound and form.is_valid()
    found = certificate_of(**form.cleaned_data) if searched else None
    today = localdate()
    bureau = office()
    shown = found and {
        "name": found.officer.name, "number": found.number, "bureau": found.officer.bureau.name, "post": found.get_kind_display(),
        "valid_until": found.valid_to, "valid": found.valid_from <= today <= found.valid_to and not found.revoked_on,
    }  # fmt: skip
    return render(request, "portal/certificate.html", {
        "bureau": bureau, "form": form, "searched": searched, "found": shown, "phone": bureau.phone if bureau else "",
    })  # fmt: skip
