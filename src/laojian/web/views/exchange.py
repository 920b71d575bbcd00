"""The outbox at the desk: what leaves the platform, one piece with its whole trail, files to hand over, and the platforms of a bureau."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from laojian.cases.publicity import undecided
from laojian.dossier.models import Dossier
from laojian.dossier.queries import visible_to
from laojian.exchange import actions, queries
from laojian.exchange.files import as_excel, as_json
from laojian.exchange.forms import ConnectionForm, ReceiptForm
from laojian.exchange.models import Connection, Outgoing
from laojian.exchange.platforms import WAYS, platforms
from laojian.people.acting import acting
from laojian.people.actions import deed
from laojian.people.models import Role
from laojian.people.queries import bureaus_of

from ..access import access
from .dossiers import key_of, link

HANDS = ("clerk", "inspector", "unit_head")
READERS = (*HANDS, "deputy", "chief", "supervision")
SIZE = 30
HERE = "信用信息报送"
TONES = {"held": "red", "waiting": "amber", "delivered": "green", "replaced": "gray"}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def row_of(row: Outgoing) -> dict:
    """A version as a list shows it."""
    return {
        "url": reverse("outgoing", args=[row.pk]), "name": row.name or row.key,
        "platform": platforms()[row.platform].label, "kind": row.get_kind_display(), "act": row.get_act_display(),
        "version": row.version, "at": row.made_at, "due_on": row.due_on, "late": queries.late(row, localdate()), "why": row.why,
        "basis": "apl-48" if row.act == Outgoing.Act.WITHDRAW else platforms()[row.platform].basis,
        "state": row.get_delivery_display(), "tone": TONES[row.delivery], "receipt": row.receipt, "reason": row.reason,
    }  # fmt: skip


@access(*READERS)
@require_safe
def outbox(request):
    """What the bureau has to deliver, or all of it; how it stands with each platform; penalties of which nobody has decided."""
    bureau, everything = request.me.bureau, request.GET.get("all") == "1"
    key = key_of(request, False)
    found = queries.page(bureau.pk, everything, key[0] if key else None, SIZE)
    rows = found[:SIZE]
    return render(request, "exchange/outbox.html", {
        "crumbs": [{"label": HERE, "url": ""}], "rows": [row_of(row) for row in rows], "everything": everything,
        "other_url": reverse("outbox") if everything else f"{reverse('outbox')}?all=1",
        "next_url": link(request, f"~{rows[-1].pk}") if len(found) > SIZE else "",
        "standings": [standing(each) for each in queries.standings(bureau.pk)],
        "undecided": [
            {"title": f"{each.title}　{each.number}", "decided_on": each.decided_on,
             "url": reverse("step", args=[each.dossier, "decide_publication"])}
            for each in undecided(bureau.pk)
        ],
        "platforms_url": reverse("platforms") if request.me.scope.holds(Role.ADMIN) else "",
    })  # fmt: skip


def standing(each: queries.Standing) -> dict:
    """How the bureau stands with a platform, in words."""
    key, compared = each.platform.key, each.compared
    if each.connection:
        how = "接口推送"
    elif each.platform.way == "file":
        how = "平台只收文件，下载后上传并登记回执"
    else:
        how = "没有登记接口：备好文件供下载，上传后登记回执"
    told = "还没有对账" if compared is None else f"平台所存 {compared.held} 件，重新报送 {compared.mended} 件"
    return {
        "label": each.platform.label, "how": how, "waiting": each.waiting, "connected": bool(each.connection),
        "confidence": each.platform.confidence, "basis": each.platform.basis,
        "compared": told, "compared_at": compared and compared.at, "problems": compared.problems if compared else [],
        "excel_url": reverse("outbox_file", args=[key, "xlsx"]), "json_url": reverse("outbox_file", args=[key, "json"]),
    }  # fmt: skip


def seen(request, outgoing_id: int) -> Outgoing:
    """A version whose file the viewer may see; otherwise there is none."""
    row = Outgoing.objects.filter(pk=outgoing_id).first()
    if row is None or not visible_to(request.me.scope).filter(pk=row.dossier_id).exists():
        raise Http404
    return row


@access(*READERS)
def outgoing(request, outgoing_id: int):
    """One version with its whole trail; whoever handed it over as a file enters the receipt."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST":
        return receipt_entered(request, outgoing_id, form)
    return shown(request, seen(request, outgoing_id), form)


def receipt_entered(request, outgoing_id: int, form: ReceiptForm):
    """Keep the receipt, or say why not."""
    me = request.me
    with acting(me.officer.pk):
        row = seen(request, outgoing_id)
        if not me.scope.holds(*HANDS):
            form.add_error("receipt", "回执由受理窗口、监察员或者监察机构负责人登记。")
        elif form.is_valid() and not actions.note_receipt(me, row.pk, receipt=form.cleaned_data["receipt"], at=now()):
            form.add_error("receipt", "这一版已经不是待送达，不用登记回执；请刷新页面核对。")
        if form.errors:
            return shown(request, row, form)
    messages.success(request, "回执已登记。")
    return redirect("outgoing", outgoing_id)


def shown(request, row: Outgoing, form: ReceiptForm):
    """The page of one version."""
    platform, dossier = platforms()[row.platform], Dossier.objects.get(pk=row.dossier_id)
    hand = request.me.scope.holds(*HANDS)
    waiting = row.delivery == Outgoing.Delivery.WAITING
    return render(request, "exchange/outgoing.html", {
        "crumbs": [{"label": HERE, "url": reverse("outbox")}, {"label": row.name or row.key, "url": ""}], "row": row_of(row), "told": row,
        "platform": platform, "way": WAYS[platform.way], "dossier": dossier, "dossier_url": reverse("dossier", args=[dossier.pk]),
        "content": queries.content(row), "faults": row.faults, "versions": [row_of(each) for each in queries.versions(row)],
        "trail": [
            {"at": each.at, "version": each.outgoing.version, "outcome": each.get_outcome_display(), "answer": each.answer,
             "receipt": each.receipt, "by": each.by_name or "系统"}
            for each in queries.trail(row)
        ],
        "form": form if form.errors or (hand and waiting) else None,
        "push_url": reverse("outgoing_push", args=[row.pk]) if hand and row.delivery in queries.OPEN and
        Connection.objects.filter(bureau_id=row.bureau_id, platform=row.platform).exists() else "",
    }, status=422 if form.errors else 200)  # fmt: skip


@access(*HANDS)
@require_POST
def outgoing_push(request, outgoing_id: int):
    """Push a version at the next minute instead of waiting for its turn."""
    with acting(request.user.pk):
        done = actions.push_again(request.me, seen(request, outgoing_id).pk, at=now())
    if done:
        messages.success(request, "已安排推送，一分钟内送出。")
    else:
        messages.error(
            request,
            "这一版不能重新推送：没有登记接口，已经收到，或者内容不全；内容不全的，请在案件中重新办理“决定是否公示”。",
        )
    return redirect("outgoing", outgoing_id)


@access(*HANDS)
@require_safe
def outbox_file(request, platform: str, form: str):
    """What waits for a platform, as a file; that it was taken is recorded, since identity numbers may be in it."""
    if platform not in platforms() or form not in ("xlsx", "json"):
        raise Http404
    rows, me = queries.to_hand_over(request.me.bureau.pk, platform), request.me
    deed(
        me,
        "take_outbox",
        "下载待报送文件",
        now(),
        kind="look",
        platform=platform,
        items=[row.pk for row in rows],
        form=form,
    )
    content = as_json(rows) if form == "json" else as_excel(rows, localdate())
    answer = HttpResponse(content, content_type="application/json" if form == "json" else EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{platform}-{localdate()}.{form}"'
    return answer


@access(Role.ADMIN)
def credit_platforms(request):
    """Where the administrator's bureau, and those below it, reach each platform."""
    me = request.me
    rows = (
        Connection.objects.filter(bureau__in=bureaus_of(me.scope))
        .select_related("bureau")
        .order_by("bureau_id", "platform")
    )
    known = {(row.bureau_id, row.platform): row for row in rows}
    form = ConnectionForm(
        request.POST or None,
        bureaus=list(bureaus_of(me.scope)),
        known=set(known),
        initial={"bureau": me.officer.bureau_id},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        bureau, platform = given.pop("bureau"), given.pop("platform")
        if given["url"]:
            actions.connect(me, bureau, platform, at=now(), **given)
            messages.success(request, "已登记，待送达的从现在起推送。")
        else:
            actions.disconnect(me, bureau, platform, at=now())
            messages.success(request, "已撤销接口，待送达的改为下载文件报送。")
        return redirect("platforms")
    facts = [{"label": f"{row.bureau.name}　{platforms()[row.platform].label}",
              "text": f"{row.url}；{row.document}；{row.by_name} {row.at:%Y-%m-%d} 登记"} for row in known.values()]  # fmt: skip
    return render(request, "confirm.html", {
        "crumbs": [{"label": "人员与证件", "url": reverse("people")}, {"label": "信用平台的接口", "url": ""}], "title": "信用平台的接口",
        "text": "没有登记接口的平台，系统只备好文件供下载，由经办人上传后登记回执。", "reasons": [], "form": form, "submit": "登记",
        "facts": facts or [{"label": "接口", "text": "还没有登记任何接口"}], "cancel_url": reverse("people"),
    }, status=422 if form.errors else 200)  # fmt: skip
